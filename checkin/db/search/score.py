"""How well a person answers a query: whole words before beginnings before pieces before typing errors; names first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checkin.db.search.document import OTHER, PHONE, PLACE
from checkin.db.search.query import Query

_EXACT: Final = 1.0
_BEGINNING: Final = 0.85
_PIECE: Final = 0.6
_ERRORS: Final = {1: 0.5, 2: 0.4}
_FIELD: Final = {PLACE: 0.75, OTHER: 0.7}


def score(query: Query, line: str, errors: Sequence[dict[str, int]]) -> float:
    """Return 0 (a word of the query is missing) to 1 for a person whose document is `line`.

    `errors` gives for each word of the query the index words that are near to it, with the number of errors.
    """
    present = [word for word in line.split() if word[0] != PHONE]
    total = 0.0
    whole = 0
    for wanted, near in zip(query.words, errors, strict=True):
        if wanted in present:
            total += _EXACT
            whole += 1
            continue
        best = 0.0
        for word in present:
            if wanted in word:
                best = max(best, _inside(wanted, word))
            elif near and word in near:
                best = max(best, _FIELD.get(word[0], 1.0) * _ERRORS[near[word]])
        if not best:
            return 0.0
        total += best
    names = sum(word[0] not in _FIELD for word in present)
    fewer = whole / max(names, whole, 1)  # somebody with no other names is meant rather
    titled = any(OTHER + title in present for title in query.titles)
    return round(min(total / len(query.words) * 0.95 + 0.04 * fewer + 0.01 * titled, 1.0), 4)


def _inside(wanted: str, word: str) -> float:
    weight = _FIELD.get(word[0], 1.0)
    bare = word if weight == 1.0 else word[1:]
    if bare.startswith(wanted):
        share = len(wanted) / len(bare)
        return weight * (_EXACT if share == 1.0 else _BEGINNING + 0.05 * share)
    return weight * _PIECE if len(wanted) > 1 else 0.0
