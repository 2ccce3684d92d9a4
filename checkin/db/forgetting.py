"""What follows an erasure: the name leaves the file's free pages, its log, and the backups in the data folder.

A backup is not thrown away for it, since it may hold scans that nothing else has: the same people are blanked in it, and
it is verified again before it takes the old one's place. A mark in the event's file says that this is due, so that a
crash, a busy reader or a full disk only puts it off.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db import state
from checkin.db.copies import Copy, elsewhere
from checkin.db.engine import Database, driver
from checkin.db.erase import erase
from checkin.db.inspect import inspect_file, reading
from checkin.db.migrate import migrate
from checkin.db.people import raw_of
from checkin.db.remote import erased
from checkin.domain.journal import Body
from checkin.errors import StorageError
from checkin.paths import BACKUPS
from checkin.whole_file import HOUR_S, remove_parts, replacing

log = logging.getLogger(__name__)

APPLIED: Final = "erase.applied"
"""In a backup: who was blanked in it without an entry that says so."""
_EVERYBODY: Final = "*"
"""What stands, with the entry's id, for the erasure of everybody."""
_LOGS: Final = ("-wal", "-shm", "-journal")
_PATIENCE_MS: Final = 200


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `finish` came to."""

    copies: int = 0
    """Backups in which names were blanked."""
    left: tuple[Path, ...] = ()
    """Copies in the data folder that cannot be read or written; they may still hold names."""


def finish(database: Database) -> Forgotten:
    """Carry out what an erasure left to do, if anything; safe to call at any time but inside a transaction.

    Never fails: what could not be done stays due. Raises only what `Database.write` raises.
    """
    with database.read() as connection:
        if not state.get(connection, state.FORGET):
            return Forgotten()
        wanted = _wanted(connection)
    for folder in (database.path.parent, database.path.parent / BACKUPS):
        remove_parts(folder, HOUR_S)
    copies, left = 0, []
    for path in backups(database.path):
        try:
            copies += _forget_in(path, wanted)
        except (StorageError, OSError, driver().Error, ValueError) as error:
            log.warning("names may be left in a backup: %s", type(error).__name__)
            left.append(path)
    if _scrub(database):
        with database.write() as connection:
            state.put(connection, state.FORGET, "")
    return Forgotten(copies, tuple(left))


def _scrub(database: Database) -> bool:
    """Rewrite the file without its free pages and empty its log: a plain DELETE leaves the text in both. Return whether
    that was done: while somebody reads an older state it is not even begun, so that no scan waits for it."""
    if not database.checkpoint(_PATIENCE_MS):
        return False
    database.vacuum()
    return database.checkpoint(_PATIENCE_MS)


def backups(event_file: Path) -> list[Path]:
    """Return the copies of an event's file that the program itself made beside it: closings, restores, updates."""
    folder = event_file.parent / BACKUPS
    found = [path for path in folder.glob("*.sqlite") if path.is_file()] if folder.is_dir() else []
    return sorted(found) + sorted(event_file.parent.glob(f"{event_file.stem}.before-*"))


def copies(database: Database) -> list[Copy]:
    """Return every known file in which somebody who was erased may still be named, the oldest first: those elsewhere, which
    only a person can delete, and own backups that could not be cleaned."""
    with database.read() as connection:
        found = elsewhere(connection)
        wanted = _wanted(connection)
    uncleaned = [path for path in backups(database.path) if _due(path, wanted)]
    found += [Copy("own_backup", str(path)) for path in uncleaned]
    return sorted(set(found), key=lambda one: (one.at_ms, one.file))


def _erased(raw: Any) -> set[str]:
    """Return the ids of those who are erased by the entries of a file; for an erasure of everybody "*" and its entry."""
    rows = raw.execute("SELECT entry_id, body FROM entry WHERE kind = 'ERASE'").fetchall()
    return {Body.from_bytes(body).subject or _EVERYBODY + bytes(entry_id).hex() for entry_id, body in rows}


def _wanted(connection: Connection) -> set[str]:
    """Return who is to be blanked in every copy: also who was put together with somebody erased."""
    raw = raw_of(connection)
    return (_erased(raw) | erased(raw)) - {""}


def _due(path: Path, wanted: set[str]) -> set[str]:
    """Return those of them who are not blanked in a copy yet; all where it cannot be read."""
    try:
        with reading(path, alone=not path.with_name(path.name + "-wal").exists()) as raw:
            known = _erased(raw)
            applied = raw.execute("SELECT value FROM desk_state WHERE key = ?", (APPLIED,)).fetchone()
        return wanted - known - set(json.loads(applied[0] if applied else "[]"))
    except (driver().Error, ValueError):
        return wanted


def _forget_in(path: Path, wanted: set[str]) -> bool:
    """Blank in a copy who was erased since it was made; return whether anything was due. The old file stands until the
    new one is verified."""
    due = _due(path, wanted)
    if not due:
        return False
    with replacing(path) as part:
        try:
            with (
                reading(path, alone=not path.with_name(path.name + "-wal").exists()) as source,
                closing(driver().connect(str(part), isolation_level=None)) as copy,
            ):
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE").close()
            before = inspect_file(part, alone=True, projection=False)
            if before.trouble:
                raise StorageError(before.detail)
            with closing(Database(part)) as opened:
                migrate(opened)
                _erase_in(opened, due)
            with closing(driver().connect(str(part), isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE").close()
            after = inspect_file(part, alone=True, projection=False)
            if after != before:
                raise StorageError(after.detail)
        finally:
            for beside in (
                *(part.with_name(part.name + end) for end in _LOGS),
                *part.parent.glob(f"{part.stem}.before-*"),
            ):
                beside.unlink(missing_ok=True)
    for end in _LOGS:  # what stood in them is in the new file
        path.with_name(path.name + end).unlink(missing_ok=True)
    return True


def _erase_in(copy: Database, due: set[str]) -> None:
    with copy.write() as connection:
        if any(one.startswith(_EVERYBODY) for one in due):
            erase(connection, [])
        elif here := [uid for uid in _all_uids(connection) if uid in due]:
            erase(connection, here)
        applied = set(json.loads(state.get(connection, APPLIED) or "[]"))
        state.put(connection, APPLIED, json.dumps(sorted(applied | due)))
        state.put(connection, state.FORGET, "")
    copy.vacuum()
    copy.checkpoint()


def _all_uids(connection: Connection) -> Iterator[str]:
    cursor: Any = raw_of(connection).execute("SELECT uid FROM attendee")
    return (row[0] for row in cursor.fetchall())
