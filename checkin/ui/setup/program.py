"""Start the program once more: another event, or practice, each in a process and a data folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess


def command(*arguments: str) -> list[str]:
    """Return how this very program is started: the bundled executable, or this Python with `-m checkin`."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "checkin"]
    return [*start, *arguments]


def start_event(folder: Path) -> bool:
    """Open the desk window on another data folder; one without an event begins with the guide. False: it failed."""
    return _start(command("--data", str(folder)))


def start_practice() -> bool:
    """Open the demo in a window of its own, beside the real event. False: it did not start."""
    return _start(command("demo"))


def _start(words: list[str]) -> bool:
    started, _pid = QProcess.startDetached(words[0], words[1:])
    return bool(started)
