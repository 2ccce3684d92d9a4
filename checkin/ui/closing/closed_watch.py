"""Tells a desk that the day it scans for is closed, and the one that closed it that more arrived. It keeps no badge from
being judged."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from checkin.desk.results import Admission
from checkin.domain.closing import Closing
from checkin.evening.state import Overdue
from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.notices import Notice
from checkin.wording.closing import closed_warning, overdue_sentence

KEY: Final = "closed"
OVERDUE: Final = "overdue"


class ClosedWatch(QObject):
    """Looks whether the declared day is closed: says so when a desk takes its post, and at each badge that is let in."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._closing: Closing | None = None
        self._told: Overdue | None = None
        signals = context.signals
        signals.post_changed.connect(self.tell)
        signals.day_closed.connect(self.look)
        signals.admitted.connect(self._admitted)
        signals.synced.connect(self.look)
        self.tell()

    @Slot()
    def tell(self) -> None:
        """See whether the day is closed, and say so."""
        app = self._context.app
        if app.desk.declared:
            self._context.tasks.background(app.evening.standing, app.desk.post.day, done=self._found)

    @Slot()
    def look(self) -> None:
        """See whether the day is closed: who closed it knows, and the others are told when they scan."""
        app = self._context.app
        if app.desk.declared:
            self._context.tasks.background(app.evening.standing, app.desk.post.day, done=self._seen)
        self._context.tasks.background(app.evening.overdue, done=self._overdue)

    def _overdue(self, found: list[Overdue]) -> None:
        """Tell the desk that closed a day that its report is out of date; once for each news."""
        new = found[0] if found else None
        if new is None:
            self._context.notices.withdraw(OVERDUE)
        elif new != self._told:
            text, act = overdue_sentence(new), partial(self._show_evening, new.day)
            self._context.notices.post(Notice("warning", text, OVERDUE, action=_("End of day"), on_action=act))
        self._told = new

    def _found(self, closing: Closing | None) -> None:
        self._seen(closing)
        if self._closing is not None:
            self._tell(self._closing)

    def _seen(self, closing: Closing | None) -> None:
        day = self._context.app.desk.post.day.isoformat()
        self._closing = closing if closing is not None and closing.closes and closing.day == day else None
        if self._closing is None:
            self._context.notices.withdraw(KEY)

    @Slot(object)
    def _admitted(self, admission: Admission) -> None:
        if self._closing is not None and admission.record and admission.day.isoformat() == self._closing.day:
            self._tell(self._closing)

    def _tell(self, closing: Closing) -> None:
        app = self._context.app
        text = closed_warning(closing, app.desk.post.day, app.event, app.event.local(app.clock.now()).date())
        self._context.notices.post(
            Notice(
                "warning", text, KEY, action=_("End of day"), on_action=partial(self._show_evening, app.desk.post.day)
            )
        )

    def _show_evening(self, day: date) -> None:
        self._context.signals.page_wanted.emit("evening", day)
