"""What staff typed, taken apart: the words that a person must have, and signs that are meant as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from checkin.db.search.document import joined
from checkin.domain.folding import bare_name, fold, is_title, words

_LONGEST: Final = 400
"""Letters of the query that are read; a longer paste is cut."""
_MOST_WORDS: Final = 10

_USUAL_SIGNS: Final = "'.,/@&+:#()-"
_USUAL: Final = re.compile(
    r"[(]?[^{signs}]+([{signs}][^{signs}]+)*[{signs}]?,?|[-&/,.+@]".format(signs=re.escape(_USUAL_SIGNS))
)
_STRANGE: Final = re.compile(r"[_%*?!\[\]{}\"\\;=<>|^~$\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it will be run."""

    words: tuple[str, ...]
    """Folded, none twice; each must be found. The last may be half typed, as may the others."""
    titles: tuple[str, ...] = ()
    """Titles beside a name: nobody must have them, who has is listed first."""
    literal: tuple[str, ...] = ()
    """Folded pieces with unusual signs, which must stand in one of the person's fields as they are."""


def parse(text: str) -> Query:
    """Take a search text apart. No sign in it has a meaning of its own: what is no name or code is matched literally."""
    found: dict[str, None] = {}
    literal: list[str] = []
    for chunk in fold(text[:_LONGEST]).split():
        pieces = map(joined, chunk.split("@", 1)) if "@" in chunk else map(bare_name, words(chunk))
        found.update((piece[:96], None) for piece in pieces if piece)
        if _STRANGE.search(chunk) or not _USUAL.fullmatch(chunk):
            literal.append(chunk)
    titles = tuple(word for word in found if is_title(word))
    names = tuple(word for word in found if word not in titles)
    if not names:
        names, titles = titles[-1:], titles[:-1]  # somebody is typing one, or looks for all who have it
    return Query(names[:_MOST_WORDS], titles, tuple(literal))
