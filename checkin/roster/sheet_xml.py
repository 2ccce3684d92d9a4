"""What python-calamine does not tell of an XLSX sheet: number formats, hidden rows, formulas without a value, errors.

The sheet's XML is read once, in pieces, by bounded patterns on its bytes: a DTD cannot do harm where no XML parser
runs, and only rows that hold something of interest are looked at cell by cell. Source of the format: ECMA-376 part 1,
18.3.1 (worksheet) and 18.8 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from checkin.roster.number_format import Shown, shown_as
from checkin.roster.table import Flaw, column_index

_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"']([0-9]{1,7})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})[0-9]+[\"']")
_STYLE = re.compile(rb"\bs=[\"']([0-9]+)[\"']")
_TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_TEXT = re.compile(rb"<(?:\w+:)?t\b")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)/?>")
_MIN = re.compile(rb"\bmin=[\"']([0-9]+)[\"']")
_MAX = re.compile(rb"\bmax=[\"']([0-9]+)[\"']")

_WIDE = re.compile(rb"r=[\"'](?:([A-Z]{2,})[0-9]|[A-Z]?[0-9]{7})")
"""A cell or row that may be far away: a column of two letters, or a row from the millionth on."""
_ANY_ROW = re.compile(rb"r=[\"'][A-Z]*([0-9]{1,19})")
_Marks = tuple[tuple[bytes, ...], ...]
_MARKS: _Marks = (
    (b"<f",), (b":", b":f>"), (b":", b":f "), (b":", b":f/"), (b't="e"',), (b'hidden="', b'hidden="1'),
    (b'hidden="', b'hidden="t'), (b"'", b"='"),
)  # fmt: skip
"""Formulas, errors, hidden rows; and anything in single quotes, which no known program writes. What stands first in a pair
is looked for first: it is found faster, or it is not there at all."""

CELL_LIMIT = 40_000_000
"""Cells of the rectangle around all values: the library keeps 32 bytes for each, empty or not."""


_NARROW = CELL_LIMIT // 1_000_000
"""Columns with which a million rows stay within the limit."""


class TooLargeError(ValueError):
    """A value stands so far from the others that the rectangle around them would not fit into memory."""


@dataclass(slots=True)
class SheetFacts:
    """What the scan found; rows as the spreadsheet numbers them, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    flaws: dict[int, list[Flaw]] = field(default_factory=dict)
    shown: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """Row -> cells whose number is to be taken as it is shown."""
    rows: int = 0
    columns: int = 26
    """At least as many columns as hold cells."""


def formats_of(styles: bytes) -> tuple[dict[int, Shown], dict[int, str]]:
    """Read xl/styles.xml: style number -> how it shows a whole number; style number -> a format not understood."""
    codes = {12: "# ?/?", 13: "# ??/??"}  # the built-in formats that show something else than the number
    shown: dict[int, Shown] = {}
    strange: dict[int, str] = {}
    root = ET.fromstring(styles)  # noqa: S314 - zips.whole refuses a DTD
    for entry in root.iter():
        if entry.tag.rpartition("}")[2] == "numFmt":
            codes[int(entry.get("numFmtId", "0"))] = entry.get("formatCode", "")
    crosses = next((e for e in root.iter() if e.tag.rpartition("}")[2] == "cellXfs"), None)
    for style, cross in enumerate(crosses if crosses is not None else ()):
        code = codes.get(int(cross.get("numFmtId", "0")), "")
        try:
            how = shown_as(code)
        except ValueError:
            if not re.search(r"[ymdhsYMDHS]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)):
                strange[style] = code
            continue
        if how is not None:
            shown[style] = how
    return shown, strange


def scan(pieces: Iterable[bytes], shown: dict[int, Shown], strange: dict[int, str]) -> SheetFacts:
    """Read a sheet's XML. Raises TooLargeError for a rectangle of more than CELL_LIMIT cells."""
    facts = SheetFacts()
    marks = (*_MARKS, *((b's="%d"' % style,) for style in sorted(shown.keys() | strange.keys())))
    rest = b""
    first = True
    for piece in pieces:
        block = rest + piece
        end = block.rfind(b"</row>")
        if end < 0:
            end = block.rfind(b":row>")
        if end < 0:
            rest = block
            if len(rest) > 64 << 20:
                raise TooLargeError
            continue
        end = block.index(b">", end) + 1
        block, rest = block[:end], block[end:]
        if first:
            _columns(block.partition(b"sheetData")[0], facts)
            first = False
        _block(block, marks, facts, shown, strange)
    _block(rest, marks, facts, shown, strange)
    return facts


def _columns(head: bytes, facts: SheetFacts) -> None:
    for match in _COLUMN.finditer(head):
        low, high = _MIN.search(match[1]), _MAX.search(match[1])
        if _HIDDEN.search(match[1]) and low and high:
            facts.hidden_columns.update(range(int(low[1]) - 1, min(int(high[1]), 1024)))


def _block(block: bytes, marks: _Marks, facts: SheetFacts, shown: dict[int, Shown], strange: dict[int, str]) -> None:
    _extent(block, facts)
    if not _interesting(block, marks):
        _count_rows(block, facts)
        return
    for text in _ROW_END.split(block):
        rows = list(_ROW.finditer(text))
        for match in rows:
            number = _NUMBER.search(match[1])
            facts.rows = int(number[1]) if number else facts.rows + 1
            if _HIDDEN.search(match[1]):
                facts.hidden_rows.add(facts.rows)
        if rows and _interesting(text, marks):
            _cells(text[rows[-1].end() :], facts, shown, strange)
    _limit(facts)


def _extent(block: bytes, facts: SheetFacts) -> None:
    """Find the rectangle by the cells' own names, whatever order rows stand in: the library takes memory for all of it,
    and does not ask whether there is so much."""
    far = set(_WIDE.findall(block))
    for name in far - {b""}:
        facts.columns = max(facts.columns, column_index(name.decode()) + 1)
    if b"" in far or facts.columns > _NARROW:
        last = max(map(int, _ANY_ROW.findall(block)), default=0)
        if last * facts.columns > CELL_LIMIT:
            raise TooLargeError


def _interesting(text: bytes, marks: _Marks) -> bool:
    """Say whether a piece may hold anything to look at; looking for fixed bytes is twenty times as fast as a pattern."""
    return any(all(part in text for part in mark) for mark in marks)


def _count_rows(block: bytes, facts: SheetFacts) -> None:
    start = max(block.rfind(b"<row"), block.rfind(b":row ", 0, -6) if b":row " in block else -1)
    match = _NUMBER.search(block, start, start + 200) if start >= 0 else None
    facts.rows = int(match[1]) if match else facts.rows + len(_ROW.findall(block))
    _limit(facts)


def _limit(facts: SheetFacts) -> None:
    if facts.rows * facts.columns > CELL_LIMIT:
        raise TooLargeError


def _cells(text: bytes, facts: SheetFacts, shown: dict[int, Shown], strange: dict[int, str]) -> None:
    column = -1
    for match in _CELL.finditer(text):
        attributes, inside = match[1], match[2] or b""
        reference = _REFERENCE.search(attributes)
        column = column_index(reference[1].decode()) if reference else column + 1
        kind = _TYPE.search(attributes)
        value = _VALUE.search(inside)
        if kind and kind[1] == b"e":
            detail = value[1].decode("utf-8", "replace") if value else ""
            facts.flaws.setdefault(facts.rows, []).append(Flaw(column, "error", detail))
        elif (b"<f" in inside or b":f" in inside) and not (value and value[1]) and not _TEXT.search(inside):
            if not (kind and kind[1] == b"str" and value):
                facts.flaws.setdefault(facts.rows, []).append(Flaw(column, "no_value"))
        elif value and (kind is None or kind[1] == b"n"):
            _number(facts, column, attributes, value[1], shown, strange)


def _number(
    facts: SheetFacts, column: int, attributes: bytes, value: bytes, shown: dict[int, Shown], strange: dict[int, str]
) -> None:
    found = _STYLE.search(attributes)
    style = int(found[1]) if found else 0
    if style in strange:
        facts.flaws.setdefault(facts.rows, []).append(Flaw(column, "format", strange[style]))
    elif style in shown:
        try:
            number = float(value)
        except ValueError:
            return
        if number.is_integer() and abs(number) < 1e15:
            facts.shown.setdefault(facts.rows, []).append((column, shown[style](int(number))))
