"""What the journals say of one person besides scans, in the one order that every desk agrees on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkin.db.attendees import SQL_FIELDS, WIDTH, Stored, to_attendee
from checkin.domain.changes import Private, read_private
from checkin.domain.journal import Body, Kind


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry, and whether it was undone."""

    body: Body
    private: Private
    undone: bool
    order: tuple[int, str, int]
    """Corrected time in ms, journal id, seq."""


def facts_of(raw: Any, pk: int, *kinds: Kind) -> list[Fact]:
    """Return the entries of these kinds about a person who is kept, those of everybody put together with them among them.

    To tell them apart again: `Fact.body.subject`.
    """
    rows = raw.execute(
        "SELECT j.journal_id, e.seq, e.body, u.target IS NOT NULL, v.text FROM entry e"  # noqa: S608 - marks only
        " JOIN journal j ON j.id = e.journal LEFT JOIN undone u ON u.target = e.entry_id"
        " LEFT JOIN private v ON v.entry_id = e.entry_id"
        f" WHERE e.attendee = ? AND e.kind IN ({','.join('?' * len(kinds))})",
        (pk, *(kind.value for kind in kinds)),
    ).fetchall()
    found = []
    for journal_id, seq, data, undone, text in rows:
        body = Body.from_bytes(data)
        order = (body.at_ms + body.offset_ms, journal_id, seq)
        found.append(Fact(body, read_private(body.kind, text or ""), bool(undone), order))
    return sorted(found, key=lambda fact: fact.order)


def kept(raw: Any, uid: str) -> Stored | None:
    """Return the person with this id, or the one with whom they were put together."""
    row = raw.execute(
        f"SELECT {SQL_FIELDS}, a.id FROM attendee a"  # noqa: S608 - constants
        " WHERE a.id = (SELECT COALESCE(merged, id) FROM attendee WHERE uid = ?)",
        (uid,),
    ).fetchone()
    return Stored(row[WIDTH], to_attendee(row)) if row else None


def stored(raw: Any, pk: int) -> Stored:
    """Return the person in this row, who must exist."""
    row = raw.execute(f"SELECT {SQL_FIELDS} FROM attendee a WHERE a.id = ?", (pk,)).fetchone()  # noqa: S608 - constants
    return Stored(pk, to_attendee(row))
