"""The left side of the End of day page: the steps, what they come to, and what can be done about it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checkin.domain.closing import StepKey, StepState
from checkin.evening.state import DayState, Heard, Kept, Step
from checkin.i18n import _, day_text, language
from checkin.texts import isolate
from checkin.ui.closing.step_row import StepRow
from checkin.ui.context import Context
from checkin.ui.widgets.basics import button, column, frame, label, line, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice
from checkin.ui.widgets.confirm_bar import ConfirmBar
from checkin.ui.widgets.flow import Flow
from checkin.wording.closing import closed_line, late_sentence, missing_sentence, proof_line

Offer = Literal["close", "anyway", "correct", "none"]
"""What the first button does."""
DAYS_WIDTH: Final = 20  # letters


class StepsCard(QFrame):
    """Shows a DayState. It decides nothing: what was pressed comes as signals."""

    close_wanted = Signal(bool)
    """Close the day; True: although something is missing."""
    reopen_wanted = Signal()
    sync_wanted = Signal()
    bundle_wanted = Signal()
    stop_wanted = Signal()
    enough_wanted = Signal()
    """Desks that have not confirmed yet are waited for no longer."""
    folder_wanted = Signal()
    """Choose where the backup goes."""
    unused_wanted = Signal(str)
    """This desk was not in use on the day."""
    day_chosen = Signal(object)
    """datetime.date."""
    asked = Signal()
    """A question is open: it should be in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state: DayState | None = None
        self._checked = False
        self._closed_days: frozenset[date] = frozenset()
        self.setProperty("role", "card")
        self._head, self._where = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.days = Choice(DAYS_WIDTH)
        self.folder = button(role="quiet")
        self.rows = {
            key: StepRow(context.theme, key, self.folder if key is StepKey.BACKUP else None) for key in StepKey
        }
        self.progress, self.stop, self.enough = QProgressBar(), button(), button()
        self.progress.setTextVisible(False)
        self.banner = frame("card")
        self._banner_head, self._banner_text = label("", "strong", wrap=True), label("", wrap=True)
        self._unused = Flow()
        self._unused_buttons: list[QPushButton] = []
        self.first, self.bundle, self.sync = button(role="primary"), button(), button()
        self.reopen = button(role="quiet")
        self.question = ConfirmBar()
        self._lay_out()
        self.first.clicked.connect(self._first)
        self.bundle.clicked.connect(self.bundle_wanted)
        self.sync.clicked.connect(self.sync_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.enough.clicked.connect(self.enough_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.reopen.clicked.connect(self._ask_reopen)
        self.question.confirmed.connect(self._confirmed)
        self.question.closed.connect(self._buttons.show)
        self.days.activated.connect(self._day_chosen)
        self._asked: Literal["anyway", "reopen"] = "anyway"
        self.set_running(running=False)

    def _lay_out(self) -> None:
        names = column(self._head, self._where, spacing=0)
        top = row(spacing=12)
        top.addLayout(names, 1)
        top.addWidget(self.days)
        body: QVBoxLayout = column(margin=16, spacing=0)
        body.addLayout(top)
        body.addSpacing(8)
        for made in self.rows.values():
            body.addWidget(made)
            body.addWidget(line())
        body.addSpacing(10)
        body.addLayout(row(self.progress, self.enough, self.stop, spacing=10))
        inside = column(self._banner_head, self._banner_text, margin=10, spacing=4)
        inside.addLayout(self._unused)
        self.banner.setLayout(inside)
        body.addWidget(self.banner)
        body.addSpacing(10)
        body.addWidget(self.question)
        self._buttons = QWidget()
        buttons = Flow(10, self._buttons)
        for made_button in (self.first, self.bundle, self.sync, self.reopen):
            buttons.addWidget(made_button)
        body.addWidget(self._buttons)
        body.addStretch(1)
        self.setLayout(body)

    def offer(self) -> Offer:
        """Return what the first button does now."""
        state = self._state
        if state is None or (state.closed and not state.due):
            return "none"
        if self._checked and (not state.complete or state.hindered):
            return "anyway"
        return "correct" if state.due else "close"

    def show_day(self, state: DayState, *, checked: bool, closed_days: frozenset[date]) -> None:
        """Show how a day stands. `checked`: all steps were gone through, so that what is missing is known."""
        self._state, self._checked, self._closed_days = state, checked, closed_days
        self.show_steps(state.steps)
        self.retranslate()

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show the steps as they go."""
        app = self._context.app
        today = app.event.local(app.clock.now()).date()
        for step in steps:
            self.rows[step.key].show_step(step, app.event, today)
            if isinstance(step.found, Heard):
                self.enough.setVisible(step.state is StepState.RUNNING and bool(step.found.coming))

    def show_part(self, done: int, total: int) -> None:
        """Show how far the running step is."""
        self.progress.setRange(0, total or 0)
        self.progress.setValue(done if total else 0)

    def set_running(self, *, running: bool) -> None:
        """Offer to stop what is under way, or to begin it."""
        focused = self.isAncestorOf(self.window().focusWidget() or self.window())
        if running:
            self.progress.show()
            self.stop.show()
            self.stop.setEnabled(True)
        if running and focused:  # Qt would give it to whatever comes next, far down the page perhaps
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        for made in (self.first, self.bundle, self.sync, self.reopen, self.folder, self.days):
            made.setEnabled(not running)
        if running:
            self.question.close_bar()
            self.show_part(0, 0)
            return
        if focused:
            self.take_focus()
        self.progress.hide()
        self.stop.hide()
        self.enough.hide()

    def take_focus(self) -> None:
        """Give the keys to what comes next: the first button, or where there is nothing left to close, the sync."""
        (self.sync if self.first.isHidden() else self.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        set_button_text(self.bundle, _("Read a USB stick …"))
        set_button_text(self.sync, _("Sync again"))
        set_button_text(self.stop, _("Stop"))
        set_button_text(self.enough, _("Wait no longer"))
        set_button_text(self.folder, _("Choose where …"))
        self.folder.setAccessibleName(_("Choose where the backup goes"))
        set_button_text(self.reopen, _("Reopen the day"))
        self.days.setAccessibleName(_("Day to close"))
        self.progress.setAccessibleName(_("How far it is"))
        state = self._state
        if state is None:
            return
        self._fill_days(state.day)
        self.show_steps(state.steps)
        app = self._context.app
        self._head.setText(
            _("{day} is closed").format(day=day_text(state.day))
            if state.closed
            else _("Close {day}").format(day=day_text(state.day))
        )
        door = app.event.propose_on(state.day).name.get(language())
        self._where.setText(" · ".join((door, isolate(app.desk.name))))
        self._show_banner(state)
        texts = {
            "close": _("Close the day"),
            "anyway": _("Close as INCOMPLETE") if not state.complete else _("Close without a backup"),
            "correct": _("Write correction {n}").format(n=state.number),
            "none": "",
        }
        offer = self.offer()
        set_button_text(self.first, texts[offer])
        self.first.setVisible(offer != "none")
        self.reopen.setVisible(state.closed)

    def _show_banner(self, state: DayState) -> None:
        tone, head, text = self._message(state)
        self.banner.setVisible(bool(head or text))
        set_property(self.banner, "tone", tone)
        self._banner_head.setText(head)
        self._banner_head.setVisible(bool(head))
        self._banner_text.setText(text)
        self._banner_text.setVisible(bool(text))
        self._offer_unused(state if tone == "amber" and not (state.closed and not state.due) else None)

    def _message(self, state: DayState) -> tuple[str, str, str]:
        app = self._context.app
        today = app.event.local(app.clock.now()).date()
        if state.due:
            parts = [late_sentence(state), missing_sentence(state) if self._checked else ""]
            return "amber", _("The report is out of date."), " ".join(part for part in parts if part)
        if state.closed and state.closing is not None:
            said = state.said
            tone = "green" if said is None or said.complete else "amber"
            return tone, closed_line(state.closing, app.event, today), proof_line(state.closing)
        missing = missing_sentence(state) if self._checked or state.missing else ""
        if missing:
            return "amber", "", missing
        kept = state.step(StepKey.BACKUP)
        if kept.state is StepState.FAILED and isinstance(kept.found, Kept):
            return "amber", _("There is no backup yet."), _("Choose another folder, or close without one.")
        if state.closing is not None:
            return "blue", closed_line(state.closing, app.event, today), ""
        return "", "", ""

    def _offer_unused(self, state: DayState | None) -> None:
        for old in self._unused_buttons:
            self._unused.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._unused_buttons = []
        heard = state.step(StepKey.DESKS).found if state is not None else None
        if not isinstance(heard, Heard):
            return
        for name in dict.fromkeys(desk.desk for desk in heard.desks if desk.standing in {"silent", "never"}):
            made = button()
            made.setProperty("small", True)
            set_button_text(made, _("{desk} was not in use").format(desk=isolate(name)))
            made.clicked.connect(partial(self.unused_wanted.emit, name))
            self._unused.addWidget(made)
            self._unused_buttons.append(made)

    def _fill_days(self, shown: date) -> None:
        days = [day.date for day in self._context.app.event.days if self._context.app.event.at_day(day.date)]
        self.days.setVisible(len(days) > 1)
        self.days.clear()
        for day in days:
            text = day_text(day)
            self.days.addItem(_("{day} · closed").format(day=text) if day in self._closed_days else text, day)
        self.days.setCurrentIndex(days.index(shown) if shown in days else 0)

    @Slot()
    def _first(self) -> None:
        state = self._state
        if state is None or self.offer() != "anyway":
            self.close_wanted.emit(False)
            return
        self._asked = "anyway"
        if state.missing:
            asked = _("Close {day} without {desks}? The report says INCOMPLETE until their scans arrive.").format(
                day=day_text(state.day), desks=", ".join(isolate(name) for name in state.missing)
            )
        elif not state.complete:
            asked = _("Close {day} though not everything is confirmed? The report says INCOMPLETE.").format(
                day=day_text(state.day)
            )
        else:
            asked = _("Close {day} without a backup?").format(day=day_text(state.day))
        self._ask(asked, self.first.text().replace("&&", "&"))

    @Slot()
    def _ask_reopen(self) -> None:
        if self._state is not None:
            self._asked = "reopen"
            self._ask(
                _("Reopen {day}? The closing stays in the journal; close the day again when everything is in.").format(
                    day=day_text(self._state.day)
                ),
                _("Reopen the day"),
            )

    def _ask(self, question: str, confirm: str) -> None:
        """Ask in the place of the buttons, so that there is one thing to press."""
        self.question.ask(question, confirm)
        self._buttons.hide()
        self.asked.emit()

    @Slot()
    def _confirmed(self) -> None:
        if self._asked == "anyway":
            self.close_wanted.emit(True)
        else:
            self.reopen_wanted.emit()

    @Slot(int)
    def _day_chosen(self, index: int) -> None:
        self.day_chosen.emit(self.days.itemData(index))
