"""Take a person out of the file so that nothing of them is left in it, and every count and chain still stands.

What stays: the pseudonymous id, category, country and status (they are counted), and the journal, which never held a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from checkin.db import search
from checkin.db.engine import Database
from checkin.db.models import attendee
from checkin.paths import BACKUPS, DATABASE

_PERSONAL: Final = (
    "name", "name_local", "organisation", "status_reason", "note", "email", "phone", "badge_code", "external_id", "source",
    "sort_key",
)  # fmt: skip


def erase(connection: Connection, uids: Sequence[str]) -> list[tuple[int, str]]:
    """Blank these persons, or everybody where none is named, and return their (row, id). In the caller's transaction."""
    query = select(attendee.c.id, attendee.c.uid)
    if uids:
        query = query.where(attendee.c.uid.in_(uids))
    people = [(int(pk), str(uid)) for pk, uid in connection.execute(query)]
    raw = connection.connection.driver_connection
    assert raw is not None
    blank = ", ".join(f"{name} = ''" for name in _PERSONAL)
    pks = [(pk,) for pk, _uid in people]
    raw.executemany(f"UPDATE attendee SET {blank}, source_row = 0 WHERE id = ?", pks)  # noqa: S608 - constants
    raw.executemany("DELETE FROM code WHERE attendee = ?", pks)
    raw.executemany("UPDATE refused SET payload = '' WHERE attendee = ?", pks)
    raw.executemany("DELETE FROM private WHERE entry_id IN (SELECT entry_id FROM entry WHERE attendee = ?)", pks)
    search.remove(connection, [pk for pk, _uid in people])
    if not uids:
        _erase_the_rest(raw)
    return people


def _erase_the_rest(raw: Any) -> None:
    """Blank what belongs to nobody on the list: codes that were refused, reasons, the names of staff."""
    raw.execute("UPDATE refused SET payload = ''")
    raw.execute("DELETE FROM private")
    raw.execute("DELETE FROM staff")


def scrub(database: Database) -> None:
    """Rewrite the file without what was deleted, and empty the write-ahead log: a plain DELETE leaves the text in both."""
    database.vacuum()
    database.checkpoint()


def files_with_names(folder: Path) -> list[Path]:
    """Return the copies of the database in the data folder: they still hold what was erased and are to be deleted."""
    copies = sorted((folder / BACKUPS).glob("*")) if (folder / BACKUPS).is_dir() else []
    stem = Path(DATABASE).stem
    return copies + sorted(
        path for path in folder.glob(f"{stem}.*") if path.suffix.startswith((".before-", ".replaced"))
    )
