"""How long the window stands still, at most, while 100,000 people are imported, scanned and exported.

    python -m benchmarks.gui_stall [PEOPLE]        needs a screen: tools/run_tests.py --in-window ...

A precise timer of 5 ms ticks in the GUI thread of the real window; what lies between two ticks beyond the 5 ms is a
stall. The camera runs, and five badges a second are judged all the while. The import goes through the wizard, the export
through the window's second process. The floor, right after it: the same timer in an empty PySide6 window beside one
thread that does nothing but count, for CPython shares one lock among all of them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import xlsxwriter
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from benchmarks._report import report
from benchmarks._window import Scene, Steps, run, tokens
from benchmarks.export import everybody_came
from benchmarks.people import rows
from checkin.app import Declared, open_demo
from checkin.reports.export import export_file
from checkin.ui.main_window import MainWindow
from checkin.ui.pages.attendees import AttendeesPage
from tests.small_event import EVENT

PEOPLE = 100_000
TICK_MS = 5
LONGEST_MS = 50.0
SCAN_MS = 200
CALM_S = 6.0
HEADINGS = ("Name", "Local name", "Organisation", "Country", "E-mail", "Badge code", "Registration number")


class Stalls(QObject):
    """Notes the longest time between two ticks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was."""
        self._longest, self._last = 0.0, time.perf_counter()

    def longest_ms(self) -> float:
        """Return the longest stall since `begin`, the one that lasts now included."""
        self._tick()
        return max(0.0, self._longest * 1000 - TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


class Guests(QObject):
    """Five badges a second, as a hand scanner hands them over."""

    def __init__(self, window: MainWindow, payloads: list[str]) -> None:
        super().__init__(window)
        self._window, self._payloads, self._next = window, payloads, 0
        self._timer = QTimer(self, interval=SCAN_MS)
        self._timer.timeout.connect(self._scan)
        self._timer.start()

    def _scan(self) -> None:
        assert self._window.calls is not None
        self._window.calls.submit(self._payloads[self._next % len(self._payloads)], "scanner")
        self._next += 1


def main(people: int) -> None:
    found: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = roster(folder / "people.xlsx", people)
        came = Path(shutil.copyfile(everybody_came(people), folder / "came.sqlite"))
        app = open_demo(folder / "event", Declared(staff="Nok"))
        payloads = tokens(app, 300)
        app.close()

        def steps(window: MainWindow) -> Steps:
            page = window.page("attendees")
            assert isinstance(page, AttendeesPage)
            assert window.app is not None
            calm = time.monotonic() + CALM_S
            yield lambda: time.monotonic() > calm  # sounds, fonts and the like are loaded after the start
            guests, stalls = Guests(window, payloads), Stalls(window)

            def phase(what: str, began: float) -> None:
                found.append((what, stalls.longest_ms(), time.monotonic() - began))

            began = time.monotonic()
            stalls.begin()
            yield lambda: time.monotonic() > began + CALM_S
            phase("scanning at 350 people", began)

            window.show_page(window.pages.index(page))
            page.open_import()
            stalls.begin()
            began = time.monotonic()
            page.wizard.load(file)
            yield lambda: page.wizard._preview is not None  # noqa: SLF001 - the dry run is shown
            phase("the dry run", began)
            stalls.begin()
            began = time.monotonic()
            page.wizard.look.add_wanted.emit()
            yield page.wizard.result.isVisible
            phase("the import", began)

            window.show_page(0)
            stalls.begin()
            began = time.monotonic()
            yield lambda: time.monotonic() > began + CALM_S
            phase(f"scanning at {people:,} people", began)

            done: list[object] = []
            stalls.begin()
            began = time.monotonic()
            window.tasks.heavy(export_file, came, EVENT, "attendance", folder / "out.xlsx", done=done.append)
            yield lambda: bool(done)
            phase(f"the export of attendance, {people:,} rows", began)
            guests.deleteLater()

        run(folder / "event", Scene(), steps)
    command = [sys.executable, "-m", "benchmarks.gui_stall", "--empty-window"]
    least = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    report("an empty window beside a thread that counts: longest stall", least, unit="ms")
    for what, longest, lasted in found:
        report(f"{what}, {lasted:.0f} s: longest stall of the GUI thread", longest, unit="ms", target=LONGEST_MS)


def roster(path: Path, people: int) -> Path:
    """Write so many people as an organiser's workbook."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for number, person in enumerate(rows(people), start=1):
        _pk, _uid, name, local, organisation, country, _group, _status, _note, mail, code, external = person[:12]
        sheet.write_row(number, 0, (name, local, organisation, country, mail, code, external))
    book.close()
    return path


def empty_window(seconds: float = CALM_S) -> float:
    """Return the longest stall of a window that does nothing, beside a thread that only counts."""
    app = QApplication([])
    window = QLabel("empty")
    window.resize(1366, 768)
    window.show()
    ending = threading.Event()

    def count() -> None:
        number = 0
        while not ending.is_set():
            number += 1

    thread = threading.Thread(target=count)
    thread.start()
    stalls = Stalls()
    QTimer.singleShot(1000, stalls.begin)
    QTimer.singleShot(round((1 + seconds) * 1000), app.quit)
    app.exec()
    ending.set()
    thread.join()
    return stalls.longest_ms()


if __name__ == "__main__":
    if sys.argv[1:] == ["--empty-window"]:
        print(empty_window())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
