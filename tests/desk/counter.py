"""A desk with a walk-in counter, and what of its file can be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkin.db import search
from checkin.db.engine import Database
from checkin.db.rebuild import rebuild
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.folding import thai_sort_key
from tests.small_event import EVENT, KEYRING, Place, make_place

ANN = WalkIn("Ann Walker", "แอน วอล์กเกอร์", "ILO", "Thailand", "delegate", "ann@example.org", "+66 2 000 0000", "late")
TABLES = {
    "attendee": "SELECT * FROM attendee ORDER BY id",
    "before_edit": "SELECT * FROM before_edit ORDER BY 1, 2",
    "badge": "SELECT * FROM badge ORDER BY 1, 2",
    "code": "SELECT * FROM code ORDER BY 1",
    "presence": "SELECT * FROM presence ORDER BY 1, 2, 3",
    "tally": "SELECT * FROM tally WHERE came <> 0 OR inside <> 0 OR walk_in <> 0 ORDER BY 1, 2, 3",
    "undone": "SELECT * FROM undone ORDER BY 1",
    "entry": "SELECT journal, seq, attendee FROM entry ORDER BY 1, 2",
}


def make_counter(folder: Path, **chosen: Any) -> tuple[Place, Registrar]:
    """Make or reopen a data folder; everybody in it can be searched."""
    folder.mkdir(exist_ok=True)
    place = make_place(folder, **chosen)
    with place.database.write() as connection:
        for pk, name in connection.exec_driver_sql(
            "SELECT id, iif(name = '', name_local, name) FROM attendee"
        ).fetchall():
            connection.exec_driver_sql("UPDATE attendee SET sort_key = ? WHERE id = ?", (thai_sort_key(name), pk))
        search.index_range(connection, 1, 1000)
    return place, Registrar(place.database, EVENT, KEYRING, place.desk)


def snapshot(database: Database, *left_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that follows from the journal, and the persons."""
    with database.read() as connection:
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(query)]
            for name, query in TABLES.items()
            if name not in left_out
        }


def assert_rebuilding_changes_nothing(database: Database) -> None:
    """What was kept with each entry is what all entries together say."""
    before = snapshot(database)
    with database.write_fast() as raw:
        rebuild(raw)
    assert snapshot(database) == before


def found(place: Place, text: str) -> list[str]:
    """Return the names that the search box offers."""
    return [hit.attendee.display_name for hit in search.Search(place.database).find(text)]
