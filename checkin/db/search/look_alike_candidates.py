"""Whom to weigh: those who have two of the words typed, or one that is rare, or the e-mail name, or the telephone number.

What is asked of the index goes by what it will find: the rarest words first, common ones only together with a third word or
the organisation, and no more people than a key's time allows to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.search.document import OTHER, PHONE, PLACE, joined
from checkin.db.search.meanings import MOST_TERMS, Meanings
from checkin.domain.alike import Contact, last_digits
from checkin.domain.countries import country_key
from checkin.domain.name_alignment import Meant, name_words

_RARE: Final = 60
"""A name of so few people is looked at with every one of them."""
_MANY: Final = 250
"""More people than this share two words: they are looked at only if a third word or the organisation narrows them down."""
_MOST_WEIGHED: Final = 400
_COLUMNS: Final = "a.id, a.uid, a.name, a.name_local, a.organisation, a.country, a.email, a.phone"


@dataclass(frozen=True)
class Candidate:
    """A person of the roster as it is compared."""

    pk: int
    uid: str
    name: str
    name_local: str
    contact: Contact

    @cached_property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of the name and of the name in the local script."""
        return name_words(self.name), name_words(self.name_local)

    @cached_property
    def country(self) -> str:
        """The country's two letters, if it is known."""
        return country_key(self.contact.country)


def by_name(
    connection: Connection, meanings: Meanings, everybody: int, names: Sequence[Sequence[Meant]], place: str
) -> list[int]:
    """Return the rows of people with these names; `place` is a word of the organisation, or empty."""
    asked = _Asked(connection, meanings, everybody, [[_quoted(PLACE + place)]] if place else [])
    for meant in names:
        asked.by_name(meant)
    return list(asked.found)


def by_contact(connection: Connection, email: str, phone: str) -> list[int]:
    """Return the rows of people with the first half of this address, or with this number."""
    found: list[int] = []
    mailbox, at, _domain = email.partition("@")
    if at and (local := joined(mailbox)):
        found += _ask(connection, [[_quoted(OTHER + local)]], 60)
    if digits := last_digits(phone):
        found += _ask(connection, [[_quoted(PHONE + digits)]], 60)
    return found


def read(connection: Connection, pks: Sequence[int]) -> list[Candidate]:
    """Read these rows of the roster."""
    marks = ",".join("?" * len(pks))
    statement = f"SELECT {_COLUMNS} FROM attendee a WHERE a.id IN ({marks}) AND a.merged IS NULL"  # noqa: S608 - constants
    raw: Any = connection.connection.driver_connection
    rows = raw.execute(statement, tuple(pks)).fetchall()
    return [Candidate(row[0], row[1], row[2], row[3], Contact(*row[4:])) for row in rows]


def _ask(connection: Connection, parts: Sequence[Sequence[str]], most: int) -> list[int]:
    """Return at most so many people who have a term of each part."""
    expression = " AND ".join(f"({' OR '.join(part)})" for part in parts)
    raw: Any = connection.connection.driver_connection
    rows = raw.execute("SELECT rowid FROM search_word WHERE search_word MATCH ? LIMIT ?", (expression, most)).fetchall()
    return [pk for (pk,) in rows]


@dataclass(slots=True)
class _Asked:
    connection: Connection
    meanings: Meanings
    everybody: int
    place: list[list[str]]
    found: dict[int, None]

    def __init__(self, connection: Connection, meanings: Meanings, everybody: int, place: list[list[str]]) -> None:
        self.connection, self.meanings, self.everybody, self.place = connection, meanings, everybody, place
        self.found = {}

    def ask(self, parts: Sequence[Sequence[str]], most: int) -> None:
        if all(parts) and len(self.found) < _MOST_WEIGHED:
            self.found.update(dict.fromkeys(_ask(self.connection, parts, most)))

    def by_name(self, meant: Sequence[Meant]) -> None:
        """Ask for people with the rarest words first, with two of the words, with all of them."""
        joint = [self.meanings.of(one.word + other.word) for one, other in pairwise(meant)]
        able = [word for word in (*meant, *joint) if _terms(word)]
        for word in able:
            if word.sharing <= _RARE:
                self.ask([_terms(word)], _RARE)
        full = [word for word in meant if len(word.word) > 1]
        if len(full) > 2:
            self.ask([_terms(word) for word in full], 200)
        for one, other in _pairs(able):
            expected = one.sharing * other.sharing * 4 / max(self.everybody, 1)
            terms = [_with_initial(one), _with_initial(other)]
            if self.place and expected > _MANY:
                self.ask([*terms, *self.place], 100)
            if expected <= _MANY or len(full) == 2:
                self.ask(terms, 200)
        for word in full:
            if self.place and word.sharing > _RARE:
                self.ask([_terms(word), *self.place], 60)
        for word in full:
            for halves in self._halves(word.word):
                self.ask(halves, 60)

    def _halves(self, word: str) -> Iterator[list[list[str]]]:
        """Give the ways in which one word is two names of the roster: nurulhuda is nurul huda."""
        if len(word) < 5 or self.meanings.people(word) > 3:
            return
        for place in range(2, len(word) - 1):
            first, second = word[:place], word[place:]
            if self.meanings.people(first) and self.meanings.people(second):
                yield [[_quoted(first)], [_quoted(second)]]


def _terms(meant: Meant) -> list[str]:
    terms = [_quoted(word) for word in list(meant.levels)[:MOST_TERMS]]
    if meant.beginning:
        terms.append(_quoted(meant.word) + " *")
    return terms


def _with_initial(meant: Meant) -> list[str]:
    return [*_terms(meant), _quoted(meant.word[0])]


def _quoted(term: str) -> str:
    return f'"{term}"'


def _pairs(able: Sequence[Meant]) -> list[tuple[Meant, Meant]]:
    """Return two words at a time, the rarest first."""
    ranked = sorted(able, key=lambda word: word.sharing)
    return sorted(combinations(ranked, 2), key=lambda two: two[0].sharing * two[1].sharing)
