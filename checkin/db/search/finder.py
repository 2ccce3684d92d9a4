"""The search: ask the cheap and exact questions first, the generous ones only when those found too few.

Each step asks FTS5 for a bounded number of rows in no particular order (`ORDER BY rank` would visit every match) and the
order is made here. Steps: whole words in names; whole words anywhere; beginnings in names; beginnings anywhere; pieces of
unspaced words and codes; typing errors. See docs/adr for what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, WIDTH, to_attendee
from checkin.db.engine import Database
from checkin.db.search.document import OTHER, PLACE
from checkin.db.search.query import Query, parse
from checkin.db.search.score import score
from checkin.db.search.vocabulary import Vocabulary, WordList
from checkin.domain.attendee import Attendee
from checkin.domain.folding import fold, has_no_spaces

_INDEXED_PREFIX: Final = 6
"""Beginnings up to so many characters (a mark counts) are in the index; longer ones are looked up in the word list."""
_MOST_ENDINGS: Final = 48
_MOST_NEAR: Final = 24
_FEW_FOUND: Final = 3
"""With fewer answers than this, words that exist are taken for mistyped too (Anan may have been meant to be Anna)."""
_MOST_PIECES: Final = 48
_MOST_CHECKED: Final = 2000
_LATER: Final = {"registered": 0, "provisional": 1, "blocked": 2, "cancelled": 3}


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, and how well: 1 is a perfect answer."""

    attendee: Attendee
    score: float


@dataclass(slots=True)
class _Round:
    """One search under way."""

    connection: Connection
    query: Query
    wanted: int
    lists: tuple[WordList, ...]
    found: dict[int, None] = field(default_factory=dict)
    errors: list[dict[str, int]] = field(default_factory=list)

    def ask(self, expression: str, table: str = "search_word") -> None:
        """Add what an FTS5 expression finds, up to `wanted` rows. An empty expression finds nobody."""
        if not expression:
            return
        statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"  # noqa: S608 - constants
        for (pk,) in self.connection.exec_driver_sql(statement, (expression, self.wanted)):
            self.found[pk] = None


class Search:
    """Finds persons in one event's file. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self._vocabulary = Vocabulary()

    def warm(self) -> None:
        """Read the word list now (half a second at a million people) so that the first typing error need not wait for it."""
        with self._database.read() as connection:
            self._vocabulary.bring_up_to_date(connection)

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """Return at most `limit` people whom `text` describes, best first; the order is the same each time."""
        with self._database.read() as connection:
            ranked = self._run(connection, text, limit)
        return [Hit(to_attendee(row[3 : 3 + WIDTH]), points) for points, row in ranked]

    def find_numbers(self, connection: Connection, text: str, limit: int) -> list[int]:
        """Return the row numbers (`attendee.id`) of those whom `find` would return, in its order."""
        return [row[2] for _points, row in self._run(connection, text, limit)]

    def _run(self, connection: Connection, text: str, limit: int) -> list[tuple[float, Any]]:
        query = parse(text)
        if not query.words or limit <= 0:
            return []
        search = _Round(connection, query, max(2 * limit, 60), self._vocabulary.current(connection))
        search.errors = [{} for _word in query.words]
        for step in self._steps(search):
            step(search)
            if len(search.found) >= limit:
                ranked = _ranked(search, limit)
                if len(ranked) == limit:
                    return ranked
        return _ranked(search, limit)

    def _steps(self, search: _Round) -> Iterator[Callable[[_Round], None]]:
        single = len(search.query.words) == 1
        yield _whole_in_names
        if single:
            yield _beginnings_in_names
        yield _whole_anywhere
        if not single and all(1 < len(word) <= _INDEXED_PREFIX for word in search.query.words):
            yield _beginnings_in_names
        yield _beginnings_anywhere
        yield _pieces
        yield self._unknown_words_with_errors
        if single or len(search.found) < _FEW_FOUND:
            yield self._all_words_with_errors

    def _unknown_words_with_errors(self, search: _Round) -> None:
        """Take words that nobody's name or place begins with for mistyped, the others for right."""
        search.lists = self._vocabulary.bring_up_to_date(search.connection)
        unknown = [not any(words.knows(word) for words in search.lists) for word in search.query.words]
        if any(unknown):
            _ask_with_errors(search, unknown)

    def _all_words_with_errors(self, search: _Round) -> None:
        _ask_with_errors(search, [True] * len(search.query.words))


def _ask_with_errors(search: _Round, mistyped: list[bool]) -> None:
    most = _MOST_NEAR // len(mistyped) + 4
    for known, word, wrong in zip(search.errors, search.query.words, mistyped, strict=True):
        if wrong and not known:
            known.update((near.word, near.errors) for words in search.lists for near in words.near(word, most))
    inside = _containing if len(mistyped) == 1 else _nothing
    search.ask(
        _every(
            _any([*_beginning(search, word, ("", PLACE, OTHER)), *inside(search, word), *map(_quoted, known)])
            for word, known in zip(search.query.words, search.errors, strict=True)
        )
    )


def _whole_in_names(search: _Round) -> None:
    search.ask(_every(_quoted(word) for word in search.query.words))


def _whole_anywhere(search: _Round) -> None:
    titles = [_any(_quoted(mark + title) for mark in ("", OTHER)) for title in search.query.titles]
    words = [_any(_quoted(mark + word) for mark in ("", PLACE, OTHER)) for word in search.query.words]
    if titles:
        search.ask(_every([*words, *titles]))
    search.ask(_every(words))


def _beginnings_in_names(search: _Round) -> None:
    search.ask(_every(_any(_beginning(search, word, ("",))) for word in search.query.words))


def _beginnings_anywhere(search: _Round) -> None:
    search.ask(_every(_any(_beginning(search, word, ("", PLACE, OTHER))) for word in search.query.words))


def _pieces(search: _Round) -> None:
    """Find pieces of three letters or more in unspaced words and codes; other words are looked for in who has those."""
    inside = [word for word in search.query.words if len(word) > 2 and _may_be_piece(word)]
    if not inside:
        return
    beside = [word for word in search.query.words if word not in inside]
    trigrams = {word[place : place + 3]: None for word in inside for place in range(len(word) - 2)}
    statement = (
        "SELECT attendee FROM search_doc WHERE attendee IN"  # noqa: S608 - constants
        f" (SELECT rowid FROM search_part WHERE search_part MATCH ? LIMIT {_MOST_CHECKED if beside else 4 * search.wanted})"
        + " AND instr(words, ?)" * len(search.query.words)
        + " LIMIT ?"
    )
    values = (_every(_quoted(trigram) for trigram in trigrams), *search.query.words, search.wanted)
    for (pk,) in search.connection.exec_driver_sql(statement, values):
        search.found[pk] = None


def _may_be_piece(word: str) -> bool:
    return has_no_spaces(word) or not word.isalpha() or word.isdecimal()


def _ranked(search: _Round, limit: int) -> list[tuple[float, Any]]:
    """Score what was found and return the best (score, row) pairs; a row is (words, sort key, number, FIELDS)."""
    pks = list(search.found)
    statement = (
        f"SELECT d.words, a.sort_key, a.id, {SQL_FIELDS} FROM search_doc d JOIN attendee a ON a.id = d.attendee"  # noqa: S608
        f" WHERE d.attendee IN ({','.join('?' * len(pks))})"
    )
    scored: list[tuple[float, int, str, int, Any]] = []
    for row in search.connection.exec_driver_sql(statement, tuple(pks)).fetchall():
        points = score(search.query, row[0], search.errors)
        if points and _has_literally(search.query, row):
            scored.append((-points, _LATER.get(row[9], 0), row[1], row[2], row))
    scored.sort(key=lambda entry: entry[:4])
    return [(-points, row) for points, _status, _key, _pk, row in scored[:limit]]


def _has_literally(query: Query, row: Any) -> bool:
    if not query.literal:
        return True
    fields = [fold(text) for text in row[3 : 3 + WIDTH] if isinstance(text, str)]
    return all(any(piece in text for text in fields) for piece in query.literal)


def _beginning(search: _Round, word: str, marks: tuple[str, ...]) -> Iterator[str]:
    """Give FTS5 terms for the words that begin with `word`, choosing the way that does not merge long lists."""
    for mark in marks:
        text = mark + word
        if len(text) <= _INDEXED_PREFIX:
            yield _quoted(text) + " *"
        elif mark == OTHER:
            yield _quoted(text)
        else:
            known = [words.beginning(text, _MOST_ENDINGS) for words in search.lists]
            if not known or None in known:
                yield _quoted(text) + " *"
            else:
                yield from (_quoted(ending) for endings in known for ending in endings or ())


def _containing(search: _Round, word: str) -> Iterator[str]:
    if len(word) > 1:
        for words in search.lists:
            yield from (_quoted(found) for found in words.containing(word, _MOST_PIECES))


def _nothing(_search: _Round, _word: str) -> Iterator[str]:
    return iter(())


def _quoted(term: str) -> str:
    return f'"{term}"'


def _any(terms: Iterable[str]) -> str:
    choices = " OR ".join(dict.fromkeys(terms))
    return f"({choices})" if choices else ""


def _every(terms: Iterable[str]) -> str:
    needed = list(terms)
    return " AND ".join(needed) if all(needed) else ""
