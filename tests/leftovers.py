"""What a test can leave behind without noticing: threads, Qt timers and threads, open files, warnings in the log."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_PATIENCE = 2.0  # seconds in which a thread that was told to stop has to be gone
_FDS = Path("/proc/self/fd")


class LogWatch(logging.Handler):
    """Collects log records of WARNING and above; those that were announced are no surprise."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    def expect(self, part: str) -> None:
        """Announce that this test logs a message that contains `part`; that it does not is then the surprise."""
        self._expected.append(part)

    def surprises(self) -> list[str]:
        """Return a line for each record that nobody announced, and for each announced one that never came."""
        messages = [record.getMessage() for record in self.records]
        lines = [
            f"log {record.levelname} {record.name}: {message}"
            for record, message in zip(self.records, messages, strict=True)
            if not any(part in message for part in self._expected)
        ]
        missed = [part for part in self._expected if not any(part in message for message in messages)]
        return lines + [f"the log never said: {part}" for part in missed]

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        logging.getLogger().removeHandler(self)


def threads() -> set[threading.Thread]:
    """Return the threads that run now and that Python knows of: its own, and Qt's once Python code ran in them."""
    return {thread for thread in threading.enumerate() if _runs(thread)}


def new_threads(before: set[threading.Thread], patience: float = _PATIENCE) -> list[str]:
    """Return a line for each thread that was not there before and does not end by itself within `patience` seconds."""
    deadline = time.monotonic() + patience
    while (new := threads() - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    return [f"thread {thread.name}" for thread in new]


def _runs(thread: threading.Thread) -> bool:
    # Python keeps its entry of a foreign thread (Qt's) for ever after that thread has ended: ask the system.
    if isinstance(thread, threading._DummyThread) and Path("/proc/self/task").is_dir():
        return Path(f"/proc/self/task/{thread.native_id}").exists()
    return thread.is_alive()


def running_qt_objects() -> list[str]:
    """Return a line for each QTimer that still ticks and each QThread that still runs, after deleteLater had its turn.

    They are stopped, so that the next test is not blamed for them.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from shiboken6 import isValid

    if QCoreApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    found: list[str] = []
    for thing in gc.get_objects():
        if not isinstance(thing, (QTimer, QThread)) or not isValid(thing):
            continue
        name = thing.objectName() or type(thing).__name__
        if isinstance(thing, QTimer) and thing.isActive():
            thing.stop()
            found.append(f"QTimer {name} of {type(thing.parent()).__name__}, every {thing.interval()} ms")
        elif isinstance(thing, QThread) and thing.isRunning() and thing != QThread.currentThread():
            thing.quit()
            thing.wait(1000)
            found.append(f"QThread {name}")
    return found


def open_files(folder: Path) -> set[str]:
    """Return the files below `folder` that this process holds open; nothing where the system does not tell."""
    if not _FDS.is_dir():
        return set()
    found = set()
    for descriptor in _FDS.iterdir():
        try:
            path = str(descriptor.readlink())
        except OSError:  # closed since it was listed
            continue
        if path.startswith(f"{folder}{os.sep}"):
            found.add(path)
    return found


def new_open_files(folder: Path, before: set[str]) -> list[str]:
    """Return a line for each file (a database above all) that was opened and not closed."""
    new = open_files(folder) - before
    if new:
        gc.collect()  # what only a cycle holds is nobody's
        new = open_files(folder) - before
    return [f"open file {Path(path).name.removesuffix(' (deleted)')}" for path in sorted(new)]
