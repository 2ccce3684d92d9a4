"""Is it one of these? What is known of a walk-in, and how likely it is that somebody on the roster is the same person.

Evidence is counted in bits, as for linking records: a name that agrees says as much as it is rare among the roster's people
of that country (Nguyễn Văn An says little, Chonthicha Rattanamongkol much), what disagrees takes away. An organisation that
differs is no proof of two persons, but a common name then is no proof of one. `look_alikes` in db.search finds whom to
weigh, and knows how many people share a name; here is the weighing alone.
"""

# ruff: noqa: SIM905 - lists of words read better as lines
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import Final

from rapidfuzz.distance import OSA

from checkin.domain.attendee import Attendee
from checkin.domain.countries import country_key
from checkin.domain.folding import bare_name, fold, is_title, words
from checkin.domain.organisations import agreement
from checkin.domain.romanise import is_thai
from checkin.domain.sound import misheard, mistyped, spoken


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


EXACT, SOUND, NEAR, ONE_ERROR, TWO_ERRORS, INITIAL, BEGINNING, CLOSE = range(8)
"""How a word of one name stands for a word of the other."""

_COST: Final = (0.0, 0.5, 1.0, 0.0, 3.2, 0.0, 1.0, 2.0)
"""Bits that each kind of difference takes away beyond what it says less. Numbers: fitted to benchmarks/pairs.py, rounded."""
_LONG_ALIKE: Final = 0.75
"""Share of the letters that two long names have in common: Inmongkol, Intramongkol."""
_RARENESS: Final = 0.67
"""How much of a name's rareness counts: the words of a name are not independent of each other."""
_COMMONEST, _RAREST = -4.0, 7.5
_MOST_COMMON: Final = 3
"""Where more than every third person of a country would have a name, its bearers are from other countries too."""
_LETTER_SHARED: Final = 1 / 10
_LEFT_OUT: Final = 3.6
CONTRADICTED: Final = 10.5
"""Each side has a word that the other has not: another given name in the family."""
ONE_SCRIPT_SAYS_NO: Final = 4.0
_NO_NAME: Final = 16.0
_REAL_NAME: Final = 7.0
"""A word that is itself somebody's name on the roster is seldom a mistake for another one,"""
_REAL_SPELLING: Final = 5.0
"""and not often another spelling of it,"""
_LONG, _LONG_SPELLING = 8, 1.5
"""unless it is long: Katharine, Katherine."""
_OTHER_LETTERS: Final = 4.0
_OTHER_SEX: Final = 14.0
_SAME_ORGANISATION, _RARE_ORGANISATION = 4.6, 0.2
_OTHER_ORGANISATION: Final = 7.0
_SAME_DOMAIN: Final = 0.1
_OTHER_COUNTRY: Final = 1.2
_EMAIL, _EMAIL_MISTYPED, _OTHER_EMAIL = 14.0, 6.0, 1.0
_PHONE, _OFFICE_PHONE, _OTHER_PHONE = 8.0, 1.0, 0.5
_OFFICE: Final = 2
"""More people with one telephone number than this: it is their office's."""
ENOUGH: Final = -0.35
"""Bits from which a person is shown."""

_LINKS: Final = frozenset(
    "binte bt bte ibn al el de la da do dos del der den von jr sr ii iii khun asst assoc he ko ma mg".split()
)
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
    other_sex: int = 0
    """Pairs that are a man's and a woman's form of one name."""

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
    if len(meant) != len(other):
        _join(found, [word.word for word in meant], list(other), mine_left, other_left, sure=True)
    for level, _apart, mine, place in possible:
        if mine in mine_left and place in other_left:
            found.pairs.append((mine, place, level))
            mine_left.remove(mine)
            other_left.remove(place)
    if mine_left and other_left:
        _join(found, [word.word for word in meant], list(other), mine_left, other_left)
    found.other_sex = sum(_of_other_sex(meant[mine].word, other[place]) for mine, place, level in found.pairs if level)
    found.left = [meant[mine].word for mine in mine_left]
    found.over = [other[place] for place in other_left]
    return found


_ENDING: Final = re.compile("(ah?|o)?$")


def _of_other_sex(one: str, other: str) -> bool:
    """Say whether two words differ as Mario and Maria, Paul and Paula, Latif and Latifah do: that is no mistake."""
    mine, yours = _ENDING.search(one), _ENDING.search(other)
    if mine is None or yours is None or one[: mine.start()] != other[: yours.start()]:
        return False
    return mine[0].startswith("a") != yours[0].startswith("a")


def _level(meant: Meant, text: str) -> int | None:
    level = meant.levels.get(text)
    if level is not None:
        return level
    if meant.word[0] == text[0]:
        if min(len(meant.word), len(text)) == 1:
            return INITIAL
        if meant.beginning and text.startswith(meant.word):
            return BEGINNING
    if (
        len(meant.word) == 1
        and is_thai(text)
        and {way[:1] for way in spoken(text)} & {way[:1] for way in spoken(meant.word)}
    ):
        return INITIAL
    return None


def _join(
    found: Aligned,
    mine: list[str],
    other: list[str],
    mine_left: list[int],
    other_left: list[int],
    *,
    sure: bool = False,
) -> None:
    """Pair words of one name that are written as one in the other (Nurul Huda, Nurulhuda), then those nearly alike.

    `sure`: only words written as one, and only if they then agree.
    """
    for texts, places, texts_left, places_left, swapped in (
        (mine, other, mine_left, other_left, False),
        (other, mine, other_left, mine_left, True),
    ):
        for one in list(texts_left):
            runs = [run for run in _runs(places_left) if not sure or len(run) > 1]
            ways = [(_likeness(texts[one], "".join(places[place] for place in run)), run) for run in runs]
            likeness, run = min(ways, default=((len(_COST), 0.0), ()))
            if likeness[0] < (NEAR if sure else len(_COST)):
                for place in run:
                    found.pairs.append((place, one, likeness[0]) if swapped else (one, place, likeness[0]))
                    places_left.remove(place)
                texts_left.remove(one)


def _runs(places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the places alone, and the neighbours among them, two and three together."""
    known = set(places)
    wide = [(p, p + 1, p + 2) for p in places if {p + 1, p + 2} <= known]
    return [*[(p,) for p in places], *[(p, p + 1) for p in places if p + 1 in known], *wide]


def _likeness(one: str, other: str) -> tuple[int, float]:
    level = same_word(one, other)
    return (len(_COST) if level is None else level, -OSA.normalized_similarity(one, other))


def same_word(one: str, other: str) -> int | None:
    """Say how one folded word may stand for another that no word list has; None if it cannot."""
    if one == other:
        return EXACT
    longest, errors = max(len(one), len(other)), OSA.distance(one, other)
    if longest > 5:
        mine, yours = spoken(one), spoken(other)
        if any(way in yours for way in mine):
            return SOUND
        if is_thai(one) != is_thai(other) and any(misheard(way, your) for way in mine for your in yours):
            return ONE_ERROR
        if errors == 1:
            return ONE_ERROR
        if longest > 7 and any(mistyped(way, your) for way in mine for your in yours):
            return TWO_ERRORS
        if min(len(one), len(other)) > 8 and 1 - errors / longest >= _LONG_ALIKE:
            return TWO_ERRORS
    if errors == 1 or (errors == 2 and longest > 4 and one[0] == other[0]):
        return CLOSE
    return None


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What two names laid side by side say."""

    bits: float
    unlike: float
    """Bits that their differences alone take away, however rare they are."""


def name_evidence(
    meant: Sequence[Meant],
    aligned: Aligned,
    people: float,
    *,
    by_letter: bool = False,
    email: frozenset[str] = frozenset(),
) -> NameEvidence:
    """Weigh two names among `people` (of that country).

    `by_letter`: they are written with the letters of their own language, so that what only sounds alike (Hùng, Hương) is
    another name. `email`: the words of the address that was given; one that stands in it too is not mistyped.
    """
    if not aligned.pairs:
        return NameEvidence(-_NO_NAME, _NO_NAME)
    left, over = _weight(aligned.left), _weight(aligned.over)
    both = min(left, over)
    unlike = CONTRADICTED * both + _LEFT_OUT * (max(left, over) - both)
    unlike += _OTHER_SEX * aligned.other_sex
    rare = -log2(max(people, 2.0))
    counted = {mine: level for mine, _place, level in reversed(aligned.pairs)}
    shared = {mine: _sharing(meant[mine], level) for mine, level in counted.items()}
    community = max([people, *[_MOST_COMMON * count for count in shared.values()]])  # John is of more than one country
    for mine, level in counted.items():
        if level in {INITIAL, CLOSE}:
            rare -= log2(_LETTER_SHARED)
        else:
            rare -= log2(min((max(shared[mine] - 1, 0) + 0.7) / (community + 20), 1.0))
        unlike += _COST[level]
        if by_letter and level in {SOUND, NEAR}:
            unlike += _OTHER_LETTERS
        elif level in {NEAR, ONE_ERROR, TWO_ERRORS, CLOSE} and _is_right(meant[mine], email):
            unlike += (
                _REAL_NAME if level != NEAR else _REAL_SPELLING if len(meant[mine].word) < _LONG else _LONG_SPELLING
            )
    return NameEvidence(_RARENESS * min(max(rare, _COMMONEST), _RAREST) - unlike, unlike)


def _is_right(meant: Meant, email: frozenset[str]) -> bool:
    """Say whether a word that differs is nevertheless not mistyped: others have it, or it stands in the address too."""
    return meant.people[EXACT] > 1 or (len(meant.word) > 3 and meant.word in email)


def _sharing(meant: Meant, level: int) -> int:
    if level in {INITIAL, CLOSE}:
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
    bits += name.bits if name else 0.0
    agreed = agreement(sought.organisation, attendee.organisation)
    if agreed > 0:
        within = min(sharing.country, sharing.everybody)
        rare = min(max(log2(max(within, 1) / max(sharing.organisation, 1)), 1.0), 6.0)
        bits += agreed * (_SAME_ORGANISATION + _RARE_ORGANISATION * rare)
        why.append("organisation")
    else:
        bits += _OTHER_ORGANISATION * agreed
        if _domain(sought.email) and _domain(sought.email) == _domain(attendee.email):
            bits += _SAME_DOMAIN * min(max(_rareness(sharing.domain, sharing), 0.0), 6.0)
    if _differ(sought.country, attendee.country):
        bits -= _OTHER_COUNTRY
    return bits, why


def _contact_bits(sought: Sought, attendee: Attendee, sharing: Sharing) -> tuple[float, list[str]]:
    bits, why = 0.0, []
    if sought.email and attendee.email:
        mine, yours = fold(sought.email).strip(), fold(attendee.email).strip()
        if mine == yours:
            bits += _EMAIL / sharing.email
            why.append("email")
        elif len(mine) > 9 and OSA.distance(mine, yours, score_cutoff=1) <= 1:
            bits += _EMAIL_MISTYPED
            why.append("email")
        else:
            bits -= _OTHER_EMAIL
    if (digits := last_digits(sought.phone)) and (known := last_digits(attendee.phone)):
        if digits == known:
            bits += _PHONE if sharing.phone <= _OFFICE else _OFFICE_PHONE
            why.append("phone")
        else:
            bits -= _OTHER_PHONE
    return bits, why


def mailbox_words(email: str) -> frozenset[str]:
    """Return the names that an e-mail address may have: anan.somdee5 and asomdee, with initials left off."""
    found = [part for part in _NOT_LETTERS.split(fold(email).partition("@")[0]) if part]
    return frozenset(found) | (frozenset([found[0][1:], found[0][:-1]]) if len(found) == 1 else frozenset())


_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


def _domain(email: str) -> str:
    return fold(email).strip().partition("@")[2]


def _rareness(some: int, sharing: Sharing) -> float:
    return log2(max(sharing.everybody, 1) / max(some, 1))


def _differ(one: str, other: str) -> bool:
    mine, yours = country_key(one), country_key(other)
    return bool(mine and yours) and mine != yours


def last_digits(phone: str) -> str:
    """Return the last eight digits of a telephone number, the same ones with and without country code; else empty."""
    digits = "".join(char for char in fold(phone[:60]) if char.isdecimal())
    return digits[-8:] if len(digits) >= 7 else ""
