"""What the window asks of the desk: one call is one job on the database thread, the answer goes to everybody.

Camera, hand scanner, typing and search all end here, so there is one order of scans and one place that tells of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkin.desk.results import Admission, Mode, Undone
from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.ui.context import Signals
from checkin.ui.notices import Notices
from checkin.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from checkin.desk.desk import Desk

PATIENCE_MS = 200
"""A verdict that takes longer is announced as on its way, so that the guest before is not taken for this one."""


class DeskCalls(QObject):
    """Hands badges to the desk, one after the other."""

    waiting = Signal()
    """A badge was read and its verdict is late."""
    not_saved = Signal(str)
    """A badge was read but nothing could be saved: the sentence that says so."""

    def __init__(
        self, desk: Desk, tasks: TaskRunner, notices: Notices, signals: Signals, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._notices, self._signals = desk, tasks, notices, signals
        self._open = 0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.waiting)

    def submit(self, payload: str, mode: Mode) -> None:
        """Have a badge judged, however it was read."""
        self._begin()
        self._tasks.database(self._desk.admit, payload, mode=mode, done=self._admitted, failed=self._failed)

    def admit_person(self, attendee_id: str) -> None:
        """Have somebody judged who was picked from a list."""
        self._begin()
        self._tasks.database(self._desk.admit_person, attendee_id, done=self._admitted, failed=self._failed)

    def force(self, admission: Admission, reason: str) -> None:
        """Let the person of a refused scan in again, or anyway."""
        if admission.attendee is None:
            return
        self._begin()
        self._tasks.database(
            self._desk.admit_person,
            admission.attendee.id,
            mode=admission.mode,
            force_reason=reason,
            done=self._admitted,
            failed=self._failed,
        )

    def undo(self, record: str = "", reason: str = "") -> None:
        """Take back one admission; without a record the last one of this desk."""
        self._tasks.database(self._desk.undo, record, reason, done=self._undone, failed=self._not_undone)

    def _begin(self) -> None:
        self._open += 1
        if not self._patience.isActive():
            self._patience.start()

    def _end(self) -> None:
        self._open -= 1
        if self._open == 0:
            self._patience.stop()

    def _admitted(self, admission: Admission) -> None:
        self._end()
        self._signals.admitted.emit(admission)
        if admission.verdict == "forged" and self._desk.guess_alarm():
            self._notices.warning(
                _(
                    "Ten badges that are not genuine came within a minute. Somebody may be guessing: tell the supervisor."
                ),
                key="guessing",
            )

    def _failed(self, error: CheckinError) -> None:
        self._end()
        self.not_saved.emit(str(error))
        self._notices.failure(error)

    def _undone(self, undone: Undone) -> None:
        self._signals.undone.emit(undone)

    def _not_undone(self, error: CheckinError) -> None:
        self._notices.info(str(error), key="undo")

    @Slot(str, str)
    def submit_keys(self, payload: str, mode: Mode) -> None:
        """Have a badge judged that the hand scanner read ("scanner"), or that somebody typed digit by digit ("typed")."""
        self.submit(payload, mode)
