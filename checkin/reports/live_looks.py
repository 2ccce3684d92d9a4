"""What a person has to look at: badges let in twice, codes nobody answers to, doubtful clocks, badges that did not come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from checkin.db import arrivals
from checkin.db.doubles import doubles
from checkin.reports.figures import Look

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checkin.domain.event import Event

SHOWN: Final = 50
MORE_THAN_ONCE: Final = 2


class Looks:
    """Keeps what would be slow to find again; the rest is few rows and read each time."""

    def __init__(self) -> None:
        """Begin without a day."""
        self._day = ""
        self._refused = 0
        self._codes: Counter[str] = Counter()
        self._clocks: Counter[int] = Counter()

    def take(self, journal: int, new: Sequence[arrivals.NewEntry]) -> None:
        """Take in entries that came to a journal."""
        doubtful = sum(arrivals.doubtful(entry.body, self._day) for entry in new)
        if doubtful:
            self._clocks[journal] += doubtful

    def follow(self, connection: Connection, day: str) -> None:
        """Bring everything up to date for a day."""
        if day != self._day:
            self._day, self._refused = day, 0
            self._codes.clear()
            self._clocks = Counter({pk: arrivals.clock_flags(connection, pk, day) for pk in arrivals.heads(connection)})
        for number, code in arrivals.unknown_codes(connection, day, self._refused):
            self._refused = number
            self._codes[code] += 1

    def found(self, connection: Connection, event: Event, desks: dict[int, str]) -> tuple[tuple[Look, ...], int, int]:
        """Return what to look at, the gravest first, how many unsettled doubles and how many unknown codes there are.

        `desks`: names by row of the journal.
        """
        twice = [one for one in doubles(connection, self._day) if not one.settled]
        looks = [
            Look("double", "", 1, one.attendee, "", _local(event, one.second.at_ms), one.first.desk, one.second.desk)
            for one in twice[:SHOWN]
        ]
        often = [code for code, times in self._codes.most_common() if times >= MORE_THAN_ONCE]
        known = arrivals.known_codes(connection, often)
        unknown = [code for code in often if code not in known]
        looks += [Look("unknown", code, self._codes[code]) for code in unknown[:SHOWN]]
        looks += [Look("clock", desks.get(pk, ""), times) for pk, times in self._clocks.most_common() if times]
        looks += [Look("print", name, person_id=uid) for uid, name in arrivals.not_printed(connection)]
        return tuple(looks), len(twice), len(unknown)


def _local(event: Event, at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, event.timezone)
