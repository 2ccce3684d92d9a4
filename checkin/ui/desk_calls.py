"""What the window asks of the desk: one call is one job on the database thread, the answer goes to everybody.

Camera, hand scanner, typing and search all end here, so there is one order of scans and one place that tells of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkin.desk.results import Admission, Changed, Mode, Registered, Undone, WalkIn
from checkin.domain.journal import Kind
from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.ui.context import Signals
from checkin.ui.notices import Notices
from checkin.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from checkin.desk.desk import Desk
    from checkin.desk.registrar import Registrar

PATIENCE_MS = 200
"""A verdict that takes longer is announced as on its way, so that the guest before is not taken for this one."""

KEPT = 20
"""So many codes are remembered as they were read: an Admission shows them escaped and cut."""
Failed = Callable[[CheckinError], object]


class DeskCalls(QObject):
    """Hands badges to the desk, and people to the registrar, one after the other."""

    waiting = Signal()
    """A badge was read and its verdict is late."""
    not_saved = Signal(str)
    """A badge was read but nothing could be saved: the sentence that says so."""

    def __init__(
        self,
        desk: Desk,
        registrar: Registrar,
        tasks: TaskRunner,
        notices: Notices,
        signals: Signals,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._registrar = desk, registrar
        self._tasks, self._notices, self._signals = tasks, notices, signals
        self._read: deque[tuple[Admission, str]] = deque(maxlen=KEPT)
        self._open = 0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.waiting)

    def submit(self, payload: str, mode: Mode) -> None:
        """Have a badge judged, however it was read."""
        self._begin()
        done = partial(self._judged, payload)
        self._tasks.database(self._desk.admit, payload, mode=mode, done=done, failed=self._failed)

    def payload(self, admission: Admission) -> str:
        """Return what was read for this admission, as it was read; empty where it was picked or is long ago."""
        return next((text for known, text in self._read if known is admission), "")

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

    def register(self, form: WalkIn, done: Callable[[Registered], object], failed: Failed) -> None:
        """Put a walk-in on the list and check in. `done` comes before `signals.registered` and `admitted`.

        `failed` gets a FormError where a field is to blame; the notice bar tells of everything else.
        """
        self._begin()
        self._tasks.database(
            self._registrar.register, form, done=partial(self._registered, done), failed=partial(self._refused, failed)
        )

    def edit(self, attendee_id: str, changes: Mapping[str, str], reason: str, failed: Failed) -> None:
        """Correct somebody. `failed` gets a FormError where a field is to blame."""
        self._change(self._registrar.edit, attendee_id, changes, reason, failed=failed)

    def cancel(self, attendee_id: str, reason: str) -> None:
        """Cancel somebody's registration."""
        self._change(self._registrar.cancel, attendee_id, reason)

    def reinstate(self, attendee_id: str, reason: str) -> None:
        """Take a cancellation back."""
        self._change(self._registrar.reinstate, attendee_id, reason)

    def merge(self, keep_id: str, other_id: str, reason: str = "") -> None:
        """Make two who are one person one."""
        self._change(self._registrar.merge, keep_id, other_id, reason)

    def learn(self, attendee_id: str, payload: str, *, admit: bool = False) -> None:
        """Bind a code to somebody; `admit`: and check them in."""
        self._change(self._registrar.learn, attendee_id, payload, admit=admit)

    def _change(
        self, work: Callable[..., Changed], *args: Any, failed: Failed | None = None, admit: bool = False
    ) -> None:
        done = partial(self._changed, admit)
        self._tasks.database(work, *args, done=done, failed=failed or self._notices.failure)

    def _changed(self, admit: bool, changed: Changed) -> None:
        self._signals.changed.emit(changed)
        self._signals.roster_changed.emit()
        if admit:
            self.admit_person(changed.attendee.id)

    def _registered(self, done: Callable[[Registered], object], registered: Registered) -> None:
        self._end()
        done(registered)
        self._signals.registered.emit(registered)
        self._signals.admitted.emit(registered.admission)
        self._signals.roster_changed.emit()

    def _refused(self, failed: Failed, error: CheckinError) -> None:
        self._end()
        failed(error)

    def _judged(self, payload: str, admission: Admission) -> None:
        self._read.append((admission, payload))
        self._admitted(admission)

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
        if undone.kind not in {Kind.CHECK_IN, Kind.CHECK_OUT}:
            self._signals.roster_changed.emit()

    def _not_undone(self, error: CheckinError) -> None:
        self._notices.info(str(error), key="undo")

    @Slot(str, str)
    def submit_keys(self, payload: str, mode: Mode) -> None:
        """Have a badge judged that the hand scanner read ("scanner"), or that somebody typed digit by digit ("typed")."""
        self.submit(payload, mode)
