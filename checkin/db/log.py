"""Read the journal as people want to see it: the last scans of a desk, what happened to a person, one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checkin.db.attendees import SQL_FIELDS, WIDTH, to_attendee
from checkin.domain.attendee import Attendee
from checkin.domain.changes import Private, read_private
from checkin.domain.journal import Body


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One journal entry with the person it is about."""

    body: Body
    seq: int
    desk: str
    staff: str
    undone: bool
    attendee: Attendee
    """After a merge: the one who is kept."""
    attendee_pk: int
    private: Private


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refused scan of this desk."""

    at_ms: int
    verdict: str
    payload: str
    attendee: Attendee | None
    day: str
    checkpoint: str
    staff: str
    mode: str


_ENTRY = f"""
SELECT {SQL_FIELDS}, a.id, e.body, e.seq, j.desk, s.name, u.target IS NOT NULL, v.text
FROM entry e JOIN journal j ON j.id = e.journal
JOIN attendee a ON a.id = e.attendee
LEFT JOIN undone u ON u.target = e.entry_id
LEFT JOIN private v ON v.entry_id = e.entry_id
LEFT JOIN staff s ON s.operator = json_extract(CAST(e.body AS TEXT), '$.op')
"""  # noqa: S608 - built from constants of this package only
_REFUSED = f"""
SELECT {SQL_FIELDS}, a.id, r.at_ms, r.verdict, r.payload, r.day, r.checkpoint, s.name, r.mode
FROM refused r LEFT JOIN attendee o ON o.id = r.attendee LEFT JOIN attendee a ON a.id = COALESCE(o.merged, o.id)
LEFT JOIN staff s ON s.operator = r.operator
"""  # noqa: S608 - built from constants of this package only
_KEPT = "(SELECT COALESCE(merged, id) FROM attendee WHERE uid = ?)"
"""The row of the person with an id, or of the one with whom they were put together."""


def find_entry(raw: Any, entry_id: str) -> EntryRow | None:
    """Return the entry with this id (hex, with or without dashes); None also where the text is no id."""
    try:
        key = bytes.fromhex(entry_id.replace("-", ""))
    except ValueError:
        return None
    return _first(raw.execute(_ENTRY + "WHERE e.entry_id = ?", (key,)).fetchall())


def came_with(raw: Any, walk_in: EntryRow) -> EntryRow | None:
    """Return the check-in that was made in one go with a registration, if there was one."""
    query = (
        _ENTRY + "WHERE e.attendee = ? AND e.kind = 'CHECK_IN'"
        " AND json_extract(CAST(e.body AS TEXT), '$.t') = ? ORDER BY e.journal, e.seq LIMIT 1"
    )
    return _first(raw.execute(query, (walk_in.attendee_pk, walk_in.body.entry_id)).fetchall())


def last_admission(raw: Any, journal_pk: int) -> EntryRow | None:
    """Return the last check-in or check-out of a journal that still stands."""
    query = (
        _ENTRY + "WHERE e.journal = ? AND e.kind IN ('CHECK_IN', 'CHECK_OUT') AND u.target IS NULL"
        " ORDER BY e.seq DESC LIMIT 1"
    )
    return _first(raw.execute(query, (journal_pk,)).fetchall())


def last_entries(raw: Any, journal_pk: int, limit: int) -> list[EntryRow]:
    """Return the newest entries of a journal about persons, newest first, but for badges: they are made by the hundred."""
    query = (
        _ENTRY + "WHERE e.journal = ? AND e.kind NOT IN ('BADGE_ISSUED', 'BADGE_REVOKED') ORDER BY e.seq DESC LIMIT ?"
    )
    return _entries(raw.execute(query, (journal_pk, limit)).fetchall())


def entries_of(raw: Any, uid: str) -> list[EntryRow]:
    """Return everything that any known journal says of one person."""
    return _entries(raw.execute(_ENTRY + f"WHERE a.id = {_KEPT} ORDER BY e.journal, e.seq", (uid,)).fetchall())


def names_of(raw: Any, uids: Sequence[str]) -> dict[str, str]:
    """Return the names to show of these ids, whoever they were put together with."""
    marks = ",".join("?" * len(uids))
    rows = raw.execute(f"SELECT uid, name, name_local FROM attendee WHERE uid IN ({marks})", tuple(uids))  # noqa: S608 - marks
    return {row[0]: row[1] or row[2] for row in rows.fetchall()}


def last_refused(raw: Any, limit: int) -> list[RefusedRow]:
    """Return the newest refused scans of this data folder, newest first."""
    return _refused(raw.execute(_REFUSED + "ORDER BY r.id DESC LIMIT ?", (limit,)).fetchall())


def refused_of(raw: Any, uid: str) -> list[RefusedRow]:
    """Return the refused scans of one person."""
    return _refused(raw.execute(_REFUSED + f"WHERE a.id = {_KEPT} ORDER BY r.id", (uid,)).fetchall())


def _first(rows: Sequence[Any]) -> EntryRow | None:
    found = _entries(rows)
    return found[0] if found else None


def _entries(rows: Sequence[Any]) -> list[EntryRow]:
    return [
        EntryRow(
            body=body,
            seq=row[WIDTH + 2],
            desk=row[WIDTH + 3],
            staff=row[WIDTH + 4] or "",
            undone=bool(row[WIDTH + 5]),
            attendee=to_attendee(row),
            attendee_pk=row[WIDTH],
            private=read_private(body.kind, row[WIDTH + 6] or ""),
        )
        for row, body in ((row, Body.from_bytes(row[WIDTH + 1])) for row in rows)
    ]


def _refused(rows: Sequence[Any]) -> list[RefusedRow]:
    return [
        RefusedRow(
            at_ms=row[WIDTH + 1],
            verdict=row[WIDTH + 2],
            payload=row[WIDTH + 3],
            attendee=to_attendee(row) if row[0] is not None else None,
            day=row[WIDTH + 4],
            checkpoint=row[WIDTH + 5],
            staff=row[WIDTH + 6] or "",
            mode=row[WIDTH + 7],
        )
        for row in rows
    ]
