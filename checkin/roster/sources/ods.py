"""ODS: values by python-calamine; the text as shown, hidden rows and formulas without a value from the XML.

Source of the format: OpenDocument 1.3 part 3, 9.1 (tables) and 19.385 (office:value-type).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from checkin.errors import RosterFileError
from checkin.i18n import _, ngettext
from checkin.roster import calamine, zips
from checkin.roster.cell_text import as_text
from checkin.roster.sheet_xml import CELL_LIMIT
from checkin.roster.table import Choice, Content, Flaw, Row

KIND = "ods"
_ENDINGS = frozenset({".ods"})

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PART = "content.xml"
_AMOUNT = re.compile(r"[.,%]|E[+-]")
"""Shown so, a number is an amount (1,234.5 or 1.23E+05): its value counts. Shown otherwise (00123) it is a code."""


@dataclass(slots=True)
class _Facts:
    hidden_rows: set[int] = field(default_factory=set)
    shown: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    flaws: dict[int, list[Flaw]] = field(default_factory=dict)


def open_content(path: Path, choice: Choice) -> Content:
    """Open a document: the sheet named, else the first one."""
    parts = zips.examine(path)
    if _PART not in parts:
        raise RosterFileError(zips.damaged(path))
    tables = _Scan(path, parts[_PART]).run()
    book = calamine.Book(path, _ENDINGS)
    chosen, notes = book.choose(choice.sheet)
    loaded = book.load(chosen)
    facts = tables.get(chosen, _Facts())
    if facts.hidden_rows:
        count = len(facts.hidden_rows)
        notes.append(
            ngettext(
                "{count} row is hidden or filtered out in the spreadsheet; it is read too, unless hidden rows are left out.",
                "{count} rows are hidden or filtered out in the spreadsheet; they are read too, unless hidden rows are left out.",
                count,
            ).format(count=count)
        )
    return Content(
        rows=lambda: _rows(loaded, facts),
        total=loaded.height,
        format="ods",
        sheet=chosen,
        sheets=book.sheets,
        hidden_rows=frozenset(facts.hidden_rows),
        notes=tuple(notes),
    )


class _Scan:
    """One pass over content.xml: positions, what is shown, and how large the tables are, before the library reads."""

    def __init__(self, path: Path, part: zipfile.ZipInfo) -> None:
        self._path = path
        self._part = part
        self._tables: dict[str, _Facts] = {}
        self._facts = _Facts()
        self._row = 0
        self._area = 0

    def run(self) -> dict[str, _Facts]:
        """Return the facts of each table by its name. Raises RosterFileError for damage, a DTD or a table too large."""
        parser: Any = ET.XMLPullParser(["start", "end"])  # the stubs know more kinds of events than are asked for
        first = True
        try:
            for piece in zips.pieces(self._path, self._part):
                if first and (b"<!DOCTYPE" in piece[:4096] or b"<!ENTITY" in piece[:4096]):
                    raise RosterFileError(zips.damaged(self._path))
                first = False
                parser.feed(piece)
                for event, element in parser.read_events():
                    self._take(event, element)
        except ET.ParseError as error:
            raise RosterFileError(zips.damaged(self._path)) from error
        return self._tables

    def _take(self, event: str, element: ET.Element) -> None:
        if element.tag == f"{_TABLE}table":
            if event == "start":
                self._facts = self._tables.setdefault(element.get(f"{_TABLE}name", ""), _Facts())
                self._row = 0
            else:
                element.clear()
        elif element.tag == f"{_TABLE}table-row" and event == "end":
            self._read_row(element)
            element.clear()

    def _read_row(self, element: ET.Element) -> None:
        repeat = _repeat(element, "number-rows-repeated")
        column = 0
        filled = 0
        number = self._row + 1
        for cell in element:
            width = _repeat(cell, "number-columns-repeated")
            kind = cell.get(f"{_OFFICE}value-type", "")
            text = "\n".join("".join(p.itertext()) for p in cell if p.tag.endswith("}p"))
            if kind or text:
                filled = column + width
                if repeat == 1 and width == 1:
                    self._read_cell(cell, kind, text, number, column)
            column += width
        if filled:
            self._area += repeat * filled
            if element.get(f"{_TABLE}visibility", "") in {"collapse", "filter"}:
                self._facts.hidden_rows.update(range(number, number + min(repeat, CELL_LIMIT)))
        if self._area > CELL_LIMIT or (filled and number + repeat > CELL_LIMIT // 8):
            raise RosterFileError(
                _(
                    "In “{name}” a value stands far away from the list, so the sheet is too large to read. Copy the list"
                    " into a new sheet and save it again. Nothing was imported."
                ).format(name=self._path.name)
            )
        self._row += repeat

    def _read_cell(self, cell: ET.Element, kind: str, text: str, number: int, column: int) -> None:
        value = cell.get(f"{_OFFICE}value", "")
        if cell.get(f"{_TABLE}formula") and not text and not value:
            self._facts.flaws.setdefault(number, []).append(Flaw(column, "no_value"))
        elif text.startswith(("#", "Err:")) and cell.get(f"{_TABLE}formula"):
            self._facts.flaws.setdefault(number, []).append(Flaw(column, "error", text))
        elif kind == "float" and text.strip() != value and any(c.isdigit() for c in text) and not _AMOUNT.search(text):
            self._facts.shown.setdefault(number, []).append((column, text.strip()))


def _repeat(element: ET.Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}", "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _rows(sheet: calamine.Loaded, facts: _Facts) -> Iterator[Row]:
    for number, values in enumerate(sheet.values(), start=1):
        cells: list[str] = []
        flaws: list[Flaw] = list(facts.flaws.get(number, ()))
        for column, value in enumerate(values):
            text, flaw = as_text(value, column)
            cells.append(text)
            if flaw:
                flaws.append(flaw)
        for column, text in facts.shown.get(number, ()):
            if column < len(cells) and not any(f.column == column for f in flaws):
                cells[column] = text
        for flaw in facts.flaws.get(number, ()):
            cells += [""] * (flaw.column + 1 - len(cells))
            cells[flaw.column] = ""
        yield Row(number, cells, tuple(flaws))
