"""Take a person out of the file so that nothing of them is left in it, and every count and chain still stands.

What stays: the pseudonymous id, category, country and status (they are counted), and the journal, which never held a name.
`db.forgetting.finish` has to follow the commit: it takes the name out of the file's free pages, its log and the backups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from checkin.db import copies, search, state
from checkin.db.edits import COUNTED
from checkin.db.models import attendee

PERSONAL: Final = (
    "name", "name_local", "organisation", "status_reason", "note", "email", "phone", "badge_code", "external_id", "sort_key",
)  # fmt: skip
"""Columns of a person that are blanked."""
NO_LIST: Final = "-"
"""The `source` of somebody erased who came with a list: a desk that joins later still gets the row, to count and to
know the badge, but not what the list was called."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One row that was blanked."""

    pk: int
    uid: str
    kept: int
    """The row that it counts for: its own, or that of the person with whom it was put together."""


def erase(connection: Connection, uids: Sequence[str]) -> list[Erased]:
    """Blank these persons, or everybody where none is named, in the caller's transaction.

    Whoever was put together with one of them is the same person and is blanked too. Raises LookupError, with nothing
    changed, where somebody named is not on the list.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    people = _named(connection, uids) if uids else _all(connection)
    if not uids:
        copies.keep_lists(connection)
    pks = [(one.pk,) for one in people]
    blank = ", ".join(f"{name} = ''" for name in PERSONAL)
    raw.executemany(
        f"UPDATE attendee SET {blank}, source = iif(source = '', '', '{NO_LIST}'), source_row = 0 WHERE id = ?",  # noqa: S608 - constants
        pks,
    )
    kept = ", ".join(f"'{name}'" for name in COUNTED)
    raw.executemany(f"DELETE FROM before_edit WHERE attendee = ? AND field NOT IN ({kept})", pks)  # noqa: S608 - constants
    search.remove(connection, [one.pk for one in people])
    state.people_changed(connection)
    state.list_changed(connection)  # what other desks get of the list must not hold them any more either
    state.put(connection, state.FORGET, "1")
    if not uids:
        _erase_the_rest(raw)
        return people
    raw.executemany("DELETE FROM code WHERE attendee = ?", pks)
    raw.executemany("UPDATE refused SET payload = '' WHERE attendee = ?", pks)
    raw.executemany("DELETE FROM private WHERE entry_id IN (SELECT entry_id FROM entry WHERE attendee = ?)", pks)
    return people


def _all(connection: Connection) -> list[Erased]:
    columns = (attendee.c.id, attendee.c.uid, func.coalesce(attendee.c.merged, attendee.c.id))
    return [Erased(*row) for row in connection.execute(select(*columns))]


def _named(connection: Connection, uids: Sequence[str]) -> list[Erased]:
    kept = func.coalesce(attendee.c.merged, attendee.c.id)
    wanted = set(uids)
    roots = connection.execute(select(attendee.c.uid, kept).where(attendee.c.uid.in_(wanted))).all()
    if len(roots) < len(wanted):
        raise LookupError("somebody named is not on the list")
    query = select(attendee.c.id, attendee.c.uid, kept).where(kept.in_({root for _uid, root in roots}))
    return [Erased(*row) for row in connection.execute(query)]


def _erase_the_rest(raw: Any) -> None:
    """Blank what belongs to everybody or nobody: all codes, also those that were refused, reasons, the names of staff."""
    raw.execute("DELETE FROM code")
    raw.execute("UPDATE refused SET payload = ''")
    raw.execute("DELETE FROM private")
    raw.execute("DELETE FROM staff")
