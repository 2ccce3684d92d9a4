"""Move gathered rows into the event's file: one transaction, all or nothing, as short as the disk allows.

New people are first laid out in the staging file, in tables and indexes like the event's own. Between two such tables
SQLite copies whole records and indexes without looking into them, if the one in the event's file is still empty (its
"transfer optimization"), which keeps scans waiting a sixth of the time; if it is not, the same statements insert the
rows one by one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.badges import free_serials, take_serials
from checkin.db.edits import rebase
from checkin.db.engine import Database
from checkin.db.recount import recategorise
from checkin.db.roster_store import FIELDS, Staging, roster_stamp
from checkin.db.search import enqueue
from checkin.db.state import LIST_CHANGED, PEOPLE_CHANGED
from checkin.domain.badge import holder_uid

SOURCES: Final = "roster.sources"
"""Key of desk_state: which lists were imported, when, under which mapping."""

_STORED: Final = (*FIELDS, "sort_key")
_COLUMNS: Final = ", ".join(_STORED)
_TABLES: Final = ("attendee", "badge", "code")
_STEPS: Final = 500_000
"""Instructions of SQLite's machine, some 20 ms, after which a statement is asked whether it is still wanted."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a transaction wrote, and how long it kept scans waiting."""

    added: int
    updated: int
    locked_ms: int


class RosterChangedError(Exception):
    """Somebody was added to the roster since the rows were compared with it."""


def write(
    database: Database,
    staging: Staging,
    *,
    issuer: int,
    now_ms: int,
    record: dict[str, Any],
    tick: Callable[[int], None],
) -> Written:
    """Write the new and changed rows, their badges and codes, and ask for their indexing.

    `tick` is called with the rows done and may raise to stop: nothing is then kept. Raises RosterChangedError,
    StorageError.
    """
    added, updated, _same = staging.counts()
    with database.read() as connection:
        raw: Any = connection.connection.driver_connection
        first = int(raw.execute("SELECT coalesce(max(id), 0) + 1 FROM attendee").fetchone()[0])
        serial = free_serials(raw, issuer, added)
        schema = _schema(raw)
    with _stoppable(staging.raw, lambda: tick(0)):
        _lay_out(staging, schema, first, issuer, serial, now_ms)
    changed = [pk for (pk,) in staging.raw.execute(_CHANGED)]
    with database.write_with(staging.path, "staged") as connection:
        started = time.perf_counter()
        raw = connection.connection.driver_connection
        if roster_stamp(raw) != staging.stamped("roster") or take_serials(raw, issuer, added) != serial:
            raise RosterChangedError
        with _stoppable(raw, lambda: tick(added // 2)):
            if updated:
                _update(raw, changed, now_ms)
            # Codes last: an updated person may have let go of one that a new person has now.
            for table in _TABLES:
                # SQLite looks into no row as long as the statement says no more than this.
                raw.execute(f"INSERT INTO main.{table} SELECT * FROM staged.{table}").close()  # noqa: S608 - constants
        _remember(raw, staging.source, record)
        if added:
            enqueue(connection, first, first + added - 1)
        if updated:
            _enqueue_changed(connection, changed)
        tick(added)
    return Written(added, updated, round((time.perf_counter() - started) * 1000))


_CHANGED: Final = "SELECT target FROM person WHERE action = 'update' ORDER BY target"


def _schema(raw: Any) -> list[str]:
    """Return the statements that made the tables to fill, then those of their indexes."""
    named = ", ".join(f"'{table}'" for table in _TABLES)
    found = raw.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"  # noqa: S608 - constants
        f" AND tbl_name IN ({named}) ORDER BY type DESC"
    )
    return [sql for (sql,) in found]


def _lay_out(staging: Staging, schema: Sequence[str], first: int, issuer: int, serial: int, now_ms: int) -> None:
    """Put the new people into the staging file as rows `first`, `first` + 1, ... with badges from `serial` on."""
    raw = staging.raw
    raw.create_function("next_row", 0, count(first).__next__)  # half the time of SQL's own row_number()
    uids = (holder_uid(issuer, number) for number in count(serial))
    raw.create_function("next_uid", 0, uids.__next__)
    raw.execute("BEGIN")
    for statement in schema[: len(_TABLES)]:
        raw.execute(statement)
    raw.execute(
        f"INSERT INTO attendee (id, uid, {_COLUMNS}, source, source_row, updated_ms, walk_in)"  # noqa: S608 - constants
        f" SELECT next_row(), next_uid(), {_COLUMNS}, ?, row, ?, 0 FROM person"
        " WHERE action = 'new' ORDER BY row",
        (staging.source, now_ms),
    )
    raw.execute(
        "INSERT INTO badge (issuer, serial, attendee, revision) SELECT ?, ? + id, id, 0 FROM attendee",
        (issuer, serial - first),
    )
    raw.execute(
        "INSERT INTO code (text, attendee) SELECT badge_code, id FROM attendee WHERE badge_code <> '' ORDER BY 1"
    )
    for statement in schema[len(_TABLES) :]:
        raw.execute(statement)
    raw.execute("COMMIT")


def _update(raw: Any, pks: Sequence[int], now_ms: int) -> None:
    """Change the people who are in the roster already, and their codes."""
    changed = (
        "FROM staged.person p JOIN staged.existing e ON e.pk = p.target JOIN main.attendee a ON a.id = p.target"
        " WHERE p.action = 'update' AND p.badge_code <> e.badge_code"
    )
    raw.execute(
        f"DELETE FROM main.code WHERE (text, COALESCE(owner, attendee)) IN (SELECT e.badge_code, e.pk {changed})"  # noqa: S608
    ).close()
    categories = raw.execute(
        "SELECT a.id, a.category FROM staged.person p JOIN main.attendee a ON a.id = p.target"
        " WHERE p.action = 'update' AND p.category <> a.category AND a.merged IS NULL"
    ).fetchall()
    sets = ", ".join(f"{name} = p.{name}" for name in (*_STORED, "source"))
    raw.execute(
        f"UPDATE main.attendee SET {sets}, source_row = p.row, updated_ms = ? FROM staged.person p"  # noqa: S608 - constants
        " WHERE p.action = 'update' AND attendee.id = p.target",
        (now_ms,),
    ).close()
    raw.execute(
        "INSERT OR REPLACE INTO main.code (text, attendee, owner)"
        " SELECT p.badge_code, COALESCE(a.merged, a.id), CASE WHEN a.merged IS NOT NULL THEN a.id END"
        f" {changed} AND p.badge_code <> ''"
    ).close()
    rebase(raw, pks)
    recategorise(raw, dict(categories))


@contextmanager
def _stoppable(raw: Any, tick: Callable[[], None]) -> Iterator[None]:
    """Call `tick` during long statements; where it raises, the statement ends and this goes on with that exception."""
    raised: list[Exception] = []

    def look() -> bool:
        try:
            tick()
        except Exception as error:  # noqa: BLE001 - SQLite would swallow it
            raised.append(error)
        return bool(raised)

    tick()
    raw.set_progress_handler(look, _STEPS)
    try:
        yield
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _remember(raw: Any, source: str, record: dict[str, Any]) -> None:
    row = raw.execute("SELECT value FROM desk_state WHERE key = ?", (SOURCES,)).fetchone()
    known: dict[str, Any] = json.loads(row[0]) if row else {}
    known[source] = record
    _set_state(raw, SOURCES, json.dumps(known, ensure_ascii=False))
    raw.executemany(
        "INSERT INTO desk_state (key, value) VALUES (?, '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        [(LIST_CHANGED,), (PEOPLE_CHANGED,)],
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
