"""What the roster holds of people whose ids are known."""

from __future__ import annotations

from collections.abc import Sequence

from checkin.db.engine import Database
from checkin.db.roster_store import FIELDS


def fields_of(database: Database, uids: Sequence[str], fields: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the values of these fields by id; ids that are nobody's are left out. At most 1,000 ids."""
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"no fields of a person: {unknown}")
    marks = ", ".join("?" * len(uids))
    query = f"SELECT uid, {', '.join(fields)} FROM attendee WHERE uid IN ({marks})"  # noqa: S608 - checked above
    with database.read() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.exec_driver_sql(query, tuple(uids))}
