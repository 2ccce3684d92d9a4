"""What a report is: columns and a stream of rows, whatever file they end up in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from checkin.db import report_rows
from checkin.domain.event import Event
from checkin.reports.standing import Standing
from checkin.reports.summary import Summary

if TYPE_CHECKING:
    from sqlalchemy import Connection

ReportName = Literal["attendance", "counts", "journal"]
Kind = Literal["text", "number", "few", "flag", "day", "time", "category", "checkpoint", "checkpoints", "how", "what"]
"""text, number, few (a number that a spreadsheet leaves out where it is 0), flag (bool), day (date), time (aware
datetime, in the event's zone); the others are keys that a spreadsheet shows as words of the reader's language
(reports.labels); "checkpoints": several keys, a space between."""

REPORT: Final = "report"
"""Heading of the column that says how sure a report is, in files for programs."""
Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is its heading for programs, `title` (English, marked for translation) the one for people."""

    key: str
    title: str
    kind: Kind = "text"
    width: int = 14
    """Of a spreadsheet's column, in characters."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report says of itself, beside its rows."""

    report: ReportName
    day: date | None
    """None: all days."""
    checkpoint: str
    """Key; empty: all of them."""
    made: datetime
    """In the event's own zone."""
    standing: Standing
    summary: Callable[[], Summary]
    """Counts when it is called; while the rows' connection is open."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report that is ready to be written; `rows` lives as long as the connection's transaction."""

    event: Event
    title: str
    """English, marked for translation; at most 25 characters, as it names a spreadsheet's tab."""
    columns: tuple[Column, ...]
    total: int
    """How many rows there are, about; for a progress bar."""
    rows: Iterator[tuple[Value, ...]]
    about: About | None = None
    """None: rows and nothing else."""

    def close(self) -> None:
        """Let go of rows that nobody read: while the connection is still open."""
        if isinstance(self.rows, Generator):
            self.rows.close()


def posts(connection: Connection, event: Event, day: date | None, checkpoint: str = "") -> list[tuple[date, str]]:
    """Return (day, checkpoint key) of all posts in the order of the timetable, or those of one day or checkpoint.

    A post that has attendance and is no longer in the event's file is not lost: it stands at the end.
    """
    planned = [(d.date, place.key) for d in event.days for place in event.at_day(d.date)]
    used = [(date.fromisoformat(iso), key) for iso, key in report_rows.posts(connection)]
    every = planned + [post for post in used if post not in planned]
    return [post for post in every if day in {None, post[0]} and checkpoint in {"", post[1]}]


def local(event: Event, at_ms: int) -> datetime:
    """Return a time of the journal in the event's own zone, to the second."""
    return datetime.fromtimestamp(at_ms // 1000, event.timezone)
