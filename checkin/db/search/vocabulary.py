"""The distinct words of names and places, in memory: which begin with a text, contain it, or differ by a typing error.

At a million people these are some hundred thousand words, read in half a second out of the FTS index itself; the search
asks for them only when whole words and short beginnings found too little.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.search.document import AFTER, OTHER, PLACE

_HIGHEST: Final = "\U0010ffff"
_MANY_FRESH: Final = 2000
"""So many words of later changes are kept beside the list before it is read anew."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word as it stands in the index (PLACE before it if it is one), and by how many errors it differs."""

    word: str
    errors: int


class WordList:
    """An immutable sorted list of words with the number of people of each."""

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        """Take (word, people) pairs, words marked with PLACE among them."""
        import numpy as np

        pairs = sorted(counts)
        self.words = [word for word, _people in pairs]
        self._bare = [word.lstrip(PLACE) for word in self.words]
        self._people = [people for _word, people in pairs]
        self._lengths = np.fromiter(map(len, self._bare), dtype=np.int32, count=len(pairs))
        self._letters = np.fromiter(map(_letters, self._bare), dtype=np.uint64, count=len(pairs))
        self._text = "\n".join(self._bare)
        self._starts = np.concatenate(([0], np.cumsum(self._lengths + 1)))[:-1]

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.words)

    def beginning(self, text: str, most: int) -> list[str] | None:
        """Return the words that begin with `text` (give PLACE with it to ask for places); None if more than `most`."""
        first = bisect_left(self.words, text)
        last = bisect_left(self.words, text + _HIGHEST, first)
        return self.words[first:last] if last - first <= most else None

    def knows(self, text: str) -> bool:
        """Say whether a word, of a name or a place, begins with `text`."""
        for start in (text, PLACE + text):
            place = bisect_left(self.words, start)
            if place < len(self.words) and self.words[place].startswith(start):
                return True
        return False

    def containing(self, text: str, most: int) -> list[str]:
        """Return words with `text` anywhere in them, those of most people first."""
        import numpy as np

        found: list[int] = []
        place = self._text.find(text)
        while place >= 0 and len(found) < 20 * most:
            number = int(np.searchsorted(self._starts, place, side="right")) - 1
            found.append(number)
            place = self._text.find(text, int(self._starts[number]) + len(self._bare[number]))
        return [self.words[number] for number in sorted(found, key=lambda n: -self._people[n])[:most]]

    def near(self, text: str, most: int) -> list[Near]:
        """Return words that differ from `text`, or begin with something that differs from it, by one or two errors.

        An error is a letter too many, missing, wrong, or two letters swapped (optimal string alignment). Words of three to
        five letters may have one, longer ones two. Fewest errors first, then the words of most people.
        """
        import numpy as np

        length = len(text)
        if length < 3 or length > 32 or not self.words:
            return []
        errors = 1 if length < 6 else 2
        mask = np.uint64(_letters(text))
        fits = (np.abs(self._lengths - length) <= errors) & (
            np.bitwise_count(self._letters ^ mask) <= np.uint8(2 * errors)
        )
        candidates = np.flatnonzero(fits)
        best = self._nearest(text, [(int(n), self._bare[n]) for n in candidates], errors)
        if length >= 4:
            best = self._near_beginnings(text, 1 if length < 7 else 2) | best
        ranked = sorted(best.items(), key=lambda item: (item[1], -self._people[item[0]]))
        return [Near(self.words[number], distance) for number, distance in ranked[:most]]

    def _near_beginnings(self, text: str, errors: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for mark in ("", PLACE):
            first = bisect_left(self.words, mark + text[:2])
            last = bisect_left(self.words, mark + text[:2] + _HIGHEST, first)
            longer = [(n, self._bare[n][: len(text)]) for n in range(first, min(last, first + 8000))]
            found |= self._nearest(text, longer, errors)
        return found

    @staticmethod
    def _nearest(text: str, candidates: list[tuple[int, str]], errors: int) -> dict[int, int]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        hits = process.extract(
            text, [word for _number, word in candidates], scorer=OSA.distance, score_cutoff=errors, limit=None
        )
        return {candidates[place][0]: int(distance) for _word, distance, place in hits if distance}


class Vocabulary:
    """Keeps a WordList in step with the index: read when first needed, then only what changed. Safe across threads."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = threading.Lock()
        self._lists: tuple[WordList, ...] = ()
        self._change = -1
        self._fresh: Counter[str] = Counter()

    def current(self, connection: Connection) -> tuple[WordList, ...]:
        """Return the lists if they are true for `connection`'s state, or soon made so; else nothing. Never waits."""
        if self._change < 0 or not self._lock.acquire(blocking=False):
            return ()
        try:
            change = _last_change(connection)
            if change > self._change and not self._is_bulk(connection):
                self._read(connection, change)
            return self._lists if change <= self._change else ()
        finally:
            self._lock.release()

    def bring_up_to_date(self, connection: Connection) -> tuple[WordList, ...]:
        """Return the lists as of `connection`'s state, reading what is missing."""
        change = _last_change(connection)
        with self._lock:
            if change > self._change:
                self._read(connection, change)
            return self._lists

    def _read(self, connection: Connection, change: int) -> None:
        everything = self._change < 0 or self._is_bulk(connection)
        if not everything:
            lines = connection.exec_driver_sql(
                "SELECT words FROM search_doc WHERE attendee IN (SELECT attendee FROM search_change WHERE id > ?)",
                (self._change,),
            )
            self._fresh.update(word for (line,) in lines for word in line.split() if word[0] != OTHER)
            everything = len(self._fresh) > _MANY_FRESH
        if everything:
            self._fresh.clear()
            self._lists = (WordList(_read_words(connection)),)
        else:
            self._lists = (self._lists[0], WordList(self._fresh.items()))
        self._change = change

    def _is_bulk(self, connection: Connection) -> bool:
        return bool(_one(connection, "SELECT 1 FROM search_change WHERE attendee = 0 AND id > ?", self._change))


def _last_change(connection: Connection) -> int:
    return int(_one(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'search_change'") or 0)


def _read_words(connection: Connection) -> list[tuple[str, int]]:
    query = "SELECT term, doc FROM search_vocabulary WHERE term >= ? AND term < ?"
    rows: list[tuple[str, int]] = []
    for first, last in (("0", PLACE), (PLACE, OTHER), (AFTER, _HIGHEST)):
        rows += [(term, people) for term, people in connection.exec_driver_sql(query, (first, last))]
    return rows


def _one(connection: Connection, query: str, *values: int) -> Any:
    row = connection.exec_driver_sql(query, values).fetchone()
    return row[0] if row else None


def _letters(word: str) -> int:
    """Return which letters occur, as 64 bits: two words one error apart differ in at most two of them."""
    mask = 0
    for char in word:
        mask |= 1 << (ord(char) & 63)
    return mask
