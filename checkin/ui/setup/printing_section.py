"""Settings: what prints the badges, on which paper, when, and what was printed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QVBoxLayout, QWidget

from checkin.badges import store
from checkin.badges.content import somebody
from checkin.badges.layout import Layout
from checkin.i18n import _, language
from checkin.settings import AUTO_PRINTS, LABELS, LABELS_WARN, OFFSET_MM
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.setup.print_log_view import PrintLogView
from checkin.ui.setup.printer_choice import PrinterChoice
from checkin.ui.setup.section import Section, form, heading
from checkin.ui.walkin.badge_preview import BadgePreview
from checkin.ui.widgets.basics import button, column, label, row, set_button_text
from checkin.ui.widgets.choice import Choice
from checkin.ui.widgets.number_field import NumberField

NUMBER_WIDTH = 110  # px
PREVIEW_HEIGHT = 330  # px


class PrintingSection(Section):
    """Everything is taken at once. The preview is drawn by what prints."""

    key = "printing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._head, self._log_head = heading(), heading()
        self._labels = {name: label("", "muted") for name in ("printer", "layout", "auto", "offset", "labels")}
        self._offset_hint, self._labels_hint = label("", "faint", wrap=True), label("", "faint", wrap=True)
        self._broken = label("", "faint", wrap=True, tone="amber")
        self._across, self._down, self._left, self._warn = (label("", "muted") for _number in range(4))
        self.printer = PrinterChoice(context)
        self.layout_box = Choice(letters=20)
        self.autos = QButtonGroup(self)
        self.offset_x = NumberField(-OFFSET_MM, OFFSET_MM, decimals=1)
        self.offset_y = NumberField(-OFFSET_MM, OFFSET_MM, decimals=1)
        self.labels_left = NumberField(LABELS.start, LABELS.stop - 1)
        self.labels_warn = NumberField(LABELS_WARN.start, LABELS_WARN.stop - 1)
        self.test = button()
        self.preview = BadgePreview(context)
        self.log = PrintLogView(context)
        self._layouts: dict[str, Layout] = {}
        self._problems: dict[str, str] = {}
        self._build()
        self._connect()
        self.preview.show_person(somebody(context.app.event))

    def _build(self) -> None:
        for field in (self.offset_x, self.offset_y, self.labels_left, self.labels_warn):
            field.setFixedWidth(NUMBER_WIDTH)
        fields = form()
        fields.addRow(self._labels["printer"], self.printer)
        fields.addRow(self._labels["layout"], self._under(self.layout_box, self._broken))
        fields.addRow(self._labels["auto"], self._choices())
        offsets = row(self._across, self.offset_x, self._down, self.offset_y, spacing=8)
        offsets.addStretch(1)
        fields.addRow(self._labels["offset"], self._under(_held(offsets), self._offset_hint))
        counts = row(self._left, self.labels_left, self._warn, self.labels_warn, spacing=8)
        counts.addStretch(1)
        fields.addRow(self._labels["labels"], self._under(_held(counts), self._labels_hint))
        left, right = self.card(self._head), self.card(self.preview)
        inside = _layout_of(left)
        inside.addLayout(fields)
        buttons = row(self.test)
        buttons.addStretch(1)
        inside.addLayout(buttons)
        inside.addStretch(1)
        self.preview.setMinimumHeight(PREVIEW_HEIGHT)
        both = row(left, right, spacing=12)
        both.setStretch(0, 13)
        both.setStretch(1, 7)
        self.body.addLayout(both)
        self.card(self._log_head, self.log)
        self.body.addStretch(1)
        self._broken.hide()

    @staticmethod
    def _under(field: QWidget, hint: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(field, hint, spacing=2))
        return holder

    def _choices(self) -> QWidget:
        inside = row(spacing=6)
        for number, value in enumerate(AUTO_PRINTS):
            made = button()
            made.setCheckable(True)
            made.setProperty("value", value)
            made.clicked.connect(partial(self.context.save_settings, auto_print=value))
            self.autos.addButton(made, number)
            inside.addWidget(made)
        inside.addStretch(1)
        return _held(inside)

    def _connect(self) -> None:
        self.printer.chosen.connect(self._take_printer)
        self.layout_box.activated.connect(self._take_layout)
        for field in (self.offset_x, self.offset_y, self.labels_left, self.labels_warn):
            field.editingFinished.connect(self._take_numbers)
        self.test.clicked.connect(self.context.printer.print_test)
        self.context.signals.settings_changed.connect(self._show)

    def title(self) -> str:
        """Return the section's name."""
        return _("Badge printing")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Badges on paper"))
        self._log_head.setText(_("Printed at this desk"))
        names = {
            "printer": _("Printer"),
            "layout": _("Badge layout"),
            "auto": _("After a check-in"),
            "offset": _("Move the print"),
            "labels": _("Labels on the roll"),
        }
        for key, text in names.items():
            self._labels[key].setText(text)
        self.layout_box.setAccessibleName(names["layout"])
        words = {"never": _("Print nothing"), "once": _("Print the first badge"), "always": _("Print each time")}
        for made in self.autos.buttons():
            set_button_text(made, words[made.property("value")])
        self._across.setText(_("to the right"))
        self._down.setText(_("down"))
        self._left.setText(_("remaining"))
        self._warn.setText(_("warn at"))
        self._offset_hint.setText(
            _("Print a test label and measure: where it sits too far left or too high, enter by how much.")
        )
        self._labels_hint.setText(_("Counts down with each label that came out."))
        self.offset_x.setAccessibleName(_("Move the print to the right, in millimetres"))
        self.offset_y.setAccessibleName(_("Move the print down, in millimetres"))
        self.labels_left.setAccessibleName(_("Labels left on the roll"))
        self.labels_warn.setAccessibleName(_("Warn when so many labels are left"))
        self.labels_left.setSpecialValueText(_("not counted"))
        for field in (self.offset_x, self.offset_y):
            field.setSuffix(_(" mm"))
        set_button_text(self.test, _("Print a test label"))
        self.printer.retranslate()
        self.preview.retranslate()
        self.log.retranslate()
        self._fill_layouts()
        self._show()

    def shown(self) -> None:
        """Read layouts and log; printers are asked for by themselves."""
        app = self.context.app
        self.context.tasks.background(_layouts, app.folder, done=self._listed)
        self.log.look()
        self._show()

    def _listed(self, found: tuple[dict[str, Layout], dict[str, str]]) -> None:
        self._layouts, self._problems = found
        self._fill_layouts()
        self._show()

    def _fill_layouts(self) -> None:
        self.layout_box.clear()
        for key, layout in self._layouts.items():
            self.layout_box.addItem(isolate(layout.name.get(language())), key)
        self._broken.setText("\n".join(self._problems.values()))
        self._broken.setVisible(bool(self._problems))

    @Slot()
    def _show(self) -> None:
        settings = self.context.app.settings
        for made in self.autos.buttons():
            made.setChecked(made.property("value") == settings.auto_print)
        self.layout_box.setCurrentIndex(self.layout_box.findData(settings.layout))
        self.offset_x.show_number(settings.offset_x_mm)
        self.offset_y.show_number(settings.offset_y_mm)
        self.labels_left.show_number(settings.labels_left)
        self.labels_warn.show_number(settings.labels_warn)
        self.labels_warn.setEnabled(settings.labels_left >= 0)
        self.test.setEnabled(bool(settings.printer))

    @Slot(str)
    def _take_printer(self, printer: str) -> None:
        self.context.save_settings(printer=printer)

    @Slot(int)
    def _take_layout(self, index: int) -> None:
        self.context.save_settings(layout=self.layout_box.itemData(index))

    @Slot()
    def _take_numbers(self) -> None:
        numbers = {
            "offset_x_mm": self.offset_x.value(),
            "offset_y_mm": self.offset_y.value(),
            "labels_left": round(self.labels_left.value()),
            "labels_warn": round(self.labels_warn.value()),
        }
        settings = self.context.app.settings
        changed = {name: value for name, value in numbers.items() if getattr(settings, name) != value}
        if changed:
            self.context.save_settings(**changed)


def _layouts(folder: Path) -> tuple[dict[str, Layout], dict[str, str]]:
    return store.layouts(folder), store.broken(folder)


def _held(inside: QLayout) -> QWidget:
    holder = QWidget()
    inside.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(inside)
    return holder


def _layout_of(card: QFrame) -> QVBoxLayout:
    layout = card.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout
