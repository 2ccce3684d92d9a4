"""How many were expected and came: day by checkpoint by category by country by organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from checkin.db import report_rows
from checkin.domain.attendee import Attendee
from checkin.domain.event import Event
from checkin.domain.verdict import is_expected
from checkin.i18n import mark
from checkin.reports.sheet import Column, Sheet, Value, posts

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS: Final = (
    Column("day", mark("Day"), "day", 12),
    Column("checkpoint", mark("Checkpoint"), "checkpoint", 24),
    Column("category", mark("Category"), "category", 24),
    Column("country", mark("Country"), width=16),
    Column("organisation", mark("Organisation"), width=36),
    Column("expected", mark("Expected"), "number", 11),
    Column("came", mark("Came"), "number", 11),
    Column("walk_in", mark("Walk-ins"), "number", 11),
    Column("inside", mark("Inside now"), "number", 11),
)


def count_table(connection: Connection, event: Event, day: date | None, checkpoint: str = "") -> Sheet:
    """Return the sheet of one day or checkpoint, or of all. A group that nobody is expected of and nobody came of is left out."""
    places = posts(connection, event, day, checkpoint)
    total = report_rows.groups(connection) * len(places)
    return Sheet(event, mark("Counts"), COLUMNS, total, _rows(connection, event, places))


def _rows(connection: Connection, event: Event, places: list[tuple[date, str]]) -> Iterator[tuple[Value, ...]]:
    checkpoints = {c.key: c for c in event.checkpoints}
    for day, key in places:
        checkpoint = checkpoints.get(key)
        found = report_rows.count_rows(connection, day.isoformat(), key)
        for group, kinds in groupby(found, key=lambda row: row[:3]):
            expected = came = inside = walk_in = 0
            for kind in kinds:
                if checkpoint is not None and is_expected(_example(kind), checkpoint, event):
                    expected += kind.people
                came += kind.came
                inside += kind.inside
                walk_in += kind.walk_in
            if expected or came:
                yield (day, key, *group, expected, came, walk_in, inside)


def _example(kind: report_rows.CountRow) -> Attendee:
    """Return somebody of this kind: the fields that "expected" can tell apart."""
    expected = tuple(kind.expected.split())
    return Attendee("", "", category=kind.category, status=kind.status, expected=expected)  # type: ignore[arg-type]
