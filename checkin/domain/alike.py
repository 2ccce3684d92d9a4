"""Is it one of these? What is known of a walk-in, and how likely it is that somebody on the roster is the same person.

Evidence is counted in bits, as for linking records: a name that agrees says as much as it is rare among the roster's people
of that country (Nguyễn Văn An says little, Chonthicha Rattanamongkol much), what disagrees takes away. An organisation that
differs is no proof of two persons, but a common name then is no proof of one. `look_alikes` in db.search finds whom to
weigh, and knows how many people share a name; here is the weighing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import Final

from rapidfuzz.distance import OSA

from checkin.domain.attendee import Attendee
from checkin.domain.folding import bare_name, fold, is_title, words
from checkin.domain.organisations import agreement
from checkin.domain.sound import nearly, spoken
from checkin.domain.territories import code_of, key


@dataclass(frozen=True, slots=True)
class Sought:
    """What has been typed of a walk-in so far; any of it may be empty or half typed."""

    name: str = ""
    name_local: str = ""
    organisation: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A person of the roster who may be the one sought."""

    attendee: Attendee
    score: float
    """0 to 1: how sure it is; only for the order."""
    why: tuple[str, ...]
    """What agrees, most telling first: "email", "phone", "name", "order", "spelling", "name_local", "organisation"."""


EXACT, SOUND, NEAR, ONE_ERROR, TWO_ERRORS, INITIAL, BEGINNING = range(7)
"""How a word of one name stands for a word of the other."""

_COST: Final = (0.0, 0.7, 2.0, 2.0, 5.0, 2.0, 1.0)
"""Bits that each kind of difference takes away: how seldom one person's name differs so."""
_LONG_ALIKE: Final = 0.75
"""Share of the letters that two long names have in common: Inmongkol, Intramongkol."""
_LEFT_OUT: Final = 1.5
CONTRADICTED: Final = 9.0
"""Each side has a word that the other has not: another given name in the family."""
_NO_NAME: Final = 13.0
_OTHER_ORGANISATION: Final = 5.0
_SAME_DOMAIN: Final = 0.6
_OTHER_COUNTRY: Final = 4.0
_EMAIL, _PHONE = 16.0, 9.0
_EMAIL_MISTYPED: Final = 9.0
_OTHER_CONTACT: Final = 1.0
_OFFICE: Final = 2
"""More people with one telephone number than this: it is their office's."""
_MOST_COMMON: Final = 3
"""Where more than every third person of a country would have a name, its bearers are from other countries too."""
_REAL_NAME: Final = 3.0
"""A word that is itself somebody's name on the roster is seldom a mistake for another one."""
_INITIAL_SHARED: Final = 1 / 10
_COLLEAGUE: Final = 6.0
"""However common, the same whole name in the same organisation says so much at least."""
ENOUGH: Final = 3.0
"""Bits from which a person is shown."""

_LINKS: Final = frozenset("binte bt bte ibn al el de la da do dos del der den von jr sr ii iii khun asst assoc he ko ma mg".split())  # fmt: skip
"""Words between or before names that are left out as they please, and titles that are a name as often."""
_MOST_WORDS: Final = 8


@lru_cache(maxsize=1 << 14)
def name_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name in order, without titles; all of them where none would be left."""
    plain = fold(text[:200]).replace("a/l", " ").replace("a/p", " ").replace("s/o", " ").replace("d/o", " ")
    found = [bare_name(word) for word in words(plain)]
    return tuple([word for word in found if not is_title(word)] or found)[:_MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of the name sought: which words of the roster may stand for it, and how many people have one of those."""

    word: str
    levels: dict[str, int]
    people: tuple[int, ...]
    """By level, how many people have a word of that level or a better one."""
    beginning: int = 0
    """How many people have a word that begins with it, if it may be half typed; else 0."""

    @property
    def sharing(self) -> int:
        """How many people have some word that it may stand for."""
        return max(self.people[-1], self.beginning)


@dataclass(slots=True)
class Aligned:
    """Two names laid side by side."""

    pairs: list[tuple[int, int, int]] = field(default_factory=list)
    """(place in the name sought, place in the other, level)."""
    left: list[str] = field(default_factory=list)
    """Words of the name sought without a counterpart."""
    over: list[str] = field(default_factory=list)
    """Words of the other name without one."""

    @property
    def in_order(self) -> bool:
        """Whether the words that agree stand in the same order."""
        places = [other for _mine, other, _level in sorted(self.pairs)]
        return places == sorted(places)


def align(meant: Sequence[Meant], other: Sequence[str]) -> Aligned:
    """Find for each word of the name sought its counterpart, the best pairs first; then words written as one or apart."""
    possible = sorted(
        (level, abs(mine - place), mine, place)
        for mine, word in enumerate(meant)
        for place, text in enumerate(other)
        if (level := _level(word, text)) is not None
    )
    found = Aligned()
    mine_left, other_left = list(range(len(meant))), list(range(len(other)))
    for level, _apart, mine, place in possible:
        if mine in mine_left and place in other_left:
            found.pairs.append((mine, place, level))
            mine_left.remove(mine)
            other_left.remove(place)
    if mine_left and other_left:
        _join(found, [word.word for word in meant], list(other), mine_left, other_left)
    found.left = [meant[mine].word for mine in mine_left]
    found.over = [other[place] for place in other_left]
    return found


def _level(meant: Meant, text: str) -> int | None:
    level = meant.levels.get(text)
    if level is not None:
        return level
    if meant.word[0] == text[0]:
        if len(meant.word) == 1 or len(text) == 1:
            return INITIAL
        if meant.beginning and text.startswith(meant.word):
            return BEGINNING
    return None


def _join(found: Aligned, mine: list[str], other: list[str], mine_left: list[int], other_left: list[int]) -> None:
    """Pair words of one name that are written as one in the other: Nurul Huda, Nurulhuda; Sae Lim, Saelim."""
    for texts, places, texts_left, places_left, swapped in (
        (mine, other, mine_left, other_left, False),
        (other, mine, other_left, mine_left, True),
    ):
        for one in list(texts_left):
            for run in (*_runs(places_left), *((place,) for place in places_left)):
                level = same_word(texts[one], "".join(places[place] for place in run))
                if level is not None and one in texts_left:
                    for place in run:
                        found.pairs.append((place, one, level) if swapped else (one, place, level))
                        places_left.remove(place)
                    texts_left.remove(one)
                    break


def _runs(places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the neighbours among places, three and two together."""
    known = set(places)
    wide = [(p, p + 1, p + 2) for p in places if {p + 1, p + 2} <= known]
    return [*wide, *[(p, p + 1) for p in places if p + 1 in known]]


def same_word(one: str, other: str) -> int | None:
    """Say how one folded word may stand for another; None if it cannot."""
    if one == other:
        return EXACT
    mine, yours = spoken(one), spoken(other)
    if any(way in yours for way in mine):
        return SOUND
    if len(one) > 5 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return ONE_ERROR
    if len(one) > 7 and any(nearly(way, your) for way in mine for your in yours):
        return TWO_ERRORS
    if min(len(one), len(other)) > 8 and OSA.normalized_similarity(one, other) >= _LONG_ALIKE:
        return TWO_ERRORS
    return None


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What two names laid side by side say."""

    bits: float
    """Below 0 they speak against one person, or are too common to say much."""
    unlike: float
    """Bits that their differences alone take away, however common they are."""


def name_evidence(meant: Sequence[Meant], aligned: Aligned, people: float) -> NameEvidence:
    """Weigh two names among `people` (of that country)."""
    if not aligned.pairs:
        return NameEvidence(-_NO_NAME, _NO_NAME)
    left, over = _weight(aligned.left), _weight(aligned.over)
    both = min(left, over)
    unlike = CONTRADICTED * both + _LEFT_OUT * (max(left, over) - both)
    bits = -log2(max(people, 2.0))
    counted = {mine: level for mine, _place, level in reversed(aligned.pairs)}
    shared = {mine: _sharing(meant[mine], level) for mine, level in counted.items()}
    community = max([people, *[_MOST_COMMON * count for count in shared.values()]])  # John is of more than one country
    for mine, level in counted.items():
        if level == INITIAL:
            bits -= log2(_INITIAL_SHARED)
        else:
            bits -= log2(min((max(shared[mine] - 1, 0) + 0.7) / (community + 20), 1.0))
        unlike += _COST[level]
        if level in {ONE_ERROR, TWO_ERRORS} and meant[mine].people[EXACT] > 1:
            unlike += _REAL_NAME
    return NameEvidence(bits - unlike, unlike)


def _sharing(meant: Meant, level: int) -> int:
    if level == INITIAL:
        return 0
    return meant.beginning if level == BEGINNING else meant.people[level]


def _weight(left: Sequence[str]) -> float:
    return sum(0.0 if word in _LINKS else 0.3 if len(word) == 1 else 1.0 for word in left)


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many people on the roster share a thing with the one weighed; 1 is that person alone."""

    everybody: int
    domain: int
    """People with an address at the same place."""
    country: int
    """People of the same country: of whom the organisation tells some from others."""
    organisation: int = 1
    email: int = 1
    phone: int = 1


def weigh(sought: Sought, attendee: Attendee, name: NameEvidence | None, sharing: Sharing) -> tuple[float, list[str]]:
    """Return what all things together say, in bits, and which of e-mail, telephone and organisation agree.

    `name` is None where no name was typed, or none that can be compared.
    """
    bits, why = _contact_bits(sought, attendee, sharing)
    agreed = agreement(sought.organisation, attendee.organisation)
    bits += name.bits if name else 0.0
    if agreed > 0:
        within = min(sharing.country, sharing.everybody)
        said = agreed * min(max(log2(max(within, 1) / max(sharing.organisation, 1)), 1.0), 6.0)
        office = "phone" in why and sharing.phone > _OFFICE  # a switchboard says no more than the organisation does
        bits += max(said - _rareness(sharing.phone, sharing), 0.0) if office else said
        why.append("organisation")
        if name and agreed == 1:
            bits = max(bits, _COLLEAGUE - name.unlike)
    else:
        bits += _OTHER_ORGANISATION * agreed
        if _domain(sought.email) and _domain(sought.email) == _domain(attendee.email):
            bits += _SAME_DOMAIN * min(max(_rareness(sharing.domain, sharing), 0.0), 6.0)
    if _differ(sought.country, attendee.country):
        bits -= _OTHER_COUNTRY / 2 if agreed == 1 else _OTHER_COUNTRY
    return bits, why


def _contact_bits(sought: Sought, attendee: Attendee, sharing: Sharing) -> tuple[float, list[str]]:
    bits, why = 0.0, []
    if sought.email and attendee.email:
        mine, yours = fold(sought.email).strip(), fold(attendee.email).strip()
        if mine == yours:
            bits += min(_EMAIL, max(_rareness(sharing.email, sharing), 1.0)) if sharing.email > 1 else _EMAIL
            why.append("email")
        elif len(mine) > 9 and OSA.distance(mine, yours, score_cutoff=1) <= 1:
            bits += _EMAIL_MISTYPED
            why.append("email")
        else:
            bits -= _OTHER_CONTACT
    if (digits := last_digits(sought.phone)) and (known := last_digits(attendee.phone)):
        if digits == known:
            bits += min(_PHONE, max(_rareness(sharing.phone, sharing), 1.0)) if sharing.phone > 1 else _PHONE
            why.append("phone")
        else:
            bits -= _OTHER_CONTACT / 2
    return bits, why


def _domain(email: str) -> str:
    return fold(email).strip().partition("@")[2]


def _rareness(some: int, sharing: Sharing) -> float:
    return log2(max(sharing.everybody, 1) / max(some, 1))


def _differ(one: str, other: str) -> bool:
    if not one.strip() or not other.strip():
        return False
    return (code_of(one) or key(one)) != (code_of(other) or key(other))


def last_digits(phone: str) -> str:
    """Return the last eight digits of a telephone number, the same ones with and without country code; else empty."""
    digits = "".join(char for char in fold(phone[:60]) if char.isdecimal())
    return digits[-8:] if len(digits) >= 7 else ""
