"""What the journals say of a day as a whole: its closings, how far each journal goes, who came, what arrived late."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from checkin.db.models import RARE
from checkin.domain.closing import Closing, Counts, Statement, read_change
from checkin.domain.journal import Body, Entry, Kind, verify

_CLOSINGS: Final = f"""
SELECT e.body, j.journal_id, e.seq, j.desk, s.name, v.text
FROM entry e JOIN journal j ON j.id = e.journal LEFT JOIN private v ON v.entry_id = e.entry_id
LEFT JOIN staff s ON s.operator = json_extract(CAST(e.body AS TEXT), '$.op')
WHERE e.kind = 'DAY_CLOSED' AND e.{RARE} ORDER BY e.journal, e.seq
"""  # noqa: S608 - built from constants of this package only
_HEADS: Final = """
SELECT j.journal_id, j.desk, e.seq, e.hash FROM journal j
JOIN entry e ON e.journal = j.id AND e.seq = (SELECT MAX(seq) FROM entry WHERE journal = j.id) ORDER BY j.journal_id
"""
_TALLY: Final = "SELECT checkpoint, category, came FROM tally WHERE day = ? AND came > 0 ORDER BY checkpoint, category"
_OF_DAY: Final = "instr({0}.body, ?) > 0"
"""An entry of a day, found by its canonical bytes: to parse a million of them takes ten times as long."""
_MOVES: Final = f"""
SELECT COUNT(*) FROM entry e LEFT JOIN undone u ON u.target = e.entry_id
WHERE e.journal = ? AND e.seq > ? AND e.seq <= ? AND e.kind IN ('CHECK_IN', 'CHECK_OUT') AND {_OF_DAY.format("e")}
"""  # noqa: S608 - built from constants of this package only
_STANDING: Final = f"{_MOVES} AND u.target IS NULL"
_UNDOS: Final = f"""
SELECT j.journal_id, t.seq FROM entry e
JOIN entry t ON t.entry_id = unhex(replace(json_extract(CAST(e.body AS TEXT), '$.t'), '-', ''))
JOIN journal j ON j.id = t.journal
WHERE e.kind = 'UNDO' AND e.{RARE} AND e.journal = ? AND e.seq > ? AND e.seq <= ?
AND t.kind IN ('CHECK_IN', 'CHECK_OUT') AND {_OF_DAY.format("t")}
"""  # noqa: S608 - built from constants of this package only
_WALK_INS: Final = f"""
SELECT COUNT(*) FROM entry e LEFT JOIN undone u ON u.target = e.entry_id
WHERE e.kind = 'WALK_IN' AND e.{RARE} AND e.journal = ? AND u.target IS NULL AND {_OF_DAY.format("e")}
"""  # noqa: S608 - built from constants of this package only
_SIZE: Final = "SELECT COALESCE(MAX(seq), 0) FROM entry WHERE journal = ?"
_CHAIN: Final = "SELECT seq, entry_id, body, hash FROM entry WHERE journal = ? ORDER BY seq"
_STEP: Final = 1000
_ALL: Final = 2**62


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """How far one journal goes here."""

    journal_id: str
    desk: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What this desk wrote for one day."""

    scans: int
    walk_ins: int
    undos: int


def closings(connection: Connection, day: str = "") -> list[Closing]:
    """Return what was stated about a day, or about any: closings, corrections, reopenings, in no order that counts."""
    found = []
    for data, journal_id, seq, desk, staff, text in connection.exec_driver_sql(_CLOSINGS):
        body = Body.from_bytes(data)
        if not day or body.day == day:
            change = read_change(body)
            found.append(
                Closing(
                    body.entry_id, body.day, change, body.target, body.at_ms + body.offset_ms, journal_id, seq, desk,
                    staff or "", Statement.from_text(text or ""),
                )
            )  # fmt: skip
    return found


def journal_ends(connection: Connection) -> list[JournalEnd]:
    """Return the newest entry of every journal that is not empty."""
    return [JournalEnd(row[0], row[1], row[2], bytes(row[3])) for row in connection.exec_driver_sql(_HEADS)]


def who_came(connection: Connection, day: str) -> tuple[str, Counts]:
    """Return (content, counts) of a day: how many came by checkpoint and category, and a SHA-256 over it in hex."""
    rows = connection.exec_driver_sql(_TALLY, (day,)).fetchall()
    digest = hashlib.sha256("".join(f"{place}\0{category}\0{came}\0" for place, category, came in rows).encode())
    return digest.hexdigest(), {(place, category): int(came) for place, category, came in rows}


def late_entries(
    connection: Connection, day: str, since: Mapping[str, int], until: Mapping[str, int] | None = None
) -> list[tuple[str, int]]:
    """Return (desk, entries) that let somebody in or out on this day after `since`, or took back what was before it.

    `since`, `until`: number of the last entry by journal id; a journal that `since` does not name is new altogether. What
    was let in and taken back again within the span changed nothing and is left out.
    """
    found: dict[str, int] = {}
    for pk, journal_id, desk in connection.exec_driver_sql("SELECT id, journal_id, desk FROM journal").fetchall():
        span = (pk, since.get(journal_id, 0), _ALL if until is None else until.get(journal_id, 0), _mark(day))
        count = int(connection.exec_driver_sql(_STANDING, span).scalar_one())
        count += sum(seq <= since.get(where, 0) for where, seq in connection.exec_driver_sql(_UNDOS, span))
        if count:
            found[desk] = found.get(desk, 0) + count
    return sorted(found.items())


def own_day(connection: Connection, journal_pk: int, day: str) -> OwnDay:
    """Return what one journal holds for a day."""
    span = (journal_pk, 0, _ALL, _mark(day))
    scans = int(connection.exec_driver_sql(_MOVES, span).scalar_one())
    undos = len(connection.exec_driver_sql(_UNDOS, span).fetchall())
    walk_ins = int(connection.exec_driver_sql(_WALK_INS, (journal_pk, _mark(day))).scalar_one())
    return OwnDay(scans, walk_ins, undos)


def _mark(day: str) -> bytes:
    return f'"day":"{day}"'.encode()


def days_with_entries(connection: Connection) -> frozenset[str]:
    """Return the days for which somebody is counted at this moment."""
    return frozenset(row[0] for row in connection.exec_driver_sql("SELECT DISTINCT day FROM tally WHERE came > 0"))


def mark_own(connection: Connection, state: str) -> None:
    """Note what our card tells the other desks: "open", or "closed 2014-07-08"."""
    connection.exec_driver_sql("UPDATE journal SET state = ? WHERE mine = 1", (state,))


def followed_journals(connection: Connection) -> frozenset[str]:
    """Return the ids of journals that were ended: a later one names them as its parent."""
    rows = connection.exec_driver_sql(f"SELECT e.body FROM entry e WHERE e.kind = 'PARENT' AND e.{RARE}")  # noqa: S608 - constants
    return frozenset(Body.from_bytes(row[0]).target for row in rows)


def first_break(
    connection: Connection, journal_pk: int, journal_id: str, step: Callable[[int, int], object]
) -> int | None:
    """Return the number of the first entry of a journal that does not follow from the one before it; None: all do.

    `step(done, total)` is called now and then, and may raise to stop it.
    """
    total = int(connection.exec_driver_sql(_SIZE, (journal_pk,)).scalar_one())
    result = connection.exec_driver_sql(_CHAIN, (journal_pk,), execution_options={"yield_per": _STEP})

    def entries() -> Iterator[Entry]:
        for seq, entry_id, body, chained in result:
            if seq % _STEP == 0:
                step(seq, total)
            # The hash covers number, id and body as they are stored; what the body says need not be understood here.
            yield Entry(journal_id, seq, Body(Kind.NOTE, bytes(entry_id).hex()), bytes(body), bytes(chained))

    try:
        found = next(verify(entries()), None)
    finally:
        result.close()
    return found.seq if found is not None else None
