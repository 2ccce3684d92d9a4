"""A walk-in in a real window: typed at 5 keys a second with xdotool, from F3 until a real CUPS says "printed".

    make bench        (or tools/run_tests.py --in-window .venv/bin/python -m benchmarks.walk_in)

The program's own share is what is left of the time when the keys are taken out: the page after F3, and from Ctrl+Enter to
"printed". The floor beside it: `lp` hands the same kind of page to the same CUPS, until the paper is there.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks._report import report
from checkin import settings
from checkin.app import open_demo
from checkin.db import print_log
from checkin.db.engine import Database
from checkin.paths import DATABASE
from tests.e2e.driver import Program, _xdotool
from tests.printing.cups import Cups, running, why_not
from tests.printing.pages import small_pdf

GUESTS = (
    ("Dewi Anggraini Putri", "Test Fund of Malang", "Indonesia"),
    ("Ratu Kusumaningrum", "Province of Test", "Indonesia"),
    ("Benedikt Aumayr", "Institute of Tests", "Austria"),
)
PACE_MS = 400
"""xdotool takes half of it a key."""
KEYS = ("F3", "Tab", "Tab", "Tab", "ctrl+Return")
TARGET_S, SHARE_S, TARGET_KEYS = 25.0, 1.0, 6
PATIENCE_S = 20.0


def main() -> None:
    if reason := why_not():
        print(reason, file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch, running(patch) as cups:
        cups.add("Badges")
        folder = Path(place) / "event"
        open_demo(folder).close()
        settings.save(folder, replace(settings.load(folder).settings, printer="Badges"))
        with Program(folder, "--camera", "none") as program:
            program.wait_for_window()
            database = Database(folder / DATABASE)
            runs = [walk_in(program, database, guest, number) for number, guest in enumerate(GUESTS, 1)]
            database.close()
            program.quit()
        floor = statistics.median(lp(cups, Path(place)) for _again in range(3))
    whole = statistics.median(run[0] for run in runs)
    share = statistics.median(run[1] for run in runs)
    report("walk-in: F3 to “printed”, 5 keys a second", whole, unit="s", target=TARGET_S)
    report("walk-in: the program’s own share of it", share, unit="s", target=SHARE_S)
    report(
        "walk-in: Ctrl+Enter to “printed”; floor: lp", statistics.median(run[2] for run in runs), unit="s", floor=floor
    )
    report("walk-in: keys beyond the text", len(KEYS), unit="keys", target=TARGET_KEYS)


def walk_in(
    program: Program, database: Database, guest: tuple[str, str, str], number: int
) -> tuple[float, float, float]:
    """Return seconds: from F3 to "printed", of it what is not typing, of it from Ctrl+Enter on."""
    program.key("F1")
    program.wait_for_title(lambda title: title.startswith("Scan"))
    time.sleep(0.5)
    typed = 0.0
    start = time.monotonic()
    press("F3")
    wait(lambda: program.title().startswith("Walk-in"))
    page = time.monotonic() - start
    for place, text in enumerate(guest):
        typed += timed(lambda text=text: _xdotool("type", "--delay", str(PACE_MS), text))
        if place < 2:
            tabs = ["Tab"] * (2 - place)
            typed += timed(lambda tabs=tabs: _xdotool("key", "--delay", str(PACE_MS), *tabs))
    registered = time.monotonic()
    press("ctrl+Return")
    wait(lambda: [row.state for row in print_log.last(database, number)] == ["printed"] * number)
    end = time.monotonic()
    return end - start, page + end - registered, end - registered


def press(key: str) -> None:
    """Press one key without xdotool's own pause after it."""
    _xdotool("key", "--delay", "0", key)


def timed(action: object) -> float:
    """Return how long an action took, in s."""
    start = time.monotonic()
    action()  # type: ignore[operator]
    return time.monotonic() - start


def wait(met: object) -> None:
    """Wait until something is so, looking every 5 ms."""
    until = time.monotonic() + PATIENCE_S
    while not met():  # type: ignore[operator]
        if time.monotonic() > until:
            raise SystemExit("waited in vain")
        time.sleep(0.005)


def lp(cups: Cups, folder: Path) -> float:
    """Return how long `lp` takes until its paper is there, in s."""
    pdf = small_pdf(folder / "floor.pdf", (86, 124))
    before = len(cups.papers())
    start = time.monotonic()
    subprocess.run(["lp", "-d", "Badges", str(pdf)], check=True, capture_output=True)
    wait(lambda: len(cups.papers()) > before)
    return time.monotonic() - start


if __name__ == "__main__":
    main()
