"""The list of doubles: both admissions beside each other, settled with a reason or one of them taken back.

It has no place in the rail: the notice, the sync chip and the dashboard lead here.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from checkin.db.doubles import Admitted, Double
from checkin.i18n import _, day_text, language, ngettext
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.doubles.words import KEY, admitted_words, double_sentence, read_doubles
from checkin.ui.page import Page
from checkin.ui.widgets.basics import button, clear, column, frame, label, row, scrolling, set_button_text
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.reason_bar import ReasonBar

if TYPE_CHECKING:
    from checkin.ui.tasks import Task

SHOWN: Final = 100
"""More cards than anybody looks through; what is left out is said."""
SOON_MS: Final = 200


class DoublesPage(Page):
    """One card a person."""

    key = "doubles"
    order = 0  # not in the rail
    icon = "attention"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.found: list[Double] = []
        self._asked: tuple[Double, str] | None = None
        """The double that a reason is asked for, and the admission to be taken back; "": it is settled."""
        self._task: Task | None = None
        self._head, self._lead = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.back = button()
        self.reason = ReasonBar()
        self._cards = column(spacing=10)
        holder = QWidget()
        holder.setLayout(self._cards)
        top = row(self._head, self.back)
        top.setStretch(0, 1)
        body = column(margin=14, spacing=10)
        body.addLayout(top)
        body.addWidget(self._lead)
        body.addWidget(self.reason)
        body.addWidget(scrolling(holder, right=4), 1)
        self.setLayout(body)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.look)
        self.back.clicked.connect(partial(context.signals.page_wanted.emit, "scan", None))
        self.reason.given.connect(self._given)
        for signal in (context.signals.synced, context.signals.undone):
            signal.connect(self._changed)

    def title(self) -> str:
        """Return the page's name."""
        return _("Let in at two desks")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(self.title())
        set_button_text(self.back, _("Back to Scan"))
        self._show(self.found)

    def shown(self) -> None:
        """Read the list; who looks at it need not be told any more."""
        self.context.notices.withdraw(KEY)
        self.look()
        self.back.setFocus()

    def hidden(self) -> None:
        """Take a question back."""
        self.reason.close_bar()

    @Slot()
    def look(self) -> None:
        """Read the list again."""
        if self._task is not None:
            self._task.cancel()
        self._task = self.context.tasks.background(read_doubles, self.context.app, done=self._show)

    @Slot(object)
    def _changed(self, _what: object) -> None:
        if self.isVisible():
            self._soon.start()

    def _show(self, found: list[Double]) -> None:
        self.found = found
        clear(self._cards)
        left = sum(not one.settled for one in found)
        if not found:
            self._lead.setText(
                _("No badge was let in at two desks. Sync finds them when the desks hear of each other.")
            )
        else:
            said = ngettext("{n} to look at.", "{n} to look at.", left).format(n=left)
            why = _(
                "Each person counts once whatever you do here. Ask whether a badge was passed on, then write down why."
            )
            self._lead.setText(f"{said} {why}" if left else _("All of them were looked at. Each person counts once."))
        for double in found[:SHOWN]:
            self._cards.addWidget(self._card(double))
        if len(found) > SHOWN:
            self._cards.addWidget(label(_("… and {count} more").format(count=len(found) - SHOWN), "faint"))
        self._cards.addStretch(1)

    def _card(self, double: Double) -> QFrame:
        app = self.context.app
        made = frame()
        person = double.attendee
        name = label(isolate(person.display_name), "heading", wrap=True)
        who = " · ".join(isolate(part) for part in (person.name_local, person.organisation, person.country) if part)
        where = " · ".join((self._checkpoint(double.checkpoint), day_text(date.fromisoformat(double.day))))
        inside = column(name, label(who, "muted", wrap=True), label(where, "faint", wrap=True), margin=14, spacing=3)
        inside.addSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for number, one in enumerate((double.first, double.second)):
            text = admitted_words(one, app.event, app.desk.name)
            said = _("Let in {where}").format(where=text)
            if one.desk == app.desk.name and one.staff:
                said = _("Let in {where} ({staff})").format(where=text, staff=isolate(one.staff))
            grid.addWidget(label(said, wrap=True), number, 0)
            undo = button()
            set_button_text(undo, _("Undo this one…"))
            undo.setAccessibleName(f"{person.display_name}: {text}: {_('Undo this one…')}")
            undo.clicked.connect(partial(self._ask_undo, double, one))
            grid.addWidget(undo, number, 1)
        inside.addLayout(grid)
        if double.settled:
            reason = (
                _("Looked at: {reason}").format(reason=isolate(double.reason)) if double.reason else _("Looked at.")
            )
            inside.addWidget(label(reason, wrap=True, tone="green"))
        else:
            settle = button(role="primary")
            set_button_text(settle, _("It is in order…"))
            settle.setAccessibleName(f"{person.display_name}: {_('It is in order…')}")
            settle.clicked.connect(partial(self._ask_settle, double))
            buttons = Flow()
            buttons.addWidget(settle)
            inside.addLayout(buttons)
        made.setLayout(inside)
        made.setAccessibleName(double_sentence(double, app.event, app.desk.name))
        return made

    def _checkpoint(self, key: str) -> str:
        return next(
            (one.name.get(language()) for one in self.context.app.event.checkpoints if one.key == key), isolate(key)
        )

    def _ask_settle(self, double: Double) -> None:
        self._asked = (double, "")
        question = _("Why was {name} let in twice?").format(name=isolate(double.attendee.display_name))
        usual = (_("Used both doors"), _("Let in again by hand"), _("Scanned by mistake"))
        self.reason.ask(question, _("Note it"), usual)

    def _ask_undo(self, double: Double, one: Admitted) -> None:
        self._asked = (double, one.record)
        app = self.context.app
        question = _("Why is the admission {where} taken back?").format(
            where=admitted_words(one, app.event, app.desk.name)
        )
        self.reason.ask(question, _("Undo"), (_("The badge was passed on"), _("Scanned by mistake")))

    @Slot(str)
    def _given(self, reason: str) -> None:
        if self._asked is None:
            return
        double, record = self._asked
        self.reason.close_bar()
        if record:
            self.context.calls.undo(record, reason)
        else:
            self.context.tasks.database(self.context.app.desk.settle, double, reason, done=self._settled)

    @Slot(object)
    def _settled(self, _nothing: object) -> None:
        self.look()
        self.context.sync.ask()  # the other desk and the hub learn of it now
