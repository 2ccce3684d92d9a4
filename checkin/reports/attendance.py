"""Who came: one row per person, day and checkpoint, from the admissions that stand. What was undone is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from checkin.db import report_rows
from checkin.domain.event import Event
from checkin.i18n import mark
from checkin.reports.sheet import Column, Sheet, Value, local, posts

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS: Final = (
    Column("name", mark("Name"), width=28),
    Column("name_local", mark("Name in local script"), width=28),
    Column("organisation", mark("Organisation"), width=32),
    Column("country", mark("Country"), width=16),
    Column("category", mark("Category"), "category", 24),
    Column("badge_code", mark("Badge code"), width=18),
    Column("external_id", mark("Registration number"), width=18),
    Column("day", mark("Day"), "day", 12),
    Column("checkpoint", mark("Checkpoint"), "checkpoint", 24),
    Column("first_at", mark("First time"), "time", 19),
    Column("last_at", mark("Last time"), "time", 19),
    Column("desk", mark("Desk"), width=12),
    Column("staff", mark("Staff"), width=14),
    Column("how", mark("How"), "how", 12),
    Column("forced", mark("Let in anyway"), "flag", 12),
    Column("id", mark("Person"), width=38),
)


def attendance(connection: Connection, event: Event, day: date | None) -> Sheet:
    """Return the sheet of one day, or of all."""
    places = posts(connection, event, day)
    total = sum(report_rows.present(connection, day.isoformat(), key) for day, key in places)
    return Sheet(event, mark("Attendance"), COLUMNS, total, _rows(connection, event, places))


def _rows(connection: Connection, event: Event, places: list[tuple[date, str]]) -> Iterator[tuple[Value, ...]]:
    still = {c.key for c in event.checkpoints if not c.exits}
    for day, key in places:
        for row in report_rows.attendance(connection, day.isoformat(), key, moving=key not in still):
            flags = row.flags or ""
            first = local(event, row.first_ms)
            last = first if row.last_ms == row.first_ms else local(event, row.last_ms)
            yield (
                row.name, row.name_local, row.organisation, row.country, row.category, row.badge_code, row.external_id,
                day, key, first, last, row.desk, row.staff,
                how(flags, walk_in=bool(row.walk_in)), "f" in flags, row.uid,
            )  # fmt: skip


def how(flags: str, *, walk_in: bool) -> str:
    """Return how somebody was let in: camera, scanner, typed, picked or walk-in (a walk-in let in without a badge)."""
    if "s" in flags:
        return "scanner"
    if "t" in flags:
        return "typed"
    if "p" in flags:
        return "walk-in" if walk_in else "picked"
    return "camera"
