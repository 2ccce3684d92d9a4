"""Clean the text of a cell: what cannot be seen is removed and told, what was meant is kept as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Change = Literal["removed", "newline", "cut", "private", "damaged", "marks_only"]
"""removed      control or invisible characters were taken out
newline      line breaks became spaces
cut          longer than the limit
private      private-use characters, which look different on every computer (kept)
damaged      signs of text read in a wrong encoding before it came here (kept)
marks_only   a name of accents and vowel signs without a letter (kept)
"""

LIMITS: Final = {"name": 200, "name_local": 200, "organisation": 300, "country": 100, "category": 200, "email": 254,
                 "phone": 60, "note": 500, "badge_code": 512, "external_id": 200, "status": 200, "expected": 1000}  # fmt: skip
"""Characters that are kept of each field."""

_APOSTROPHE = re.compile(r"'(?=[=+\-@\t\r])")
_SPACES = re.compile(r" {2,}")
_MOJIBAKE = re.compile("à¸|à¹|Ã[\x80-¿]|â€|Â[\xa0-¿]|\ufffd|[\x80-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LETTER = re.compile(r"[^\W_]")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cell's text, and what was done to it."""

    text: str
    changes: tuple[Change, ...] = ()


def clean(text: str, limit: int = 200, *, letters: bool = False) -> Cleaned:
    """Return the text as it is stored: NFC, one line, no invisible characters, at most `limit` characters.

    The apostrophe that spreadsheets and our own CSV export put before = + - @ is taken off again. `letters`: the text
    is a name, whose characters without a letter or digit are told.
    """
    if text.startswith("'"):
        text = _APOSTROPHE.sub("", text, count=1)
    if text.isascii() and text.isprintable():
        text = _SPACES.sub(" ", text.strip()) if "  " in text else text.strip()
        return Cleaned(text) if len(text) <= limit else Cleaned(text[:limit].rstrip(), ("cut",))
    changes: list[Change] = []
    if _MOJIBAKE.search(text):
        changes.append("damaged")
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _visible(text.strip(), changes)
    text = _SPACES.sub(" ", text.replace("\u00a0", " ").strip())
    if len(text) > limit:
        text = _cut(text, limit)
        changes.append("cut")
    if _PRIVATE.search(text):
        changes.append("private")
    if letters and text and not any(char.isalnum() for char in text):
        changes.append("marks_only")
    return Cleaned(text, tuple(changes))


def _visible(text: str, changes: list[Change]) -> str:
    out: list[str] = []
    for place, char in enumerate(text):
        if char.isprintable() or unicodedata.category(char) in {"Co", "Zs"}:
            out.append(" " if unicodedata.category(char) == "Zs" else char)
        elif char in "\r\n\t\v\f\x85\u2028\u2029":
            out.append(" ")
            if "newline" not in changes and char != "\t":
                changes.append("newline")
        elif char in _JOINERS and place and _joins(text[place - 1]):
            out.append(char)
        elif unicodedata.category(char) == "Cn":
            out.append(char)  # a letter newer than this Python
        elif "removed" not in changes:
            changes.append("removed")
    return "".join(out)


def _joins(before: str) -> bool:
    """Say whether a joiner after this character shapes what is seen: Arabic, Indian scripts, Khmer, emoji."""
    return ord(before) >= 0x0600


def _cut(text: str, limit: int) -> str:
    """Cut without leaving a vowel sign or accent at the front of what is gone."""
    while limit > 1 and unicodedata.category(text[limit])[0] == "M":
        limit -= 1
    return text[:limit].rstrip()


_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)


def is_sound(cells: Sequence[str], limit: int, *, letters: bool = False) -> bool:
    """Say whether `clean` would leave every one of these texts as it is: asked once for a thousand cells of a column."""
    joined = "|".join(cells)
    return (
        joined.isprintable()
        and "  " not in joined
        and "'" not in joined
        and " |" not in joined
        and "| " not in joined
        and not joined.startswith(" ")
        and not joined.endswith(" ")
        and max(map(len, cells), default=0) <= limit
        and (joined.isascii() or _is_sound_unicode(joined, cells, letters=letters))
    )


def _is_sound_unicode(joined: str, cells: Sequence[str], *, letters: bool) -> bool:
    return (
        unicodedata.is_normalized("NFC", joined)
        and not _MOJIBAKE.search(joined)
        and (not letters or all(map(_LETTER.search, (cell for cell in cells if not cell.isascii()))))
    )


def is_damaged_code(text: str) -> bool:
    """Say whether a code is what a spreadsheet makes of a long number: 1.23457E+16. (1E10 is a code like any other.)"""
    return _SCIENTIFIC.fullmatch(text) is not None


def may_be_damaged(codes: Sequence[str]) -> bool:
    """Say whether it is worth asking `is_damaged_code` of each of these."""
    joined = "|".join(codes)
    return "E+" in joined or "e+" in joined


def looks_rounded(codes: list[str]) -> bool:
    """Say whether a column of codes was rounded to 15 digits by a spreadsheet before it became text.

    True where there are long numbers and all of them end in zeros from the 16th digit on.
    """
    long = [code for code in codes if code.isascii() and code.isdigit() and len(code) > 15]
    zeros = sum(len(code) - 15 for code in long)
    return zeros >= 2 and all(set(code[15:]) == {"0"} for code in long)


def joined_name(title: str, given: str, middle: str, family: str) -> str:
    """Return one name of its parts. Thai writes title and given name without a space."""
    first = f"{title}{given}" if title and given and _thai(title[-1]) and _thai(given[0]) else f"{title} {given}"
    return " ".join(f"{first} {middle} {family}".split())


def _thai(char: str) -> bool:
    return "\u0e00" <= char <= "\u0e7f"


def key(text: str) -> str:
    """Return a name or organisation for comparing: case and spaces do not matter, accents do."""
    return " ".join(text.casefold().split())
