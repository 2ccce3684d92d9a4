"""The walk-in counter at a full roster: what each act costs, beside a bare commit of the same file.

    python -m benchmarks.counter [--quick]       --quick: 100,000 people instead of 1,000,000

A registration is three entries, a badge and a person that can be searched, in one transaction. Merging moves badges, codes
and entries. 10,000 badges are issued in one transaction.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from benchmarks._report import report
from benchmarks.people import copy
from checkin.clock import PracticeClock
from checkin.db.engine import Database
from checkin.db.own_journal import open_own
from checkin.desk.desk import Desk
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.declare import declare
from tests.small_event import EVENT, KEYRING, at

ROUNDS = 200


def main() -> None:
    size = 100_000 if "--quick" in sys.argv else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        database = Database(copy(size, Path(folder) / "checkin.sqlite"))
        try:
            measure(database, size)
        finally:
            database.close()


def measure(database: Database, size: int) -> None:
    clock = PracticeClock(at("08:30"))
    journal = open_own(database, clock, "Desk 1", 1, log_lost=False).journal
    desk = Desk(database, EVENT, KEYRING, clock, journal=journal, staff="Nok", post=declare(EVENT, clock.now()))
    registrar = Registrar(database, EVENT, KEYRING, desk)
    with database.read() as connection:
        uids = [row[0] for row in connection.exec_driver_sql("SELECT uid FROM attendee LIMIT 30000")]
    form = WalkIn("Anna Walker", "แอนนา", "ILO", "Thailand", "delegate")
    records: list[str] = []
    commit = [timed(lambda: touch(database)) for _ in range(ROUNDS)]
    floor = statistics.median(commit)
    what = {
        "register a walk-in": lambda _n: records.append(registrar.register(form).record),
        "undo a registration": lambda n: desk.undo(records[n]),
        "edit a name": lambda n: registrar.edit(uids[n], {"name": f"Other {n}"}),
        "reprint a badge": lambda n: registrar.issue_badge(uids[n]),
        "merge two": lambda n: registrar.merge(uids[1000 + n], uids[2000 + n]),
    }
    for name, act in what.items():
        taken = [timed(lambda n=n, act=act: act(n)) for n in range(ROUNDS // (10 if name == "merge two" else 1))]
        report(f"{name} p50, {size:,} people", statistics.median(taken) * 1e3, unit="ms", floor=floor * 1e3)
        report(f"{name} p99, {size:,} people", sorted(taken)[len(taken) * 99 // 100] * 1e3, unit="ms", target=250)
    tracemalloc.start()
    seconds = timed(lambda: registrar.issue_badges(uids[10_000:20_000]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    report("issue 10,000 badges in one transaction (memory traced)", seconds, unit="s", target=10)
    report("its memory at most", peak / 1e6, unit="MB", target=100)


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def touch(database: Database) -> None:
    """Commit next to nothing."""
    with database.write_fast() as raw:
        raw.execute("INSERT OR REPLACE INTO desk_state (key, value) VALUES ('benchmark', hex(randomblob(8)))")


if __name__ == "__main__":
    main()
