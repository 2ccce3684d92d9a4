"""XLSX: values by python-calamine, and from the XML what it cannot tell."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from checkin.errors import RosterFileError
from checkin.i18n import _, ngettext
from checkin.roster import calamine, zips
from checkin.roster.cell_text import as_text
from checkin.roster.sheet_xml import SheetFacts, TooLargeError, formats_of, scan
from checkin.roster.table import Choice, Content, Flaw, Row, letter

KIND = "xlsx"
_ENDINGS = frozenset({".xlsx", ".xlsm"})
_ONLY_TEXT = {str}


def open_content(path: Path, choice: Choice) -> Content:
    """Open a workbook: the sheet named, else the first visible one that holds something."""
    parts = zips.examine(path)
    for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if name not in parts:
            raise RosterFileError(zips.damaged(path))
        zips.whole(path, parts[name])
    if "xl/sharedStrings.xml" in parts:
        for _piece in zips.pieces(path, parts["xl/sharedStrings.xml"]):
            pass  # only to see that it is as large as it says, before the library unpacks it
    targets = _sheet_parts(path, parts)
    book = calamine.Book(path, _ENDINGS)
    chosen, notes = book.choose(choice.sheet)
    facts = _facts(path, parts, targets.get(chosen, ""))
    loaded = book.load(chosen)
    notes += _notes(facts, loaded.width, parts)
    if any(first[0] != last[0] for first, last in loaded.merged):
        notes.append(_("Merged cells: each of their rows and columns was given the value."))
    return Content(
        rows=lambda: _rows(loaded, facts),
        total=loaded.height,
        format="xlsx",
        sheet=chosen,
        sheets=book.sheets,
        hidden_rows=frozenset(facts.hidden_rows),
        notes=tuple(notes),
    )


def _sheet_parts(path: Path, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name. Raises RosterFileError for XML that cannot be read."""
    try:
        book = ET.fromstring(zips.whole(path, parts["xl/workbook.xml"]))  # noqa: S314 - no DTD: zips.whole
        links = ET.fromstring(zips.whole(path, parts["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    except ET.ParseError as error:
        raise RosterFileError(zips.damaged(path)) from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    found = {}
    for entry in book.iter():
        if entry.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in entry.attrib.items() if name.endswith("}id")), "")
            target = targets.get(key, "")
            found[entry.get("name", "")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            )
    return found


def _facts(path: Path, parts: dict[str, zipfile.ZipInfo], part: str) -> SheetFacts:
    if part not in parts:
        raise RosterFileError(zips.damaged(path))
    try:
        shown, strange = formats_of(zips.whole(path, parts["xl/styles.xml"])) if "xl/styles.xml" in parts else ({}, {})
        return scan(zips.pieces(path, parts[part]), shown, strange)
    except TooLargeError:
        raise RosterFileError(
            _(
                "In “{name}” a value stands far away from the list, so the sheet is too large to read. Copy the list into"
                " a new sheet and save it again. Nothing was imported."
            ).format(name=path.name)
        ) from None
    except (ET.ParseError, ValueError) as error:
        raise RosterFileError(zips.damaged(path)) from error


def _notes(facts: SheetFacts, width: int, parts: dict[str, zipfile.ZipInfo]) -> list[str]:
    notes = []
    if facts.hidden_rows:
        count = len(facts.hidden_rows)
        notes.append(
            ngettext(
                "{count} row is hidden or filtered out in the spreadsheet; it is read too, unless hidden rows are left out.",
                "{count} rows are hidden or filtered out in the spreadsheet; they are read too, unless hidden rows are left out.",
                count,
            ).format(count=count)
        )
    hidden = sorted(column for column in facts.hidden_columns if column < width)
    if hidden:
        notes.append(
            _("Hidden columns are read like the others: {columns}.").format(columns=", ".join(map(letter, hidden)))
        )
    if any(name.startswith("xl/externalLinks/") for name in parts):
        notes.append(_("The workbook links to other files. Links are not followed; nothing was fetched."))
    return notes


def _rows(sheet: calamine.Loaded, facts: SheetFacts) -> Iterator[Row]:
    special = facts.shown.keys() | facts.flaws.keys()
    for number, values in enumerate(sheet.values(), start=1):
        if number not in special and set(map(type, values)) == _ONLY_TEXT:
            yield Row(number, values)
            continue
        cells, flaws = _texts(values)
        for column, text in facts.shown.get(number, ()):
            if column < len(cells):
                cells[column] = text
        found = facts.flaws.get(number)
        if found:
            cells += [""] * (max(f.column for f in found) + 1 - len(cells))
            for flaw in found:
                cells[flaw.column] = "" if flaw.trouble in {"no_value", "error"} else cells[flaw.column]
            flaws += found
        yield Row(number, cells, tuple(flaws))


def _texts(values: list[Any]) -> tuple[list[str], list[Flaw]]:
    flaws: list[Flaw] = []
    cells: list[str] = []
    for column, value in enumerate(values):
        if type(value) is str:
            cells.append(value)
            continue
        text, flaw = as_text(value, column)
        cells.append(text)
        if flaw:
            flaws.append(flaw)
    return cells, flaws
