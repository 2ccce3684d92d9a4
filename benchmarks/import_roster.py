"""Import 100,000 rows of XLSX and CSV, beside the library that only reads the same file.

Run: python -m benchmarks.import_roster [ROWS]. Each measurement runs in a process of its own, so that its peak memory is
its own. Prints one JSON object a line (benchmarks/_report.py).
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import xlsxwriter

from benchmarks._report import report

RATIO = 4.0
MEMORY_MB = 300.0
HEADINGS = ("code", "name", "organisation", "country", "category", "email", "phone", "note")


def people(rows: int) -> list[tuple[str, ...]]:
    chance = random.Random(2014)
    given = ("Somchai", "Maria", "Nguyễn Văn", "สมหญิง", "Ahmad", "Ann", "Thida", "José", "Chanthavong", "Aung")
    family = ("Jaidee", "Santos", "An", "ใจดี", "bin Ali", "Lee", "Sok", "Núñez", "Phommachanh", "Kyaw")
    places = [f"Ministry of Labour, office {number}" for number in range(400)]
    return [
        (
            f"REG-{number:07d}", f"{chance.choice(given)} {chance.choice(family)} {number % 997}", chance.choice(places),
            chance.choice(("Thailand", "Viet Nam", "Lao PDR", "Philippines")), chance.choice(("Delegate", "VIP", "Press")),
            f"person{number}@example.org", f"+66 2 {number % 10_000_000:07d}", "",
        )
        for number in range(rows)
    ]  # fmt: skip


def make_files(folder: Path, rows: int) -> None:
    data = people(rows)
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *data])
    book = xlsxwriter.Workbook(
        str(folder / "list.xlsx"), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for row, cells in enumerate([HEADINGS, *data]):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    book.close()


def floor(path: Path) -> dict[str, float]:
    """Read the file with the library alone."""
    if path.suffix == ".csv":
        started = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as file:
            count = sum(1 for _row in csv.reader(file))
    else:
        from python_calamine import CalamineWorkbook

        started = time.perf_counter()
        count = sum(1 for _row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    return {"seconds": time.perf_counter() - started, "rows": count}


def insert_floor(path: Path) -> dict[str, float]:
    """Read the CSV with the library and put its rows into one bare table in one durable transaction."""
    from checkin.db.engine import driver

    started = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        raw = driver().connect(str(Path(folder) / "bare.sqlite"), isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL").close()
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE bare (a, b, c, d, e, f, g, h)")
        with path.open(encoding="utf-8", newline="") as file:
            raw.execute("BEGIN")
            raw.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?)", csv.reader(file))
            raw.execute("COMMIT")
        raw.close()
    return {"seconds": time.perf_counter() - started}


def ours(path: Path) -> dict[str, float]:
    """Import the file into a new event, with scans asking for the file's lock meanwhile."""
    from checkin.clock import SystemClock
    from checkin.db.engine import Database
    from checkin.db.migrate import migrate
    from checkin.db.search import catch_up, create
    from checkin.domain.event_file import parse_event
    from checkin.paths import resources
    from checkin.roster import Importer, check, guess, read_table

    event = parse_event((resources() / "demo" / "event.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        database = Database(Path(folder) / "checkin.sqlite")
        migrate(database)
        with database.write() as connection:
            create(connection)
        process = psutil.Process()
        before = process.memory_info().rss
        peak = Peak(process)
        waits = Waits(database)
        started = time.perf_counter()
        table = read_table(path)
        read = time.perf_counter()
        preview = check(table, guess(table.headers), event, database, source="bench")
        checked = time.perf_counter()
        importer = Importer(database, event, issuer=1, clock=SystemClock())
        result = importer.write(preview)
        written = time.perf_counter()
        catch_up(database)
        indexed = time.perf_counter()
        longest = waits.stop()
        memory = (peak.stop() - before) / 2**20
        database.close()
    return {
        "rows": result.added, "read_s": read - started, "check_s": checked - read, "write_s": written - checked,
        "index_s": indexed - written, "seconds": written - started, "with_index_s": indexed - started,
        "memory_mb": memory, "locked_ms": result.locked_ms, "longest_wait_ms": longest,
    }  # fmt: skip


class Peak:
    """Samples the memory of this process on a thread."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.wait(0.02):
            self._peak = max(self._peak, self._process.memory_info().rss)

    def stop(self) -> int:
        """Return the highest number of bytes seen."""
        self._stopped.set()
        self._thread.join()
        return self._peak


class Waits:
    """Takes the writing lock ten times a second, as a busy desk would, and remembers the longest wait."""

    def __init__(self, database: object) -> None:
        self._database = database
        self._longest = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped.wait(0.1):
            started = time.perf_counter()
            with self._database.write():  # type: ignore[attr-defined]
                self._longest = max(self._longest, time.perf_counter() - started)

    def stop(self) -> float:
        """Return the longest wait, milliseconds."""
        self._stopped.set()
        self._thread.join()
        return self._longest * 1000


def in_process(what: str, path: Path) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.import_roster", "--one", what, str(path)]
    data: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return data


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_files(folder, rows)
        for kind in ("xlsx", "csv"):
            path = folder / f"list.{kind}"
            least = in_process("floor", path)["seconds"]
            found = in_process("ours", path)
            report(f"import_{rows}_{kind}", found["seconds"], unit="s", floor=least, target=RATIO)
            for step in ("read_s", "check_s", "write_s", "index_s"):
                report(f"import_{rows}_{kind}_{step[:-2]}", found[step], unit="s")
            report(f"import_{rows}_{kind}_memory", found["memory_mb"], unit="MB", target=MEMORY_MB)
            report(f"import_{rows}_{kind}_longest_wait_of_a_scan", found["longest_wait_ms"], unit="ms", target=5000)
        bare = in_process("insert_floor", path)["seconds"]
        report(f"import_{rows}_csv_beside_read_and_insert", found["seconds"], unit="s", floor=bare, target=RATIO)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps({"floor": floor, "insert_floor": insert_floor, "ours": ours}[sys.argv[2]](Path(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
