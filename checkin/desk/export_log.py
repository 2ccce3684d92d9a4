"""Names leave the program: who took them out, when, why and what. An entry of the journal, written before the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from checkin.clock import Clock
from checkin.db import copies
from checkin.db.engine import Database
from checkin.db.people import raw_of
from checkin.desk.scribe import Scribe
from checkin.domain.changes import export_text
from checkin.domain.journal import Kind
from checkin.texts import tidy

NO_REASON: Final = "-"
"""What stands in the journal where nobody gave a reason (a script on the command line)."""
_MAX_REASON: Final = 200


def log_export(
    database: Database, scribe: Scribe, clock: Clock, report: str, target: Path, day: date | None, reason: str
) -> str:
    """Note that `report` (attendance, journal) is about to be written to this file; return the record's id.

    The entry carries the staff on duty, the day (all days: none), "attendance.xlsx" as its change, and beside the chain
    the reason and the file's name, so that every desk can say which files name somebody who is erased later. Where the
    file lies is noted on this laptop only. It stands also where the file could not be written afterwards: no names
    without an entry. Raises StorageError; nothing may be written then.
    """
    body = scribe.body(
        Kind.EXPORT, clock.now(), day=day.isoformat() if day else "", change=f"{report}{target.suffix.lower()}"
    )
    text = export_text(tidy(reason, _MAX_REASON) or NO_REASON, tidy(target.name, _MAX_REASON))
    with database.write() as connection:
        scribe.write(raw_of(connection), body, None, text)
        copies.note(connection, "list", target, body.at_ms + body.offset_ms, body.entry_id)
    return body.entry_id
