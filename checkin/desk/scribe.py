"""Writes a desk's journal: knows whose journal it is, what time it is and who is on duty."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid6

from checkin.clock import BOOT_ID, Clock
from checkin.db import journal as rows
from checkin.db.journal import OwnJournal
from checkin.domain.journal import Body, Kind, operator_hash

log = logging.getLogger(__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JUMP_MS = 5000
"""A wall clock that moved this much more or less than the time that passed was set."""


class Scribe:
    """Makes bodies and appends them. Desk and registrar of one data folder share it."""

    def __init__(self, event_id: str, clock: Clock, journal: OwnJournal) -> None:
        """Write to `journal`; `take_over` says who is on duty."""
        self.journal = journal
        self.clock = clock
        self.staff = ""
        self.operator = ""
        self._event_id = event_id
        self.offset_ms = 0
        """How far this laptop's clock is behind the hub's; 0 where it agrees or no hub was asked."""
        self._last_ms: tuple[int, int] | None = None

    def take_over(self, staff: str) -> None:
        """Let entries from now on carry this person's hash."""
        self.staff = staff
        self.operator = operator_hash(self._event_id, staff)

    def body(self, kind: Kind, now: datetime, flags: str = "", **fields: str) -> Body:
        """Return a body with a new id, stamped with `now` and flagged where the clock was set since the last one."""
        at_ms, monotonic_ms = milliseconds(now), self.clock.monotonic_ms()
        jumped = (
            self._last_ms is not None and abs((at_ms - self._last_ms[0]) - (monotonic_ms - self._last_ms[1])) > _JUMP_MS
        )
        self._last_ms = (at_ms, monotonic_ms)
        if jumped:
            log.info("the clock of this laptop jumped")
        return Body(
            kind=kind,
            entry_id=str(uuid6.uuid7()),
            at_ms=at_ms,
            monotonic_ms=monotonic_ms,
            flags=flags + ("j" if jumped else ""),
            boot=BOOT_ID,
            offset_ms=self.offset_ms,
            operator=self.operator,
            **fields,  # type: ignore[arg-type]
        )

    def now_ms(self) -> int:
        """Return this laptop's clock, milliseconds since 1970 UTC."""
        return milliseconds(self.clock.now())

    def note_clock(self, raw: Any) -> None:
        """Append a CLOCK entry that says how far this clock is off, in the caller's transaction."""
        rows.append(raw, self.journal, self.body(Kind.CLOCK, self.clock.now()), None)

    def write(self, raw: Any, body: Body, attendee_pk: int | None, private: str = "") -> int:
        """Append one entry in the caller's transaction and return its seq."""
        return rows.append(raw, self.journal, body, attendee_pk, private)


def milliseconds(at: datetime) -> int:
    """Return milliseconds since 1970 UTC."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
