"""The cards of the dashboard in their places: it is handed figures and shows them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QWidget

from checkin.db.listing import ListFilter
from checkin.domain.event import Event
from checkin.i18n import _
from checkin.reports.figures import Figures
from checkin.ui.dashboard import wording
from checkin.ui.dashboard.arrivals_chart import ArrivalsChart, Curve
from checkin.ui.dashboard.legend import Legend
from checkin.ui.dashboard.lines import Lines
from checkin.ui.dashboard.parts import NumberCard, TabbedCard, heading, tab
from checkin.ui.dashboard.share_bars import ShareBars
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import column, frame, label, row, set_button_text

NARROW: Final = 900
"""Below this width, in px, the cards stand under each other."""
STEPS: Final = (15, 5)
LOOKS: Final = 1
"""Tab of what needs a look."""


class Board(QWidget):
    """Numbers, arrivals, groups, checkpoints, who is waited for, desks."""

    wanted = Signal(str, object)
    """Key of a page and what it is handed."""
    looks_shown = Signal()
    """The list of what needs a look came to the front: bring it into sight."""

    def __init__(self, event: Event, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event = event
        self.figures: Figures | None = None
        self.came, self.walk_ins, self.recent = NumberCard(), NumberCard(), NumberCard()
        self.needs = NumberCard(leads=True)
        self.chart = ArrivalsChart(theme)
        self.legend = Legend(theme)
        self.forecast = label("", "faint", wrap=True)
        self.arrivals_head = heading()
        self.steps = QButtonGroup(self)
        self.groups = tuple(ShareBars(theme) for _group in range(3))
        self.checkpoints = Lines(theme, right=(1, 2, 3))
        self.guests, self.delegations = Lines(theme, second=0.38), Lines(theme, right=(1,))
        self.desks, self.looks = Lines(theme, right=(1, 2)), Lines(theme)
        self.group_card = TabbedCard(self.groups)
        self.place_card = TabbedCard([self.checkpoints])
        self.people_card = TabbedCard([self.guests, self.delegations])
        self.desk_card = TabbedCard([self.desks, self.looks])
        self._arrivals = self._arrivals_card()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self.needs.wanted.connect(self.show_looks)
        self.steps.idClicked.connect(self._show_arrivals)
        for lines in (self.guests, self.delegations, self.looks):
            lines.wanted.connect(self.wanted)
        for bars in self.groups:
            bars.wanted.connect(self.wanted)

    def _arrivals_card(self) -> QFrame:
        made = frame()
        head = row(self.arrivals_head, self.legend, spacing=8)
        head.setStretch(0, 1)
        for number, _step in enumerate(STEPS):
            button = tab()
            self.steps.addButton(button, number)
            head.addWidget(button)
        self.steps.button(0).setChecked(True)
        inside = column(spacing=2)
        inside.setContentsMargins(12, 8, 12, 6)
        inside.addLayout(head)
        inside.addWidget(self.chart, 1)
        inside.addWidget(self.forecast)
        made.setLayout(inside)
        return made

    def _arrange(self, *, narrow: bool) -> None:
        """Put the cards side by side, or under each other where there is no room or everything is large."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid = self._grid
        numbers = (self.came, self.walk_ins, self.recent, self.needs)
        for card in (*numbers, self._arrivals, self.group_card, self.place_card, self.people_card, self.desk_card):
            grid.removeWidget(card)
        for place in range(12):
            grid.setColumnStretch(place, 0 if narrow and place > 1 else 1)
        for place in range(8):
            grid.setRowStretch(place, 0)
        lists = (self.group_card, self.place_card, self.people_card, self.desk_card)
        for card in lists:
            card.setMinimumHeight(240 if narrow else 0)
        self._arrivals.setMinimumHeight(240 if narrow else 0)
        if narrow:
            for place, number in enumerate(numbers):
                grid.addWidget(number, place // 2, place % 2)
            for place, card in enumerate((self._arrivals, *lists)):
                grid.addWidget(card, 2 + place, 0, 1, 2)
            return
        for place, number in enumerate(numbers):
            grid.addWidget(number, 0, place * 3, 1, 3)
        grid.addWidget(self._arrivals, 1, 0, 1, 7)
        grid.addWidget(self.group_card, 1, 7, 1, 5)
        grid.addWidget(self.place_card, 2, 0, 1, 5)
        grid.addWidget(self.people_card, 2, 5, 1, 3)
        grid.addWidget(self.desk_card, 2, 8, 1, 4)
        grid.setRowStretch(1, 6)
        grid.setRowStretch(2, 5)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < NARROW)

    def retranslate(self) -> None:
        """Set every text again."""
        self.group_card.show_names([_("By group"), _("By country"), _("By organisation")])
        for view, name in zip(self.groups, (_("By group"), _("By country"), _("By organisation")), strict=True):
            view.setAccessibleName(name)
        self.place_card.show_names([_("Checkpoints today")])
        self.checkpoints.show_heads((_("Checkpoint"), _("In the room"), _("Came"), _("Expected")))
        self.checkpoints.setAccessibleName(_("Checkpoints today"))
        self.guests.show_heads((_("Name"), _("Note")), shown=False)
        self.guests.setAccessibleName(_("Guests who are waited for"))
        self.delegations.show_heads((_("Delegation"), _("In")), shown=False)
        self.delegations.setAccessibleName(_("Delegations"))
        self.desks.show_heads((_("Desk"), _("Let in"), _("Waiting"), _("Last heard")))
        self.desks.setAccessibleName(_("Desks"))
        self.looks.show_heads((_("Needs a look"),), shown=False)
        self.looks.setAccessibleName(_("Needs a look"))
        for number, step in enumerate(STEPS):
            set_button_text(self.steps.button(number), _("{n} min").format(n=step))
            self.steps.button(number).setAccessibleName(_("Arrivals per {n} minutes").format(n=step))
        self.needs.show_way(_("Show"), _("Show what needs a look"))
        self._name_tabs()
        if self.figures is not None:
            self.show_figures(self.figures)

    def show_figures(self, figures: Figures) -> None:
        """Show these in place of those before."""
        self.figures = figures
        step = STEPS[self.steps.checkedId()]
        came, fact = wording.number(figures.came), wording.expected_text(figures)
        self.came.show_number(_("In today"), came, fact)
        self.walk_ins.show_number(_("Walk-ins"), wording.number(figures.walk_in), wording.walk_in_text(figures))
        recent = wording.number(figures.last_ten)
        self.recent.show_number(_("Last 10 minutes, all desks"), recent, wording.peak_text(figures, step))
        tone = "amber" if figures.looks else ""
        self.needs.show_number(_("Needs a look"), str(len(figures.looks)), wording.looks_text(figures), tone)
        self.needs.more.setVisible(bool(figures.looks))
        post = ListFilter(day=figures.day, checkpoint=figures.checkpoint)
        nobody = _("Nobody is on the list yet. Import your roster to begin.")
        bars = (
            wording.categories(figures.categories, self._event, post),
            wording.places(figures.countries, post),
            wording.places(figures.organisations, post),
        )
        for view, shown in zip(self.groups, bars, strict=True):
            view.show_bars(shown, nobody)
        self.checkpoints.show_lines(wording.checkpoints(figures, self._event, figures.checkpoint), "")
        everybody = _("Everybody is here for whom the desk has a note.") if figures.expected else nobody
        self.guests.show_lines(wording.waited_for(figures, self._event), everybody)
        alone = _("No two people of one organisation are expected here.") if figures.expected else nobody
        self.delegations.show_lines(wording.delegations(figures, post), alone)
        self.desks.show_lines(wording.desks(figures), "")
        self.looks.show_lines(wording.looks(figures), _("Nothing needs a look."))
        self._name_tabs()
        self._show_arrivals()

    @Slot()
    def show_looks(self) -> None:
        """Bring what needs a look to the front."""
        self.desk_card.show_view(LOOKS)
        self.looks.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.looks.lines.lines:
            self.looks.selectRow(0)
        self.looks_shown.emit()

    def _name_tabs(self) -> None:
        figures = self.figures
        waited, looks = (figures.waited_for_total, len(figures.looks)) if figures is not None else (0, 0)
        guests = _("Waited for ({n})").format(n=wording.number(waited)) if waited else _("Waited for")
        self.people_card.show_names([guests, _("Delegations")])
        needs = _("Needs a look ({n})").format(n=looks) if looks else _("Needs a look")
        self.desk_card.show_names([_("Desks"), needs])

    @Slot()
    def _show_arrivals(self) -> None:
        step = STEPS[self.steps.checkedId()]
        name = _("Arrivals per {n} minutes").format(n=step)
        self.arrivals_head.setText(name)
        self.chart.setAccessibleName(name)
        figures = self.figures
        if figures is None:
            return
        self.recent.show_number(
            _("Last 10 minutes, all desks"), wording.number(figures.last_ten), wording.peak_text(figures, step)
        )
        checkpoint = self._event.checkpoint(figures.checkpoint)
        today = figures.at.date() == checkpoint.day
        start = checkpoint.start
        curve = Curve(
            figures.arrivals, figures.before, figures.at.hour * 60 + figures.at.minute if today else None,
            start.hour * 60 + start.minute if start else None,
        )  # fmt: skip
        self.chart.show_curve(curve, step, _("Nobody has come yet."))
        self.legend.show_days(wording.before_text(figures.before_day))
        said = wording.forecast_text(figures.forecast)
        self.forecast.setText(said)
        self.forecast.setVisible(bool(said))


def waiting_label() -> QLabel:
    """Return the sentence that stands there until the first figures do."""
    made = label("", "muted", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
