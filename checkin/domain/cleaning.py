"""Clean a text that somebody typed or a file brought: what cannot be seen is removed and told, the rest stays as typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from checkin.domain.quoting import unquoted

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

_SPACES = re.compile(r" {2,}")
MOJIBAKE = re.compile("à¸|à¹|Ã[\x80-¿]|â€|Â[\xa0-¿]|\ufffd|[\x80-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cell's text, and what was done to it."""

    text: str
    changes: tuple[Change, ...] = ()


def clean(text: str, limit: int = 200, *, letters: bool = False) -> Cleaned:
    """Return the text as it is stored: NFC, one line, no invisible characters, at most `limit` characters.

    The apostrophe that spreadsheets and our own CSV export put before = + - @ and codes is taken off again
    (domain.quoting). `letters`: the text is a name, whose characters without a letter or digit are told.
    """
    if text.startswith("'"):
        text = unquoted(text)
    if text.isascii() and text.isprintable():
        text = _SPACES.sub(" ", text.strip()) if "  " in text else text.strip()
        return Cleaned(text) if len(text) <= limit else Cleaned(text[:limit].rstrip(), ("cut",))
    changes: list[Change] = []
    if MOJIBAKE.search(text):
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
