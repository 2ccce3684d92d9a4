"""The rows of reports, streamed: a million of them pass through in steps, on the caller's read snapshot."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection

_STEP = 1000
"""Rows that are fetched at once."""
_LEAN_KB = 16_384


class AttendanceRow(NamedTuple):
    """One person on one day (or at one checkpoint of it), from the admissions that stand."""

    pk: int
    uid: str | None
    name: str | None
    name_local: str | None
    organisation: str | None
    country: str | None
    category: str | None
    badge_code: str | None
    external_id: str | None
    walk_in: int | None
    first_ms: int
    last_ms: int | None
    """None: the last of the times in `places` is it."""
    checkpoint: str | None
    """Where the first admission was; None: at the one checkpoint that was asked for."""
    places: str | None
    """Every checkpoint with the time of its first admission: "door-1 1404783000000 opening 1404784800000"; None: only one
    checkpoint was asked for."""
    desk: str | None
    staff: str | None
    flags: str | None
    """Flags of the first admission, domain.journal.Body.flags."""


class CountRow(NamedTuple):
    """People of one kind: how many are on a list, came, are inside, came as walk-ins."""

    category: str
    country: str
    organisation: str
    status: str
    expected: str
    people: int
    came: int
    inside: int
    walk_in: int


class JournalRow(NamedTuple):
    """One journal entry with the person it is about."""

    seq: int
    entry_id: bytes
    kind: str
    body: bytes
    undone: int
    reason: str | None
    uid: str | None
    name: str | None
    name_local: str | None
    organisation: str | None
    country: str | None
    category: str | None


class RefusedRow(NamedTuple):
    """One refused scan of this desk."""

    at_ms: int
    verdict: str
    detail: str
    payload: str
    day: str
    checkpoint: str
    operator: str
    mode: str
    uid: str | None
    name: str | None
    name_local: str | None
    organisation: str | None
    country: str | None
    category: str | None


class JournalHead(NamedTuple):
    """One journal that is known here."""

    pk: int
    journal_id: str
    desk: str
    mine: int
    entries: int


_LAST = """(
 SELECT MAX(json_extract(CAST(m.body AS TEXT), '$.at') + COALESCE(json_extract(CAST(m.body AS TEXT), '$.off'), 0))
 FROM entry m LEFT JOIN undone x ON x.target = m.entry_id
 WHERE m.attendee = p.attendee AND m.kind IN ('CHECK_IN', 'CHECK_OUT') AND x.target IS NULL
 AND json_extract(CAST(m.body AS TEXT), '$.day') = :day AND json_extract(CAST(m.body AS TEXT), '$.cp') {where})"""
_STILL = "(SELECT value FROM json_each(:still))"
"""Checkpoints where nobody is scanned on the way out: there the only admission is the last move too."""
_ATTENDANCE = """
SELECT p.attendee, a.uid, a.name, a.name_local, a.organisation, a.country, a.category, a.badge_code, a.external_id,
 a.walk_in, p.first_ms, {last}, {checkpoint}, {places}, j.desk, s.name, json_extract(CAST(e.body AS TEXT), '$.f')
FROM {present} p LEFT JOIN attendee a ON a.id = p.attendee
LEFT JOIN entry e ON e.entry_id = p.first_entry AND e.kind <> 'COPY'
LEFT JOIN journal j ON j.id = p.first_journal
LEFT JOIN staff s ON s.operator = p.first_operator
ORDER BY a.sort_key, p.attendee"""
"""The rows are sorted in memory: what every row has in common is left out of them."""
_AT_ONE = "(SELECT * FROM presence WHERE day = :day AND checkpoint = :checkpoint)"
_ANYWHERE = f"""(
 SELECT attendee, MIN(first_ms) AS first_ms, checkpoint, first_entry, first_journal, first_operator,
 SUM(admissions) > COUNT(*) OR SUM(checkpoint NOT IN {_STILL}) > 0 AS moved,
 group_concat(checkpoint || ' ' || first_ms, ' ') AS places
 FROM presence WHERE day = :day GROUP BY attendee)"""  # noqa: S608 - constants
"""The other columns are those of the row with the least time: SQLite's rule for MIN, and for one MIN or MAX only."""
_HERE = _ATTENDANCE.format(
    last=f"CASE WHEN p.admissions > 1 OR p.checkpoint NOT IN {_STILL} THEN {_LAST.format(where='= :checkpoint')} END",
    checkpoint="NULL", places="NULL", present=_AT_ONE,
)  # fmt: skip
_ON_DAY = _ATTENDANCE.format(
    last=f"CASE WHEN p.moved THEN {_LAST.format(where='IS NOT NULL')} END",
    checkpoint="p.checkpoint", places="p.places", present=_ANYWHERE,
)  # fmt: skip
_TAKEN_BACK = """
SELECT e.attendee, json_extract(CAST(e.body AS TEXT), '$.cp'), COUNT(*)
FROM undone u JOIN entry e ON e.entry_id = u.target
WHERE e.kind IN ('CHECK_IN', 'CHECK_OUT') AND json_extract(CAST(e.body AS TEXT), '$.day') = ? GROUP BY 1, 2"""
_COUNTS = """
SELECT a.category, a.country, a.organisation, a.status, a.expected, COUNT(*) - SUM(a.walk_in), COUNT(p.attendee),
 COALESCE(SUM(p.inside), 0), SUM(a.walk_in AND p.attendee IS NOT NULL)
FROM attendee a LEFT JOIN presence p ON p.day = ? AND p.checkpoint = ? AND p.attendee = a.id
WHERE a.merged IS NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"""
_ENTRIES = """
SELECT e.seq, e.entry_id, e.kind, e.body, u.target IS NOT NULL, v.text,
 a.uid, a.name, a.name_local, a.organisation, a.country, a.category
FROM entry e LEFT JOIN attendee a ON a.id = e.attendee
LEFT JOIN undone u ON u.target = e.entry_id LEFT JOIN private v ON v.entry_id = e.entry_id
WHERE e.journal = ? ORDER BY e.seq"""
_REFUSED = """
SELECT r.at_ms, r.verdict, r.detail, r.payload, r.day, r.checkpoint, r.operator, r.mode,
 a.uid, a.name, a.name_local, a.organisation, a.country, a.category
FROM refused r LEFT JOIN attendee o ON o.id = r.attendee LEFT JOIN attendee a ON a.id = COALESCE(o.merged, o.id)
ORDER BY r.id"""


@contextmanager
def lean(connection: Connection) -> Iterator[None]:
    """Let this connection sort and read with little memory (16 MB each) as long as the block lasts; a report of a
    million rows reads every page once, so that a large cache would only fill up."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size=-{_LEAN_KB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={int(before)}")


def posts(connection: Connection) -> list[tuple[str, str]]:
    """Return every (day, checkpoint) where somebody was ever admitted."""
    rows = connection.exec_driver_sql("SELECT DISTINCT day, checkpoint FROM tally ORDER BY day, checkpoint")
    return [(row[0], row[1]) for row in rows]


def present(connection: Connection, day: str, checkpoint: str = "") -> int:
    """Return how many rows `attendance` will yield."""
    if checkpoint:
        query = "SELECT COUNT(*) FROM presence WHERE day = ? AND checkpoint = ?"
        return int(connection.exec_driver_sql(query, (day, checkpoint)).scalar_one())
    query = "SELECT COUNT(DISTINCT attendee) FROM presence WHERE day = ?"
    return int(connection.exec_driver_sql(query, (day,)).scalar_one())


def attendance(connection: Connection, day: str, checkpoint: str, still: Collection[str]) -> Iterator[AttendanceRow]:
    """Yield everybody who came on a day, by name; with `checkpoint` those who came there.

    `still`: the checkpoints that count no exits; at others the last move has to be looked up.
    """
    query = _HERE if checkpoint else _ON_DAY
    wanted: dict[str, object] = {"day": day, "checkpoint": checkpoint, "still": json.dumps(sorted(still))}
    return map(AttendanceRow._make, _streamed(connection, query, wanted))


def taken_back(connection: Connection, day: str) -> dict[tuple[int, str], int]:
    """Return how many moves of a day were undone, by (attendee, checkpoint)."""
    return {(row[0], row[1]): row[2] for row in connection.exec_driver_sql(_TAKEN_BACK, (day,)) if row[0] is not None}


def groups(connection: Connection) -> int:
    """Return how many combinations of category, country and organisation there are."""
    query = "SELECT COUNT(*) FROM (SELECT DISTINCT category, country, organisation FROM attendee WHERE merged IS NULL)"
    return int(connection.exec_driver_sql(query).scalar_one())


def count_rows(connection: Connection, day: str, checkpoint: str) -> Iterator[CountRow]:
    """Yield the kinds of people, those of one category, country and organisation together."""
    return map(CountRow._make, _streamed(connection, _COUNTS, (day, checkpoint)))


def journals(connection: Connection) -> list[JournalHead]:
    """Return the journals that are known here."""
    query = (
        "SELECT j.id, j.journal_id, j.desk, j.mine, (SELECT COUNT(*) FROM entry e WHERE e.journal = j.id)"
        " FROM journal j ORDER BY j.id"
    )
    return [JournalHead._make(row) for row in connection.exec_driver_sql(query)]


def last_bodies(connection: Connection) -> dict[int, bytes]:
    """Return the canonical bytes of each journal's newest entry, by the journal's row."""
    query = (
        "SELECT j.id, e.body FROM journal j JOIN entry e ON e.journal = j.id"
        " AND e.seq = (SELECT MAX(n.seq) FROM entry n WHERE n.journal = j.id)"
    )
    return {row[0]: bytes(row[1]) for row in connection.exec_driver_sql(query)}


def entries(connection: Connection, journal_pk: int, step: int = _STEP) -> Iterator[JournalRow]:
    """Yield a journal's entries in the order of seq."""
    return map(JournalRow._make, _streamed(connection, _ENTRIES, (journal_pk,), step))


def entry_body(connection: Connection, entry_id: str) -> bytes | None:
    """Return one entry's canonical bytes."""
    key = bytes.fromhex(entry_id.replace("-", ""))
    found = connection.exec_driver_sql("SELECT body FROM entry WHERE entry_id = ?", (key,)).scalar()
    return bytes(found) if found is not None else None


def refused(connection: Connection) -> Iterator[RefusedRow]:
    """Yield the refused scans of this data folder, oldest first."""
    return map(RefusedRow._make, _streamed(connection, _REFUSED, ()))


def refused_total(connection: Connection) -> int:
    """Return how many refused scans there are."""
    return int(connection.exec_driver_sql("SELECT COUNT(*) FROM refused").scalar_one())


def staff(connection: Connection) -> dict[str, str]:
    """Return the staff names by their hash."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT operator, name FROM staff")}


def _streamed(
    connection: Connection, query: str, parameters: tuple[object, ...] | dict[str, object], step: int = _STEP
) -> Iterator[Any]:
    result = connection.exec_driver_sql(query, parameters, execution_options={"yield_per": step})
    try:
        for rows in result.partitions(step):
            yield from rows
    finally:
        result.close()
