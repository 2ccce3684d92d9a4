"""Work off the GUI thread: one line a job, with its two endings beside it.

    tasks.database(desk.admit, payload, done=self.show_verdict)
    tasks.background(desk.counters, done=self.show_counters)
    self._job = tasks.heavy(work.add_people, folder, done=self.ended, failed=self.told, progress=self.moved)

Endings run on the GUI thread always: the worker only posts to the runner, whose bound slot lives there. What is
handed in may therefore be any callable; a bound method of a widget that is gone by then is not called.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from checkin.child import Child, places
from checkin.errors import CancelledError, CheckinError
from checkin.i18n import _

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger(__name__)

T = TypeVar("T")
Place = Literal["database", "pool", "child"]
THREADS: dict[Place, int] = {"database": 1, "pool": 3, "child": 1}
"""The child's thread only waits for it."""


class Task:
    """One job under way. Keep it only to cancel it."""

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[CheckinError], object] | None,
        progress: Callable[..., object] | None,
    ) -> None:
        self.work = work
        self.place: Place = "pool"
        self.done = done
        self.failed = failed
        self.progress = progress
        self._stopping = threading.Event()
        self._forgotten = threading.Event()
        self._progress_values: tuple[Any, ...] | None = None
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Ask the work to stop and forget its endings: neither `done` nor `failed` is called any more."""
        self._forgotten.set()
        self._stopping.set()

    def stop(self) -> None:
        """Ask the work to stop; how it ended is told: `done` if it was too late, else `failed` with a CancelledError."""
        self._stopping.set()

    def cancelled(self) -> bool:
        """Say whether it is to stop; long work asks this between two steps."""
        return self._stopping.is_set()

    def forgotten(self) -> bool:
        """Say whether nobody wants to know how it ended."""
        return self._forgotten.is_set()

    def put_progress(self, values: tuple[Any, ...]) -> bool:
        """Keep the newest progress; say whether the GUI thread must be told (it is not while it has one waiting)."""
        with self._lock:
            idle = self._progress_values is None
            self._progress_values = values
            return idle

    def take_progress(self) -> tuple[Any, ...] | None:
        """Return the newest progress and clear it."""
        with self._lock:
            values, self._progress_values = self._progress_values, None
            return values


class TaskRunner(QObject):
    """One thread for the database's writes, a small pool for what waits, a second process for what computes."""

    trouble = Signal(str)
    """A job without a `failed` ending failed: the sentence for the notice bar. Emitted on the GUI thread."""
    _ended = Signal(object, object, object)  # Task, result, CheckinError or None
    _moved = Signal(object)  # Task

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors: dict[Place, ThreadPoolExecutor] = {}
        self._running: dict[Future[None], Task] = {}
        self._child = Child()
        self._lock = threading.Lock()
        self._stopped = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._deliver_progress, Qt.ConnectionType.QueuedConnection)

    def database(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[CheckinError], object] | None = None,
        **kwargs: Any,
    ) -> Task:
        """Run `work(*args, **kwargs)` on the one database thread, after what was handed in before: admit, undo."""
        return self._submit("database", Task(lambda: work(*args, **kwargs), done, failed, None))

    def background(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[CheckinError], object] | None = None,
        progress: Callable[..., object] | None = None,
        **kwargs: Any,
    ) -> Task:
        """Run `work` in the pool: search, counts, lists, small files. What computes for long is `heavy`.

        With `progress` the work gets two more keyword arguments: `progress(*values)`, of which the newest reaches the
        given slot on the GUI thread, and `cancelled() -> bool`.
        """
        if progress is None:
            return self._submit("pool", Task(lambda: work(*args, **kwargs), done, failed, None))

        def reporting() -> T:
            return work(*args, progress=report, cancelled=task.cancelled, **kwargs)

        def report(*values: Any) -> None:
            if task.put_progress(values):
                self._moved.emit(task)

        task = Task(reporting, done, failed, progress)
        return self._submit("pool", task)

    def heavy(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[CheckinError], object] | None = None,
        progress: Callable[..., object] | None = None,
        **kwargs: Any,
    ) -> Task:
        """Run `work` in a second process, one after the other: reading a roster, importing it, exporting.

        `work` is a function of a module that imports no Qt; arguments and result are values (a path, not a Database).
        `progress` as for `background`. A process that dies is a sentence for `failed`.
        """

        def remote() -> T:
            found: T = self._child.run(
                work, *args, progress=report if progress else None, cancelled=task.cancelled, **kwargs
            )
            return found

        def report(*values: Any) -> None:
            if task.put_progress(values):
                self._moved.emit(task)

        task = Task(remote, done, failed, progress)
        return self._submit("child", task)

    def busy(self) -> bool:
        """Say whether any job is waiting or running."""
        with self._lock:
            return bool(self._running)

    def stop(
        self, last: Callable[[], object] | None = None, *, pool_limit_s: float = 5.0, database_limit_s: float = 15.0
    ) -> None:
        """End the pool, then the database thread: running work may finish within the limits, endings are dropped.

        The database gets longer: an admission under way is committed, then `last` closes the database, and only then
        the program ends.
        """
        with self._lock:
            tasks = list(self._running.values())
        for task in tasks:
            task.done = task.failed = task.progress = None
            if task.place != "database":
                task.cancel()
        self._end("pool", pool_limit_s)
        self._end_child(pool_limit_s)
        if last is not None:
            self._submit("database", Task(last, None, None, None))
        with self._lock:
            self._stopped = True
        self._end("database", database_limit_s)

    def _end(self, place: Place, limit_s: float) -> None:
        from concurrent.futures import wait

        executor = self._executors.get(place)
        if executor is None:
            return
        started = time.monotonic()
        with self._lock:
            mine = [future for future, task in self._running.items() if task.place == place]
        if wait(mine, timeout=limit_s).not_done:
            executor.shutdown(wait=False, cancel_futures=True)
            log.error("the %s thread did not end within %.0f s", place, limit_s)
        else:
            executor.shutdown(wait=True)
            log.info("%s stopped after %.0f ms", place, (time.monotonic() - started) * 1000)

    def _end_child(self, limit_s: float) -> None:
        """Let a job that was asked to stop tidy up behind itself, then end the process whatever it does."""
        from concurrent.futures import wait

        with self._lock:
            mine = [future for future, task in self._running.items() if task.place == "child"]
        wait(mine, timeout=limit_s)
        self._child.close()
        executor = self._executors.get("child")
        if executor is not None:
            executor.shutdown(wait=True)

    def _submit(self, place: Place, task: Task) -> Task:
        from concurrent.futures import ThreadPoolExecutor  # after the first paint, which no job precedes

        task.place = place
        with self._lock:
            if self._stopped:  # a field that loses the focus while the window closes has nothing to say any more
                task.cancel()
                return task
            if place not in self._executors:
                self._executors[place] = ThreadPoolExecutor(THREADS[place], thread_name_prefix=place)
            future = self._executors[place].submit(self._work, task)
            self._running[future] = task
        future.add_done_callback(self._forget)
        return task

    def _forget(self, future: Future[None]) -> None:
        with self._lock:
            self._running.pop(future, None)

    def _work(self, task: Task) -> None:
        """Run on a worker thread: the result or the error is posted, never raised."""
        if task.forgotten():
            return
        try:
            result = task.work()
        except CancelledError as error:
            self._ended.emit(task, None, error)
        except CheckinError as error:
            log.info("refused: %s", type(error).__name__)
            self._ended.emit(task, None, error)
        except Exception as error:  # noqa: BLE001 - the last resort: a sentence for the user, the place for the log
            log.error("%s at\n%s", type(error).__name__, places(error))  # noqa: TRY400
            self._ended.emit(task, None, CheckinError(unexpected()))
        else:
            self._ended.emit(task, result, None)

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: object, error: CheckinError | None) -> None:
        if task.forgotten():
            return
        if error is None:
            _call(task.done, result)
        elif task.failed is not None:
            _call(task.failed, error)
        else:
            self.trouble.emit(str(error))

    @Slot(object)
    def _deliver_progress(self, task: Task) -> None:
        values = task.take_progress()
        if values is not None and not task.forgotten():
            _call(task.progress, *values)


def unexpected() -> str:
    """Return the sentence for an error that nobody foresaw."""
    return _("Something went wrong inside the program. What was saved is safe; the log says where it happened.")


def _call(ending: Callable[..., object] | None, *args: object) -> None:
    called = ending
    while isinstance(called, partial):  # whose method it is shows only inside
        called = called.func
    owner = getattr(called, "__self__", None)
    if ending is not None and not (isinstance(owner, QObject) and not isValid(owner)):
        ending(*args)
