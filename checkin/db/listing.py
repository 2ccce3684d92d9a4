"""The attendees' table: any row of any filter at once, also in the middle of a million.

The numbers of all rows, in the order of the list, are kept in memory (4 bytes a person) with their category and status, so
that a filter is one comparison of arrays and a jump one slice; names are read only for the rows that are looked at. The
order is read once, then follows the changes that the search index notes (db.search.indexing).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, WIDTH, to_attendee
from checkin.db.engine import Database
from checkin.db.search import Search
from checkin.domain.attendee import Attendee

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

Presence = Literal["any", "in", "not_in", "cancelled"]

MOST_FOUND: Final = 1000
"""With a text in the filter the list ends here: the best answers, not all."""
_FEW: Final = 200
"""Up to so many changed rows are put in their places one by one; more are a new reading of the order."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which people the list shows. Empty text means no condition."""

    text: str = ""
    """Searched as in the search box; the list is then ordered by how well people answer it."""
    category: str = ""
    presence: str = "any"
    """A `Presence`. in: inside at the post; not_in: expected there but not inside; cancelled: whatever the post."""
    day: str = ""
    """ISO day and checkpoint key of the post."""
    checkpoint: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list: the person, and the first admission at the filter's post."""

    attendee: Attendee
    inside: bool = False
    first_at: datetime | None = None
    """Aware, UTC; None: never came to this post."""
    first_desk: str = ""
    first_staff: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What the answers depend on: the last noted change, the newest row, the number of entries in all journals."""

    change: int
    newest: int
    entries: int


class Listing:
    """Reads the list of one event's file. Safe to use from several threads."""

    def __init__(self, database: Database, search: Search | None = None) -> None:
        """Remember the file; nothing is read yet. Give the window's own `search` so that its word list is shared."""
        self._database = database
        self._search = search or Search(database)
        self._lock = threading.Lock()
        self._state = _State(-1, -1, -1)
        self._order: Numbers | None = None
        self._kinds: dict[str, tuple[Any, dict[str, int]]] = {}
        self._selected: dict[ListFilter, Numbers] = {}

    def count(self, wanted: ListFilter) -> int:
        """Return how many people match."""
        with self._database.read() as connection, self._lock:
            return len(self._select(connection, wanted))

    def rows(self, wanted: ListFilter, offset: int, limit: int) -> list[ListRow]:
        """Return the rows `offset`, `offset` + 1, ... of the list, at most `limit`; fewer at its end."""
        with self._database.read() as connection:
            with self._lock:
                pks = self._select(connection, wanted)[offset : offset + limit].tolist()
            return _read_rows(connection, pks, wanted)

    def _select(self, connection: Connection, wanted: ListFilter) -> Numbers:
        """Return the row numbers that match, in the order of the list."""
        import numpy as np

        self._follow(connection)
        known = self._selected.get(wanted)
        if known is not None:
            return known
        assert self._order is not None
        chosen = self._order
        if wanted.text:
            found = self._search.find_numbers(connection, wanted.text, MOST_FOUND)
            chosen = np.array(found, dtype=np.int32)
        for column, value in (("category", wanted.category), ("status", wanted.status)):
            if value:
                chosen = chosen[self._is(connection, column, chosen, [value])]
        chosen = self._by_presence(connection, wanted, chosen)
        if len(self._selected) > 8:
            self._selected.clear()
        self._selected[wanted] = chosen
        return chosen

    def _by_presence(self, connection: Connection, wanted: ListFilter, chosen: Numbers) -> Numbers:
        import numpy as np

        if wanted.presence == "cancelled":
            return chosen[self._is(connection, "status", chosen, ["cancelled"])]
        if wanted.presence not in {"in", "not_in"}:
            return chosen
        inside = np.zeros(self._state.newest + 1, dtype=bool)
        inside[_inside(connection, wanted.day, wanted.checkpoint)] = True
        if wanted.presence == "in":
            return chosen[inside[chosen]]
        return chosen[~inside[chosen] & ~self._is(connection, "status", chosen, ["cancelled", "blocked"])]

    def _is(self, connection: Connection, column: str, chosen: Numbers, values: list[str]) -> NDArray[np.bool_]:
        """Say for each chosen row whether its category or status is one of `values`."""
        import numpy as np

        if column not in self._kinds:
            codes: dict[str, int] = {}
            kinds = np.zeros(self._state.newest + 1, dtype=np.int16)
            for value, pks in _grouped(connection, column):
                codes[value] = len(codes) + 1
                kinds[pks] = codes[value]
            self._kinds[column] = (kinds, codes)
        kinds, codes = self._kinds[column]
        return np.isin(kinds[chosen], [codes[value] for value in values if value in codes])

    def _follow(self, connection: Connection) -> None:
        """Bring the order up to the state that `connection` sees; forget answers that may be wrong by now."""
        now = _State(
            _one(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'search_change'"),
            _one(connection, "SELECT MAX(id) FROM attendee"),
            _one(connection, "SELECT SUM((SELECT MAX(seq) FROM entry e WHERE e.journal = j.id)) FROM journal j"),
        )
        before = self._state
        if now == before:
            return
        self._selected = {}
        if (now.change, now.newest) != (before.change, before.newest):
            self._kinds = {}
            changed = _changed(connection, before) if self._order is not None else None
            if changed is None or len(changed) > _FEW:
                self._order = _read_order(connection)
            else:
                assert self._order is not None
                self._order = _put_in_place(connection, self._order, changed)
        self._state = now


def _changed(connection: Connection, before: _State) -> set[int] | None:
    """Return the rows that were written or removed since; None if they are too many to name."""
    query = "SELECT attendee FROM search_change WHERE id > ? UNION SELECT id FROM attendee WHERE id > ? LIMIT ?"
    changed = {pk for (pk,) in connection.exec_driver_sql(query, (before.change, before.newest, _FEW + 2))}
    return None if 0 in changed else changed


def _read_order(connection: Connection) -> Numbers:
    import numpy as np

    order = _numbers(connection, "SELECT id FROM attendee ORDER BY sort_key, id")
    gone = _numbers(connection, "SELECT id FROM attendee WHERE merged IS NOT NULL")  # are in the list as another one
    return order[~np.isin(order, gone)] if len(gone) else order


def _put_in_place(connection: Connection, order: Numbers, changed: set[int]) -> Numbers:
    import numpy as np

    order = order[~np.isin(order, list(changed))]
    query = "SELECT sort_key, id FROM attendee WHERE id = ? AND merged IS NULL"
    for pk in sorted(changed):
        key = connection.exec_driver_sql(query, (pk,)).fetchone()
        if key is None:
            continue
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            there = connection.exec_driver_sql(query, (int(order[middle]),)).fetchone()
            if there is None or tuple(there) < tuple(key):
                low = middle + 1
            else:
                high = middle
        order = np.insert(order, low, pk)
    return order


def _inside(connection: Connection, day: str, checkpoint: str) -> Numbers:
    query = "SELECT attendee FROM presence WHERE day = ? AND checkpoint = ? AND inside = 1"
    return _numbers(connection, query, day, checkpoint)


def _grouped(connection: Connection, column: str) -> list[tuple[str, list[int]]]:
    groups: dict[str, list[int]] = {}
    for pk, value in _raw(connection).execute(f"SELECT id, {column} FROM attendee"):  # noqa: S608 - two constants
        groups.setdefault(value, []).append(pk)
    return list(groups.items())


def _read_rows(connection: Connection, pks: Sequence[int], wanted: ListFilter) -> list[ListRow]:
    query = (
        f"SELECT a.id, {SQL_FIELDS}, p.inside, p.first_ms, j.desk, s.name FROM attendee a"  # noqa: S608 - constants
        " LEFT JOIN presence p ON p.day = ? AND p.checkpoint = ? AND p.attendee = a.id"
        " LEFT JOIN journal j ON j.id = p.first_journal LEFT JOIN staff s ON s.operator = p.first_operator"
        f" WHERE a.id IN ({','.join('?' * len(pks))})"
    )
    found = {row[0]: row for row in connection.exec_driver_sql(query, (wanted.day, wanted.checkpoint, *pks)).fetchall()}
    return [_list_row(found[pk]) for pk in pks if pk in found]


def _list_row(row: Sequence[Any]) -> ListRow:
    inside, first_ms, desk, staff = row[1 + WIDTH : 5 + WIDTH]
    first_at = datetime.fromtimestamp(first_ms / 1000, UTC) if first_ms is not None else None
    return ListRow(to_attendee(row[1 : 1 + WIDTH]), bool(inside), first_at, desk or "", staff or "")


def _numbers(connection: Connection, query: str, *values: str) -> Numbers:
    """Return one column of row numbers: a million of them without a Python object kept for each."""
    import numpy as np

    return np.fromiter(chain.from_iterable(_raw(connection).execute(query, values)), dtype=np.int32)


def _raw(connection: Connection) -> Any:
    """Return the bare driver's connection, in the same transaction: its rows cost a third."""
    return connection.connection.driver_connection


def _one(connection: Connection, query: str) -> int:
    row = connection.exec_driver_sql(query).fetchone()
    return int(row[0] or 0) if row else 0
