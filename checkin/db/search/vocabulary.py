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
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.search.document import AFTER, OTHER, PLACE
from checkin.db.search.sounds import Sounds

_HIGHEST: Final = "\U0010ffff"
_MOST_BEGINNINGS: Final = 8000
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
        self._bare = np.array([word.lstrip(PLACE) for word in self.words], dtype=object)
        self._people = [people for _word, people in pairs]
        self._people_before = np.concatenate(([0], np.cumsum(self._people, dtype=np.int64)))
        self._lengths = np.fromiter(map(len, self._bare), dtype=np.int32, count=len(pairs))
        self._letters = np.fromiter(map(_letters, self._bare), dtype=np.uint64, count=len(pairs))
        self._text = "\n".join(self._bare)
        self._starts = np.concatenate(([0], np.cumsum(self._lengths + 1)))[:-1]

    @cached_property
    def sounds(self) -> Sounds:
        """The names of the list by their sound; made at the first use, a second at a million people."""
        return Sounds(word for word in self.words if word[0] != PLACE)

    def count(self, word: str) -> int:
        """Return how many people have exactly this word (give PLACE with it to ask for places)."""
        place = bisect_left(self.words, word)
        return self._people[place] if place < len(self.words) and self.words[place] == word else 0

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.words)

    def beginning(self, text: str, most: int) -> list[str] | None:
        """Return the words that begin with `text` (give PLACE with it to ask for places); None if more than `most`."""
        first, last = self._range(text, whole=False)
        return self.words[first:last] if last - first <= most else None

    def people(self, text: str, *, whole: bool = False) -> int:
        """Return how many people have a word of name or place that begins with `text`, or is it; too many rather than few."""
        ranges = [self._range(start, whole) for start in (text, PLACE + text)]
        return sum(int(self._people_before[last] - self._people_before[first]) for first, last in ranges)

    def _range(self, text: str, whole: bool) -> tuple[int, int]:
        first = bisect_left(self.words, text)
        return first, bisect_left(self.words, text + ("\0" if whole else _HIGHEST), first)

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

    def near(self, text: str, most: int, *, beginnings: bool) -> list[Near]:
        """Return words that differ from `text` by one or two errors; `beginnings`: also those that begin with such a text.

        An error is a letter too many, missing, wrong, or two letters swapped (optimal string alignment). Words of three to
        five letters may have one, longer ones two. Fewest errors first, then the words of most people.
        """
        import numpy as np

        length = len(text)
        if length < 3 or length > 32 or not self.words:
            return []
        errors = 1 if length < 6 else 2
        fits = np.abs(self._lengths - length) <= errors
        fits &= np.bitwise_count(self._letters ^ np.uint64(_letters(text))) <= np.uint8(2 * errors)
        numbers = np.flatnonzero(fits)
        best = self._nearest(text, numbers, self._bare[numbers].tolist(), errors)
        if beginnings and length >= 4:
            for mark in ("", PLACE):
                first, last = self._range(mark + text[:2], whole=False)
                numbers = np.arange(first, min(last, first + _MOST_BEGINNINGS))
                longer = [word[:length] for word in self._bare[numbers].tolist()]
                best = self._nearest(text, numbers, longer, 1 if length < 7 else 2) | best
        ranked = sorted(best.items(), key=lambda item: (item[1], -self._people[item[0]]))
        return [Near(self.words[number], distance) for number, distance in ranked[:most]]

    @staticmethod
    def _nearest(text: str, numbers: Any, candidates: list[str], errors: int) -> dict[int, int]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        hits = process.extract(text, candidates, scorer=OSA.distance, score_cutoff=errors, limit=None)
        return {int(numbers[place]): int(distance) for _word, distance, place in hits if distance}


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
    raw: Any = connection.connection.driver_connection
    ranges = (("0", PLACE), (PLACE, OTHER), (AFTER, _HIGHEST))
    return [pair for between in ranges for pair in raw.execute(query, between)]


def _one(connection: Connection, query: str, *values: int) -> Any:
    row = connection.exec_driver_sql(query, values).fetchone()
    return row[0] if row else None


def _letters(word: str) -> int:
    """Return which letters occur, as 64 bits: two words one error apart differ in at most two of them."""
    mask = 0
    for char in word:
        mask |= 1 << (ord(char) & 63)
    return mask
