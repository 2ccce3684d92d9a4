"""Text of persons and badges made fit for a file that a spreadsheet opens: it is data, never a formula."""

from __future__ import annotations

import re
from typing import Final

from checkin.domain.quoting import quoted

CELL_LIMIT: Final = 32_767
"""UTF-16 units that a spreadsheet's cell holds."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text without characters that no XML can hold; half a character (a lone surrogate) becomes U+FFFD."""
    if text.isprintable() or not _UNFIT.search(text):
        return text
    return _SURROGATE.sub("\ufffd", _ILLEGAL.sub("", text))


def csv_cell(text: str) -> str:
    """Return the text as a CSV cell that a spreadsheet takes neither for a formula nor for another value.

    Whatever begins like a formula gets an apostrophe in front, telephone numbers (“+66 ...”) and negative numbers too, and
    so does what a spreadsheet would change without asking: “0012”, a long number, “3-4”, “MAR1”. The roster import takes
    it off again (domain.quoting).
    """
    return quoted(clean(text))


def xlsx_cell(text: str) -> str:
    """Return the text as XlsxWriter may have it: short enough for a cell (a cut one says so), and never its own markup."""
    if text.isprintable() and len(text) <= CELL_LIMIT // 2 and text[0:1] != "<":
        return text  # nearly all are like this
    text = clean(text)
    if len(text) > CELL_LIMIT // 2:
        text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        return f"{text} "  # XlsxWriter takes such a text for a rich string's XML and would write it unescaped
    return text


def own_text(text: str) -> str:
    """Return a text of this program (not of a person) as a cell: without the marks between Thai words, which a window needs
    to wrap and a search in a spreadsheet would stumble over."""
    return xlsx_cell(text.replace("\u200b", ""))


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    note = f" […cut: {len(text)} characters]"
    return units[: 2 * (CELL_LIMIT - len(note))].decode("utf-16-le", "ignore") + note
