"""A second process for work that is pure computing: reading a roster, comparing it, writing an export.

CPython runs one thread at a time. While one of ours computes, the window's thread gets its turn late: pictures stand
still for a tenth of a second and more (benchmarks/gui_stall.py). Such work therefore runs in one process of its own,
started at its first use. Parent and child speak pickles over the child's standard input and output: (language, function,
arguments) goes in, progress, log lines and one result come out. The child ends with its parent, whatever ends that one:
its input closes.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Final

from checkin.errors import CancelledError, CheckinError
from checkin.i18n import Language, _, language, set_language

log = logging.getLogger(__name__)

Progress = Callable[..., None]
Cancelled = Callable[[], bool]

_LOOK_S: Final = 0.05
"""How often a job that runs in the child is asked whether it is still wanted."""
_END_S: Final = 5.0
_NICE: Final = 5
"""The desk's own process goes first when both want a core."""


class ChildDiedError(CheckinError):
    """The second process ended in the middle of a job."""


class Child:
    """The second process, as its parent sees it. One job at a time; others wait."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._listener: threading.Thread | None = None
        self._closed = False

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return `work(*args, **kwargs)` computed in the child; blocks, so call it on a worker thread.

        `work` is a function of a module, arguments and result are values that pickle. With `progress` it also gets
        `progress(*values)` and `cancelled() -> bool`. Raises what it raises; ChildDiedError where the process ended.
        """
        with self._lock:
            if self._closed or (cancelled is not None and cancelled()):
                raise CancelledError(_stopped())
            process = self._running()
            assert process.stdin is not None
            try:
                _send(process.stdin, ("job", (language(), work, args, kwargs, progress is not None)))
                return self._await(process, progress, cancelled)
            except OSError:
                raise self._died(process) from None

    def close(self) -> None:
        """End the process at once; a job under way is lost (nothing of it is kept, or all of it)."""
        self._closed = True
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.close()  # it ends by itself, a moment later
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._listener is not None:
            self._listener.join()

    def _await(self, process: subprocess.Popen[bytes], progress: Progress | None, cancelled: Cancelled | None) -> Any:
        asked = False
        while True:
            if cancelled is not None and not asked and cancelled():
                asked = True
                assert process.stdin is not None
                _send(process.stdin, ("cancel", None))
            try:
                kind, value = self._answers.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if kind == "progress":
                if progress is not None:
                    progress(*value)
            elif kind == "log":
                logging.getLogger(value[0]).log(value[1], "%s", value[2])
            elif kind == "done":
                return value
            elif kind == "refused":
                raise value
            elif kind == "broken":
                name, places = value
                log.error("%s in the second process at\n%s", name, places)
                raise CheckinError(
                    _(
                        "Something went wrong inside the program. What was saved is safe; the log says where it happened."
                    )
                )
            else:
                raise self._died(process)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._answers = queue.SimpleQueue()
            self._process = _start()
            self._listener = threading.Thread(
                target=_listen, args=(self._process, self._answers), name="child-answers", daemon=True
            )
            self._listener.start()
        return self._process

    def _died(self, process: subprocess.Popen[bytes]) -> CheckinError:
        process.kill()
        code = process.wait()
        self._process = None
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        if self._closed:
            return CancelledError(_stopped())
        log.error("the second process ended with %d", code)
        return ChildDiedError(
            _("The part of the program that does long work was ended, perhaps for want of memory. It was all or nothing:"
              " try again. Scanning goes on.")
        )  # fmt: skip


def _start() -> subprocess.Popen[bytes]:
    """Start the child with this interpreter and the same places to import from, and no window on Windows."""
    low = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    where = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "checkin.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": where},
        creationflags=low,
    )


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Hand on what the child says, on a thread of its own; "ended" when its output closes."""
    assert process.stdout is not None
    with process.stdout as source:
        while True:
            try:
                answers.put(pickle.load(source))  # noqa: S301 - our own process, over a pipe that nobody else has
            except (EOFError, OSError, pickle.UnpicklingError):
                answers.put(("ended", None))
                return


def _send(sink: IO[bytes], message: tuple[str, Any]) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)  # whole first: what does not pickle leaves nothing half-said
    sink.write(data)
    sink.flush()


def _stopped() -> str:
    return _("Stopped. Nothing was changed.")


# --- in the child ---


class _Said(logging.Handler):
    """Sends log lines to the parent: one process writes the file."""

    def __init__(self, say: Callable[[str, Any], None]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say("log", (record.name, record.levelno, record.getMessage()))


class _Server:
    """Does jobs until the input closes."""

    def __init__(self, source: IO[bytes], sink: IO[bytes]) -> None:
        self._source, self._sink = source, sink
        self._speaking = threading.Lock()
        self._jobs: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._cancelled = threading.Event()

    def serve(self) -> None:
        logger = logging.getLogger("checkin")
        logger.setLevel(logging.INFO)
        logger.addHandler(_Said(self._say))
        logger.propagate = False
        threading.Thread(target=self._hear, name="parent", daemon=True).start()
        while True:
            self._do(*self._jobs.get())

    def _hear(self) -> None:
        while True:
            try:
                kind, value = pickle.load(self._source)  # noqa: S301 - our own parent
            except (EOFError, OSError):
                os._exit(0)  # the parent is gone, or wants no more
            if kind == "cancel":
                self._cancelled.set()
            else:
                self._cancelled.clear()
                self._jobs.put(value)

    def _do(
        self, tongue: Language, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], reports: bool
    ) -> None:
        set_language(tongue)
        if reports:
            kwargs = {**kwargs, "progress": self._progress, "cancelled": self._cancelled.is_set}
        try:
            result = work(*args, **kwargs)
        except CheckinError as error:
            self._say("refused", error)
        except Exception as error:  # noqa: BLE001 - told to the parent, which logs it
            self._say("broken", (type(error).__name__, places(error)))
        else:
            self._say("done", result)

    def _progress(self, *values: Any) -> None:
        self._say("progress", values)

    def _say(self, kind: str, value: Any) -> None:
        with self._speaking, suppress(OSError):
            _send(self._sink, (kind, value))


def places(error: BaseException) -> str:
    """Return where an error came from, innermost last: places only, as messages may hold names."""
    return "\n".join(f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__))


def main() -> None:
    """Be the child: take standard input and output for the conversation; what others print goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches both; the parent decides
    if hasattr(os, "nice"):
        os.nice(_NICE)
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _Server(sys.stdin.buffer, sink).serve()


if __name__ == "__main__":
    main()
