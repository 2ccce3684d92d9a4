"""Where a person's row came from: the list, the line in it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from checkin.db.attendees import COLUMNS, to_attendee
from checkin.db.engine import Database
from checkin.db.models import attendee
from checkin.domain.attendee import Attendee


@dataclass(frozen=True, slots=True)
class Origin:
    """The beginning of somebody's history."""

    source: str = ""
    """Name of the roster file; empty where there was none."""
    row: int = 0
    """Row in that file, as a spreadsheet counts; 0: not known."""
    at: datetime | None = None
    """When the row was last written, aware, UTC; None: not known."""
    walk_in: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as stored now."""

    attendee: Attendee
    origin: Origin


def person(database: Database, uid: str) -> Person | None:
    """Return the person with this id, or the one with whom they were put together, and where the row came from.

    None where nobody has it.
    """
    kept = select(func.coalesce(attendee.c.merged, attendee.c.id)).where(attendee.c.uid == uid).scalar_subquery()
    query = select(*COLUMNS, attendee.c.source, attendee.c.source_row, attendee.c.updated_ms).where(
        attendee.c.id == kept
    )
    with database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    who = to_attendee(row)
    source, line, updated_ms = row[len(COLUMNS) :]
    at = datetime.fromtimestamp(updated_ms / 1000, UTC) if updated_ms else None
    return Person(who, Origin(source, line, at, who.walk_in))
