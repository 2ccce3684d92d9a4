"""How sure a report of a day is: what the closing that stands says of it, and what it changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from checkin.db import closings as rows
from checkin.domain.closing import NOT_CLOSED, ReportState, differences, standing

if TYPE_CHECKING:
    from sqlalchemy import Connection


def report_state(connection: Connection, day: date) -> ReportState:
    """Return how sure a report is that is made of what this connection sees; NOT_CLOSED where no closing states it."""
    told = rows.closings(connection, day.isoformat())
    last = standing(told)
    said = last.statement if last is not None and last.closes else None
    if said is None or said.content != rows.who_came(connection, day.isoformat())[0]:
        return NOT_CLOSED
    until = {share.journal_id: share.entries for share in said.desks}
    if rows.late_entries(connection, day.isoformat(), until):
        return NOT_CLOSED
    earlier = [one for one in told if one.closes and one.statement and one.statement.number < said.number]
    before = max(earlier, key=lambda one: (one.statement.number, one.at_ms) if one.statement else (0, 0), default=None)
    base = before.statement if before is not None else None
    brought: list[tuple[str, int]] = []
    if base is not None:
        since = {share.journal_id: share.entries for share in base.desks}
        brought = rows.late_entries(connection, day.isoformat(), since, until)
    entries: dict[str, int] = {}
    for share in said.desks:
        entries[share.desk] = entries.get(share.desk, 0) + share.entries
    return ReportState(
        complete=said.complete,
        missing=said.missing,
        correction=said.number,
        digest=said.digest,
        desks=tuple(sorted(entries.items())),
        differences=differences(base.counts, said.counts) if base is not None else (),
        brought=tuple(brought),
    )
