"""The audit: every journal entry of every desk and every refused scan of this one, what was undone marked as such.

An entry that a desk had to write again (after a restored backup, say) stands twice in its journals: the second is marked
as a copy, and only the first is a fact. Columns: pretix's check-in log is the model."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from checkin.db import report_rows
from checkin.db.report_rows import JournalHead, JournalRow, RefusedRow
from checkin.domain.changes import read_private
from checkin.domain.closing import SHORT, Statement
from checkin.domain.event import Event
from checkin.domain.journal import Body, Kind
from checkin.i18n import mark
from checkin.reports.attendance import how
from checkin.reports.sheet import Column, Sheet, Value, local

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS: Final = (
    Column("at", mark("Time"), "time", 19),
    Column("day", mark("Day"), "day", 12),
    Column("checkpoint", mark("Checkpoint"), "checkpoint", 24),
    Column("what", mark("What"), "what", 18),
    Column("undone", mark("Undone"), "flag", 9),
    Column("name", mark("Name"), width=28),
    Column("name_local", mark("Name in local script"), width=28),
    Column("organisation", mark("Organisation"), width=32),
    Column("country", mark("Country"), width=16),
    Column("category", mark("Category"), "category", 24),
    Column("desk", mark("Desk"), width=12),
    Column("staff", mark("Staff"), width=14),
    Column("how", mark("How"), "how", 12),
    Column("forced", mark("Let in anyway"), "flag", 12),
    Column("clock_disagrees", mark("Clock disagreed"), "flag", 12),
    Column("reason", mark("Reason"), width=28),
    Column("read", mark("What was read"), width=28),
    Column("seq", mark("Number in the journal"), "number", 10),
    Column("record", mark("Record"), width=38),
    Column("target", mark("Record that is meant"), width=38),
    Column("journal", mark("Journal"), width=38),
    Column("id", mark("Person"), width=38),
)
_OPEN_ROWS = 20_000
"""Rows that all open journals together may hold in memory."""
_WHAT: Final = {Kind.CHECK_IN.value: "checked_in", Kind.CHECK_OUT.value: "checked_out"}
_CHANGING: Final = {Kind.ATTENDEE, Kind.DAY_CLOSED, Kind.NOTE}
"""Kinds of which only the change says what happened."""
_TARGETS: Final = {Kind.UNDO, Kind.NOTE, Kind.DAY_CLOSED}
"""Kinds whose target is another entry."""
COPY: Final = "COPY"

Line = tuple[int, date | None, tuple[Value, ...]]
"""Corrected time in ms, the day it belongs to, the row."""


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: Connection
    event: Event
    staff: dict[str, str]

    def entries(self, journal: JournalHead, step: int) -> Iterator[Line]:
        for row in report_rows.entries(self.connection, journal.pk, step):
            yield self._entry(journal, row)

    def _entry(self, journal: JournalHead, row: JournalRow) -> Line:
        try:
            body = Body.from_bytes(row.body)
        except (ValueError, KeyError):  # written by a newer program: it is shown as far as it is understood
            return (0, None, (None, None, None, row.kind.lower(), *self._none(row, journal), None, None, None, "", "",
                              row.seq, row.entry_id.hex(), "", journal.journal_id, row.uid))  # fmt: skip
        at = body.at_ms + body.offset_ms
        day, checkpoint = self._post(body)
        moved = body.kind in {Kind.CHECK_IN, Kind.CHECK_OUT}
        return (at, day or local(self.event, at).date(), (
            local(self.event, at), day, checkpoint, "copy" if row.kind == COPY else _what(body), bool(row.undone), row.name,
            row.name_local, row.organisation, row.country, row.category, journal.desk,
            self.staff.get(body.operator, body.operator), how(body.flags, walk_in=False) if moved else "",
            "f" in body.flags, "c" in body.flags, _reason(body, row.reason or ""), "", row.seq,
            body.entry_id, body.target if body.kind in _TARGETS else "",
            journal.journal_id, row.uid or body.subject,
        ))  # fmt: skip

    def _none(self, row: JournalRow, journal: JournalHead) -> tuple[Value, ...]:
        return (
            bool(row.undone),
            row.name,
            row.name_local,
            row.organisation,
            row.country,
            row.category,
            journal.desk,
            "",
        )

    def _post(self, body: Body) -> tuple[date | None, str]:
        """Return day and checkpoint of an entry; those of an undo are its target's."""
        if body.kind is Kind.UNDO and body.target:
            data = report_rows.entry_body(self.connection, body.target)
            if data is not None:
                body = Body.from_bytes(data)
        return (date.fromisoformat(body.day) if body.day else None), body.checkpoint

    def refused(self, desk: str) -> Iterator[Line]:
        for row in report_rows.refused(self.connection):
            yield self._refusal(row, desk)

    def _refusal(self, row: RefusedRow, desk: str) -> Line:
        day = date.fromisoformat(row.day)
        return (row.at_ms, day, (
            local(self.event, row.at_ms), day, row.checkpoint, row.verdict, False, row.name, row.name_local,
            row.organisation, row.country, row.category, desk, self.staff.get(row.operator, row.operator), row.mode,
            False, False, row.detail, row.payload, None, "", "", "", row.uid,
        ))  # fmt: skip


def _what(body: Body) -> str:
    """Return the key of what an entry states, with its change where that says it."""
    kind = body.kind.value.lower()
    if body.kind in _CHANGING and body.change:
        return f"{kind} {body.change}"
    if body.kind is Kind.EXPORT:
        return f"{kind} {body.change.partition('.')[0]}"
    return _WHAT.get(body.kind.value, kind)


def _reason(body: Body, private: str) -> str:
    """Return the free text that goes with an entry; of a closing what it states, of an export the file's kind too."""
    if body.kind is Kind.DAY_CLOSED and (stated := Statement.from_text(private)) is not None:
        missing = f"INCOMPLETE ({', '.join(stated.missing)}), " if not stated.complete else ""
        number = f"correction {stated.number}, " if stated.number else ""
        return f"{missing}{number}{stated.came} / {stated.entries} / {stated.digest[:SHORT]}"
    if body.kind is Kind.EXPORT:
        said = read_private(body.kind, private)
        return f"{said.reason} ({said.file or body.change})"
    return read_private(body.kind, private).reason


def journal_table(connection: Connection, event: Event, day: date | None, checkpoint: str = "") -> Sheet:
    """Return the sheet of one day or checkpoint, or of all.

    Rows go by time, and within one journal always by number: that order is true even where a clock was not. An entry
    that belongs to no day (a new journal's first) goes with the day its clock showed.
    """
    known = report_rows.journals(connection)
    total = sum(journal.entries for journal in known) + report_rows.refused_total(connection)
    return Sheet(event, mark("Journal"), COLUMNS, total, _rows(connection, event, day, checkpoint, known))


def _rows(
    connection: Connection, event: Event, day: date | None, checkpoint: str, known: list[JournalHead]
) -> Iterator[tuple[Value, ...]]:
    reader = _Reader(connection, event, report_rows.staff(connection))
    step = max(20, min(1000, _OPEN_ROWS // max(1, len(known))))
    desk = next((journal.desk for journal in known if journal.mine), "")
    streams = [reader.entries(journal, step) for journal in known] + [reader.refused(desk)]
    for _at, belongs, row in heapq.merge(*streams, key=lambda line: line[0]):
        if day in {None, belongs} and checkpoint in {"", row[2]}:
            yield row
