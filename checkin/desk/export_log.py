"""Names leave the program: who took them out, when, why and what. An entry of the journal, written before the file."""

from __future__ import annotations

from datetime import date
from typing import Final

from checkin.clock import Clock
from checkin.db.engine import Database
from checkin.desk.scribe import Scribe
from checkin.domain.journal import Kind
from checkin.texts import tidy

NO_REASON: Final = "-"
"""What stands in the journal where nobody gave a reason (a script on the command line)."""
_MAX_REASON: Final = 200


def log_export(
    database: Database, scribe: Scribe, clock: Clock, report: str, suffix: str, day: date | None, reason: str
) -> str:
    """Note that `report` (attendance, journal) is about to be written as a file of this kind; return the record's id.

    The entry carries the staff on duty, the day (all days: none), "attendance.xlsx" as its change and the reason beside
    the chain. It stands also where the file could not be written afterwards: no names without an entry. Raises
    StorageError; nothing may be written then.
    """
    body = scribe.body(Kind.EXPORT, clock.now(), day=day.isoformat() if day else "", change=f"{report}{suffix.lower()}")
    with database.write_fast() as raw:
        scribe.write(raw, body, None, tidy(reason, _MAX_REASON) or NO_REASON)
    return body.entry_id
