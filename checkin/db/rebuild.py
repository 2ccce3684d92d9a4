"""Compute the projection anew: the journals are what is true, everything under "projection" in models follows."""

from __future__ import annotations

from typing import Any

from checkin.db.attendees import SQL_FIELDS, WIDTH, Stored, to_attendee
from checkin.db.journal import recompute
from checkin.domain.journal import Body


def rebuild(raw: Any) -> None:
    """Throw the projection away and fold every journal into a new one, in the caller's transaction."""
    for table in ("presence", "tally", "undone"):
        raw.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this module only
    for entry_id, data in raw.execute("SELECT entry_id, body FROM entry WHERE kind = 'UNDO'").fetchall():
        target = bytes.fromhex(Body.from_bytes(data).target.replace("-", ""))
        raw.execute("INSERT OR IGNORE INTO undone (target, by_entry) VALUES (?, ?)", (target, entry_id))
    people = raw.execute(
        f"SELECT {SQL_FIELDS}, a.id FROM attendee a WHERE a.id IN (SELECT attendee FROM entry)"  # noqa: S608 - constants
    )
    for row in people:
        person = Stored(row[WIDTH], to_attendee(row))
        for day, checkpoint in _posts(raw, person.pk):
            recompute(raw, person, day, checkpoint)


def _posts(raw: Any, pk: int) -> list[tuple[str, str]]:
    rows = raw.execute("SELECT body FROM entry WHERE attendee = ? AND kind IN ('CHECK_IN', 'CHECK_OUT')", (pk,))
    bodies = [Body.from_bytes(row[0]) for row in rows.fetchall()]
    return sorted({(body.day, body.checkpoint) for body in bodies})
