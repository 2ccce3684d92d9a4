"""What happened: the last scans of this desk, and everything about one person, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from checkin.db import log as rows
from checkin.db.badges import number_of
from checkin.db.engine import Database
from checkin.db.log import EntryRow, RefusedRow
from checkin.desk.results import LogLine, Mode
from checkin.domain.changes import CODE
from checkin.domain.event import Event
from checkin.domain.journal import Body, Kind

_KINDS = {
    Kind.CHECK_IN: "checked_in",
    Kind.CHECK_OUT: "checked_out",
    Kind.MERGE: "merged",
    Kind.ERASE: "erased",
}
_CHANGES = {"cancel": "registration_cancelled", "reinstate": "reinstated", CODE: "code_learned"}
_MODES: dict[str, Mode] = {"s": "scanner", "t": "typed", "p": "picked"}


def recent(database: Database, event: Event, journal_pk: int, limit: int) -> list[LogLine]:
    """Return the last scans of this desk, refused ones among them, newest first."""
    with database.read() as connection:
        raw = connection.connection.driver_connection
        entries = [_entry_line(event, row) for row in rows.last_entries(raw, journal_pk, limit)]
        refused = [_refused_line(event, row) for row in rows.last_refused(raw, limit)]
    return _newest([*entries, *refused])[:limit]


def of_person(database: Database, event: Event, attendee_id: str) -> list[LogLine]:
    """Return everything that is known of one person, from every desk that was heard, newest first."""
    with database.read() as connection:
        raw = connection.connection.driver_connection
        found = rows.entries_of(raw, attendee_id)
        names = rows.names_of(raw, [row.body.target for row in found if row.body.kind is Kind.MERGE])
        kinds = {row.body.entry_id: kind_key(row.body) for row in found}
        entries = [_entry_line(event, row, names | kinds) for row in reversed(found)]
        refused = [_refused_line(event, row) for row in rows.refused_of(raw, attendee_id)]
    return _newest([*entries, *refused])


def _newest(lines: list[LogLine]) -> list[LogLine]:
    """Put the newest first. `lines`: those of one millisecond newest first already."""
    return sorted(lines, key=lambda line: line.at, reverse=True)


def kind_key(body: Body) -> str:
    """Return what an entry is called in a log: see LogLine.kind."""
    if body.kind is Kind.ATTENDEE:
        return _CHANGES.get(body.change, "edited")
    return _KINDS.get(body.kind, body.kind.value.lower())


def _entry_line(event: Event, row: EntryRow, known: Mapping[str, str] = MappingProxyType({})) -> LogLine:
    """`known`: what the targets of entries are called."""
    flags = row.body.flags
    number = number_of(row.body.target)
    moved = row.body.kind in {Kind.CHECK_IN, Kind.CHECK_OUT}
    return LogLine(
        at=_local(event, row.body.at_ms + row.body.offset_ms),
        kind=kind_key(row.body),
        attendee=row.attendee,
        record=row.body.entry_id,
        desk=row.desk,
        staff=row.staff,
        checkpoint=row.body.checkpoint,
        day=row.body.day,
        undone=row.undone,
        mode=next((mode for flag, mode in _MODES.items() if flag in flags), "camera") if moved else "",
        reason=row.private.reason,
        changes=tuple((name, *pair) for name, pair in row.private.changes.items()),
        revision=number[2] if number else 0,
        about=known.get(row.body.target, "") if row.body.kind in {Kind.UNDO, Kind.MERGE} else "",
    )


def _refused_line(event: Event, row: RefusedRow) -> LogLine:
    return LogLine(
        at=_local(event, row.at_ms),
        kind=row.verdict,
        attendee=row.attendee,
        record="",
        desk="",
        staff=row.staff,
        checkpoint=row.checkpoint,
        day=row.day,
        undone=False,
        mode=row.mode,
        payload=row.payload,
    )


def _local(event: Event, at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, event.timezone)
