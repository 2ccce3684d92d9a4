"""The apostrophe that keeps a text a text in a spreadsheet: put in front by the CSV export, taken off by the import."""

from __future__ import annotations

import re
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula can begin, full-width signs too (OWASP, CSV injection)."""

_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_CHANGED: Final = re.compile(
    r"\s*(?:"
    r"[(]?0[0-9]+[)]?"  # leading zeros are lost
    r"|[0-9]{12,}"  # shown as 1.23E+11, and rounded from the 16th digit on
    r"|[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+"  # 1e5 is a number
    r"|[0-9]+(?:\s*[-/:.,]\s*[0-9]+)+(?:\s*[ap]m?)?"  # a date, a time, a number
    r"|[0-9]+\s+[0-9]+/[0-9]+|[(][0-9.,]+[)]|[0-9.,]+\s*[%€$£¥฿]|[%€$£¥฿]\s*[0-9.,]+"  # a fraction, -5, a sum of money
    rf"|{_MONTH}[-./ ]*[0-9]{{1,4}}(?:[-./, ]+[0-9]{{1,4}})?|[0-9]{{1,2}}[-./ ]*{_MONTH}(?:[-./, ]*[0-9]{{1,4}})?"
    r")\s*",
    re.IGNORECASE | re.ASCII,
)
_FIRST: Final = frozenset("0123456789( %€$£¥฿jfmasondJFMASOND")


def needs_quote(text: str) -> bool:
    """Say whether a spreadsheet would take a CSV cell for a formula or for another value than this text.

    True too for a text of which the import would take an apostrophe off, so that `unquoted(quoted(text)) == text` always.
    """
    text = text.lstrip("'") if text[:1] == "'" else text
    if text.startswith(FORMULA):
        return True
    return text[:1] in _FIRST and _CHANGED.fullmatch(text) is not None


def quoted(text: str) -> str:
    """Return the text with an apostrophe in front where it needs one."""
    return f"'{text}" if needs_quote(text) else text


def unquoted(text: str) -> str:
    """Return the text without the apostrophe that stands in front of what needs one."""
    return text[1:] if text[:1] == "'" and needs_quote(text[1:]) else text
