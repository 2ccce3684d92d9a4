"""A small roster in a real file, written as the program writes it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from checkin.db import search
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.models import attendee
from checkin.domain.attendee import Attendee
from checkin.domain.folding import thai_sort_key


def person(name: str = "", local: str = "", **others: object) -> Attendee:
    """Return somebody with a random id."""
    return replace(Attendee(str(uuid.uuid4()), name, local), **others)  # type: ignore[arg-type]


def write(connection: Connection, people: Sequence[Attendee]) -> list[int]:
    """Insert rows; return their numbers. The index is left to the caller."""
    numbers = []
    for who in people:
        values = {name: getattr(who, name) for name in attendee.c.keys() if hasattr(who, name)}  # noqa: SIM118
        values |= {"uid": who.id, "expected": " ".join(who.expected), "walk_in": int(who.walk_in)}
        values.pop("id")
        values["sort_key"] = thai_sort_key(who.display_name)
        numbers.append(connection.execute(attendee.insert().values(values)).inserted_primary_key[0])
    return numbers


@contextmanager
def opened(folder: Path, people: Sequence[Attendee] = ()) -> Iterator[Database]:
    """Give a migrated file with these people in it, indexed."""
    database = Database(folder / "event.sqlite")
    try:
        migrate(database)
        with database.write() as connection:
            search.index(connection, write(connection, people))
        yield database
    finally:
        database.close()


def names(hits: Sequence[search.Hit]) -> list[str]:
    """Return the names of hits, best first."""
    return [hit.attendee.display_name for hit in hits]
