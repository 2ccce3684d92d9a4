"""What of a person can be searched, as one line of folded words.

A word of the name stands as it is; a word of the organisation, country or mail domain has PLACE before it; one of the
badge code, external id, mail name or a title has OTHER; the end of the telephone number has PHONE, which only look-alikes
ask for. All are private-use characters, which folding drops, so that nobody can type or import them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from checkin.domain.alike import last_digits
from checkin.domain.folding import bare_name, fold, has_no_spaces, is_title, words

PLACE: Final = "\ue001"
OTHER: Final = "\ue002"
PHONE: Final = "\ue003"
AFTER: Final = "\ue004"
"""Sorts after every marked word."""

SOURCE_SQL: Final = "a.name, a.name_local, a.organisation, a.country, a.email, a.badge_code, a.external_id, a.phone"
"""The columns of `attendee a` that `document` takes, in its order."""

_LONGEST_WORD: Final = 96
_MOST_WORDS: Final = 96
_LONGEST_FIELD: Final = 2000
"""Letters of one field that are searched; a name of 10,000 letters costs no more than that."""


def document(
    name: str,
    name_local: str,
    organisation: str,
    country: str,
    email: str,
    badge_code: str,
    external_id: str,
    phone: str = "",
) -> str:
    """Return the words of one person, without repetition, one space between. Pure: may run outside any transaction."""
    found: dict[str, None] = {}
    for chunk in f"{name[:_LONGEST_FIELD]} {name_local[:_LONGEST_FIELD]}".split():
        found.update(_name_words(chunk))
    for text in (organisation, country):
        if text:
            found.update(_place_words(text[:_LONGEST_FIELD]))
    if email:
        mailbox, _at, domain = email[:_LONGEST_FIELD].partition("@")
        if local := joined(mailbox):
            found[OTHER + local] = None
        found.update(_domain_words(domain))
    for code in (badge_code, external_id):
        for chunk in code[:_LONGEST_FIELD].split():
            for word in _variants(chunk):
                if len(word) > 1 or word == chunk:
                    found[OTHER + word] = None
    if phone and (digits := last_digits(phone)):
        found[PHONE + digits] = None
    line = " ".join(found)
    if len(line) < _LONGEST_WORD:
        return line
    return " ".join([word[:_LONGEST_WORD] for word in list(found)[:_MOST_WORDS]])


def parts(document_words: str) -> str:
    """Return those words of a document that are found by any piece of three letters: unspaced scripts, codes, mail names."""
    return " ".join([word.lstrip(PLACE + OTHER) for word in document_words.split() if _is_found_by_piece(word)])


def _is_found_by_piece(word: str) -> bool:
    if word[0] == OTHER:
        return len(word) > 3
    return not word.isascii() and _is_unspaced(word)


@lru_cache(maxsize=1 << 16)
def _name_words(chunk: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for word in _variants(chunk):
        if is_title(word):
            found[OTHER + word] = None
        else:
            found[word] = None
            found[bare_name(word)] = None
    return found


@lru_cache(maxsize=1 << 14)
def _place_words(text: str) -> dict[str, None]:
    return {PLACE + word: None for chunk in text.split() for word in _variants(chunk)}


@lru_cache(maxsize=1 << 14)
def _domain_words(domain: str) -> dict[str, None]:
    """Return mol and molgoth for mol.go.th."""
    return {PLACE + word: None for word in (*words(domain)[:1], joined(domain)) if word}


def joined(text: str) -> str:
    """Return a folded text without what is between its words: both halves of a mail address are kept so."""
    return "".join(words(text))


def _variants(chunk: str) -> list[str]:
    """Return a chunk's words; those joined by a hyphen or other sign also as one, those with an apostrophe also apart."""
    pieces = words(chunk)
    if chunk.isalnum():
        return pieces
    if len(pieces) > 1:
        pieces.append("".join(pieces))
    folded = fold(chunk)
    if "'" in folded:
        pieces += words(folded.replace("'", " "))
    return pieces


@lru_cache(maxsize=1 << 16)
def _is_unspaced(word: str) -> bool:
    return has_no_spaces(word)
