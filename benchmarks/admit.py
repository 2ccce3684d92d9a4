"""Admit: from a code to a committed verdict, beside one bare INSERT with a durable COMMIT on the same disk.

    python benchmarks/admit.py [--quick]

Two floors, in turns with the admissions, so that the machine's noise meets all three:

- "same row": one entry of the same size into the same table of the same file (its indexes with it), and COMMIT; nothing is
  looked up, judged or counted. It makes three pages durable.
- "same commit": one INSERT of a blob that makes as many pages durable as an admission does (entry, three indexes, presence,
  tally), and COMMIT.

`--quick` leaves out the file with 1,000,000 people and 4,000,000 entries, which takes minutes to make.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uuid6

from benchmarks._report import report
from benchmarks.people import cached
from checkin.clock import PracticeClock
from checkin.db.engine import Database
from checkin.db.journal import OwnJournal
from checkin.db.own_journal import open_own
from checkin.desk.desk import Desk
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.declare import declare
from checkin.domain.journal import Body, Kind, chain_hash, operator_hash
from checkin.domain.verdict import Verdict
from tests.small_event import EVENT, KEYRING, at

ROUNDS = 1500
ENTRIES = {350: 0, 100_000: 400_000, 1_000_000: 4_000_000}
JOURNALS = 20


def main() -> None:
    sizes = [size for size in ENTRIES if size < 1_000_000 or "--quick" not in sys.argv]
    medians = {}
    for size in sizes:
        database = Database(with_entries(size, ENTRIES[size]))
        admit, row, commit = measure(database, size)
        database.close()
        medians[size] = statistics.median(admit)
        what = f"admit p50, {size:,} people, {ENTRIES[size]:,} entries"
        for floor, name in ((commit, "same commit"), (row, "same row")):
            report(
                f"{what}; floor: {name}",
                medians[size] * 1e3,
                unit="ms",
                floor=statistics.median(floor) * 1e3,
                target=1.5,
            )
        report(
            f"admit p99, {size:,} people", percentile(admit, 99) * 1e3, unit="ms", floor=percentile(commit, 99) * 1e3
        )
    growth = medians[sizes[-1]] / medians[sizes[0]]
    report(f"admit p50, growth from {sizes[0]:,} to {sizes[-1]:,} people", growth, unit="x", target=1.2)


def with_entries(size: int, count: int) -> Path:
    """Return a file of `size` people and `count` entries, made at the first call; every run adds its own scans to it."""
    people = cached(size)
    path = people.with_suffix(f".entries-{count}.sqlite")
    if not path.exists():
        building = path.with_suffix(".building")
        shutil.copyfile(people, building)
        database = Database(building)
        add_entries(database, count)
        database.close()
        building.replace(path)
    return path


def measure(database: Database, size: int) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of each admission, of each bare row and of each bare commit of the same size, taken in turns."""
    clock = PracticeClock(at("08:30"))
    journal = open_own(database, clock, "Desk 1", 1, log_lost=False).journal
    desk = Desk(database, EVENT, KEYRING, clock, journal=journal, staff="Nok", post=declare(EVENT, clock.now()))
    with database.write_fast() as raw:
        raw.execute("DELETE FROM presence WHERE checkpoint = 'door-1'")
        raw.execute("UPDATE attendee SET status = 'registered' WHERE status <> 'registered'")
        raw.execute(
            "INSERT OR IGNORE INTO journal (id, journal_id, desk, desk_number, mine) VALUES (99, 'floor', 'f', 99, 0)"
        )
        raw.execute("CREATE TABLE IF NOT EXISTS scratch (id INTEGER PRIMARY KEY, data BLOB)")
        raw.execute("DELETE FROM scratch")
        seq = (raw.execute("SELECT MAX(seq) FROM entry WHERE journal = 99").fetchone()[0] or 0) + 1
    serials = random.Random(time.time_ns()).sample(range(1, size + 1), min(size, ROUNDS))
    tokens = [make_token(BadgeNumber(1, serial), KEYRING) for serial in serials]
    blob = bytes(pages_of(database, desk, tokens.pop()) * 4096 - 5000)  # and the leaf that names it
    admit, floor, commit = [], [], []
    body = Body(
        Kind.CHECK_IN, str(uuid6.uuid7()), subject=str(uuid6.uuid7()), checkpoint="door-1", direction="in", day="2014-07-08",
        at_ms=1_404_783_900_000, monotonic_ms=123_456_789, boot="01234567", operator=operator_hash("e", "s"),
    ).to_bytes()  # fmt: skip
    for number, token in enumerate(tokens):
        start = time.perf_counter()
        verdict = desk.admit(token).verdict
        admit.append(time.perf_counter() - start)
        assert verdict is Verdict.CHECKED_IN, verdict
        row = (99, seq + number, uuid6.uuid7().bytes, "CHECK_IN", serials[number], body, bytes(32))
        start = time.perf_counter()
        with database.write_fast() as raw:
            raw.execute(
                "INSERT INTO entry (journal, seq, entry_id, kind, attendee, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        floor.append(time.perf_counter() - start)
        start = time.perf_counter()
        with database.write_fast() as raw:
            raw.execute("INSERT INTO scratch (data) VALUES (?)", (blob,))
        commit.append(time.perf_counter() - start)
    return admit, floor, commit


def pages_of(database: Database, desk: Desk, token: str) -> int:
    """Return how many pages one admission writes to the log."""
    database.checkpoint()
    log = database.path.with_name(database.path.name + "-wal")
    desk.admit(token)
    return max(2, (log.stat().st_size - 32) // 4120)


def add_entries(database: Database, count: int) -> None:
    """Add `count` check-ins of an earlier checkpoint from JOURNALS desks: what the file holds at the end of a long fair."""
    with database.write_fast() as raw:
        pks = [row[0] for row in raw.execute("SELECT id FROM attendee")]
        subjects = dict(raw.execute("SELECT id, uid FROM attendee"))
        for desk in range(JOURNALS):
            journal = OwnJournal(10 + desk, f"{desk:032x}", f"Desk {desk + 2}", desk + 2)
            raw.execute(
                "INSERT INTO journal (id, journal_id, desk, desk_number, mine) VALUES (?, ?, ?, ?, 0)",
                (journal.pk, journal.journal_id, journal.desk, journal.desk_number),
            )
            raw.executemany(
                "INSERT INTO entry (journal, seq, entry_id, kind, attendee, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                _rows(journal, pks, subjects, count // JOURNALS),
            )


def _rows(journal: OwnJournal, pks: list[int], subjects: dict[int, str], count: int) -> Any:
    chance = random.Random(journal.pk)
    previous = bytes(32)
    for seq in range(1, count + 1):
        pk = chance.choice(pks)
        entry_id = uuid6.uuid7()
        data = Body(
            Kind.CHECK_IN, str(entry_id), subject=subjects[pk], checkpoint="panel-1", direction="in", day="2014-07-08",
            at_ms=1_404_783_900_000 + seq, monotonic_ms=seq, boot="01234567", operator="0123456789abcdef",
        ).to_bytes()  # fmt: skip
        previous = chain_hash(previous, journal.journal_id, seq, str(entry_id), data)
        yield journal.pk, seq, entry_id.bytes, "CHECK_IN", pk, data, previous


def percentile(values: list[float], percent: int) -> float:
    """Return the value that `percent` of 100 do not exceed."""
    return statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main()
