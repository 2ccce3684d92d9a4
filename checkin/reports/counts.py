"""How many people came: unique people per day and checkpoint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from checkin.db import counting
from checkin.db.engine import Database
from checkin.domain.event import Event
from checkin.domain.verdict import Post, is_expected

By = Literal["category", "country", "organisation", "hour"]


@dataclass(frozen=True, slots=True)
class Counts:
    """The number, and how it divides."""

    day: str
    checkpoint: str
    expected: int
    came: int
    walk_in: int
    inside: int
    by: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return the object of COMMANDS.md."""
        return {
            "day": self.day,
            "checkpoint": self.checkpoint,
            "expected": self.expected,
            "came": self.came,
            "walk_in": self.walk_in,
            "inside": self.inside,
            "by": self.by,
        }


def count(database: Database, event: Event, post: Post, by: By | None = None) -> Counts:
    """Count the unique people of a post; `by` divides those who came. Hours are the event's own ("08" .. "17")."""
    day, key = post.day.isoformat(), post.checkpoint.key
    with database.read() as connection:
        came, inside, walk_in = counting.totals(connection, day, key)
        expected = sum(n for who, n in counting.kinds_of_people(connection) if is_expected(who, post.checkpoint, event))
        if by == "hour":
            hours = Counter(
                datetime.fromtimestamp(at_ms / 1000, event.timezone).strftime("%H")
                for at_ms in counting.first_times(connection, day, key)
            )
            groups = dict(sorted(hours.items()))
        else:
            groups = counting.came_by(connection, day, key, by) if by else {}
    return Counts(day, key, expected, came, walk_in, inside, groups)
