"""Tells a desk that the day it scans for is closed. It never keeps a badge from being judged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Slot

from checkin.desk.results import Admission
from checkin.domain.closing import Closing
from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.notices import Notice
from checkin.wording.closing import closed_warning

KEY: Final = "closed"


class ClosedWatch(QObject):
    """Looks whether the declared day is closed: says so when a desk takes its post, and at each badge that is let in."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._closing: Closing | None = None
        signals = context.signals
        signals.post_changed.connect(self.tell)
        signals.day_closed.connect(self.look)
        signals.admitted.connect(self._admitted)
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
        self._context.notices.post(Notice("warning", text, KEY, action=_("End of day"), on_action=self._show_evening))

    def _show_evening(self) -> None:
        self._context.signals.page_wanted.emit("evening", self._context.app.desk.post.day)
