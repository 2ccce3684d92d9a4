"""The tables of the search, and how they are kept in step with the roster.

`search_doc` holds each person's folded words. `search_word` (FTS5, with the first one to six letters of each word
indexed too) answers whole words and beginnings; `search_part` (FTS5 trigram) answers pieces of unspaced words and of
codes. Both FTS tables keep no text of their own and are told what to forget out of `search_doc`, in place
(secure-delete), so that an erased name is in none of their pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, Table, Text, select

from checkin.db.engine import Database
from checkin.db.models import attendee, metadata
from checkin.db.search.document import SOURCE_SQL, document, parts

search_doc = Table(
    "search_doc",
    metadata,
    Column("attendee", Integer, primary_key=True),
    Column("words", Text, nullable=False),
)

search_change = Table(
    "search_change",
    metadata,
    Column("id", Integer, primary_key=True),  # grows with every change: readers see that their word list is old
    Column("attendee", Integer, nullable=False),  # whose words are new; 0: too many to name, read the list again
    sqlite_autoincrement=True,  # a number never comes back
)

search_pending = Table(
    "search_pending",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first", Integer, nullable=False),  # rows of attendee first..last are to be indexed by catch_up
    Column("last", Integer, nullable=False),
)

_CREATE: Final = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_word USING fts5(words, content='', detail=none, columnsize=0,
       prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_part USING fts5(words, content='', detail=none, columnsize=0,
       tokenize='trigram')""",
    "INSERT INTO search_word(search_word, rank) VALUES('secure-delete', 1)",
    "INSERT INTO search_part(search_part, rank) VALUES('secure-delete', 1)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab(search_word, 'row')",
)

_CHUNK: Final = 3000
"""Rows that one transaction of catch_up writes: some 0.1 s, then a waiting scan has its turn."""
_NAMED_CHANGES: Final = 200
"""Up to so many changed persons are named in search_change; more are one line that says "read all"."""


def create(connection: Connection) -> None:
    """Create the tables where they are missing, the ordinary ones too. For the migration."""
    for table in (search_doc, search_change, search_pending):
        table.create(connection, checkfirst=True)
    for statement in _CREATE:
        connection.exec_driver_sql(statement)


def index(connection: Connection, pks: Sequence[int]) -> None:
    """Index these rows of `attendee` anew, in the caller's transaction. A row that is gone leaves the index."""
    for start in range(0, len(pks), _CHUNK):
        chunk = list(pks[start : start + _CHUNK])
        rows = _rows(connection, f"a.id IN ({_marks(chunk)})", tuple(chunk))
        _forget(connection, chunk)
        _store(connection, [(row[0], document(*row[1:])) for row in rows])
    _note(connection, pks)


def index_range(connection: Connection, first: int, last: int) -> None:
    """Index the rows of `attendee` from `first` to `last`, both included, in the caller's transaction."""
    between = select(attendee.c.id).where(attendee.c.id.between(first, last))
    index(connection, list(connection.execute(between).scalars()))


def remove(connection: Connection, pks: Sequence[int]) -> None:
    """Take these persons out of the index, with every trace of their words, in the caller's transaction."""
    for start in range(0, len(pks), _CHUNK):
        _forget(connection, list(pks[start : start + _CHUNK]))
    _note(connection, pks)


def enqueue(connection: Connection, first: int, last: int) -> None:
    """Ask, in the transaction that writes a large import, that rows `first`..`last` be indexed by `catch_up` after it."""
    connection.execute(search_pending.insert().values(first=first, last=last))


def catch_up(
    database: Database,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Index what `enqueue` asked for, in short transactions between which scans get through; return the number of rows.

    Words are folded outside the transactions. `progress` is told (rows done, rows in all). Whatever was not done, because
    of `cancelled` or a power cut, stays asked for. Safe to call at any time, also when nothing is waiting.
    """
    with database.read() as connection:
        waiting = connection.execute(search_pending.select().order_by(search_pending.c.id)).all()
    total = sum(last - first + 1 for _id, first, last in waiting)
    done = 0
    for batch in _batches([_Piece(*row) for row in waiting]):
        if cancelled is not None and cancelled():
            with database.write() as connection:
                _note(connection, None)
            return done
        _catch_up_batch(database, batch, named=total <= _NAMED_CHANGES)
        done += sum(piece.end - piece.start + 1 for piece in batch)
        if progress is not None:
            progress(done, total)
    return done


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows start..end of the line `number` of search_pending; `rest` follow in later pieces."""

    number: int
    start: int
    end: int
    rest: int = 0


def _batches(waiting: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Cut and join what waits into batches of _CHUNK rows, one transaction each."""
    batch: list[_Piece] = []
    room = _CHUNK
    for whole in waiting:
        start = whole.start
        while start <= whole.end:
            end = min(start + room - 1, whole.end)
            batch.append(_Piece(whole.number, start, end, whole.end - end))
            room -= end - start + 1
            start = end + 1
            if not room:
                yield batch
                batch, room = [], _CHUNK
    if batch:
        yield batch


def _catch_up_batch(database: Database, batch: Sequence[_Piece], *, named: bool) -> None:
    with database.read() as connection:
        prepared = {row: document(*row[1:]) for piece in batch for row in _between(connection, piece)}
    with database.write() as connection:
        rows = [row for piece in batch for row in _between(connection, piece)]  # some may have changed since
        old = "SELECT attendee FROM search_doc WHERE attendee BETWEEN ? AND ?"
        _forget(
            connection, [pk for piece in batch for (pk,) in connection.exec_driver_sql(old, (piece.start, piece.end))]
        )
        _store(connection, [(row[0], prepared.get(row) or document(*row[1:])) for row in rows])
        for piece in batch:
            line = search_pending.c.id == piece.number
            if piece.rest:
                connection.execute(search_pending.update().where(line).values(first=piece.end + 1))
            else:
                connection.execute(search_pending.delete().where(line))
        if any(not piece.rest for piece in batch):
            _note(connection, [row[0] for row in rows] if named else None)
    time.sleep(0.002)  # a scan that waits for the file gets it now


def _between(connection: Connection, piece: _Piece) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in _rows(connection, "a.id BETWEEN ? AND ?", (piece.start, piece.end))]


def _rows(connection: Connection, where: str, values: tuple[int, ...]) -> Sequence[Any]:
    """Return what is to be indexed; somebody who was put together with another is found as that one only."""
    query = f"SELECT a.id, {SOURCE_SQL} FROM attendee a WHERE ({where}) AND a.merged IS NULL"  # noqa: S608 - constants
    return connection.exec_driver_sql(query, values).fetchall()


def _forget(connection: Connection, pks: Sequence[int]) -> None:
    if not pks:
        return
    chosen = f"attendee IN ({_marks(pks)})"
    values = tuple(pks)
    old = connection.exec_driver_sql(f"SELECT attendee, words FROM search_doc WHERE {chosen}", values).fetchall()  # noqa: S608 - constants
    if not old:
        return
    _flush(connection)
    for table, lines in (("search_word", old), ("search_part", [(pk, parts(line)) for pk, line in old])):
        known = [(pk, line) for pk, line in lines if line]
        if known:
            connection.exec_driver_sql(f"INSERT INTO {table}({table}, rowid, words) VALUES('delete', ?, ?)", known)
    connection.exec_driver_sql(f"DELETE FROM search_doc WHERE {chosen}", values)  # noqa: S608 - constants
    _flush(connection)


def _flush(connection: Connection) -> None:
    """Let FTS5 write down what it still holds in memory, which it does at a savepoint.

    With secure-delete and detail=none, words that are forgotten and stored in one go are lost for other people who have
    them too (SQLite 3.53; tests/search/test_index.py shows it).
    """
    connection.exec_driver_sql("SAVEPOINT search")
    connection.exec_driver_sql("RELEASE search")


def _store(connection: Connection, documents: Sequence[tuple[int, str]]) -> None:
    if not documents:
        return
    connection.exec_driver_sql("INSERT INTO search_doc(attendee, words) VALUES(?, ?)", list(documents))
    connection.exec_driver_sql("INSERT INTO search_word(rowid, words) VALUES(?, ?)", list(documents))
    pieces = [(pk, piece) for pk, line in documents if (piece := parts(line))]
    if pieces:
        connection.exec_driver_sql("INSERT INTO search_part(rowid, words) VALUES(?, ?)", pieces)


def _note(connection: Connection, pks: Sequence[int] | None) -> None:
    """Tell readers, in this process and others, whose words are new; None: too many to name."""
    if pks is None or len(pks) > _NAMED_CHANGES:
        connection.execute(search_change.delete())
        connection.execute(search_change.insert().values(attendee=0))
    elif pks:
        connection.execute(search_change.insert(), [{"attendee": pk} for pk in pks])


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
