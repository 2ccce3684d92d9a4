"""The window's printer: ask before, hand over, ask after, never the same print twice by accident.

Everything that talks to the spooler runs one after the other on one thread of the pool: a print system that hangs takes
no more than that, and two steps of one print never overtake each other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkin.db import print_log
from checkin.db.print_log import PrintRow
from checkin.domain.badge import IssuedBadge
from checkin.errors import CheckinError
from checkin.printing.spooler import Spooler
from checkin.settings import Settings
from checkin.ui.context import Signals
from checkin.ui.notices import Notices
from checkin.ui.printing.press import Press, Sent, fate, hinders, look_all
from checkin.ui.printing.print_job import PrintJob, print_job, waiting
from checkin.ui.printing.troubles import Troubles
from checkin.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from checkin.app import App

PACES: Final = ((3.0, 100), (10.0, 300), (60.0, 1000), (float("inf"), 5000))
"""How often the spooler is asked: for a print that is so old (s), every so many ms."""


class BadgePrinter(QObject):
    """Made once by the window. Every call returns at once; what becomes of it comes as `changed`."""

    changed = Signal(object)
    """PrintJob: a print is waiting (with the number 0: it is not in the log yet), under way, came out, is stuck, failed.
    Once for each change, on the GUI thread."""
    log_changed = Signal()
    """Something in the print log is new."""

    def __init__(
        self,
        app: App,
        tasks: TaskRunner,
        notices: Notices,
        signals: Signals,
        save_settings: Callable[..., None],
        parent: QObject | None = None,
        *,
        spooler: Spooler | None = None,
    ) -> None:
        """`spooler`: None means the system's own."""
        super().__init__(parent)
        self._app, self._tasks = app, tasks
        self.press = Press(app, spooler)
        self._troubles = Troubles(self._settings, notices, signals, save_settings, self.reprint, self)
        self._queue: deque[tuple[Callable[[], Any], Callable[[Any], None]]] = deque()
        self._running: Callable[[Any], None] | None = None
        self._stopped = False
        self._open: dict[int, tuple[PrintRow, float]] = {}
        self._seen: dict[str, PrintJob] = {}
        self._being_issued: set[str] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Find out what became of the prints that an earlier run left open."""
        self._do(self.press.unfinished, self._adopt)

    def stop(self) -> None:
        """Ask for nothing more; what is in the spooler is asked for at the next start."""
        self._stopped = True
        self._timer.stop()
        self._queue.clear()

    def print_badge(self, badge: IssuedBadge, *, again: bool = False) -> None:
        """Print a badge on the printer of the settings.

        A revision that was printed already, or is under way, is told and not printed; `again`: it is meant (the sheet
        was lost before it was handed out). A job of it that is stuck is taken back first.
        """
        self._send(badge, self._sent, again=again)

    def print_automatically(self, attendee_id: str, issued: IssuedBadge | None = None) -> None:
        """Print after a check-in, if the settings say so: never, once (none was issued to this person yet), always.

        `issued`: the badge that was made with this check-in (a walk-in's): printed, unless the settings say never.
        """
        policy = self._app.settings.auto_print
        if policy == "never":
            return
        if issued is not None:
            self.print_badge(issued)
        elif policy == "always":
            self._issue(attendee_id, same=True)
        else:
            self._do(partial(print_log.was_issued, self._app.database, attendee_id), partial(self._once, attendee_id))

    def save_pdf(self, badge: IssuedBadge, path: Path) -> None:
        """Write a badge to a PDF file: works on every desk. Ends as "saved" or "failed"."""
        self._do(partial(self.press.save, badge, path, self._app.settings), self._sent)

    @Slot(str)
    def reprint(self, attendee_id: str) -> None:
        """Print somebody's badge again: the same revision if it never came out, else a new one that replaces it."""
        if attendee_id and attendee_id not in self._being_issued:
            self._being_issued.add(attendee_id)
            self._do(partial(self.press.settle, attendee_id), partial(self._reprint, attendee_id))

    def cancel(self, job_id: int) -> None:
        """Take a print back that is on its way or stuck: "failed" if that worked, "printed" if it came out meanwhile."""
        self._do(partial(self._take_back, job_id), self._taken_back)

    @Slot()
    def print_test(self) -> None:
        """Print the test label: no badge, in no list of people."""
        self._send(None, self._sent)

    def newest(self, attendee_id: str) -> PrintJob | None:
        """Return the last print of this person's badge since the window opened."""
        return self._seen.get(attendee_id)

    def jobs(self, done: Callable[[list[PrintJob]], object], limit: int = 20) -> None:
        """Read the newest prints of this desk and hand them to `done`, on the GUI thread."""
        self._tasks.background(_jobs, self._app, limit, done=done)

    # --- one step after the other ---

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if not self._stopped:
            self._queue.append((work, done))
            self._next()

    def _next(self) -> None:
        if self._running is None and self._queue:
            work, self._running = self._queue.popleft()
            self._tasks.background(work, done=self._done, failed=self._failed)

    def _done(self, result: object) -> None:
        done, self._running = self._running, None
        assert done is not None
        done(result)
        self._next()

    def _failed(self, error: CheckinError) -> None:
        """Say that the print log, or the program, failed: without its row nothing is printed."""
        self._running = None
        self._being_issued.clear()
        self._troubles.tell(error)
        self._arm()
        self._next()

    def _send(self, badge: IssuedBadge | None, done: Callable[[Sent], None], *, again: bool = False) -> None:
        settings = self._app.settings
        self._do(partial(self.press.send, badge, settings, again=again), done)
        now = round(self._app.clock.now().timestamp() * 1000)
        self.changed.emit(waiting(badge, settings, now, self._app.desk.staff, self._app.event))

    # --- printing again ---

    def _reprint(self, attendee_id: str, row: PrintRow | None) -> None:
        if row is not None:
            was_open = row.id in self._open
            if was_open:
                self._take(row)
            came_out_meanwhile = row.state == "printed" and was_open
            if came_out_meanwhile or hinders(row, self._app.settings.printer):
                self._being_issued.discard(attendee_id)
                self._troubles.in_the_way(self._job(row))
                return
        # Of what may lie somewhere, or still come out elsewhere, the new revision makes an old badge.
        self._issue(attendee_id, same=row is not None and fate(row) == "never")

    def _take_back(self, job_id: int) -> PrintRow:
        row = print_log.one(self._app.database, job_id)
        return self.press.take_back(row) if row.state in print_log.OPEN else row

    def _taken_back(self, row: PrintRow) -> None:
        if row.id in self._open:
            self._take(row)

    def _once(self, attendee_id: str, issued: bool) -> None:
        if not issued:
            self._issue(attendee_id, same=False)

    def _issue(self, attendee_id: str, *, same: bool) -> None:
        self._being_issued.add(attendee_id)
        self._tasks.database(
            self._app.registrar.issue_badge,
            attendee_id,
            same=same,
            done=partial(self._issued, attendee_id, same),
            failed=partial(self._not_issued, attendee_id),
        )

    def _issued(self, attendee_id: str, same: bool, badge: IssuedBadge) -> None:
        self._send(badge, partial(self._sent_again, attendee_id), again=same)

    def _not_issued(self, attendee_id: str, error: CheckinError) -> None:
        self._being_issued.discard(attendee_id)
        self._troubles.tell(error)

    def _sent_again(self, attendee_id: str, sent: Sent) -> None:
        self._being_issued.discard(attendee_id)
        self._sent(sent)

    # --- what became of it ---

    def _sent(self, sent: Sent) -> None:
        self._arm(soon=sent.in_the_way)  # what stood in the way may have come out meanwhile
        if sent.in_the_way:
            job = self._job(sent.row)
            self._troubles.in_the_way(job)
            self.changed.emit(job)
        else:
            self._take(sent.row)

    def _adopt(self, rows: list[PrintRow]) -> None:
        for row in rows:
            self._open[row.id] = (row, monotonic())
        self._arm(soon=True)

    @Slot()
    def _look(self) -> None:
        now = monotonic()
        rows = [(row, now - since) for row, since in self._open.values()]
        if rows:
            self._do(partial(look_all, self.press, rows), self._looked)

    def _looked(self, rows: list[PrintRow]) -> None:
        for row in rows:
            self._take(row)
        self._arm()

    def _take(self, row: PrintRow) -> None:
        """Take over the news of a print that was sent or is open: count, tell, ask again later."""
        before = self._open.pop(row.id, None)
        if row.state in print_log.OPEN:
            self._open[row.id] = (row, before[1] if before else monotonic())
        self._arm()
        if before is not None and before[0] == row:
            return
        job = self._job(row)
        if job.attendee_id:
            self._seen[job.attendee_id] = job
        if row.state == "printed":
            self._troubles.count_label()
        self._troubles.take(job)
        self.changed.emit(job)
        self.log_changed.emit()

    def _arm(self, *, soon: bool = False) -> None:
        if self._stopped or not self._open:
            self._timer.stop()
            return
        youngest = monotonic() - max(since for _row, since in self._open.values())
        pause = next(ms for age, ms in PACES if youngest < age)
        if soon or not self._timer.isActive():
            self._timer.start(0 if soon else pause)

    def _job(self, row: PrintRow) -> PrintJob:
        return print_job(row, self._app.event)

    def _settings(self) -> Settings:
        return self._app.settings


def _jobs(app: App, limit: int) -> list[PrintJob]:
    return [print_job(row, app.event) for row in print_log.last(app.database, limit)]
