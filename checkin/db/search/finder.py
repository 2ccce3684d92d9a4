"""The search: ask the cheap and exact questions first, the generous ones only when those found too few.

Each step asks FTS5 for a bounded number of rows in no particular order (`ORDER BY rank` would visit every match) and the
order is made here. Steps: whole words in names; whole words anywhere; beginnings in names; beginnings anywhere; pieces of
unspaced words and codes; typing errors. See docs/adr for what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
_MOST_CHECKED: Final = 3000
"""Documents that one step looks into at most."""
_MOST_TRIGRAMS: Final = 8
"""Of a long word so many trigrams, from all over it, narrow the people down enough; the documents decide."""
_FEW_EXPECTED: Final = 300
_LATER: Final = {"registered": 0, "provisional": 1, "blocked": 2, "cancelled": 3}


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, and how well: 1 is a perfect answer."""

    attendee: Attendee
    score: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """One word of the query: the FTS5 terms that may stand for it, as plain texts too, and how many people have one."""

    terms: Sequence[str]
    texts: Sequence[str]
    people: int


@dataclass(slots=True)
class _Round:
    """One search under way."""

    connection: Connection
    query: Query
    wanted: int
    lists: tuple[WordList, ...]
    everybody: int
    found: dict[int, None] = field(default_factory=dict)
    errors: list[dict[str, int]] = field(default_factory=list)

    def ask(self, choices: Iterable[_Choice]) -> None:
        """Add people who have all of the choices, up to `wanted`.

        Long lists are slow to intersect: when the rarer words alone leave few people, FTS5 is asked for these only, and the
        other words are looked for in the people's documents.
        """
        firm: list[_Choice] = []
        loose: list[_Choice] = []
        expected = float(self.everybody)
        for choice in sorted(choices, key=lambda choice: choice.people):
            if not choice.terms:
                return
            if firm and expected < _FEW_EXPECTED:
                loose.append(choice)
            else:
                firm.append(choice)
                expected *= min(choice.people / max(self.everybody, 1), 1.0)
        expression = " AND ".join(f"({' OR '.join(dict.fromkeys(choice.terms))})" for choice in firm)
        self._run(expression, [choice.texts for choice in loose])

    def _run(self, expression: str, texts: Sequence[Sequence[str]], table: str = "search_word") -> None:
        statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"  # noqa: S608 - constants
        values: tuple[Any, ...] = (expression, self.wanted)
        if texts:
            conditions = " AND ".join(f"({' OR '.join(['instr(words, ?)'] * len(choice))})" for choice in texts)
            statement = f"SELECT attendee FROM search_doc WHERE attendee IN ({statement}) AND {conditions} LIMIT ?"  # noqa: S608
            values = (expression, _MOST_CHECKED, *(text for choice in texts for text in choice), self.wanted)
        for (pk,) in self.connection.exec_driver_sql(statement, values):
            self.found[pk] = None

    def ask_pieces(self, pieces: Iterable[str]) -> None:
        """Add people whose unspaced words and codes hold all of these trigrams, and their documents all words."""
        self._run(" AND ".join(map(_quoted, pieces)), [[word] for word in self.query.words], "search_part")

    def people(self, word: str, *, whole: bool = False) -> int:
        """Return about how many people have this word, or one that begins with it."""
        if not self.lists:
            return self.everybody
        known = sum(words.people(word, whole=whole) for words in self.lists)
        return known or self.everybody // 4 ** len(word)  # not in a name or place: perhaps a piece of a code

    def marks(self, word: str) -> tuple[str, ...]:
        """Return where to look for a word: in codes and mail names only what is in no name and no place."""
        if len(self.query.words) > 1 and any(words.people(word) for words in self.lists):
            return ("", PLACE)
        return ("", PLACE, OTHER)


class Search:
    """Finds persons in one event's file. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self.vocabulary = Vocabulary()
        """The words of the roster, kept in step with the file."""

    def warm(self) -> None:
        """Read the word list now (half a second at a million people) so that the first typing error need not wait for it."""
        with self._database.read() as connection:
            self.vocabulary.bring_up_to_date(connection)

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
        everybody = connection.exec_driver_sql("SELECT MAX(attendee) FROM search_doc").scalar() or 0
        search = _Round(connection, query, max(2 * limit, 60), self.vocabulary.current(connection), everybody)
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
        if search.query.literal:
            return  # what must stand there as it was typed has no typing errors
        yield self._unknown_words_with_errors
        if single or len(search.found) < _FEW_FOUND:
            yield _all_words_with_errors

    def _unknown_words_with_errors(self, search: _Round) -> None:
        """Take words that nobody's name or place begins with for mistyped, the others for right."""
        search.lists = self.vocabulary.bring_up_to_date(search.connection)
        unknown = [not any(words.people(word) for words in search.lists) for word in search.query.words]
        if any(unknown):
            _ask_with_errors(search, unknown)


def _all_words_with_errors(search: _Round) -> None:
    _ask_with_errors(search, [True] * len(search.query.words))


def _ask_with_errors(search: _Round, mistyped: list[bool]) -> None:
    query, single = search.query, len(mistyped) == 1
    most = _MOST_NEAR // len(mistyped) + 4
    for known, word, wrong in zip(search.errors, query.words, mistyped, strict=True):
        if wrong and not known:
            unknown = not any(words.people(word) for words in search.lists)
            nearest = (near for words in search.lists for near in words.near(word, most, beginnings=unknown or single))
            known.update((near.word, near.errors) for near in nearest)
    choices = []
    for word, known in zip(query.words, search.errors, strict=True):
        inside = _containing(search, word) if single else ()
        terms = [*_beginning(search, word, search.marks(word)), *inside, *map(_quoted, known)]
        people = search.people(word) + sum(search.people(near.lstrip(PLACE), whole=True) for near in known)
        choices.append(_Choice(terms, [word, *known], people))
    search.ask(choices)


def _whole_in_names(search: _Round) -> None:
    search.ask(_Choice([_quoted(word)], [word], search.people(word, whole=True)) for word in search.query.words)


def _whole_anywhere(search: _Round) -> None:
    words = [
        _Choice([_quoted(mark + word) for mark in search.marks(word)], [word], search.people(word, whole=True))
        for word in search.query.words
    ]
    if search.query.titles:
        titles = [_Choice([_quoted(OTHER + title)], [OTHER + title], search.everybody) for title in search.query.titles]
        search.ask([*words, *titles])
    search.ask(words)


def _beginnings_in_names(search: _Round) -> None:
    search.ask(_Choice([*_beginning(search, w, ("",))], [w], search.people(w)) for w in search.query.words)


def _beginnings_anywhere(search: _Round) -> None:
    search.ask(_Choice([*_beginning(search, w, search.marks(w))], [w], search.people(w)) for w in search.query.words)


def _pieces(search: _Round) -> None:
    """Find pieces of three letters or more in unspaced words and codes; other words are looked for in who has those."""
    inside = [word for word in search.query.words if len(word) > 2 and _may_be_piece(word)]
    if inside:
        trigrams = [word[place : place + 3] for word in inside for place in range(len(word) - 2)]
        search.ask_pieces(dict.fromkeys(trigrams[:: len(trigrams) // _MOST_TRIGRAMS + 1]))


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


def _quoted(term: str) -> str:
    return f'"{term}"'
