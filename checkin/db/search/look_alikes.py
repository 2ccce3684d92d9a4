"""Find those on the roster who may be the walk-in whose form is being filled in.

Whom to weigh comes from the search's own index (`look_alike_candidates`); weighing them (domain.alike) decides whether
anybody is shown at all. A form is asked about after each key, and most keys change one thing only: what was found out for the
other fields is remembered until the roster changes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, to_attendee
from checkin.db.engine import Database
from checkin.db.search.document import PLACE, joined
from checkin.db.search.finder import Search
from checkin.db.search.look_alike_candidates import Candidate, by_contact, by_name, read
from checkin.db.search.meanings import Meanings
from checkin.db.search.vocabulary import WordList
from checkin.domain.alike import LookAlike, Sharing, Sought, address, last_digits, mailbox_words, weigh
from checkin.domain.alike_weights import ENOUGH, WEIGHTS, Evidence
from checkin.domain.countries import country_key
from checkin.domain.folding import words
from checkin.domain.name_alignment import BEGINNING, EXACT, Aligned, Meant, align, name_words
from checkin.domain.name_evidence import name_evidence, other_accents
from checkin.domain.organisations import key_words

_MOST_REMEMBERED: Final = 2000
_Names = tuple[tuple[Meant, ...], tuple[Meant, ...]]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A person of the roster, and how much speaks for being the one sought."""

    who: Candidate
    bits: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """What the names of two people say."""

    bits: float
    unlike: float
    evidence: Evidence
    reasons: tuple[str, ...]


class _Remembered:
    """What was found out since the roster last changed."""

    def __init__(self, lists: tuple[WordList, ...]) -> None:
        self.meanings = Meanings(lists)
        self.people: dict[int, Candidate] = {}
        self.found: dict[tuple[Any, ...], list[int]] = {}
        self.aligned: dict[tuple[Any, ...], Aligned] = {}

    @property
    def is_full(self) -> bool:
        many = len(self.meanings) + len(self.found)
        return many > _MOST_REMEMBERED or max(len(self.people), len(self.aligned)) > 8 * _MOST_REMEMBERED


class LookAlikes:
    """Asks one event's file. Safe to use from several threads."""

    def __init__(self, database: Database, search: Search) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self._vocabulary = search.vocabulary
        self._lock = threading.Lock()
        self._remembered = _Remembered(())

    def warm(self) -> None:
        """Work out how the names of the roster sound (some seconds at a million people), so that no question waits for it."""
        with self._database.read() as connection:
            for words_known in self._vocabulary.bring_up_to_date(connection):
                _ = words_known.sounds
        country_key("Thailand")  # reads the countries' names

    def find(self, sought: Sought, limit: int = 3) -> list[LookAlike]:
        """Return at most `limit` people who may be the one sought, best first; empty when there is nobody to ask about."""
        with self._database.read() as connection:
            weighed = self._weighed(connection, sought)
            weighed.sort(key=lambda each: (-each.bits, each.who.uid))
            likely = {each.who.pk: each for each in weighed[: 4 * limit]}
            rows = _attendees(connection, list(likely))
        found = [LookAlike(to_attendee(row[1:]), _score(likely[row[0]].bits), likely[row[0]].why) for row in rows]
        found.sort(key=lambda each: (-each.score, each.attendee.status != "registered", each.attendee.id))
        return found[:limit]

    def _weighed(self, connection: Connection, sought: Sought) -> list[_Weighed]:
        known = self._recall(self._vocabulary.bring_up_to_date(connection))
        everybody = connection.exec_driver_sql("SELECT MAX(attendee) FROM search_doc").scalar() or 0
        typing = not (sought.organisation or sought.email or sought.phone)
        names = (
            _meant(known.meanings, sought.name, typing=typing and not sought.name_local),
            _meant(known.meanings, sought.name_local, typing=typing),
        )
        place = _rarest(known.meanings, key_words(sought.organisation))
        key = (names_key := (sought.name, sought.name_local, typing), place)
        found = known.found.get(key)
        if found is None:
            found = known.found[key] = by_name(connection, known.meanings, everybody, names, place)
        contacts = by_contact(connection, sought.email, sought.phone)
        people = _people(connection, known, [*found, *contacts])
        sharing = _contact_sharing(sought, [people[pk] for pk in set(contacts) if pk in people])
        weighing = _Weighing(known, sought, names, names_key, everybody, *sharing)
        return [each for who in people.values() if (each := weighing.weigh(who))]

    def _recall(self, lists: tuple[WordList, ...]) -> _Remembered:
        with self._lock:
            if self._remembered.meanings.lists is not lists or self._remembered.is_full:
                self._remembered = _Remembered(lists)
            return self._remembered


@dataclass(slots=True)
class _Weighing:
    """One form against those found."""

    known: _Remembered
    sought: Sought
    names: _Names
    names_key: tuple[Any, ...]
    everybody: int
    email_sharing: int
    phone_sharing: int
    weighed: dict[tuple[Any, ...], _Name] = field(default_factory=dict)
    mailbox: frozenset[str] = field(init=False)
    most_besides: float = field(init=False)
    """How many bits all but the names can say at most."""

    def __post_init__(self) -> None:
        sought = self.sought
        self.mailbox = mailbox_words(sought.email)
        organisation = WEIGHTS["same organisation"] + 6 * WEIGHTS["rare organisation"]
        self.most_besides = (
            (organisation if sought.organisation else 0.0)
            + (WEIGHTS["e-mail"] + 6 * WEIGHTS["same domain"] if sought.email else 0.0)
            + (WEIGHTS["telephone"] if last_digits(sought.phone) else 0.0)
        )

    def weigh(self, who: Candidate) -> _Weighed | None:
        """Return what speaks for this person, if there is enough to show it."""
        name = self._name(who)
        if name and name.bits + self.most_besides < ENOUGH:
            return None
        sought, contact, meanings = self.sought, who.contact, self.known.meanings
        organisation = meanings.rarest(key_words(contact.organisation), 1) if sought.organisation else 1
        domain = meanings.people(PLACE + joined(contact.email.partition("@")[2])) if sought.email else 0
        sharing = Sharing(
            self.everybody, domain, self._community(who), organisation, self.email_sharing, self.phone_sharing
        )
        evidence = Evidence(name.evidence if name else {})
        why = weigh(sought, contact, sharing, evidence)
        bits = evidence.bits
        if bits < ENOUGH:
            return None
        agreed = name.reasons if name else ()
        contacts = [reason for reason in why if reason != "organisation"]
        return _Weighed(who, bits, (*contacts, *agreed, *why[len(contacts) :]))

    def _community(self, who: Candidate) -> int:
        country = who.contact.country
        return self.known.meanings.rarest(words(country), self.everybody) if country else self.everybody

    def _name(self, who: Candidate) -> _Name | None:
        """Return what the names say; None where no name was typed, or none that can be compared."""
        weighed: list[_Name] = []
        for place, meant in enumerate(self.names):
            side = place if (who.name, who.name_local)[place] else 1 - place
            if meant and (other := who.words[side]):
                weighed.append(self._one_name(who, place, side, meant, other))
        if not weighed:
            return None
        best = max(weighed, key=lambda each: each.bits)
        worst = max(each.unlike for each in weighed)
        evidence = best.evidence
        if worst > -WEIGHTS["contradicted"] and best.unlike < worst:
            evidence = Evidence(evidence | {"one script says no": 1.0})
        if accents := who.country == "VN" and other_accents(self.sought.name, who.name):
            evidence = Evidence(evidence | {"other accents": float(accents)})
        if evidence is not best.evidence:
            best = _Name(evidence.bits, evidence.unlike, evidence, best.reasons)
        return best

    def _one_name(self, who: Candidate, place: int, side: int, meant: Sequence[Meant], other: tuple[str, ...]) -> _Name:
        key = (place, side, other, who.contact.country)
        known = self.weighed.get(key)
        if known is None:
            aligned = self._align(place, meant, other)
            evidence = name_evidence(
                meant, other, aligned, people=float(self._community(who)), country=who.country,
                email=self.mailbox, count=self.known.meanings.people,
            )  # fmt: skip
            unlike = evidence.unlike
            reasons = _reasons(aligned, place, side) if unlike < -WEIGHTS["contradicted"] else ()
            known = self.weighed[key] = _Name(evidence.bits, unlike, evidence, reasons)
        return known

    def _align(self, place: int, meant: Sequence[Meant], other: tuple[str, ...]) -> Aligned:
        key = (self.names_key, place, other)
        known = self.known.aligned.get(key)
        if known is None:
            known = self.known.aligned[key] = align(meant, other)
        return known


def _meant(meanings: Meanings, name: str, *, typing: bool) -> tuple[Meant, ...]:
    found = name_words(name)
    last = len(found) - 1
    return tuple(meanings.of(word, typing=typing and place == last) for place, word in enumerate(found))


def _rarest(meanings: Meanings, place_words: Sequence[str]) -> str:
    counts = sorted((count, word) for word in place_words if (count := meanings.people(PLACE + word)))
    return counts[0][1] if counts else ""


def _people(connection: Connection, known: _Remembered, pks: Sequence[int]) -> dict[int, Candidate]:
    """Return those people, read if they are not remembered."""
    if fresh := [pk for pk in dict.fromkeys(pks) if pk not in known.people]:
        known.people.update({who.pk: who for who in read(connection, fresh)})
    return {pk: known.people[pk] for pk in pks if pk in known.people}


def _attendees(connection: Connection, pks: Sequence[int]) -> Sequence[Any]:
    """Read these people anew: whether they came may have changed since they were compared."""
    if not pks:
        return []
    marks = ",".join("?" * len(pks))
    statement = f"SELECT a.id, {SQL_FIELDS} FROM attendee a WHERE a.id IN ({marks}) AND a.merged IS NULL"  # noqa: S608 - constants
    return connection.exec_driver_sql(statement, tuple(pks)).fetchall()


def _contact_sharing(sought: Sought, people: Sequence[Candidate]) -> tuple[int, int]:
    """Return how many people have the very e-mail address and the very telephone number."""
    email, digits = address(sought.email), last_digits(sought.phone)
    return (
        max(sum(address(who.contact.email) == email for who in people), 1),
        max(sum(last_digits(who.contact.phone) == digits for who in people), 1),
    )


def _score(bits: float) -> float:
    return round(1 / (1 + 2 ** (ENOUGH - bits)), 4)


def _reasons(aligned: Aligned, place: int, side: int) -> tuple[str, ...]:
    """Return which of "name", "order", "spelling", "name_local" to give as reason."""
    if not aligned.pairs:
        return ()
    reasons = ["name_local" if side == 1 and place == 1 else "name"]
    if aligned.order != "same":
        reasons.append("order")
    if {level for _mine, _other, level in aligned.pairs} - {EXACT, BEGINNING}:
        reasons.append("spelling")
    return tuple(reasons)
