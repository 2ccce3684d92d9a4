"""Who came: one row per person and day, from the admissions that stand. What was undone is counted beside them, not in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from checkin.db import report_rows
from checkin.db.report_rows import AttendanceRow
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
    Column("undone", mark("Undone"), "few", 9),
    Column("also_at", mark("Also at"), "checkpoints", 32),
    Column("id", mark("Person"), width=38),
)
"""Checkpoint, desk, staff and how are those of the first admission; "undone" says how many moves were taken back."""


def attendance(connection: Connection, event: Event, day: date | None, checkpoint: str = "") -> Sheet:
    """Return the sheet of one day, or of all; with `checkpoint` that of everybody who came there."""
    days = list(dict.fromkeys(used for used, _key in posts(connection, event, day, checkpoint)))
    used = report_rows.posts(connection)
    where = {one: checkpoint or _only_place(used, one) for one in days}
    total = sum(report_rows.present(connection, one.isoformat(), place) for one, place in where.items())
    return Sheet(event, mark("Attendance"), COLUMNS, total, _rows(connection, event, where))


def _only_place(used: list[tuple[str, str]], day: date) -> str:
    """Return the checkpoint where everybody of a day was; empty where there are several to put together."""
    here = [key for iso, key in used if iso == day.isoformat()]
    return here[0] if len(here) == 1 else ""


def _rows(connection: Connection, event: Event, where: dict[date, str]) -> Iterator[tuple[Value, ...]]:
    still = [place.key for place in event.checkpoints if not place.exits]
    for day, checkpoint in where.items():
        order = {key: number for number, (_day, key) in enumerate(posts(connection, event, day))}
        back = report_rows.taken_back(connection, day.isoformat())
        for row in report_rows.attendance(connection, day.isoformat(), checkpoint, still):
            yield _row(event, day, row, row.checkpoint or checkpoint, order, back)


def _row(
    event: Event, day: date, row: AttendanceRow, place: str, order: dict[str, int], back: dict[tuple[int, str], int]
) -> tuple[Value, ...]:
    flags, last_ms, also, undone = row.flags or "", row.last_ms, "", 0
    if row.places and " " in row.places[len(place) + 1 :]:  # at more than one place
        parts = row.places.split(" ")
        places = parts[::2]
        also = " ".join(sorted((key for key in places if key != place), key=lambda key: order.get(key, 0)))
        last_ms = last_ms or max(map(int, parts[1::2]))
    else:
        places = [place]
        last_ms = last_ms or row.first_ms
    if back:
        undone = sum(back.get((row.pk, key), 0) for key in places)
    first = local(event, row.first_ms)
    return (
        row.name, row.name_local, row.organisation, row.country, row.category, row.badge_code, row.external_id,
        day, place, first, first if last_ms == row.first_ms else local(event, last_ms), row.desk, row.staff,
        how(flags, walk_in=bool(row.walk_in)), "f" in flags, undone, also, row.uid,
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
