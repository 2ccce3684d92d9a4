"""Move gathered rows into the event's file: one transaction, all or nothing, as short as the disk allows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.badges import take_serials
from checkin.db.edits import rebase
from checkin.db.engine import Database
from checkin.db.roster_store import FIELDS, Staging, roster_stamp
from checkin.db.search import enqueue
from checkin.db.state import LIST_CHANGED

SOURCES: Final = "roster.sources"
"""Key of desk_state: which lists were imported, when, under which mapping."""

_STORED = (*FIELDS, "sort_key", "source")
_INSERT: Final = (
    f"INSERT INTO attendee (id, uid, {', '.join(_STORED)}, source_row, updated_ms, walk_in)"  # noqa: S608 - constants
    f" VALUES ({', '.join('?' * (len(_STORED) + 4))}, 0)"
)
_UPDATE: Final = (
    f"UPDATE attendee SET {', '.join(f'{name} = ?' for name in _STORED)}, source_row = ?, updated_ms = ?"  # noqa: S608 - constants
    " WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a transaction wrote, and how long it kept scans waiting."""

    added: int
    updated: int
    locked_ms: int


class RosterChangedError(Exception):
    """Somebody was added to the roster since the rows were compared with it."""


def write(
    database: Database, staging: Staging, *, issuer: int, now_ms: int, source: str, record: dict[str, Any],
    tick: Callable[[int], None],
) -> Written:  # fmt: skip
    """Write the new and changed rows, their badges and codes, and ask for their indexing.

    `tick` is called with the rows done and may raise to stop: nothing is then kept. Raises RosterChangedError,
    StorageError.
    """
    columns = ", ".join(_STORED)
    added = staging.count("new")
    started = 0.0
    with database.write() as connection:
        started = time.perf_counter()
        raw: Any = connection.connection.driver_connection
        if roster_stamp(raw) != staging.stamped("roster"):
            raise RosterChangedError
        first = int(raw.execute("SELECT coalesce(max(id), 0) + 1 FROM attendee").fetchone()[0])
        serial = take_serials(raw, issuer, added)
        updated = _update(raw, staging, columns, now_ms, tick)
        # Codes last: an updated person may have let go of one that a new person has now.
        _insert(raw, staging, first, now_ms, tick)
        raw.executemany(
            "INSERT INTO badge (issuer, serial, attendee, revision) VALUES (?, ?, ?, 0)",
            ((issuer, serial + place, first + place) for place in range(added)),
        )
        codes = staging.raw.execute(
            "SELECT badge_code, nth FROM (SELECT badge_code, row_number() OVER (ORDER BY row) - 1 AS nth FROM person"
            " WHERE action = 'new') WHERE badge_code <> '' ORDER BY badge_code"
        )
        raw.executemany("INSERT INTO code (text, attendee) VALUES (?, ?)", ((text, first + nth) for text, nth in codes))
        _remember(raw, source, record)
        if added:
            enqueue(connection, first, first + added - 1)
        _enqueue_changed(connection, [pk for (pk,) in staging.raw.execute(_CHANGED)])
    return Written(added, updated, round((time.perf_counter() - started) * 1000))


_CHANGED: Final = "SELECT target FROM person WHERE action = 'update' ORDER BY target"


def _insert(raw: Any, staging: Staging, first: int, now_ms: int, tick: Callable[[int], None]) -> None:
    columns = ", ".join(_STORED)
    rows = staging.raw.execute(
        f"SELECT ? + row_number() OVER (ORDER BY row), uid, {columns}, row, ? FROM person"  # noqa: S608 - constants
        " WHERE action = 'new' ORDER BY row",
        (first - 1, now_ms),
    )
    done = 0
    while batch := rows.fetchmany(2000):
        tick(done)
        raw.executemany(_INSERT, batch)
        done += len(batch)


def _update(raw: Any, staging: Staging, columns: str, now_ms: int, tick: Callable[[int], None]) -> int:
    codes = staging.raw.execute(
        "SELECT e.badge_code, p.badge_code, p.target FROM person p JOIN existing e ON e.pk = p.target"
        " WHERE p.action = 'update' AND p.badge_code <> e.badge_code"
    ).fetchall()
    raw.executemany(
        "DELETE FROM code WHERE text = ? AND COALESCE(owner, attendee) = ?",
        [(old, pk) for old, _new, pk in codes if old],
    )
    rows = staging.raw.execute(f"SELECT {columns}, row, target FROM person WHERE action = 'update' ORDER BY target")  # noqa: S608 - constants
    count = 0
    while batch := rows.fetchmany(1000):
        tick(0)
        raw.executemany(_UPDATE, [(*row[:-1], now_ms, row[-1]) for row in batch])
        count += len(batch)
    raw.executemany(
        "INSERT OR REPLACE INTO code (text, attendee, owner)"
        " SELECT ?, COALESCE(merged, id), CASE WHEN merged IS NOT NULL THEN id END FROM attendee WHERE id = ?",
        [(new, pk) for _old, new, pk in codes if new],
    )
    rebase(raw, (pk for (pk,) in staging.raw.execute(_CHANGED)))
    return count


def _remember(raw: Any, source: str, record: dict[str, Any]) -> None:
    row = raw.execute("SELECT value FROM desk_state WHERE key = ?", (SOURCES,)).fetchone()
    known: dict[str, Any] = json.loads(row[0]) if row else {}
    known[source] = record
    _set_state(raw, SOURCES, json.dumps(known, ensure_ascii=False))
    raw.execute(
        "INSERT INTO desk_state (key, value) VALUES (?, '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (LIST_CHANGED,),
    )


def _set_state(raw: Any, key: str, value: str) -> None:
    raw.execute(
        "INSERT INTO desk_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _enqueue_changed(connection: Connection, pks: Sequence[int]) -> None:
    """Ask for the indexing of changed people, neighbours as one range."""
    if not pks:
        return
    start = pks[0]
    for one, following in pairwise([*pks, pks[-1] + 2]):
        if following - one > 50:
            enqueue(connection, start, one)
            start = following
    if start <= pks[-1]:
        enqueue(connection, start, pks[-1])
