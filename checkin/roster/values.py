"""What the cells of a roster may be, besides clean (checkin.domain.cleaning): damaged codes, parts of names, keys to compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from checkin.domain.cleaning import MOJIBAKE

_LETTER = re.compile(r"[^\W_]")
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
        and not MOJIBAKE.search(joined)
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
