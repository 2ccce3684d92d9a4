"""What a report is: columns and a stream of rows, whatever file they end up in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from checkin.db import report_rows
from checkin.domain.event import Event

if TYPE_CHECKING:
    from sqlalchemy import Connection

Kind = Literal["text", "number", "flag", "day", "time", "category", "checkpoint", "how", "what"]
"""text, number, flag (bool), day (date), time (aware datetime, in the event's zone); the others are keys that a
spreadsheet shows as words of the reader's language (reports.labels)."""

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
class Sheet:
    """A report that is ready to be written; `rows` lives as long as the connection's transaction."""

    event: Event
    title: str
    """English, marked for translation; at most 25 characters, as it names a spreadsheet's tab."""
    columns: tuple[Column, ...]
    total: int
    """How many rows there are, about; for a progress bar."""
    rows: Iterator[tuple[Value, ...]]


def posts(connection: Connection, event: Event, day: date | None) -> list[tuple[date, str]]:
    """Return (day, checkpoint key) of all posts in the order of the timetable, or those of one day.

    A post that has attendance and is no longer in the event's file is not lost: it stands at the end.
    """
    planned = [(d.date, checkpoint.key) for d in event.days for checkpoint in event.at_day(d.date)]
    used = [(date.fromisoformat(iso), key) for iso, key in report_rows.posts(connection)]
    every = planned + [post for post in used if post not in planned]
    return [post for post in every if day is None or post[0] == day]


def local(event: Event, at_ms: int) -> datetime:
    """Return a time of the journal in the event's own zone, to the second."""
    return datetime.fromtimestamp(at_ms // 1000, event.timezone)
