"""Take one person out of the counts, and count them anew: around every change of who somebody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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


def recategorise(raw: Any, was: Mapping[int, str]) -> None:
    """Let the counters follow people who are in another category now; `was`: row -> the one before.

    One pass over presence, whoever was never let in costs nothing: a list can change thousands while a scan waits.
    """
    rows = (raw.execute("SELECT id, category, walk_in FROM attendee WHERE id = ?", (pk,)).fetchone() for pk in was)
    now = {pk: (category, walk_in) for pk, category, walk_in in rows if category != was[pk]}
    if not now:
        return
    moves: Counter[tuple[str, str, str, str]] = Counter()
    for day, checkpoint, pk, inside in raw.execute("SELECT day, checkpoint, attendee, inside FROM presence").fetchall():
        if pk in now:
            category, walk_in = now[pk]
            for key, sign in ((was[pk], -1), (category, 1)):
                moves[day, checkpoint, key, "came"] += sign
                moves[day, checkpoint, key, "inside"] += sign * inside
                moves[day, checkpoint, key, "walk_in"] += sign * walk_in
    for day, checkpoint, category in {place[:3] for place in moves}:
        raw.execute(
            "INSERT INTO tally (day, checkpoint, category, came, inside, walk_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            " ON CONFLICT DO UPDATE SET came = came + ?4, inside = inside + ?5, walk_in = walk_in + ?6",
            (
                day,
                checkpoint,
                category,
                *(moves[day, checkpoint, category, name] for name in ("came", "inside", "walk_in")),
            ),
        )


def posts_of(raw: Any, pk: int) -> list[tuple[str, str]]:
    """Return every (day, checkpoint) where this person was ever let in or out."""
    rows = raw.execute("SELECT body FROM entry WHERE attendee = ? AND kind IN ('CHECK_IN', 'CHECK_OUT')", (pk,))
    bodies = [Body.from_bytes(row[0]) for row in rows.fetchall()]
    return sorted({(body.day, body.checkpoint) for body in bodies})
