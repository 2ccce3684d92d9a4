"""How well a person answers a query: whole words before beginnings before pieces before typing errors; names first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checkin.db.search.document import OTHER, PLACE
from checkin.db.search.query import Query

_EXACT: Final = 1.0
_BEGINNING: Final = 0.85
_PIECE: Final = 0.6
_ONE_ERROR: Final = 0.5
_TWO_ERRORS: Final = 0.4
_FIELD: Final = {PLACE: 0.75, OTHER: 0.7}


def score(query: Query, line: str, errors: Sequence[dict[str, int]]) -> float:
    """Return 0 (a word of the query is missing) to 1 for a person whose document is `line`.

    `errors` gives for each word of the query the index words that are near to it, with the number of errors.
    """
    present = line.split()
    total = 0.0
    for wanted, near in zip(query.words, errors, strict=True):
        best = max((_word(wanted, word, near) for word in present), default=0.0)
        if not best:
            return 0.0
        total += best
    names = [word for word in present if word[0] not in _FIELD]
    whole = len(set(query.words) & set(names)) / (len(names) or 1)  # somebody with fewer other names is meant
    titled = sum(OTHER + title in present for title in query.titles)
    return round(min(total / len(query.words) * 0.95 + 0.04 * whole + 0.01 * min(titled, 1), 1.0), 4)


def _word(wanted: str, word: str, near: dict[str, int]) -> float:
    weight = _FIELD.get(word[0], 1.0)
    bare = word if weight == 1.0 else word[1:]
    if bare.startswith(wanted):
        share = len(wanted) / len(bare)
        return weight * (_EXACT if share == 1.0 else _BEGINNING + 0.05 * share)
    if len(wanted) > 1 and wanted in bare:
        return weight * _PIECE
    return weight * {1: _ONE_ERROR, 2: _TWO_ERRORS}.get(near.get(word, 0), 0.0)
