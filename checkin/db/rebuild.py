"""Compute the projection anew: the journals are what is true, everything under "projection" in models follows."""

from __future__ import annotations

from typing import Any

from checkin.db.badges import number_of, refresh_badge
from checkin.db.edits import refresh, refresh_codes
from checkin.db.merging import remerge
from checkin.db.recount import recount
from checkin.domain.journal import Body


def rebuild(raw: Any) -> None:
    """Throw the projection away and fold every journal into a new one, in the caller's transaction.

    A file of the first schema, in a backup say, has no entries but scans and their undoing.
    """
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    if "double" not in tables:  # a backup of an older schema: nothing of it is kept
        raw.execute("CREATE TEMP TABLE double (day, checkpoint, attendee, second, first)")
    for table in tables.intersection(("presence", "tally", "undone", "double")):
        raw.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this module only
    for entry_id, data in raw.execute("SELECT entry_id, body FROM entry WHERE kind = 'UNDO'").fetchall():
        target = bytes.fromhex(Body.from_bytes(data).target.replace("-", ""))
        raw.execute("INSERT OR IGNORE INTO undone (target, by_entry) VALUES (?, ?)", (target, entry_id))
    if any(row[1] == "merged" for row in raw.execute("PRAGMA table_info(attendee)").fetchall()):
        _people(raw)
    for (pk,) in raw.execute("SELECT id FROM attendee WHERE id IN (SELECT attendee FROM entry)").fetchall():
        recount(raw, pk)


def _people(raw: Any) -> None:
    """Part everybody, then change fields and codes, put together and revoke badges as the entries say."""
    raw.execute(
        "UPDATE entry SET attendee = (SELECT id FROM attendee WHERE uid = json_extract(CAST(entry.body AS TEXT), '$.s'))"
        " WHERE attendee IN (SELECT merged FROM attendee WHERE merged IS NOT NULL)"
    )
    raw.execute("UPDATE attendee SET merged = NULL WHERE merged IS NOT NULL")
    for table in ("badge", "code"):
        raw.execute(f"UPDATE {table} SET attendee = owner, owner = NULL WHERE owner IS NOT NULL")  # noqa: S608 - constants
    raw.execute("DELETE FROM code WHERE learned IS NOT NULL")
    changed = {data.subject for data in _bodies(raw, "ATTENDEE", "WALK_IN")}
    for pk in _rows(raw, *sorted(changed)):
        refresh(raw, pk)
        refresh_codes(raw, pk)
    for data in _bodies(raw, "MERGE"):
        remerge(raw, _rows(raw, data.subject, data.target))
    for data in _bodies(raw, "BADGE_ISSUED", "BADGE_REVOKED"):
        number = number_of(data.target)
        if number is not None:
            refresh_badge(raw, *number[:2])


def _bodies(raw: Any, *kinds: str) -> list[Body]:
    marks = ",".join("?" * len(kinds))
    rows = raw.execute(f"SELECT body FROM entry WHERE kind IN ({marks})", kinds).fetchall()  # noqa: S608 - marks only
    return [Body.from_bytes(row[0]) for row in rows]


def _rows(raw: Any, *uids: str) -> list[int]:
    """Return the row numbers of those who are known here."""
    found = (raw.execute("SELECT id FROM attendee WHERE uid = ?", (uid,)).fetchone() for uid in uids)
    return [int(row[0]) for row in found if row is not None]
