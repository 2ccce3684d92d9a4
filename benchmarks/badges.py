"""Badges as one PDF: 350 in seconds beside a bare QPdfWriter that draws the same lines of text; 10,000, time and memory.

    python benchmarks/badges.py [--quick]

The floor draws as many pages with as many lines of text in as many sizes, each at a place that is given, and nothing
else: no fitting, no second font, no code. Their ratio is one of CPU time, as other programs on the machine would blur
it; the targets are measured by the clock on the wall. `--quick` leaves the 10,000 out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from benchmarks._report import report
from checkin.badges.content import BadgeContent
from checkin.badges.store import layout
from checkin.domain.badge import BadgeNumber, make_token
from checkin.ui.painting.badge import remarks
from checkin.ui.painting.badge_pdf import write_pdf
from checkin.ui.painting.fit import place
from checkin.ui.painting.headless import program
from tests.badges.demo_badges import demo_contents
from tests.badges.gallery import KEYRING

LAYOUT = "lanyard"
MANY = 10_000


def main() -> None:
    if "--one" in sys.argv:
        one(sys.argv[-2], int(sys.argv[-1]))
        return
    few = measured("ours", 350)
    report("350 badges, one PDF", few["seconds"], unit="s", target=10)
    report("350 badges, one PDF", few["cpu"], unit="CPU s", floor=measured("floor", 350)["cpu"])
    for key in ("card", "a4-4"):
        report(f"350 badges, {key}", measured(key, 350)["seconds"], unit="s", target=10)
    if "--quick" not in sys.argv:
        many = measured("ours", MANY)
        report("10,000 badges, one PDF", many["seconds"], unit="s")
        report("10,000 badges, peak memory", many["memory"], unit="MB", target=200)
        report("10,000 badges, memory more than at the 1,000th", many["growth"], unit="MB", target=16)
        report("10,000 badges, size of the file", many["size"], unit="MB")


def measured(what: str, count: int) -> dict[str, float]:
    """Return what one run in a process of its own took: seconds, CPU seconds, peak memory and its growth in MB."""
    run = subprocess.run(
        [sys.executable, __file__, "--one", what, str(count)], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


def one(what: str, count: int) -> None:
    kept, process = program(), psutil.Process()
    memory: list[float] = []

    def seen(done: int) -> None:
        if done % 500 == 0 or done == count:
            memory.append(process.memory_info().rss / 2**20)

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "badges.pdf"
        begin, cpu = time.perf_counter(), time.process_time()
        if what == "floor":
            cpu += floor_lines(target, count)
        else:
            write_pdf(target, layout(None, LAYOUT if what == "ours" else what), contents(count), progress=seen)
        print(
            json.dumps(
                {
                    "seconds": time.perf_counter() - begin,
                    "cpu": time.process_time() - cpu,
                    "memory": max(memory, default=0.0),
                    "growth": memory[-1] - memory[1] if len(memory) > 2 else 0.0,
                    "size": target.stat().st_size / 2**20,
                }
            )
        )
    del kept


def contents(count: int) -> Iterator[BadgeContent]:
    """Yield the demonstration's people again and again, each with a name and a code of their own."""
    for number, said in enumerate(islice(cycle(demo_contents()), count)):
        turn = number // 350
        name = said.name if turn == 0 else f"{said.name} {turn}"
        yield replace(said, name=name, text=make_token(BadgeNumber(1, number + 1), KEYRING))


def floor_lines(target: Path, count: int) -> float:
    """Draw the same lines of text. Returns the seconds of CPU in which their places were worked out, which do not count."""
    start = time.process_time()
    chosen = layout(None, LAYOUT)
    pages = []
    for said in contents(count):
        remarks(chosen, said)
        placed = [place(block, tuple(said.shown(field.show) for field in block.fields)) for block in chosen.blocks]
        pages.append([(line.left, line.base, line.size, line.text) for block in placed for line in block.lines])
    writer = QPdfWriter(str(target))
    writer.setResolution(1200)
    writer.setPageSize(QPageSize(QSizeF(chosen.width_mm, chosen.height_mm), QPageSize.Unit.Millimeter))
    worked_out = time.process_time() - start
    painter, dots = QPainter(writer), 1200 / 25.4
    for number, lines in enumerate(pages):
        if number:
            writer.newPage()
        for left, base, size, text in lines:
            font = QFont("Sarabun")
            font.setPointSizeF(size)
            painter.setFont(font)
            painter.drawText(round(left * dots), round(base * dots), text)
    painter.end()
    return worked_out


if __name__ == "__main__":
    main()
