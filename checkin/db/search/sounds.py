"""Which names of the roster sound like a name: an index of the word list by the consonants that are heard."""

from __future__ import annotations

from collections.abc import Iterable

from checkin.domain.alike import EXACT, NEAR, SOUND
from checkin.domain.romanise import is_thai
from checkin.domain.sound import nearly, skeleton, spoken


class Sounds:
    """The names of one word list, by skeleton. Takes some 10 microseconds a word to make."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take names, none twice, without marks."""
        self._alike: dict[str, list[str]] = {}
        for word in words:
            for bones in {skeleton(heard) for heard in spoken(word)}:
                self._alike.setdefault(bones, []).append(word)

    def like(self, word: str) -> dict[str, int]:
        """Return the words that sound like `word`, each with its level: EXACT, SOUND or NEAR."""
        mine = spoken(word)
        found: dict[str, int] = {}
        for bones in {skeleton(heard) for heard in mine}:
            for other in self._alike.get(bones, ()):
                level = _level(word, mine, other)
                if level is not None:
                    found[other] = min(level, found.get(other, level))
        return found


def _level(word: str, mine: tuple[str, ...], other: str) -> int | None:
    if word == other:
        return EXACT
    yours = spoken(other)
    if is_thai(word) == is_thai(other) and is_thai(word):
        return None  # two Thai spellings are two names; errors are found letter by letter
    if any(way in yours for way in mine):
        return SOUND
    if any(nearly(way, your) for way in mine for your in yours):
        return NEAR
    return None
