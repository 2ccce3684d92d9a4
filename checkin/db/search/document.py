"""What of a person can be searched, as one line of folded words.

A word of the name stands as it is; a word of the organisation, country or mail domain has PLACE before it; one of the
badge code, external id, mail name or a title has OTHER. Both are private-use characters, which folding drops, so that
nobody can type or import them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from checkin.domain.folding import bare_name, fold, has_no_spaces, is_title, words

PLACE: Final = "\ue001"
OTHER: Final = "\ue002"
AFTER: Final = "\ue003"
"""Sorts after every marked word."""

SOURCE_SQL: Final = "a.name, a.name_local, a.organisation, a.country, a.email, a.badge_code, a.external_id"
"""The columns of `attendee a` that `document` takes, in its order."""

_LONGEST_WORD: Final = 96
_MOST_WORDS: Final = 96
_LONGEST_FIELD: Final = 2000
"""Letters of one field that are searched; a name of 10,000 letters costs no more than that."""


def document(
    name: str, name_local: str, organisation: str, country: str, email: str, badge_code: str, external_id: str
) -> str:
    """Return the words of one person, without repetition, one space between. Pure: may run outside any transaction."""
    found: dict[str, None] = {}
    for text in (name, name_local):
        for word in _variants(text):
            if is_title(word):
                found[OTHER + word] = None
            else:
                found[word] = None
                found[bare_name(word)] = None
    mailbox, _at, domain = email.partition("@")
    for text in (organisation, country, domain):
        found.update((PLACE + word, None) for word in _variants(text))
    for code in (badge_code, external_id, mailbox):
        found.update((OTHER + word, None) for word in _variants(code) if word not in found)
    return " ".join([word[:_LONGEST_WORD] for word in list(found)[:_MOST_WORDS]])


def parts(document_words: str) -> str:
    """Return those words of a document that are found by any piece of three letters: unspaced scripts, codes, mail names."""
    return " ".join([word.lstrip(PLACE + OTHER) for word in document_words.split() if _is_found_by_piece(word)])


def _is_found_by_piece(word: str) -> bool:
    if word[0] == OTHER:
        return len(word) > 3
    return not word.isascii() and _is_unspaced(word)


def _variants(text: str) -> Iterator[str]:
    """Yield the words of a field; those joined by a hyphen or other sign also as one, those with an apostrophe also apart."""
    for chunk in text[:_LONGEST_FIELD].split():
        yield from _chunk_variants(chunk)


@lru_cache(maxsize=1 << 16)
def _chunk_variants(chunk: str) -> tuple[str, ...]:
    pieces = words(chunk)
    if chunk.isalpha() or (len(pieces) < 2 and chunk.isalnum()):
        return tuple(pieces)
    folded = fold(chunk)
    joined = ["".join(pieces)] if len(pieces) > 1 else []
    apart = words(folded.replace("'", " ")) if "'" in folded else []
    return tuple(dict.fromkeys([*pieces, *joined, *apart]))


@lru_cache(maxsize=1 << 16)
def _is_unspaced(word: str) -> bool:
    return has_no_spaces(word)
