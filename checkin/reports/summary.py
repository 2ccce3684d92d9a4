"""A report in few numbers: totals, groups, sessions, countries, organisations and the arrival curve. Without any name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from checkin.db import counting, report_sums
from checkin.db.report_sums import KindRow
from checkin.domain.attendee import Attendee
from checkin.domain.countries import code_of
from checkin.domain.event import Checkpoint, Event
from checkin.domain.verdict import is_expected

if TYPE_CHECKING:
    from sqlalchemy import Connection

STEP_MINUTES: Final = 15
"""One bar of the arrival curve."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group: how many were expected, came, and came as walk-ins (who are among those who came)."""

    key: str
    """Key of a category or checkpoint, an organisation, a country as most of its people wrote it; empty: not known."""
    expected: int
    came: int
    expected_came: int
    """How many of those who were expected came: walk-ins are not among them."""
    walk_in: int = 0
    code: str = ""
    """Of a country: its two letters, where it is one that is known."""

    @property
    def per_cent(self) -> int | None:
        """Return how many of a hundred who were expected came; None where nobody was expected."""
        return round(100 * self.expected_came / self.expected) if self.expected else None

    @property
    def others(self) -> int:
        """Return how many came who were neither expected nor walk-ins: somebody let them in all the same."""
        return self.came - self.expected_came - self.walk_in


@dataclass(frozen=True, slots=True)
class DaySum:
    """One day: at its door, at its sessions, and when people came."""

    day: date
    door: Line
    sessions: tuple[Line, ...]
    arrivals: tuple[tuple[int, int], ...]
    """(minutes since midnight in the event's zone, people) of each STEP_MINUTES, without gaps, at the day's door."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Unique people: whoever came on two days counts once in `total`, and once on each day."""

    days: tuple[DaySum, ...]
    total: Line
    groups: tuple[Line, ...]
    """In the order of the event's file."""
    countries: tuple[Line, ...]
    """Most people first."""
    organisations: tuple[Line, ...]

    @property
    def countries_that_came(self) -> int:
        """Return from how many countries people came."""
        return sum(1 for line in self.countries if line.came and line.key)

    @property
    def organisations_that_came(self) -> int:
        """Return from how many organisations people came."""
        return sum(1 for line in self.organisations if line.came and line.key)


def summary(connection: Connection, event: Event, day: date | None) -> Summary:
    """Count one day at its door, or all days: the same numbers as `counts` and the closing of the day."""
    days = [one.date for one in event.days if day in {None, one.date} and event.at_day(one.date)]
    doors = [event.propose_on(one) for one in days]
    everybody = counting.kinds_of_people(connection)
    sums = _Sums(event, doors)
    for kind in report_sums.kinds(connection, [(door.day.isoformat(), door.key) for door in doors]):
        sums.add(kind)
    return Summary(
        days=tuple(_day(connection, event, door, everybody) for door in doors),
        total=sums.total.line(""),
        groups=sums.groups(),
        countries=_sorted(tally.line(tally.name(), code) for code, tally in sums.by_country.items()),
        organisations=_sorted(tally.line(name) for name, tally in sums.by_organisation.items()),
    )


@dataclass(slots=True)
class _Tally:
    expected: int = 0
    came: int = 0
    expected_came: int = 0
    walk_in: int = 0
    spelled: Counter[str] = field(default_factory=Counter)

    def add(self, kind: KindRow, *, expected: bool) -> None:
        self.expected += kind.people if expected else 0
        self.came += kind.came
        self.expected_came += kind.came if expected else 0
        self.walk_in += kind.came if kind.walk_in else 0

    def line(self, key: str, code: str = "") -> Line:
        return Line(key, self.expected, self.came, self.expected_came, self.walk_in, code if len(code) == 2 else "")

    def name(self) -> str:
        return max(self.spelled, key=lambda text: (self.spelled[text], text), default="")


class _Sums:
    """Adds kinds of people up; countries under one code however they are written."""

    def __init__(self, event: Event, doors: list[Checkpoint]) -> None:
        self._event, self._doors = event, doors
        self._expected: dict[tuple[str, str, str, int], bool] = {}
        """What "expected" can tell apart, and its answer."""
        self.total = _Tally()
        self.by_category: dict[str, _Tally] = {}
        self.by_country: dict[str, _Tally] = {}
        self.by_organisation: dict[str, _Tally] = {}

    def add(self, kind: KindRow) -> None:
        trait = (kind.category, kind.status, kind.expected, kind.walk_in)
        expected = self._expected.get(trait)
        if expected is None:
            who = _example(kind)
            expected = self._expected[trait] = any(is_expected(who, door, self._event) for door in self._doors)
        if not expected and not kind.came:
            return
        country = self.by_country.setdefault(code_of(kind.country) or kind.country, _Tally())
        country.spelled[kind.country] += kind.people
        tallies = (
            self.total, country, self.by_category.setdefault(kind.category, _Tally()),
            self.by_organisation.setdefault(kind.organisation, _Tally()),
        )  # fmt: skip
        for tally in tallies:
            tally.add(kind, expected=expected)

    def groups(self) -> tuple[Line, ...]:
        order = {category.key: place for place, category in enumerate(self._event.categories)}
        keys = sorted(self.by_category, key=lambda key: (order.get(key, len(order)), key))
        return tuple(self.by_category[key].line(key) for key in keys)


def _example(kind: KindRow) -> Attendee:
    """Return somebody of this kind: the fields that "expected" can tell apart."""
    return Attendee(
        "", "", category=kind.category, status=kind.status, expected=tuple(kind.expected.split()),  # type: ignore[arg-type]
        walk_in=bool(kind.walk_in),
    )  # fmt: skip


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.came, -line.expected, line.key)))


def _day(connection: Connection, event: Event, door: Checkpoint, everybody: list[tuple[Attendee, int]]) -> DaySum:
    def line(place: Checkpoint) -> Line:
        came = expected_came = walk_in = 0
        for who, people in counting.kinds_that_came(connection, place.day.isoformat(), place.key):
            came += people
            walk_in += people if who.walk_in else 0
            expected_came += people if is_expected(who, place, event) else 0
        expected = sum(n for who, n in everybody if is_expected(who, place, event))
        return Line(place.key, expected, came, expected_came, walk_in)

    sessions = tuple(line(place) for place in event.at_day(door.day) if place.key != door.key)
    return DaySum(door.day, line(door), sessions, _arrivals(connection, event, door))


def _arrivals(connection: Connection, event: Event, door: Checkpoint) -> tuple[tuple[int, int], ...]:
    midnight = datetime.combine(door.day, time.min, event.timezone)
    found = report_sums.arrivals(
        connection, door.day.isoformat(), door.key, round(midnight.timestamp() * 1000), STEP_MINUTES * 60_000
    )
    inside = {step: people for step, people in found if 0 <= step < 24 * 60 // STEP_MINUTES}
    if not inside:
        return ()
    return tuple((step * STEP_MINUTES, inside.get(step, 0)) for step in range(min(inside), max(inside) + 1))
