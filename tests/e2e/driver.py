"""The program in a process of its own, in a real window, and the hands in front of it: xdotool's keys and mouse."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from checkin.db.engine import Database
from checkin.domain.journal import Entry, Kind
from checkin.paths import DATABASE
from tests.cli.run import ROOT, command
from tests.desk.test_desk import entries

PATIENCE_S = 40.0
"""How long anything may take on a busy machine. Nothing is waited for longer than it takes."""
SCANNER_MS = 5
"""Between two keys of a hand scanner."""
FINGER_MS = 130
"""Between two keys of a person."""


class Program:
    """One window of `checkin demo` on a data folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._said = folder.with_name(f"{folder.name}-{time.monotonic_ns()}.txt")
        with self._said.open("wb") as said:
            environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
            arguments = [*command(folder, "--staff", "Nok", *options), "demo"]
            self.process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=said, stderr=said)
        self.window = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE_S)

    def wait_for_window(self) -> None:
        """Wait until the desk can be used: the page's name stands in the title."""
        self.wait("the window", lambda: bool(self._find("Scan")))
        self.window = self._find("Scan")
        _xdotool("windowfocus", "--sync", self.window)

    def title(self) -> str:
        return _xdotool("getwindowname", self.window)

    def wait_for_title(self, met: Callable[[str], bool]) -> str:
        self.wait("another title", lambda: met(self.title()))
        return self.title()

    def scan(self, payload: str) -> None:
        """Type as a hand scanner does: fast, then Enter."""
        _xdotool("type", "--delay", str(SCANNER_MS), "--args", "1", payload, "key", "Return")

    def write(self, text: str) -> None:
        """Type as a person does."""
        _xdotool("type", "--delay", str(FINGER_MS), text)

    def key(self, *names: str) -> None:
        _xdotool("key", "--delay", "150", *names)

    def click(self, right: int, top: int) -> None:
        """Click so many pixels from the window's right edge and from its top."""
        shape = _xdotool("getwindowgeometry", "--shell", self.window)
        width = next(int(line[6:]) for line in shape.splitlines() if line.startswith("WIDTH="))
        _xdotool("mousemove", "--sync", "--window", self.window, str(width - right), str(top), "click", "1")

    def quit(self) -> int:
        """Ask for the end, answer the question, and return the exit code. No window manager here: focus is given by hand."""
        _xdotool("windowfocus", "--sync", self.window)
        self.key("ctrl+q")
        self.wait("the question", lambda: bool(self._dialog()))
        _xdotool("windowfocus", "--sync", self._dialog())
        self.key("Left", "space")
        return self.process.wait(PATIENCE_S)

    def said(self) -> str:
        """Return everything that the program printed."""
        return self._said.read_text("utf-8")

    def journal(self) -> list[Entry]:
        """Return what the journal on disk holds at this moment."""
        database = Database(self.folder / DATABASE)
        try:
            return entries(database)
        finally:
            database.close()

    def wait_for_entries(self, kind: Kind, count: int) -> list[Entry]:
        """Wait until the journal holds so many entries of a kind; return them."""
        self.wait(f"{count} x {kind}", lambda: len(self._of(kind)) >= count)
        return self._of(kind)

    def wait(self, what: str, met: Callable[[], bool]) -> None:
        """Wait until something is so; a program that ends meanwhile is a failure."""
        deadline = time.monotonic() + PATIENCE_S
        while not met():
            assert self.process.poll() is None, f"the program ended while {what} was awaited:\n{self.said()}"
            assert time.monotonic() < deadline, f"{what} did not come within {PATIENCE_S:.0f} s:\n{self.said()}"
            time.sleep(0.1)

    def _of(self, kind: Kind) -> list[Entry]:
        return [entry for entry in self.journal() if entry.body.kind is kind]

    def _find(self, title: str) -> str:
        found = _xdotool("search", "--onlyvisible", "--name", title, check=False).split()
        return found[0] if found else ""

    def _dialog(self) -> str:
        found = _xdotool("search", "--onlyvisible", "--pid", str(self.process.pid), check=False).split()
        return next((window for window in found if window != self.window), "")


def _xdotool(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert not check or done.returncode == 0, f"xdotool {arguments[0]}: {done.stderr}"
    return done.stdout.strip()
