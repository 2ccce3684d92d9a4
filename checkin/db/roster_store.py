"""The roster's import, as far as it is SQL: rows are gathered and compared in a file of their own, then moved at once.

While rows are read, compared and laid out nothing holds the event's file, so desks go on scanning; SQLite then copies the
tables in one transaction that is as short as the disk allows (db.roster_write). The file of its own lies in a folder beside
the event (it holds names, so it must not end up in a shared temporary folder) and is deleted after the import.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checkin.db.engine import Database, driver
from checkin.domain.folding import thai_sort_key

FIELDS: Final = (
    "name", "name_local", "organisation", "country", "category", "status", "status_reason", "note", "email", "phone",
    "badge_code", "external_id", "expected",
)  # fmt: skip
"""The columns of `attendee` that a roster fills."""

_FOLDER = "import-"
_STALE_S = 86_400
_KEEP_IF_EMPTY = ("name", "name_local", "category", "badge_code", "external_id", "email")
"""An empty cell of these does not take away what is known: a badge code, least of all."""

_COLUMNS = ", ".join(f"{name} TEXT NOT NULL DEFAULT '{'registered' if name == 'status' else ''}'" for name in FIELDS)
_SCHEMA: Final = f"""
CREATE TABLE person (
    row INTEGER PRIMARY KEY, {_COLUMNS}, sort_key TEXT NOT NULL, name_key TEXT NOT NULL DEFAULT '',
    org_key TEXT NOT NULL DEFAULT '', digest INTEGER NOT NULL, source TEXT NOT NULL DEFAULT '', target INTEGER,
    action TEXT NOT NULL DEFAULT 'new');
CREATE TABLE existing (
    pk INTEGER PRIMARY KEY, {_COLUMNS}, sort_key TEXT NOT NULL, name_key TEXT NOT NULL, org_key TEXT NOT NULL,
    source TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0);
CREATE TABLE held (text TEXT PRIMARY KEY, pk INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stamp (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
Keys = Callable[[str, str], tuple[str, str]]
"""(name to show, organisation) -> the same for comparing."""


class Staging:
    """The rows of one file on their way into the roster."""

    def __init__(self, folder: Path, source: str) -> None:
        """Open the staging file in a folder that `new_folder` made; `source` names the list."""
        self.source = source
        self.folder = folder
        self.path = folder / "rows.sqlite"
        new = not self.path.exists()
        self.raw: Any = driver().connect(str(self.path), isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768", "temp_store=FILE"):
            self.raw.execute(f"PRAGMA {pragma}").close()
        if new:
            self.raw.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file; the rows stay for a later `Staging` on the same folder."""
        self.raw.close()

    def add(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Add rows, given as columns of equal length: row, some of FIELDS, sort_key, name_key, org_key, digest."""
        self.raw.execute("BEGIN")
        self.raw.executemany(
            f"INSERT INTO person ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - constants
            zip(*columns.values(), strict=True),
        )
        self.raw.execute("COMMIT")

    def add_existing(self, database: Database, keys: Keys, tick: Callable[[], None]) -> int:
        """Copy what the roster holds now, from one consistent state; return how many people that is."""
        columns = ", ".join(f"a.{name}" for name in FIELDS)
        marks = ", ".join("?" * (len(FIELDS) + 5))
        insert = f"INSERT INTO existing (pk, {', '.join(FIELDS)}, sort_key, name_key, org_key, source) VALUES ({marks})"  # noqa: S608 - constants
        with database.read() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            found = raw.execute(f"SELECT a.id, {columns}, a.sort_key, a.source FROM attendee a")  # noqa: S608 - constants
            self.raw.execute("BEGIN")
            count = 0
            while rows := found.fetchmany(5000):
                tick()
                self.raw.executemany(insert, [_with_keys(row, keys) for row in rows])
                count += len(rows)
            self._before_edits(raw, keys)
            codes = raw.execute("SELECT text, COALESCE(owner, attendee) FROM code")
            while rows := codes.fetchmany(5000):
                self.raw.executemany("INSERT INTO held VALUES (?, ?)", rows)
            self.raw.execute("COMMIT")
            self.stamp("roster", roster_stamp(raw))
        return count

    def _before_edits(self, raw: Any, keys: Keys) -> None:
        """Compare with what the roster said, not with what a desk made of it: a list that has not changed changes nothing."""
        edited: dict[int, list[tuple[str, str]]] = {}
        for pk, name, value in raw.execute("SELECT attendee, field, value FROM before_edit").fetchall():
            edited.setdefault(pk, []).append((name, value))
        for pk, before in edited.items():
            for name, value in before:
                assert name in FIELDS
                self.raw.execute(f"UPDATE existing SET {name} = ? WHERE pk = ?", (value, pk))  # noqa: S608 - checked
            query = "SELECT name, name_local, organisation FROM existing WHERE pk = ?"
            name, local, organisation = self.raw.execute(query, (pk,)).fetchone()
            self.raw.execute(
                "UPDATE existing SET sort_key = ?, name_key = ?, org_key = ? WHERE pk = ?",
                (thai_sort_key(name or local), *keys(name or local, organisation), pk),
            )

    def stamp(self, key: str, value: str) -> None:
        """Keep one fact beside the rows."""
        self.raw.execute("INSERT OR REPLACE INTO stamp VALUES (?, ?)", (key, value))

    def stamped(self, key: str) -> str:
        """Return a kept fact, or nothing."""
        row = self.raw.execute("SELECT value FROM stamp WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    # --- within the file ---

    def twins(self) -> list[tuple[int, int]]:
        """Set identical rows aside; return (row, first row with the same content)."""
        same = " AND ".join(f"p.{name} = o.{name}" for name in FIELDS)
        self.raw.execute("CREATE INDEX IF NOT EXISTS person_digest ON person (digest)")
        found = self.raw.execute(
            "SELECT p.row, f.first FROM"  # noqa: S608 - constants
            " (SELECT digest, min(row) AS first FROM person GROUP BY digest HAVING count(*) > 1) f"
            " JOIN person p ON p.digest = f.digest JOIN person o ON o.row = f.first"
            f" WHERE p.row <> f.first AND {same} ORDER BY p.row"
        ).fetchall()
        self.set_action("duplicate", [row for row, _first in found])
        return [(int(row), int(first)) for row, first in found]

    def clashes(self, field: str) -> list[tuple[str, list[int]]]:
        """Return each badge code or id that several different rows have, with those rows."""
        assert field in {"badge_code", "external_id"}
        found = self.raw.execute(
            f"SELECT {field}, group_concat(row) FROM person WHERE {field} <> '' AND action = 'new'"  # noqa: S608 - checked
            f" GROUP BY {field} HAVING count(*) > 1 ORDER BY min(row)"
        ).fetchall()
        return [(text, sorted(map(int, rows.split(",")))) for text, rows in found]

    def set_action(self, action: str, rows: Iterable[int]) -> None:
        """Decide what becomes of these rows."""
        self.raw.execute("BEGIN")
        self.raw.executemany("UPDATE person SET action = ? WHERE row = ?", ((action, row) for row in rows))
        self.raw.execute("COMMIT")

    def counts(self) -> tuple[int, int, int]:
        """Return how many rows are new, how many change somebody, how many change nothing."""
        new, update, same = self.raw.execute(
            "SELECT count(*) FILTER (WHERE action = 'new'), count(*) FILTER (WHERE action = 'update'),"
            " count(*) FILTER (WHERE action = 'same') FROM person"
        ).fetchone()
        return int(new), int(update), int(same)

    # --- against the roster ---

    def match(self) -> None:
        """Find each row's person by (source, external id), else by badge code and name. See `codes_to_judge`."""
        self.raw.execute("CREATE INDEX person_code ON person (badge_code) WHERE badge_code <> ''")
        self.raw.execute("CREATE INDEX existing_external ON existing (source, external_id) WHERE external_id <> ''")
        self.raw.execute(
            "UPDATE person SET target = (SELECT min(e.pk) FROM existing e WHERE e.external_id <> '' AND e.source = ?"
            " AND e.external_id = person.external_id) WHERE action = 'new' AND external_id <> ''",
            (self.source,),
        )
        self._take()
        self.raw.execute(
            "UPDATE person SET target = h.pk FROM held h JOIN existing e ON e.pk = h.pk WHERE person.action = 'new'"
            " AND person.badge_code <> '' AND person.target IS NULL AND h.text = person.badge_code AND e.taken = 0"
            " AND e.name_key = person.name_key"
        )
        self._take()

    def codes_to_judge(self) -> Iterator[tuple[int, str, str, str, int, str, str, str, str, bool]]:
        """Yield rows whose badge code belongs to somebody whom nothing else makes the same person.

        Each: row, name, local name, e-mail; pk, name, local name, e-mail of the code's owner; the code that the owner's
        own row in the file gives in its place (empty: none, or it is a code that the desk learned, which no list takes
        away), whether the row has been matched to another person.
        """
        query = (
            "SELECT p.row, p.name, p.name_local, p.email, e.pk, e.name, e.name_local, e.email,"
            " coalesce((SELECT o.badge_code FROM person o WHERE o.target = e.pk AND o.action = 'new' AND o.badge_code <> ''"
            " AND e.badge_code = h.text), ''), p.target IS NOT NULL"
            " FROM person p JOIN held h ON h.text = p.badge_code JOIN existing e ON e.pk = h.pk"
            " WHERE p.action = 'new' AND p.badge_code <> '' AND (p.target IS NULL OR p.target <> h.pk) ORDER BY p.row"
        )
        self.raw.execute("CREATE INDEX IF NOT EXISTS person_target ON person (target) WHERE target IS NOT NULL")
        yield from self.raw.execute(query).fetchall()

    def set_target(self, row: int, pk: int) -> None:
        """Say whose row this is."""
        self.raw.execute("UPDATE person SET target = ? WHERE row = ?", (pk, row))
        self.raw.execute("UPDATE existing SET taken = 1 WHERE pk = ?", (pk,))

    def is_taken(self, pk: int) -> bool:
        """Say whether a row of the file is this person already."""
        return bool(self.raw.execute("SELECT taken FROM existing WHERE pk = ?", (pk,)).fetchone()[0])

    def match_names(self) -> None:
        """Find the rest by e-mail and name, else by name and organisation; namesakes are paired in their order.

        Two that differ in their id in the same list, or (without an e-mail to settle it) in their badge code, are two
        people. A name without an organisation is enough only within one list.
        """
        apart = "NOT (p.external_id <> '' AND e.external_id <> '' AND e.source = :source AND p.external_id <> e.external_id)"
        by_place = (
            "(p.org_key <> '' OR e.source = :source)"
            " AND NOT (p.badge_code <> '' AND e.badge_code <> '' AND p.badge_code <> e.badge_code)"
        )
        for second, condition in (("lower(email)", "p.second <> ''"), ("org_key", by_place)):
            nth = f"{second} AS second, row_number() OVER (PARTITION BY name_key, {second} ORDER BY "
            self.raw.execute("DROP TABLE IF EXISTS pair")
            self.raw.execute(
                "CREATE TABLE pair AS"  # noqa: S608 - constants
                f" WITH p AS MATERIALIZED (SELECT *, {nth}row) AS nth FROM person"
                " WHERE action = 'new' AND target IS NULL AND name_key <> ''),"
                f" e AS MATERIALIZED (SELECT *, {nth}pk) AS nth FROM existing WHERE taken = 0)"
                " SELECT p.row AS row, e.pk AS pk FROM p JOIN e ON e.name_key = p.name_key AND e.second = p.second"
                f" AND e.nth = p.nth WHERE {condition} AND {apart}",
                {"source": self.source} if ":source" in condition + apart else {},
            )
            self.raw.execute("UPDATE person SET target = pair.pk FROM pair WHERE pair.row = person.row")
            self._take()

    def look_alikes(self, limit: int) -> list[int]:
        """Return new rows that have name and organisation of somebody in the roster."""
        found = self.raw.execute(
            "SELECT row FROM person p WHERE action = 'new' AND target IS NULL AND org_key <> '' AND EXISTS (SELECT 1"
            " FROM existing e WHERE e.name_key = p.name_key AND e.org_key = p.org_key) ORDER BY row LIMIT ?",
            (limit,),
        ).fetchall()
        return [int(row) for (row,) in found]

    def decide(self, given: frozenset[str]) -> None:
        """Work out what would be stored of each row that has its person, and whether that is changed or the same.

        `given`: the fields for which the file has a column; all others stay as they are. Rows without a person are new.
        """
        other = "e.source NOT IN ('', :source)"
        blank = "person.external_id = ''" if "external_id" in given else "1"
        sets = [
            "sort_key = CASE WHEN person.name = '' AND e.name <> '' THEN e.sort_key ELSE person.sort_key END",
            f"external_id = iif({blank} OR ({other} AND e.external_id <> ''), e.external_id, person.external_id)",
            f"source = CASE WHEN {other} THEN e.source ELSE :source END",
        ]
        for name in FIELDS:
            if name == "external_id":
                continue
            if name not in given:
                sets.append(f"{name} = e.{name}")
            elif name in _KEEP_IF_EMPTY:
                sets.append(f"{name} = CASE WHEN person.{name} = '' THEN e.{name} ELSE person.{name} END")
        self.raw.execute(
            f"UPDATE person SET {', '.join(sets)} FROM existing e"  # noqa: S608 - constants
            " WHERE e.pk = person.target AND person.action = 'new'",
            {"source": self.source},
        )
        same = " AND ".join(f"person.{name} = e.{name}" for name in (*FIELDS, "source"))
        self.raw.execute(
            f"UPDATE person SET action = CASE WHEN {same} THEN 'same' ELSE 'update' END FROM existing e"  # noqa: S608
            " WHERE e.pk = person.target AND person.action = 'new'"
        )

    def missing(self, source: str) -> tuple[int, list[str]]:
        """Return how many people of this list are not in the file any more, and up to 100 of their names."""
        where = "FROM existing WHERE source = ? AND taken = 0"
        count = self.raw.execute(f"SELECT count(*) {where}", (source,)).fetchone()[0]
        names = self.raw.execute(
            f"SELECT CASE WHEN name = '' THEN name_local ELSE name END {where} ORDER BY pk LIMIT 100",
            (source,),
        ).fetchall()
        return int(count), [str(name) for (name,) in names]

    def _take(self) -> None:
        self.raw.execute("UPDATE existing SET taken = 1 WHERE pk IN (SELECT target FROM person WHERE action = 'new')")


def new_folder(database: Database) -> Path:
    """Make a folder for a staging file beside the event; leftovers of a crash, older than a day, are removed."""
    home = database.path.parent
    for old in home.glob(f"{_FOLDER}*"):
        if old.is_dir() and time.time() - old.stat().st_mtime > _STALE_S:
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_FOLDER, dir=home))


def remove_folder(folder: Path) -> None:
    """Delete a staging file. It held names."""
    shutil.rmtree(folder, ignore_errors=True)


def roster_stamp(raw: Any) -> str:
    """Return what changes when somebody joins or leaves the roster, or gets another code."""
    row = raw.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM attendee), (SELECT count(*) FROM code),"
        " (SELECT coalesce(max(updated_ms), 0) FROM (SELECT updated_ms FROM attendee ORDER BY id DESC LIMIT 1000))"
    ).fetchone()
    return "/".join(map(str, row))


def _with_keys(row: Sequence[Any], keys: Keys) -> tuple[object, ...]:
    name_key, org_key = keys(row[1] or row[2], row[3])
    return (*row[:-1], name_key, org_key, row[-1])
