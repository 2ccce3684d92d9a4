"""Two names laid side by side: which word of one stands for which word of the other."""

# ruff: noqa: SIM905 - lists of words read better as lines
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from checkin.domain.folding import bare_name, fold, is_title, words
from checkin.domain.romanise import is_thai
from checkin.domain.sound import misheard, mistyped, spoken

EXACT, SOUND, NEAR, ONE_ERROR, TWO_ERRORS, INITIAL, BEGINNING, CLOSE = range(8)
"""How a word of one name stands for a word of the other."""
LEVELS: Final = 8

LINKS: Final = frozenset(
    "binte bt bte ibn al el de la da do dos del der den von jr sr ii iii khun asst assoc he ko ma mg".split()
)
"""Words between or before names that are left out as they please, and titles that are a name as often."""
_LONG_ALIKE: Final = 0.75
"""Share of the letters that two long names have in common: Inmongkol, Intramongkol."""
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
    left: list[int] = field(default_factory=list)
    """Places in the name sought without a counterpart."""
    over: list[int] = field(default_factory=list)
    """Places in the other name without one."""
    other_sex: int = 0
    """Pairs that are a man's and a woman's form of one name."""

    @property
    def order(self) -> str:
        """How the words that agree stand: in "same" order, "turned" (the end of one is the other's front), "shuffled"."""
        places = [other for _mine, other, _level in sorted(self.pairs)]
        falls = sum(one > other for one, other in zip(places, [*places[1:], places[0]] if places else [], strict=True))
        if falls > 1:
            return "shuffled"
        return "same" if places == sorted(places) else "turned"


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
    found.left, found.over = mine_left, other_left
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
            likeness, run = min(ways, default=((LEVELS, 0.0), ()))
            if likeness[0] < (NEAR if sure else LEVELS):
                for place in run:
                    found.pairs.append((place, one, likeness[0]) if swapped else (one, place, likeness[0]))
                    places_left.remove(place)
                texts_left.remove(one)


def _runs(places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the places alone, and the neighbours among them, two and three together."""
    known = set(places)
    wide = [(p, p + 1, p + 2) for p in places if {p + 1, p + 2} <= known]
    return [*[(p,) for p in places], *[(p, p + 1) for p in places if p + 1 in known], *wide]


@lru_cache(maxsize=1 << 16)
def _likeness(one: str, other: str) -> tuple[int, float]:
    level = same_word(one, other)
    return (LEVELS, 0.0) if level is None else (level, -OSA.normalized_similarity(one, other))


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
