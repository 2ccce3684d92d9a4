"""The sums of a report: how many people of each kind came, and when. Some queries, whatever the number of people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection


class KindRow(NamedTuple):
    """People of one kind: how many there are (walk-ins too), how many came, and how many of those were walk-ins."""

    category: str
    country: str
    organisation: str
    status: str
    expected: str
    walk_in: int
    people: int
    came: int


_KINDS: Final = """
SELECT a.category, a.country, a.organisation, a.status, a.expected, a.walk_in, COUNT(*), COUNT(p.attendee)
FROM attendee a LEFT JOIN (SELECT DISTINCT attendee FROM presence WHERE {where}) p ON p.attendee = a.id
WHERE a.merged IS NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"""
_ONE: Final = _KINDS.format(where="day = ? AND checkpoint = ?")
_SEVERAL: Final = _KINDS.format(where="day || ' ' || checkpoint IN (SELECT value FROM json_each(?))")
_ARRIVALS: Final = """
SELECT (first_ms - ?) / ?, COUNT(*) FROM presence WHERE day = ? AND checkpoint = ? GROUP BY 1 ORDER BY 1"""


def kinds(connection: Connection, posts: Sequence[tuple[str, str]]) -> Iterator[KindRow]:
    """Yield the kinds of people and how many of each came to any of these (day, checkpoint)."""
    if len(posts) == 1:
        result = connection.exec_driver_sql(_ONE, posts[0])
    else:
        result = connection.exec_driver_sql(_SEVERAL, (json.dumps([" ".join(post) for post in posts]),))
    yield from map(KindRow._make, result)


def arrivals(connection: Connection, day: str, checkpoint: str, start_ms: int, step_ms: int) -> list[tuple[int, int]]:
    """Return (number of the step since `start_ms`, people whose first admission was in it), steps without any left out."""
    rows = connection.exec_driver_sql(_ARRIVALS, (start_ms, step_ms, day, checkpoint))
    return [(int(step), int(people)) for step, people in rows]
