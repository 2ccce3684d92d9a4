"""The wizard's second sheet: how the file was understood, what is left out, and the button that writes it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QProgressBar,
    QSizePolicy,
    QTableView,
    QWidget,
)

from checkin.domain.event import Event
from checkin.i18n import _, language, ngettext
from checkin.roster.checking import Preview
from checkin.roster.fields import Mapping
from checkin.roster.table import Table
from checkin.texts import escape
from checkin.ui.roster_import import work
from checkin.ui.roster_import.mapping_header import MappingHeader
from checkin.ui.roster_import.tables import ProblemModel, SampleModel
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice
from checkin.ui.widgets.flow import Flow

COLUMN_WIDTH: Final = 170
SAMPLE_HEIGHT: Final = 232
PROBLEMS_LEAST: Final = 84
"""Room for the headings and one line of what was found, however small the window is."""
DATE_ORDERS: Final = ("dmy", "mdy", "ymd")


class PreviewPage(QWidget):
    """Shows a table, its mapping and its dry run. What the person chooses is told by signals; it decides nothing."""

    field_chosen = Signal(int, str)
    reading_chosen = Signal()
    """Sheet, encoding or visible rows were changed: read the file again."""
    option_chosen = Signal()
    """The order of dates or the group for people without one was changed: check again."""
    add_wanted = Signal()
    stop_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, event: Event, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event = event
        self._table: Table | None = None
        self._preview: Preview | None = None
        self._phase = "checking"
        self._title = label("", "title", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self.sheet, self.encoding, self.dates, self.group = Choice(), Choice(), Choice(), Choice()
        self.visible_only = QCheckBox()
        self._labels = {name: label("", "muted") for name in ("sheet", "encoding", "dates", "group")}
        self._pairs: dict[str, QWidget] = {}
        self.sample = SampleModel(theme, self)
        self.sample_view = _table_view(self.sample)
        self.header = MappingHeader(theme, self.sample_view)
        self.problems = ProblemModel(theme, self)
        self.problem_view = _table_view(self.problems)
        self._problem_card = frame()
        self._problem_head = label("", "heading", wrap=True)
        self._bar = QProgressBar()
        self._says = label("", "muted", wrap=True)
        self.add, self.stop, self.back = button(role="primary"), button(), button()
        self._foot = label("", "faint", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        options = Flow(16)
        for name, box in (
            ("sheet", self.sheet),
            ("encoding", self.encoding),
            ("dates", self.dates),
            ("group", self.group),
        ):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            pair = QWidget()
            pair.setLayout(row(self._labels[name], box, spacing=6))
            self._pairs[name] = pair
            options.addWidget(pair)
        options.addWidget(self.visible_only)
        self.sample_view.setHorizontalHeader(self.header)
        self.header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header.setDefaultSectionSize(COLUMN_WIDTH)
        self.sample_view.verticalHeader().show()
        card = frame()
        card.setLayout(column(self.sample_view, margin=2))
        card.setMinimumHeight(SAMPLE_HEIGHT - 96)
        card.setMaximumHeight(SAMPLE_HEIGHT)
        card.setSizePolicy(card.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Expanding)
        columns = self.problem_view.horizontalHeader()
        columns.setStretchLastSection(False)
        for number, width in ((0, 70), (1, 180), (3, 130)):
            self.problem_view.setColumnWidth(number, width)
        columns.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.problem_view.setMinimumHeight(PROBLEMS_LEAST)
        self._problem_card.setLayout(column(self._problem_head, self.problem_view, margin=12, spacing=6))
        buttons = row(self.add, self.stop, self.back)
        buttons.addStretch(1)
        body = column(self._title, self._facts, spacing=8)
        body.addLayout(options)
        body.addWidget(card, 5)
        body.addWidget(self._problem_card, 4)
        body.addWidget(self._says)
        body.addWidget(self._bar)
        body.addLayout(buttons)
        body.addWidget(self._foot)
        self.setLayout(body)

    def _connect(self) -> None:
        self.header.chosen.connect(self.field_chosen)
        for box in (self.sheet, self.encoding):
            box.activated.connect(self._reading_changed)
        self.visible_only.toggled.connect(self._option_changed)
        for box in (self.dates, self.group):
            box.activated.connect(self._option_changed)
        self.add.clicked.connect(self.add_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.back.clicked.connect(self.back_wanted)

    def show_table(self, table: Table, mapping: Mapping) -> None:
        """Show the file's first rows under this mapping."""
        new = table is not self._table
        self._table = table
        if new:
            self._preview = None
            self._fill_options(table)
        self._title.setText(work.title_text(table))
        self._facts.setText(work.facts_text(table))
        used = frozenset(place for _name, place in mapping.columns)
        self.sample.show_rows(table.sample, len(table.headers), used)
        self.header.show_mapping(table.headers, mapping)
        dated = mapping.get("arrival") is not None or mapping.get("expected") is not None
        self._pairs["dates"].setVisible(dated)

    def show_checking(self, done: int = 0, total: int = 0) -> None:
        """Show how far the dry run is."""
        self._busy("checking", done, total)

    def show_adding(self, done: int = 0, total: int = 0) -> None:
        """Show how far the import is."""
        self._busy("adding", done, total)

    def show_preview(self, preview: Preview) -> None:
        """Show what the import would do."""
        self._preview = preview
        self._phase = "ready"
        self.problems.show_problems(preview.problems)
        self._show_state()
        if self.add.isEnabled():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, sentence: str) -> None:
        """Show why this file cannot be imported as it stands."""
        self._preview = None
        self._phase = "failed"
        self.problems.show_problems(())
        self._show_state(sentence)

    def retranslate(self) -> None:
        """Set every text again."""
        texts = {
            "sheet": _("Sheet"),
            "encoding": _("Letters"),
            "dates": _("Dates such as 03/04"),
            "group": _("People without a group"),
        }
        boxes = {"sheet": self.sheet, "encoding": self.encoding, "dates": self.dates, "group": self.group}
        for name, text in texts.items():
            self._labels[name].setText(text)
            boxes[name].setAccessibleName(text)
        self.visible_only.setText(_("Leave hidden rows out"))
        self.sample_view.setAccessibleName(_("First rows of the file"))
        self.problem_view.setAccessibleName(_("What was found in the rows"))
        self._bar.setAccessibleName(_("Progress"))
        set_button_text(self.stop, _("Stop"))
        set_button_text(self.back, _("Another file"))
        self.header.retranslate()
        self.problems.retranslate()
        if self._table is not None:
            self._facts.setText(work.facts_text(self._table, self._preview))
            self._title.setText(work.title_text(self._table))
            self._fill_groups()
            self._fill_dates()
        if self._phase != "failed":
            self._show_state()

    def _fill_options(self, table: Table) -> None:
        content = table.content
        self.sheet.clear()
        for sheet in content.sheets:
            self.sheet.addItem(escape(sheet), sheet)
        self.sheet.setCurrentIndex(self.sheet.findData(content.sheet))
        self._pairs["sheet"].setVisible(len(content.sheets) > 1)
        self.encoding.clear()
        known = dict(work.ENCODINGS)
        for codec, name in {content.encoding: content.encoding, **known}.items():
            self.encoding.addItem(known.get(codec, name), codec)
        self.encoding.setCurrentIndex(self.encoding.findData(content.encoding))
        self._pairs["encoding"].setVisible(bool(content.encoding))
        self.visible_only.blockSignals(True)
        self.visible_only.setChecked(False)
        self.visible_only.blockSignals(False)
        self.visible_only.setVisible(bool(content.hidden_rows))
        self.dates.setCurrentIndex(-1)
        self._fill_dates()
        self._fill_groups()

    def _fill_dates(self) -> None:
        chosen = self.dates.currentIndex()
        names = (_("day first: 3 April"), _("month first: March 4"), _("year first"))
        self.dates.clear()
        for order, name in zip(DATE_ORDERS, names, strict=True):
            self.dates.addItem(name, order)
        self.dates.setCurrentIndex(max(chosen, 0))

    def _fill_groups(self) -> None:
        chosen = self.group.currentData()
        self.group.clear()
        self.group.addItem(_("no group"), "")
        for category in self._event.categories:
            self.group.addItem(category.name.get(language()), category.key)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))

    @Slot()
    def _reading_changed(self) -> None:
        self.reading_chosen.emit()

    @Slot()
    def _option_changed(self) -> None:
        self.option_chosen.emit()

    def _busy(self, phase: str, done: int, total: int) -> None:
        changed = phase != self._phase
        self._phase = phase
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if changed:
            self._show_state()
        if total:
            text = _("{done} of {total} rows checked") if phase == "checking" else _("{done} of {total} people written")
            self._says.setText(text.format(done=f"{done:,}", total=f"{total:,}"))

    def _show_state(self, failure: str = "") -> None:
        busy = self._phase in {"checking", "adding"}
        adding = self._phase == "adding"
        self._bar.setVisible(busy)
        self.stop.setVisible(adding)
        self.back.setVisible(not adding)
        for widget in (self.header, *self._pairs.values(), self.visible_only):
            widget.setEnabled(not adding)
        ready = self._preview if self._phase == "ready" else None
        self.add.setVisible(not adding)
        self.add.setEnabled(ready is not None and bool(ready.added or ready.updated))
        set_button_text(self.add, work.action_text(ready) if ready else _("Add people"))
        self._foot.setText(
            _("The desk goes on scanning meanwhile.")
            if adding
            else _("Nothing is written until you press Add, and then all of it or none.")
        )
        if ready is not None and self._table is not None:
            self._facts.setText(work.facts_text(self._table, ready))
            self._says.setText(work.result_text(ready))
        elif busy:
            self._says.setText(_("The rows are being checked…") if not adding else _("The people are being written…"))
        set_property(self._says, "tone", "red" if failure else None)
        if failure:
            self._says.setText(failure)
        self._show_problems(ready)

    def _show_problems(self, ready: Preview | None) -> None:
        rejected = ready.rejected if ready else 0
        text = ngettext("{n} row needs you", "{n} rows need you", rejected).format(n=f"{rejected:,}")
        if not rejected:
            text = _("Nothing is left out. What was noticed:") if self.problems.rowCount() else _("Every row is fine.")
        self._problem_head.setText(text)
        self._problem_card.setVisible(ready is not None)
        self.problem_view.setVisible(self.problems.rowCount() > 0)
        set_property(self._problem_card, "tone", "amber" if rejected else None)


def _table_view(model: SampleModel | ProblemModel) -> QTableView:
    made = QTableView()
    made.setModel(model)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.setCornerButtonEnabled(False)
    made.setCornerWidget(QWidget())
    made.setFrameShape(QFrame.Shape.NoFrame)
    rows = made.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(34)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made
