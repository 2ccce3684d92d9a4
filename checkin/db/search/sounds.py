"""Which names of the roster sound like a name: an index of the word list by the consonants that are heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checkin.domain.name_alignment import EXACT, NEAR, ONE_ERROR, SOUND, TWO_ERRORS
from checkin.domain.romanise import is_thai
from checkin.domain.sound import misheard, mistyped, nearly, skeleton, spoken

_LONG: Final = 4
"""Consonants from which a name is known with one of them wrong."""
_MOST_READINGS: Final = 3
"""So many of the likeliest readings of a Thai word are also looked for with an error."""


class Sounds:
    """The names of one word list, by skeleton. Takes some 10 microseconds a word to make."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take names, none twice, without marks."""
        self._alike: dict[str, list[str]] = {}
        for word in words:
            for bones in {skeleton(heard) for heard in spoken(word)}:
                self._alike.setdefault(bones, []).append(word)
        self._letters = set().union(*self._alike)

    def like(self, word: str) -> dict[str, int]:
        """Return the words that sound like `word`, each with its level: EXACT, SOUND or NEAR.

        A long name that is both spelt otherwise and mistyped is TWO_ERRORS, one mistyped in another script ONE_ERROR.
        """
        mine = spoken(word)
        found: dict[str, int] = {}
        bones = {skeleton(heard) for heard in mine}
        for some in bones:
            for other in self._alike.get(some, ()):
                level = _level(word, mine, other)
                if level is not None:
                    found[other] = min(level, found.get(other, level))
        for some in list(dict.fromkeys(skeleton(heard) for heard in mine))[:_MOST_READINGS]:
            if len(some) >= _LONG:
                for other in self._mistyped(some):
                    level = None if other in found else _sounds_mistyped(word, mine, other)
                    if level is not None:
                        found[other] = level
        return found

    def _mistyped(self, bones: str) -> Iterator[str]:
        """Give the words whose skeleton differs in one consonant: all such skeletons are looked up, some hundreds."""
        for other in _one_error(bones, self._letters):
            yield from self._alike.get(other, ())


def _one_error(bones: str, letters: Iterable[str]) -> set[str]:
    """Return all texts with one letter too many, missing, wrong or swapped with the next."""
    cuts = [(bones[:place], bones[place:]) for place in range(len(bones) + 1)]
    found = {start + rest[1:] for start, rest in cuts if rest}
    found |= {start + rest[1] + rest[0] + rest[2:] for start, rest in cuts if len(rest) > 1}
    for letter in letters:
        found.update([start + letter + rest for start, rest in cuts])
        found.update([start + letter + rest[1:] for start, rest in cuts if rest])
    return found - {bones}


def _level(word: str, mine: tuple[str, ...], other: str) -> int | None:
    if word == other:
        return EXACT
    yours = spoken(other)
    if is_thai(word) and is_thai(other):
        return None  # two Thai spellings are two names; errors are found letter by letter
    if any(way in yours for way in mine):
        return SOUND
    if any(nearly(way, your) for way in mine for your in yours):
        return NEAR if is_thai(word) == is_thai(other) else SOUND  # no vowel of the other script is certain
    return None


def _sounds_mistyped(word: str, mine: tuple[str, ...], other: str) -> int | None:
    """Say how a word stands for one that sounds nearly the same but for one consonant; None if it does not."""
    yours = spoken(other)
    if is_thai(word) != is_thai(other) and any(misheard(way, your) for way in mine for your in yours):
        return ONE_ERROR
    if not (is_thai(word) and is_thai(other)) and any(mistyped(way, your) for way in mine for your in yours):
        return TWO_ERRORS
    return None
