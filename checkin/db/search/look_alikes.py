"""Find those on the roster who may be the walk-in whose form is being filled in.

Whom to weigh comes from the search's own index: for each word of the name typed, the words of the roster that may stand
for it (the same, one that sounds alike, one with a typing error); then those people who have two of them, or one that is
rare, or the e-mail name, or the telephone number. Weighing them (domain.alike) decides whether anybody is shown at all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, to_attendee
from checkin.db.engine import Database
from checkin.db.search.document import OTHER, PHONE, PLACE, joined
from checkin.db.search.finder import Search
from checkin.db.search.vocabulary import WordList
from checkin.domain.alike import (
    BEGINNING,
    CONTRADICTED,
    ENOUGH,
    EXACT,
    NEAR,
    ONE_ERROR,
    ONE_SCRIPT_SAYS_NO,
    TWO_ERRORS,
    Aligned,
    LookAlike,
    Meant,
    NameEvidence,
    Sharing,
    Sought,
    align,
    last_digits,
    mailbox_words,
    name_evidence,
    name_words,
    weigh,
)
from checkin.domain.attendee import Attendee
from checkin.domain.countries import country_key
from checkin.domain.folding import fold, words
from checkin.domain.organisations import key_words

_MOST_TERMS: Final = 32
_MOST_NEAR: Final = 24
_TWO_ERRORS_FROM: Final = 6
"""Shorter names that differ in two letters are two names; so are longer ones that both exist: Somchai, Somchit."""
_RARE: Final = 60
"""A name of so few people is looked at with every one of them."""
_MANY: Final = 250
"""More people than this share two words: they are looked at only if a third word or the organisation narrows them down."""
_MOST_WEIGHED: Final = 400
_MOST_REMEMBERED: Final = 2000


@dataclass(slots=True)
class _Question:
    """One form, taken apart."""

    connection: Connection
    sought: Sought
    lists: tuple[WordList, ...]
    everybody: int
    names: tuple[tuple[Meant, ...], tuple[Meant, ...]] = ((), ())
    """The words of the name and of the name in the local script."""
    found: dict[int, None] = field(default_factory=dict)

    def people(self, word: str) -> int:
        return sum(each.count(word) for each in self.lists)

    def sharing(self, texts: Sequence[str], default: int) -> int:
        """Return how many people have the rarest of these words of a place."""
        return min([count for text in texts if (count := self.people(PLACE + text))], default=default)

    def ask(self, parts: Sequence[Sequence[str]], most: int) -> None:
        """Add people who have a term of each part, at most `most` of them."""
        if not parts or not all(parts) or len(self.found) >= _MOST_WEIGHED:
            return
        expression = " AND ".join(f"({' OR '.join(part)})" for part in parts)
        rows = self.connection.exec_driver_sql(
            "SELECT rowid FROM search_word WHERE search_word MATCH ? LIMIT ?", (expression, most)
        )
        self.found.update((pk, None) for (pk,) in rows)


class LookAlikes:
    """Asks one event's file. Safe to use from several threads."""

    def __init__(self, database: Database, search: Search) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self._vocabulary = search.vocabulary
        self._lock = threading.Lock()
        self._lists: tuple[WordList, ...] = ()
        self._meant: dict[tuple[str, bool], Meant] = {}

    def warm(self) -> None:
        """Work out how the names of the roster sound (some seconds at a million people), so that no question waits for it."""
        with self._database.read() as connection:
            for words_known in self._vocabulary.bring_up_to_date(connection):
                _ = words_known.sounds

    def find(self, sought: Sought, limit: int = 3) -> list[LookAlike]:
        """Return at most `limit` people who may be the one sought, best first; empty when there is nobody to ask about."""
        with self._database.read() as connection:
            lists = self._vocabulary.bring_up_to_date(connection)
            everybody = connection.exec_driver_sql("SELECT MAX(attendee) FROM search_doc").scalar() or 0
            question = _Question(connection, sought, lists, everybody)
            typing = not (sought.organisation or sought.email or sought.phone)
            question.names = (
                self._words(question, sought.name, typing=typing and not sought.name_local),
                self._words(question, sought.name_local, typing=typing),
            )
            for meant in question.names:
                self._by_name(question, meant)
            contacts = _by_contact(question)
            rows = _rows(connection, list(question.found))
        sharing = _contact_sharing(sought, [row for row in rows if row.id in contacts])
        weighed = [found for row in rows if (found := _weigh(question, to_attendee(row[1:]), sharing))]
        weighed.sort(key=lambda found: (-found.score, found.attendee.status != "registered", found.attendee.id))
        return weighed[:limit]

    # --- what a word may stand for -----------------------------------------------------------------------------------

    def _words(self, question: _Question, name: str, *, typing: bool) -> tuple[Meant, ...]:
        found = name_words(name)
        last = len(found) - 1
        return tuple(self._mean(question, word, typing=typing and place == last) for place, word in enumerate(found))

    def _mean(self, question: _Question, word: str, *, typing: bool) -> Meant:
        with self._lock:
            if question.lists is not self._lists or len(self._meant) > _MOST_REMEMBERED:
                self._lists, self._meant = question.lists, {}
            remembered = self._meant
        known = remembered.get((word, typing))
        if known is None:
            known = remembered[word, typing] = _mean(question, word, typing=typing)
        return known

    def _by_name(self, question: _Question, meant: Sequence[Meant]) -> None:
        """Ask for people with the rarest words first, with two of the words, with all of them."""
        joint = [self._mean(question, one.word + other.word, typing=False) for one, other in pairwise(meant)]
        able = [word for word in (*meant, *joint) if _terms(word)]
        for word in able:
            if word.sharing <= _RARE:
                question.ask([_terms(word)], _RARE)
        full = [word for word in meant if len(word.word) > 1]
        place = [_quoted(PLACE + word) for word in _rarest(question, key_words(question.sought.organisation))]
        if len(full) > 2:
            question.ask([_terms(word) for word in full], 200)
        for one, other in _pairs(able):
            expected = one.sharing * other.sharing * 4 / max(question.everybody, 1)
            terms = [_with_initial(one), _with_initial(other)]
            if place and expected > _MANY:
                question.ask([*terms, place], 100)
            if expected <= _MANY or len(full) == 2:
                question.ask(terms, 200)
        for word in full:
            if place and word.sharing > _RARE:
                question.ask([_terms(word), place], 60)
        for word in full:
            for halves in _halves(question, word.word):
                question.ask(halves, 60)


def _mean(question: _Question, word: str, *, typing: bool) -> Meant:
    levels: dict[str, int] = {}
    known_name = question.people(word) > 0
    least = _TWO_ERRORS_FROM + 2 if known_name else _TWO_ERRORS_FROM
    if len(word) > 1:
        for known in question.lists:
            levels |= known.sounds.like(word)
            for near in known.near(word, _MOST_NEAR, beginnings=False):
                if near.word[0] != PLACE and (near.errors == 1 or len(word) >= least):
                    level = ONE_ERROR if near.errors == 1 else TWO_ERRORS
                    if level == ONE_ERROR or near.word not in levels:
                        levels[near.word] = (
                            min(level, levels.get(near.word, level)) if levels.get(near.word) != NEAR else level
                        )
        if known_name:
            levels[word] = EXACT
    counts = [0] * (TWO_ERRORS + 1)
    for text, level in levels.items():
        counts[level] += question.people(text)
    people = tuple(sum(counts[: level + 1]) for level in range(len(counts)))
    beginning = 0
    if typing and len(word) > 2:
        beginning = sum(known.people(word) for known in question.lists)
    kept = sorted(levels.items(), key=lambda item: (item[1], -question.people(item[0])))[: 4 * _MOST_TERMS]
    return Meant(word, dict(kept), people, beginning)


def _terms(meant: Meant) -> list[str]:
    terms = [_quoted(word) for word in list(meant.levels)[:_MOST_TERMS]]
    if meant.beginning:
        terms.append(_quoted(meant.word) + " *")
    return terms


def _with_initial(meant: Meant) -> list[str]:
    return [*_terms(meant), _quoted(meant.word[0])]


def _quoted(term: str) -> str:
    return f'"{term}"'


def _pairs(able: Sequence[Meant]) -> Iterator[tuple[Meant, Meant]]:
    """Give two words at a time, the rarest first."""
    ranked = sorted(able, key=lambda word: word.sharing)
    yield from sorted(combinations(ranked, 2), key=lambda two: two[0].sharing * two[1].sharing)


def _halves(question: _Question, word: str) -> Iterator[list[list[str]]]:
    """Give the ways in which one word is two names of the roster: nurulhuda is nurul huda."""
    if len(word) < 5 or question.people(word) > 3:
        return
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if question.people(first) and question.people(second):
            yield [[_quoted(first)], [_quoted(second)]]


def _rarest(question: _Question, place_words: Sequence[str]) -> list[str]:
    counts = sorted((count, word) for word in place_words if (count := question.people(PLACE + word)))
    return [word for _count, word in counts[:1]]


def _by_contact(question: _Question) -> set[int]:
    before = set(question.found)
    question.found, kept = {}, question.found
    mailbox, at, _domain = question.sought.email.partition("@")
    if at and (local := joined(mailbox)):
        question.ask([[_quoted(OTHER + local)]], 60)
    if digits := last_digits(question.sought.phone):
        question.ask([[_quoted(PHONE + digits)]], 60)
    contacts = set(question.found)
    question.found = kept | dict.fromkeys(contacts - before)
    return contacts


def _rows(connection: Connection, pks: Sequence[int]) -> Sequence[Any]:
    if not pks:
        return []
    marks = ",".join("?" * len(pks))
    statement = f"SELECT a.id, {SQL_FIELDS} FROM attendee a WHERE a.id IN ({marks}) AND a.merged IS NULL"  # noqa: S608 - constants
    return connection.exec_driver_sql(statement, tuple(pks)).fetchall()


def _contact_sharing(sought: Sought, rows: Sequence[Any]) -> tuple[int, int]:
    """Return how many people have the very e-mail address and the very telephone number."""
    email, digits = fold(sought.email).strip(), last_digits(sought.phone)
    return (
        max(sum(fold(row.email).strip() == email for row in rows), 1),
        max(sum(last_digits(row.phone) == digits for row in rows), 1),
    )


def _weigh(question: _Question, attendee: Attendee, contacts: tuple[int, int]) -> LookAlike | None:
    """Return this person if there is enough to say that it may be the one sought."""
    sought = question.sought
    people = float(question.everybody)
    if attendee.country:
        people = float(question.sharing(words(attendee.country), question.everybody))
    organisation = question.sharing(key_words(attendee.organisation), 1) if sought.organisation else 1
    name, agreed = _name(question, attendee, people)
    domain = question.people(PLACE + joined(attendee.email.partition("@")[2])) if sought.email else 0
    sharing = Sharing(question.everybody, domain, int(people), organisation, *contacts)
    total, why = weigh(sought, attendee, name, sharing)
    if total < ENOUGH:
        return None
    contact = [reason for reason in why if reason != "organisation"]
    rest = [reason for reason in why if reason == "organisation"]
    return LookAlike(attendee, round(1 / (1 + 2 ** (ENOUGH - total)), 4), (*contact, *agreed, *rest))


def _name(question: _Question, attendee: Attendee, people: float) -> tuple[NameEvidence | None, list[str]]:
    """Return what the names say, and which of "name", "order", "spelling", "name_local" to give as reason."""
    weighed: list[tuple[NameEvidence, Aligned, int, int]] = []
    for place, meant in enumerate(question.names):
        mine = (attendee.name, attendee.name_local)
        side = place if mine[place] else 1 - place
        if meant and (other := name_words(mine[side])):
            aligned = align(meant, other)
            by_letter = country_key(attendee.country) == "VN"
            evidence = name_evidence(
                meant, aligned, people, by_letter=by_letter, email=mailbox_words(question.sought.email)
            )
            weighed.append((evidence, aligned, place, side))
    if not weighed:
        return None, []
    best, aligned, place, side = max(weighed, key=lambda each: each[0].bits)
    worst = max(each[0].unlike for each in weighed)
    if worst > CONTRADICTED and best.unlike < worst:  # one script says yes, the other no
        best = NameEvidence(best.bits - ONE_SCRIPT_SAYS_NO, best.unlike)
    return best, _reasons(aligned, place, side) if best.unlike < CONTRADICTED else []


def _reasons(aligned: Aligned, place: int, side: int) -> list[str]:
    if not aligned.pairs:
        return []
    levels = {level for _mine, _other, level in aligned.pairs}
    reasons = ["name_local" if side == 1 and place == 1 else "name"]
    if not aligned.in_order:
        reasons.append("order")
    if levels - {EXACT, BEGINNING}:
        reasons.append("spelling")
    return reasons
