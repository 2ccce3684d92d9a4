"""The dashboard's figures after a scan, at 1,000,000 people and 4,000,000 entries, beside counting everything anew.

    python -m benchmarks.dashboard [--quick]       --quick: 100,000 people and 400,000 entries

Two thirds of the people came to the door, two thirds of those to a panel with exits; the entries are check-ins of 20 desks.
A round is one act at the desk (untimed), then the figures: everything that the page shows. The floor is what `counts` and
`export counts` do: totals and expected, by category, country, organisation and hour. With it the time and memory of the
first reading, which goes on in the background.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from benchmarks._report import report
from benchmarks.admit import with_entries
from checkin.clock import PracticeClock
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.own_journal import open_own
from checkin.desk.desk import Desk
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.declare import declare
from checkin.reports.counts import By, count
from checkin.reports.figures import Figures
from checkin.reports.live import Live
from tests.small_event import EVENT, KEYRING, at

ROUNDS = 300
GROUPS: tuple[By, ...] = ("category", "country", "organisation", "hour")
ARRIVED = """
INSERT OR IGNORE INTO presence (day, checkpoint, attendee, inside, admissions, first_ms, first_entry, first_journal,
 first_operator) SELECT '2014-07-08', ?, id, id % 5 > 0, 1, 1404781200000 + (id * 7919) % 7200000, randomblob(16),
 10 + id % 20, '' FROM attendee WHERE id % 9 < ?
"""
TALLY = """
INSERT OR REPLACE INTO tally (day, checkpoint, category, came, inside, walk_in) SELECT day, checkpoint, category, count(*),
 sum(inside), sum(walk_in) FROM presence p JOIN attendee a ON a.id = p.attendee GROUP BY day, checkpoint, category
"""


def main() -> None:
    size, entries = (100_000, 400_000) if "--quick" in sys.argv else (1_000_000, 4_000_000)
    source = with_entries(size, entries)
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        path = Path(folder) / "checkin.sqlite"
        copyfile(source, path)
        database = Database(path)
        try:
            migrate(database)
            with database.write_fast() as raw:
                raw.execute(ARRIVED, ("door-1", 6))
                raw.execute(ARRIVED, ("panel-1", 4))
                raw.execute(TALLY)
            database.checkpoint()
            measure(database, f"{size:,} people, {entries:,} entries")
        finally:
            database.close()


def measure(database: Database, what: str) -> None:
    clock = PracticeClock(at("09:30"))
    journal = open_own(database, clock, "Desk 1", 1, log_lost=False).journal
    post = declare(EVENT, clock.now(), checkpoint="door-1")
    desk = Desk(database, EVENT, KEYRING, clock, journal=journal, staff="Nok", post=post)
    registrar = Registrar(database, EVENT, KEYRING, desk)
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT uid FROM attendee a WHERE status = 'registered' AND merged IS NULL AND NOT EXISTS (SELECT 1 FROM presence"
            " WHERE day = '2014-07-08' AND checkpoint = 'door-1' AND attendee = a.id) LIMIT 50000"
        ).fetchall()
    uids = [str(row[0]) for row in rows]
    random.Random(1).shuffle(uids)
    tracemalloc.start()
    Live(database, EVENT, clock).figures(post)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    live = Live(database, EVENT, clock)
    report(f"first reading of everything, {what}", timed(lambda: live.figures(post)), unit="s", target=10)
    report("memory that the figures keep", live.bytes / 1e6, unit="MB", target=100)
    report("memory at most while reading (traced, numpy among it)", peak / 1e6, unit="MB")
    again = [timed(lambda: recount(database, live.figures(post))) for _round in range(3)]
    floor = statistics.median(again)
    records: list[str] = []

    def scan() -> None:
        records.append(desk.admit_person(uids.pop()).record)

    form = WalkIn("Anna Walker", "", "ILO", "Thailand", "delegate")
    acts: dict[str, Callable[[], object]] = {
        "a scan": scan,
        "an undo": lambda: desk.undo(records.pop()),
        "a walk-in": lambda: registrar.register(form),
        "a correction": lambda: registrar.edit(uids.pop(), {"country": "Chile"}),
        "a merge": lambda: registrar.merge(uids.pop(), uids.pop()),
    }
    for name, act in acts.items():
        taken = []
        for _round in range(ROUNDS if name == "a scan" else 30):
            act()
            taken.append(timed(lambda: live.figures(post)))
        report(f"figures after {name} p50", statistics.median(taken) * 1e3, unit="ms", floor=floor * 1e3)
        report(f"figures after {name} p99", sorted(taken)[len(taken) * 99 // 100] * 1e3, unit="ms", target=100)
    for _round in range(1000):
        scan()
    report("figures after 1,000 scans at once", timed(lambda: live.figures(post)) * 1e3, unit="ms", target=250)
    recount(database, live.figures(post))
    assert live.builds == 1


def recount(database: Database, figures: Figures) -> None:
    """Count everything anew, and see that it is what the figures say."""
    post = declare(EVENT, at("09:30"), checkpoint="door-1")
    by = {group: count(database, EVENT, post, group) for group in GROUPS}
    counts = by["category"]
    assert (figures.came, figures.expected, figures.inside, figures.walk_in) == (
        counts.came, counts.expected, counts.inside, counts.walk_in,
    )  # fmt: skip
    assert {share.name: share.came for share in figures.categories if share.came} == counts.by


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
