"""Small facts of this data folder that sync remembers: texts under a key, and the newest edition of each desk."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from checkin.db.models import attendee, desk_state, edition

LIST_CHANGED: Final = "list.changed"
"""Counts the imports made here: what is published is older than that or not."""
PEOPLE_CHANGED: Final = "people.changed"
"""Counts what changed the list without a journal entry: imports, lists of other desks, erasures. See `people_changed`."""
LIST_PUBLISHED: Final = "list.published"
CHUNKS: Final = "edition.chunks."
"""With a journal's id: the digests of the chunks that were taken from it."""
REVOKED: Final = "sync.revoked"
MET: Final = "sync.met"
"""The URLs of the hubs that this desk synced with, without passwords, one a line."""
TWINS: Final = "sync.twins."
"""With our journal's id: what was heard of other journals under our own key, JSON {journal: at_ms}."""
FORGET: Final = "erase.unfinished"
"""Somebody was erased whose name may still stand in free pages, the log or a backup: `db.forgetting.finish` is due."""


def get(connection: Connection, key: str) -> str:
    """Return what was kept under a key; empty where nothing was."""
    return connection.exec_driver_sql("SELECT value FROM desk_state WHERE key = ?", (key,)).scalar() or ""


def put(connection: Connection, key: str, value: str) -> None:
    """Keep a text."""
    statement = insert(desk_state).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def list_changed(connection: Connection) -> None:
    """Note that what this desk publishes of the list has to be published anew, if it publishes any."""
    known = get(connection, LIST_CHANGED)
    if known:
        put(connection, LIST_CHANGED, str(int(known) + 1))


def people_changed(connection: Connection) -> None:
    """Note that rows of the list changed and no journal entry says so: who keeps figures of it reads it anew."""
    put(connection, PEOPLE_CHANGED, str(int(get(connection, PEOPLE_CHANGED) or 0) + 1))


def edition_of(connection: Connection, journal_id: str) -> tuple[int, bytes]:
    """Return version and digest of the newest edition that was taken from a desk; (0, nothing) where there is none."""
    query = "SELECT version, digest FROM edition WHERE journal_id = ?"
    row = connection.exec_driver_sql(query, (journal_id,)).first()
    return (row[0], bytes(row[1])) if row else (0, b"")


def put_edition(connection: Connection, journal_id: str, version: int, digest: bytes) -> None:
    """Remember an edition that was taken or published."""
    values = {"version": version, "digest": digest}
    statement = insert(edition).values(journal_id=journal_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["journal_id"], set_=values))


def people_on_lists(connection: Connection) -> int:
    """Return how many people rosters brought."""
    return connection.execute(select(func.count()).select_from(attendee).where(attendee.c.source != "")).scalar() or 0
