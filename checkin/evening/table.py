"""The day in one table: unique people by group at the day's door, and how many came to each session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checkin.db import counting
from checkin.db.engine import Database
from checkin.domain.event import Event
from checkin.domain.verdict import is_expected


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One category, or all of them."""

    category: str
    """Key; empty for people whose category is not known."""
    expected: int
    came: int
    walk_in: int

    @property
    def per_cent(self) -> int | None:
        """Return how many of a hundred came; None where nobody was expected."""
        return round(100 * self.came / self.expected) if self.expected else None


@dataclass(frozen=True, slots=True)
class DayTable:
    """What the page shows beside the steps. `total` is what the command `counts` says of the door."""

    groups: tuple[GroupRow, ...]
    total: GroupRow
    sessions: tuple[tuple[str, int], ...]
    """(checkpoint key, unique people), in the order of the timetable, the door left out."""


def day_table(database: Database, event: Event, day: date) -> DayTable:
    """Count a day. A category that nobody is expected of and nobody came of is left out."""
    door = event.propose_on(day)
    with database.read() as connection:
        came = counting.came_by_category(connection, day.isoformat(), door.key)
        kinds = counting.kinds_of_people(connection)
        sessions = tuple(
            (place.key, counting.totals(connection, day.isoformat(), place.key)[0])
            for place in event.at_day(day)
            if place.key != door.key
        )
    expected: dict[str, int] = {}
    for who, people in kinds:
        if is_expected(who, door, event):
            expected[who.category] = expected.get(who.category, 0) + people
    order = {category.key: place for place, category in enumerate(event.categories)}
    groups = tuple(
        GroupRow(key, expected.get(key, 0), *came.get(key, (0, 0)))
        for key in sorted({*expected, *came}, key=lambda key: (order.get(key, len(order)), key))
        if expected.get(key) or came.get(key, (0, 0))[0]
    )
    total = GroupRow(
        "", sum(expected.values()), sum(one for one, _walk in came.values()), sum(walk for _one, walk in came.values())
    )
    return DayTable(groups, total, sessions)
