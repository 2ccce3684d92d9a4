"""What of a person can be searched, as one line of folded words.

A word of the name stands as it is; a word of the organisation, country or mail domain has PLACE before it; one of the
badge code, external id, mail name or a title has OTHER. Both are private-use characters, which folding drops, so that
nobody can type or import them.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    return " ".join(
        {
            bare: None
            for word in document_words.split()
            for bare in (word.lstrip(PLACE + OTHER),)
            if (len(bare) > 3 and word[0] == OTHER) or (not bare.isascii() and has_no_spaces(bare))
        }
    )


def _variants(text: str) -> Iterator[str]:
    """Yield the words of a field; those joined by a hyphen or other sign also as one, those with an apostrophe also apart."""
    if not text:
        return
    text = text[:_LONGEST_FIELD]
    yield from words(text)
    if text.isalpha():
        return
    for chunk in fold(text).split():
        if chunk.isalpha():
            continue
        pieces = words(chunk)
        if len(pieces) > 1:
            yield "".join(pieces)
        if "'" in chunk:
            yield from words(chunk.replace("'", " "))
