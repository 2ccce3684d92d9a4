"""Take one person out of the counts, and count them anew: around every change of who somebody is."""

from __future__ import annotations

from typing import Any

from checkin.db.attendees import Stored
from checkin.db.facts import stored
from checkin.db.journal import recompute
from checkin.domain.journal import Body


def withdraw(raw: Any, person: Stored) -> None:
    """Take somebody out of presence and counters, as the person stands now."""
    who = person.attendee
    for day, checkpoint in posts_of(raw, person.pk):
        place = (day, checkpoint, person.pk)
        found = raw.execute(
            "SELECT inside FROM presence WHERE day = ? AND checkpoint = ? AND attendee = ?", place
        ).fetchone()
        if found is None:
            continue
        raw.execute("DELETE FROM presence WHERE day = ? AND checkpoint = ? AND attendee = ?", place)
        raw.execute("DELETE FROM double WHERE day = ? AND checkpoint = ? AND attendee = ?", place)
        raw.execute(
            "UPDATE tally SET came = came - 1, inside = inside - ?, walk_in = walk_in - ?"
            " WHERE day = ? AND checkpoint = ? AND category = ?",
            (int(found[0]), int(who.walk_in), day, checkpoint, who.category),
        )


def recount(raw: Any, pk: int) -> None:
    """Fold everything that somebody's entries say into presence and counters."""
    person = stored(raw, pk)
    for day, checkpoint in posts_of(raw, pk):
        recompute(raw, person, day, checkpoint)


def posts_of(raw: Any, pk: int) -> list[tuple[str, str]]:
    """Return every (day, checkpoint) where this person was ever let in or out."""
    rows = raw.execute("SELECT body FROM entry WHERE attendee = ? AND kind IN ('CHECK_IN', 'CHECK_OUT')", (pk,))
    bodies = [Body.from_bytes(row[0]) for row in rows.fetchall()]
    return sorted({(body.day, body.checkpoint) for body in bodies})
