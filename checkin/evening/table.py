"""The day in one table: unique people by group at the day's door, and how many came to each session."""

from __future__ import annotations

from collections import Counter, defaultdict
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
    expected_came: int
    """How many of those who were expected came."""

    @property
    def per_cent(self) -> int | None:
        """Return how many of a hundred who were expected came; None where nobody was."""
        return round(100 * self.expected_came / self.expected) if self.expected else None


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
        came = counting.kinds_that_came(connection, day.isoformat(), door.key)
        kinds = counting.kinds_of_people(connection)
        sessions = tuple(
            (place.key, counting.totals(connection, day.isoformat(), place.key)[0])
            for place in event.at_day(day)
            if place.key != door.key
        )
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for who, people in kinds:
        if is_expected(who, door, event):
            sums[who.category]["expected"] += people
    for who, people in came:
        sums[who.category]["came"] += people
        sums[who.category]["walk_in"] += people if who.walk_in else 0
        sums[who.category]["expected_came"] += people if is_expected(who, door, event) else 0
    order = {category.key: place for place, category in enumerate(event.categories)}
    keys = sorted(sums, key=lambda key: (order.get(key, len(order)), key))
    groups = tuple(_row(key, sums[key]) for key in keys)
    return DayTable(groups, _row("", sum(sums.values(), Counter())), sessions)


def _row(category: str, sums: Counter[str]) -> GroupRow:
    return GroupRow(category, sums["expected"], sums["came"], sums["walk_in"], sums["expected_came"])
