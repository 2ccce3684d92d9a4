"""Which words of the roster a typed word of a name may stand for: the same, one that sounds alike, one with an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checkin.db.search.document import PLACE
from checkin.db.search.vocabulary import WordList
from checkin.domain.name_alignment import EXACT, NEAR, ONE_ERROR, TWO_ERRORS, Meant

MOST_TERMS: Final = 32
_MOST_NEAR: Final = 24
_TWO_ERRORS_FROM: Final = 6
"""Shorter names that differ in two letters are two names; so are longer ones that both exist: Somchai, Somchit."""


class Meanings:
    """The word lists of one state of the roster, and what was found out from them. Safe to share between threads."""

    def __init__(self, lists: tuple[WordList, ...]) -> None:
        """Take the lists; nothing is worked out yet."""
        self.lists = lists
        self._meant: dict[tuple[str, bool], Meant] = {}
        self._people: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how much is remembered."""
        return len(self._meant) + len(self._people) // 8

    def people(self, word: str) -> int:
        """Return how many people have the word (PLACE before it for a place)."""
        known = self._people.get(word)
        if known is None:
            known = self._people[word] = sum(each.count(word) for each in self.lists)
        return known

    def rarest(self, place_words: Sequence[str], default: int) -> int:
        """Return how many people have the rarest of these words of a place; `default` if nobody has one."""
        return min([count for text in place_words if (count := self.people(PLACE + text))], default=default)

    def of(self, word: str, *, typing: bool = False) -> Meant:
        """Return what a folded word may stand for; `typing`: it may be half typed."""
        known = self._meant.get((word, typing))
        if known is None:
            known = self._meant[word, typing] = self._mean(word, typing=typing)
        return known

    def _mean(self, word: str, *, typing: bool) -> Meant:
        levels: dict[str, int] = {}
        known_name = self.people(word) > 0
        least = _TWO_ERRORS_FROM + 2 if known_name else _TWO_ERRORS_FROM
        if len(word) > 1:
            for known in self.lists:
                levels |= known.sounds.like(word)
                for near in known.near(word, _MOST_NEAR, beginnings=False):
                    if near.word[0] != PLACE and (near.errors == 1 or len(word) >= least):
                        level = ONE_ERROR if near.errors == 1 else TWO_ERRORS
                        if level == ONE_ERROR or near.word not in levels:
                            before = levels.get(near.word, level)
                            levels[near.word] = level if before == NEAR else min(level, before)
            if known_name:
                levels[word] = EXACT
        counts = [0] * (TWO_ERRORS + 1)
        for text, level in levels.items():
            counts[level] += self.people(text)
        people = tuple(sum(counts[: level + 1]) for level in range(len(counts)))
        beginning = sum(known.people(word) for known in self.lists) if typing and len(word) > 2 else 0
        kept = sorted(levels.items(), key=lambda item: (item[1], -self.people(item[0])))[: 4 * MOST_TERMS]
        return Meant(word, dict(kept), people, beginning)
