"""Count unique people from the projection, and those that a checkpoint waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

from sqlalchemy import Connection, Select, func, select

from checkin.db.models import attendee, entry, presence, tally, undone
from checkin.domain.attendee import Attendee
from checkin.domain.journal import Body

Group = Literal["category", "country", "organisation"]
_TRAITS: Final = (attendee.c.category, attendee.c.status, attendee.c.expected, attendee.c.walk_in)
"""What "expected" can tell apart."""


def totals(connection: Connection, day: str, checkpoint: str) -> tuple[int, int, int]:
    """Return (came, inside, walk-ins) at one post."""
    query = select(func.sum(tally.c.came), func.sum(tally.c.inside), func.sum(tally.c.walk_in)).where(
        tally.c.day == day, tally.c.checkpoint == checkpoint
    )
    row = connection.execute(query).one()
    return row[0] or 0, row[1] or 0, row[2] or 0


def came_by(connection: Connection, day: str, checkpoint: str, group: Group) -> dict[str, int]:
    """Return how many came, by category key, country or organisation; the largest group first."""
    column = attendee.c[group]
    query = (
        select(column, func.count())
        .select_from(presence.join(attendee, attendee.c.id == presence.c.attendee))
        .where(presence.c.day == day, presence.c.checkpoint == checkpoint)
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return {str(name): int(count) for name, count in connection.execute(query)}


def first_times(connection: Connection, day: str, checkpoint: str) -> Iterator[int]:
    """Yield, for each person who came, the time of the first admission in ms since 1970 UTC."""
    query = select(presence.c.first_ms).where(presence.c.day == day, presence.c.checkpoint == checkpoint)
    for (at_ms,) in connection.execute(query):
        yield int(at_ms)


def kinds_of_people(connection: Connection) -> list[tuple[Attendee, int]]:
    """Return one example and the number of each kind of person that "expected" can tell apart."""
    return _examples(connection, select(*_TRAITS, func.count()).where(attendee.c.merged.is_(None)))


def kinds_that_came(connection: Connection, day: str, checkpoint: str) -> list[tuple[Attendee, int]]:
    """Return the same of those only who came to a checkpoint."""
    came = presence.join(attendee, attendee.c.id == presence.c.attendee)
    query = select(*_TRAITS, func.count()).select_from(came)
    return _examples(connection, query.where(presence.c.day == day, presence.c.checkpoint == checkpoint))


def _examples(connection: Connection, query: Select[Any]) -> list[tuple[Attendee, int]]:
    return [
        (
            Attendee("", "", category=category, status=status, expected=tuple(expected.split()), walk_in=bool(walk_in)),
            int(count),
        )
        for category, status, expected, walk_in, count in connection.execute(query.group_by(*_TRAITS))
    ]


def own_admissions(connection: Connection, journal_pk: int, day: str, checkpoint: str) -> list[tuple[str, int]]:
    """Return (entry id, ms) of this journal's check-ins at a post that stand, oldest first."""
    query = (
        select(entry.c.body)
        .select_from(entry.outerjoin(undone, undone.c.target == entry.c.entry_id))
        .where(entry.c.journal == journal_pk, entry.c.kind == "CHECK_IN", undone.c.target.is_(None))
        .order_by(entry.c.seq)
    )
    bodies = (Body.from_bytes(data) for (data,) in connection.execute(query))
    return [(b.entry_id, b.at_ms) for b in bodies if b.day == day and b.checkpoint == checkpoint]


def head_seq(connection: Connection, journal_pk: int) -> int:
    """Return the seq of a journal's last entry, 0 for an empty one."""
    return connection.execute(select(func.max(entry.c.seq)).where(entry.c.journal == journal_pk)).scalar() or 0
