"""The copies that left the event's file, as far as they are known: whoever is erased is still named in them, and only a
person can delete them.

Backups, badge files and bundles that this desk wrote elsewhere are noted with their path, in this data folder only. Of
lists with names every desk knows what stands in the journals: an EXPORT entry each, with the file's name beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Connection

from checkin.db import journals, state
from checkin.db.engine import Database
from checkin.db.models import RARE
from checkin.db.people import raw_of
from checkin.domain.changes import read_private
from checkin.domain.journal import Body, Kind

What = Literal["backup", "own_backup", "list", "badges", "bundle"]
"""own_backup: one that the program made beside the event and could not clean."""
_NOTED: Final = "copies"
_TOLD: Final = "erase.told"
_LISTS: Final = "erase.lists"
"""The lists that were known when everybody was erased, and with them what stood beside the journal."""
_MOST: Final = 500
"""So many files are remembered, the newest."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One file that still names somebody who was erased, or may."""

    what: What
    file: str
    """The whole path where this desk wrote it; of a list of another desk the file's name, as far as it is known."""
    at_ms: int = 0
    """When it was written, corrected, milliseconds since 1970 UTC; 0: not known."""
    desk: str = ""
    """Which desk wrote it; empty: this one."""
    staff: str = ""


def note(connection: Connection, what: What, file: Path, at_ms: int, record: str = "") -> None:
    """Remember a file with names that is about to be written, in the caller's transaction; `record`: its EXPORT entry."""
    path = str(file.absolute())
    noted = [one for one in _noted(connection) if one[1] != path]
    noted.append([what, path, at_ms, record, journals.erasures(connection)])
    state.put(connection, _NOTED, json.dumps(noted[-_MOST:], ensure_ascii=False))


def note_written(database: Database, what: What, file: Path, at_ms: int) -> None:
    """Like `note`, in a transaction of its own. Raises StorageError."""
    with database.write() as connection:
        note(connection, what, file, at_ms)


def elsewhere(connection: Connection) -> list[Copy]:
    """Return every known file outside the data folder in which somebody who was erased may still be named.

    What this desk wrote and is gone from its folder is left out; a file on a stick that is not plugged in is not.
    """
    erasures = journals.erasures(connection)
    if not erasures:
        return []
    noted = _noted(connection)
    paths = {record: path for _what, path, _at, record, _erasures in noted if record}
    found = [
        Copy(what, path, at_ms)
        for what, path, at_ms, record, known in noted
        if not record and known < erasures and _may_be_there(path)
    ]
    return found + _lists(connection, paths) + _printed(connection)


def keep_lists(connection: Connection) -> None:
    """Remember the known lists before everybody is erased: what stands beside the journals goes with the names."""
    rows = [[one.file, one.at_ms, one.desk, one.staff] for one in _lists(connection, {}, all_of_them=True)]
    state.put(connection, _LISTS, json.dumps(rows, ensure_ascii=False))


def news(database: Database) -> int:
    """Return how many erasures by other desks came since this was last asked."""
    with database.read() as connection:
        query = f"SELECT count(*) FROM entry WHERE {RARE} AND kind = 'ERASE'"  # noqa: S608 - constant
        query += " AND journal NOT IN (SELECT id FROM journal WHERE mine)"
        count = int(raw_of(connection).execute(query).fetchone()[0])
        told = int(state.get(connection, _TOLD) or 0)
    if count != told:
        with database.write() as connection:
            state.put(connection, _TOLD, str(count))
    return max(count - told, 0)


def _noted(connection: Connection) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(state.get(connection, _NOTED) or "[]")
    return found


def _lists(connection: Connection, paths: dict[str, str], *, all_of_them: bool = False) -> list[Copy]:
    """Return the lists with names that were written before the newest erasure, or all. `paths`: of records of ours."""
    raw = raw_of(connection)
    last_ms = journals.last_erasure_ms(connection)
    kept = {row[1]: row for row in json.loads(state.get(connection, _LISTS) or "[]")}
    rows = raw.execute(
        "SELECT e.body, iif(j.mine, '', j.desk), s.name, v.text FROM entry e"  # noqa: S608 - constant
        " JOIN journal j ON j.id = e.journal"
        " LEFT JOIN private v ON v.entry_id = e.entry_id"
        " LEFT JOIN staff s ON s.operator = json_extract(CAST(e.body AS TEXT), '$.op')"
        f" WHERE e.{RARE} AND e.kind = 'EXPORT'"
    ).fetchall()
    found = []
    for data, *others in rows:
        body = Body.from_bytes(data)
        at_ms = body.at_ms + body.offset_ms
        desk, staff, text = others
        path, file = paths.get(body.entry_id, ""), read_private(Kind.EXPORT, text or "").file
        if text is None and at_ms in kept:
            file, _at, desk, staff = kept[at_ms]
        if (all_of_them or at_ms <= last_ms) and (not path or _may_be_there(path)):
            found.append(Copy("list", path or file or body.change, at_ms, desk, staff or ""))
    return found


def _printed(connection: Connection) -> list[Copy]:
    """Return the badges of people who were erased that this desk kept as PDF files."""
    rows = raw_of(connection).execute(
        "SELECT p.spool, p.at_ms FROM print_job p JOIN attendee a ON a.id = p.attendee"
        " WHERE p.state = 'saved' AND p.spool <> '' AND a.name = '' AND a.name_local = ''"
        " AND (a.source = '-' OR a.walk_in)"
    )
    return [Copy("badges", file, at_ms) for file, at_ms in rows.fetchall() if _may_be_there(file)]


def _may_be_there(file: str) -> bool:
    """Say whether a file is there, or cannot be looked for: its folder is not there now."""
    path = Path(file)
    try:
        return path.exists() or not path.parent.is_dir()
    except OSError:
        return True
