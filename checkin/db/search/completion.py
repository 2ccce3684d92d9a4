"""Complete the organisation and the country of a form out of what the roster knows.

One organisation whose spellings differ is one suggestion: the commonest spelling. Spellings are one where their folded
words are (case, accents and signs apart), or where they differ by a slip of the keyboard.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal

from rapidfuzz import fuzz

from checkin.db.engine import Database
from checkin.domain.countries import countries
from checkin.domain.folding import words
from checkin.domain.organisations import short_forms

_SLIP: Final = 94
"""Likeness, per cent, from which two spellings are one organisation."""
_MOST_COMPARED: Final = 60
"""Suggestions that are compared with each other; more letters narrow them down anyway."""


class Completion:
    """Knows one event's organisations and countries. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self._lock = threading.Lock()
        self._read_to = 0
        self._spellings: dict[str, Counter[str]] = {}
        """Folded words of an organisation -> its spellings and how many people have each."""
        self._countries: Counter[str] = Counter()

    def warm(self) -> None:
        """Read the organisations of the roster now; later calls read only who was added since."""
        with self._lock, self._database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT organisation, country, COUNT(*), MAX(id) FROM attendee WHERE id > ? GROUP BY organisation, country",
                (self._read_to,),
            ).fetchall()
            for organisation, country, people, last in rows:
                self._read_to = max(self._read_to, last)
                if organisation:
                    key = " ".join(words(organisation))
                    self._spellings.setdefault(key, Counter())[organisation] += people
                if country:
                    self._countries[country] += people

    def suggest(self, field: Literal["organisation", "country"], text: str, limit: int = 5) -> list[str]:
        """Return what may stand in the field, best first; nothing where nothing was typed."""
        typed = words(text)
        if not typed or limit <= 0:
            return []
        self.warm()
        found = self._suggest_country(typed) if field == "country" else self._suggest_organisation(typed)
        return found[:limit]

    def _suggest_organisation(self, typed: list[str]) -> list[str]:
        wanted = "".join(typed)
        with self._lock:
            known = list(self._spellings.items())
        hits = []
        for key, spellings in known:
            rank = _rank(typed, [key])
            spelling, _people = spellings.most_common(1)[0]
            if rank is None and len(wanted) > 1 and wanted in short_forms(spelling):
                rank = 1
            if rank is not None:
                hits.append((rank, -spellings.total(), key, spelling))
        return _one_each((key, spelling) for _rank, _people, key, spelling in sorted(hits))

    def _suggest_country(self, typed: list[str]) -> list[str]:
        """Return countries as the roster spells them, those of many guests first."""
        with self._lock:
            spelt = {" ".join(words(name)): (name, people) for name, people in reversed(self._countries.most_common())}
        hits = []
        for country in countries():
            rank = _rank(typed, country.names)
            if rank is not None:
                name, people = max((spelt[n] for n in country.names if n in spelt), key=lambda s: s[1], default=("", 0))
                hits.append((rank, -people, name or country.name))
        return [name for _rank, _people, name in sorted(hits)]


def _rank(typed: list[str], names: Iterable[str]) -> int | None:
    """Return 0 where a name is or begins with what was typed, 1 where its words do in any order; None: neither.

    Texts without spaces between words (Thai) are found by any piece of two letters or more.
    """
    line, best = " ".join(typed), None
    for name in names:
        if name == line or (len(line) > 2 and name.startswith(line)) or name.startswith(line + " "):
            return 0
        parts = name.split()
        if all(any(part.startswith(word) for part in parts) for word in typed) or (
            not line.isascii() and len(line) > 1 and line in name
        ):
            best = 1
    return best


def _one_each(found: Iterable[tuple[str, str]]) -> list[str]:
    """Leave out a spelling that differs from a better suggestion by a slip only."""
    kept: list[tuple[str, str]] = []
    for key, spelling in found:
        if not any(fuzz.ratio(key, other, score_cutoff=_SLIP) for other, _spelling in kept):
            kept.append((key, spelling))
        if len(kept) == _MOST_COMPARED:
            break
    return [spelling for _key, spelling in kept]
