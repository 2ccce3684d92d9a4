"""How sure a report is: complete or not, which correction, and how far each desk's entries go in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from checkin.db import report_rows
from checkin.db.desks import DeskRow, desks
from checkin.domain.closing import NOT_CLOSED, ReportState
from checkin.domain.event import Event
from checkin.domain.journal import Body
from checkin.i18n import _, day_text, ngettext, time_text
from checkin.texts import isolate

if TYPE_CHECKING:
    from sqlalchemy import Connection

Digits = Callable[[str], str]
"""What is done to numbers, not to names: nothing, or Thai digits."""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk's journal, as far as the report has it."""

    desk: str
    entries: int
    """How many entries of it are in the report."""
    announced: int
    """How many it is known to have."""
    last: datetime | None
    """Time of the last entry that is here, in the event's zone; None: there is none, or it is a newer program's."""
    missing: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the report says of itself. `closed`: a closing states these numbers."""

    state: ReportState
    desks: tuple[DeskLine, ...]

    @property
    def closed(self) -> bool:
        """Say whether the day was closed with these numbers."""
        return bool(self.state.digest)

    @property
    def incomplete(self) -> bool:
        """Say whether entries of a desk are known to be missing."""
        if self.closed:
            return not self.state.complete
        return bool(self.state.missing) or any(line.missing for line in self.desks)

    @property
    def entries(self) -> int:
        """Return how many entries the report is made of."""
        if self.closed and self.state.desks:
            return sum(entries for _name, entries in self.state.desks)
        return sum(line.entries for line in self.desks)

    @property
    def desk_count(self) -> int:
        """Return how many desks are in it."""
        return len(self.state.desks) if self.closed and self.state.desks else len(self.desks)

    def mark(self) -> str:
        """Return the mark that stands in every row of a file for programs, in English always.

        "final 7f3a91c2", "correction 1 7f3a91c2", "not closed", each with the missing desks where it is INCOMPLETE:
        "INCOMPLETE (Desk 3: 94 of 120 entries, last 2014-07-08T08:51:00+07:00); not closed".
        """
        state = self.state
        said = "not closed"
        if self.closed:
            said = f"correction {state.correction}" if state.correction else "final"
            said = f"{said} {state.short_digest}"
        if not self.incomplete:
            return said
        lines = [self._plain(line) for line in self.desks if line.missing]
        named = {line.desk for line in self.desks if line.missing}
        lines += [name for name in state.missing if name not in named]
        return f"INCOMPLETE ({'; '.join(lines) or 'hub not heard'}); {said}"

    @staticmethod
    def _plain(line: DeskLine) -> str:
        last = f", last {line.last.isoformat(timespec='seconds')}" if line.last else ""
        return f"{line.desk}: {line.entries} of {max(line.announced, line.entries)} entries{last}"

    def headline(self, digits: Digits = str) -> str:
        """Return the one thing a reader must know first, in the language of the moment; empty: all is well."""
        if self.incomplete:
            return _("INCOMPLETE")
        if self.state.correction and self.closed:
            return _("Correction {n}").format(n=digits(str(self.state.correction)))
        return "" if self.closed else _("The day is not closed yet")

    def missing_sentences(self, digits: Digits = str) -> list[str]:
        """Return one sentence for each desk that is not all in the report."""
        lines = [desk_sentence(line, digits) for line in self.desks if line.missing]
        named = {line.desk for line in self.desks if line.missing}
        lines += [
            _("{desk} has not confirmed that all its scans are in.").format(desk=isolate(name))
            for name in self.state.missing
            if name not in named
        ]
        return lines or [_("The hub was not heard, so entries of other desks may be missing.")]


def desk_sentence(line: DeskLine, digits: Digits = str) -> str:
    """Return how far a desk's entries go: "Desk 3: 94 of 120 entries are here, the last of 8 Jul, 08:51."."""
    desk, announced = isolate(line.desk), max(line.announced, line.entries)
    if line.last is None:
        return ngettext(
            "{desk}: {have} of {n} entry is here.", "{desk}: {have} of {n} entries are here.", announced
        ).format(desk=desk, have=digits(f"{line.entries:,}"), n=digits(f"{announced:,}"))
    return ngettext(
        "{desk}: {have} of {n} entry is here, the last of {day}, {time}.",
        "{desk}: {have} of {n} entries are here, the last of {day}, {time}.",
        announced,
    ).format(
        desk=desk, have=digits(f"{line.entries:,}"), n=digits(f"{announced:,}"),
        day=digits(day_text(line.last.date(), weekday=False)), time=digits(time_text(line.last)),
    )  # fmt: skip


def standing(connection: Connection, event: Event, state: ReportState | None) -> Standing:
    """Return how sure a report is that is made of what this connection sees. `state`: None where no day was closed."""
    told = state or NOT_CLOSED
    last = {pk: _time(event, body) for pk, body in report_rows.last_bodies(connection).items()}
    return Standing(told, tuple(_line(row, last.get(row.pk), told) for row in desks(connection)))


def _line(row: DeskRow, last: datetime | None, state: ReportState) -> DeskLine:
    behind = row.seq < row.announced and not row.revoked
    missing = row.desk in state.missing or (behind and not state.digest)
    return DeskLine(row.desk, row.seq, row.announced, last, missing)


def _time(event: Event, data: bytes) -> datetime | None:
    try:
        body = Body.from_bytes(data)
    except (ValueError, KeyError):  # written by a newer program
        return None
    return datetime.fromtimestamp((body.at_ms + body.offset_ms) // 1000, event.timezone)
