"""What two names laid side by side say for and against being one person's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from math import log2
from typing import Final

from checkin.domain.alike_weights import COMMONEST, RAREST, Evidence
from checkin.domain.folding import bare_name, words
from checkin.domain.name_alignment import (
    BEGINNING,
    CLOSE,
    EXACT,
    INITIAL,
    LINKS,
    NEAR,
    ONE_ERROR,
    SOUND,
    TWO_ERRORS,
    Aligned,
    Meant,
)

_KINDS: Final = ("", "sound", "near", "one error", "two errors", "", "beginning", "close")
"""What the weights call the levels."""
_LONG: Final = 8
_SHORT: Final = 3
_MOST_COMMON: Final = 3
"""Where more than every third person of a country would have a name, its bearers are from other countries too."""
_LETTER_SHARED: Final = 1 / 10


def name_evidence(
    meant: Sequence[Meant],
    other: Sequence[str],
    aligned: Aligned,
    *,
    people: float,
    country: str = "",
    email: frozenset[str] = frozenset(),
    count: Callable[[str], int] = lambda _word: 0,
) -> Evidence:
    """Weigh two names among `people`, those of the `country` (two letters).

    `email`: the words of the address that was given; one that stands in it too is not mistyped. `count` tells how many
    people have a word.
    """
    if not aligned.pairs:
        return Evidence({"no name": 1.0})
    found = Evidence()
    _left_out(found, [word.word for word in meant], other, aligned, burmese=country == "MM")
    if aligned.other_sex:
        found["other sex"] = aligned.other_sex
    if aligned.order == "shuffled":
        found["shuffled"] = 1.0
    places = {mine: place for mine, place, _level in reversed(aligned.pairs)}
    counted = {mine: level for mine, _place, level in reversed(aligned.pairs)}
    shared = {mine: _sharing(meant[mine], level) for mine, level in counted.items()}
    community = max([people, *[_MOST_COMMON * some for some in shared.values()]])  # John is of more than one country
    rare = -log2(max(people, 2.0))
    for mine, level in counted.items():
        if level in {INITIAL, CLOSE}:
            rare -= log2(_LETTER_SHARED)
        else:
            rare -= log2(min((max(shared[mine] - 1, 0) + 0.7) / (community + 20), 1.0))
        if level != EXACT:
            _differing(found, meant[mine], other[places[mine]], level, country, email, count)
    found["rare name"] = min(max(rare, COMMONEST), RAREST)
    return found


def _differing(
    found: Evidence,
    meant: Meant,
    other: str,
    level: int,
    country: str,
    email: frozenset[str],
    count: Callable[[str], int],
) -> None:
    """Add what one pair of words says that is not the same word twice."""
    if level == INITIAL:
        if other in email or meant.word in email:
            _add(found, "initial in address")
        return
    _add(found, _KINDS[level])
    if country == "VN" and level in {SOUND, NEAR}:
        _add(found, "other letters")
    elif level == SOUND and max(len(meant.word), len(other)) <= _SHORT:
        if meant.people[EXACT] > 1 and count(other) > 1:
            _add(found, "both are names, same sound")
    elif level in {NEAR, ONE_ERROR, TWO_ERRORS, CLOSE} and _is_right(meant, email):
        long = "both are names, nearly, long" if len(meant.word) >= _LONG else "both are names, nearly"
        _add(found, long if level == NEAR else "both are names, error")


def _add(found: Evidence, kind: str, amount: float = 1.0) -> None:
    found[kind] = found.get(kind, 0.0) + amount


def _left_out(found: Evidence, mine: Sequence[str], other: Sequence[str], aligned: Aligned, *, burmese: bool) -> None:
    left, over = _weight(mine, aligned.left), _weight(other, aligned.over)
    if both := min(left, over):
        found["contradicted"] = both
    if not (alone := max(left, over) - both):
        return
    name, gaps = (mine, aligned.left) if left > over else (other, aligned.over)
    if burmese:
        found["word of Burmese name left out"] = alone
    real = [place for place, word in enumerate(name) if word not in LINKS]
    if {real[0], real[-1]} & set(gaps):
        found["first or last name left out"] = alone
    elif set(real[1:-1]) <= set(gaps):
        found["all middle names left out"] = min(alone, 1.0)
    else:
        found["some middle names left out"] = alone


def _weight(name: Sequence[str], places: Sequence[int]) -> float:
    return sum(0.0 if name[place] in LINKS else 0.3 if len(name[place]) == 1 else 1.0 for place in places)


def _is_right(meant: Meant, email: frozenset[str]) -> bool:
    """Say whether a word that differs is nevertheless not mistyped: others have it, or it stands in the address too."""
    return meant.people[EXACT] > 1 or (len(meant.word) > _SHORT and meant.word in email)


def _sharing(meant: Meant, level: int) -> int:
    if level in {INITIAL, CLOSE}:
        return 0
    return meant.beginning if level == BEGINNING else meant.people[level]


def other_accents(one: str, other: str) -> int:
    """Return how many words of two names differ in accents alone where both are written with some: Vinh, Vịnh."""
    if one.isascii() or other.isascii():
        return 0
    mine, yours = _accented(one), _accented(other)
    return sum(text not in yours[word] for word, texts in mine.items() if word in yours for text in texts)


def _accented(name: str) -> dict[str, set[str]]:
    """Return how each folded word of a name is written."""
    found: dict[str, set[str]] = {}
    for chunk in unicodedata.normalize("NFC", name[:200]).casefold().replace("-", " ").replace(",", " ").split():
        for word in words(chunk)[:1]:
            found.setdefault(bare_name(word), set()).add(chunk.strip("."))
    return found
