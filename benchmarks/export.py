"""Export: 100,000 people's attendance as XLSX beside XlsxWriter writing the same cells alone; a million rows, time and memory.

    python benchmarks/export.py [--quick]

The floor has every cell ready in memory, so that it measures the library and the disk only; ours reads the database,
turns times into the event's zone and keys into words as it goes. Their ratio is one of CPU time, as other programs on
the machine would blur it; the million is measured by the clock on the wall. `--quick` leaves the million out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
import uuid6
import xlsxwriter

from benchmarks._report import report
from benchmarks.people import cached
from checkin.clock import PracticeClock
from checkin.db import journal as rows
from checkin.db.attendees import FIELDS, Stored, to_attendee
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.own_journal import open_own
from checkin.domain.journal import Body, Kind, operator_hash
from checkin.reports.attendance import COLUMNS, attendance
from checkin.reports.export import export
from tests.small_event import EVENT, at

DAY = EVENT.days[0].date
CELLS = {"text", "category", "checkpoint", "how"}


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        one(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = everybody_came(100_000)
        floor = library_alone(source, place / "floor.xlsx")
        figures = measured(source, place / "ours.xlsx")
        report("export 100,000 people, xlsx", figures["cpu"], unit="CPU s", floor=floor, target=1.5)
        for suffix in (".csv", ".json"):
            report(
                f"export 100,000 people, {suffix[1:]}", measured(source, place / f"ours{suffix}")["cpu"], unit="CPU s"
            )
        if "--quick" not in sys.argv:
            million = everybody_came(1_000_000)
            for suffix in (".csv", ".xlsx"):
                figures = measured(million, place / f"million{suffix}")
                report(f"export 1,000,000 people, {suffix[1:]}", figures["seconds"], unit="s", target=60)
                report(f"export 1,000,000 people, {suffix[1:]}, memory", figures["memory"], unit="MB", target=300)


def everybody_came(people: int) -> Path:
    """Return a file in which all of them were let in on the first day, made at the first call."""
    source = cached(people)
    path = source.with_suffix(".came.sqlite")
    if not path.exists():
        building = path.with_suffix(".building")
        shutil.copyfile(source, building)
        database = Database(building)
        migrate(database)  # the people may have been kept since an older version of the tables
        admit_all(database)
        database.close()
        building.replace(path)
    return path


def admit_all(database: Database) -> None:
    """Let everybody in through the same functions as a desk does, in one transaction."""
    journal = open_own(database, PracticeClock(at("08:00")), "Desk 1", 1, log_lost=False).journal
    operator = operator_hash(EVENT.id, "Nok")
    start = round(at("08:00").timestamp() * 1000)
    with database.write_fast() as raw:
        rows.add_staff(raw, operator, "Nok")
        everybody = raw.execute(f"SELECT {', '.join(FIELDS)}, id FROM attendee").fetchall()  # noqa: S608 - constants
        for number, row in enumerate(everybody):
            person = Stored(row[-1], to_attendee(row))
            body = Body(
                Kind.CHECK_IN, str(uuid6.uuid7()), subject=person.attendee.id, checkpoint="door-1", direction="in",
                day=DAY.isoformat(), at_ms=start + number, operator=operator, flags="s" if number % 3 else "",
            )  # fmt: skip
            rows.append(raw, journal, body, person.pk)
            rows.project_check_in(raw, journal.pk, body, person)


def measured(source: Path, target: Path) -> dict[str, float]:
    """Return seconds on the wall, seconds of CPU and peak memory in MB of one export, in a process of its own."""
    command = [sys.executable, __file__, "--one", str(source), str(target)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


def one(source: Path, target: Path) -> None:
    database = Database(source)
    begin, cpu = time.perf_counter(), time.process_time()
    export(database, EVENT, "attendance", target)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    database.close()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": peak_mb()}))


def peak_mb() -> float:
    """Return this process's own highest memory, MB. `ru_maxrss` would be that of the process which started this one."""
    memory = psutil.Process().memory_info()
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return float(getattr(memory, "peak_wset", memory.rss)) / 2**20


def library_alone(source: Path, target: Path) -> float:
    """Return the seconds of CPU in which XlsxWriter writes the same cells, all of them ready in memory."""
    database = Database(source)
    with database.read() as connection:
        cells = [ready(row) for row in attendance(connection, EVENT, DAY).rows]
    database.close()
    begin = time.process_time()
    workbook = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    tab = workbook.add_worksheet()
    time_format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for number, row in enumerate(cells, 1):
        for column, is_number, value in row:
            if is_number:
                tab.write_number(number, column, value, time_format)
            else:
                tab.write_string(number, column, value)
    workbook.close()
    return time.process_time() - begin


def ready(row: tuple[Any, ...]) -> list[tuple[int, bool, Any]]:
    """Return (column, is it a number, value) of each cell that is not empty."""
    found: list[tuple[int, bool, Any]] = []
    for index, (column, value) in enumerate(zip(COLUMNS, row, strict=True)):
        if column.kind in CELLS and value:
            found.append((index, False, value))
        elif column.kind in {"time", "day"}:
            found.append((index, True, 41828.354166))
        elif value:
            found.append((index, False, "yes"))
    return found


if __name__ == "__main__":
    main()
