"""Open a roster file: what it is by its content, which sheet, and where the headings stand."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from checkin import registry
from checkin.errors import RosterFileError
from checkin.i18n import _
from checkin.roster import guard, sources
from checkin.roster.fields import field_of
from checkin.roster.table import Choice, Content, Row, Table, fitted
from checkin.texts import escape

_SEARCHED = 25
"""Lines in which the headings are looked for; above them stand titles, logos and addresses."""
_SAMPLE = 50


def read_table(path: Path, sheet: str | None = None, encoding: str | None = None) -> Table:
    """Open a roster file and find its headings. `encoding` overrides what a text file seems to have.

    Raises RosterFileError, one sentence for a person, for everything that is no readable table.
    """
    kind = guard.kind_of(path)
    content = _open(kind, path, Choice(sheet, encoding))
    first = list(itertools.islice(content.rows(), _SEARCHED))
    filled = [row for row in first if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise RosterFileError(_("“{name}” holds no text at all. Nothing was imported.").format(name=path.name))
    heading = max(filled, key=lambda row: (_headings(row), -row.number))
    if _headings(heading) == 0:
        heading = next((row for row in filled if len([c for c in row.cells if c.strip()]) > 1), filled[0])
        content = replace(content, notes=(*content.notes, _unrecognised(heading)))
    headers = _headers(heading, [row for row in filled if row.number > heading.number])
    table = Table(path, content, headers, heading.number, ())
    sample = tuple(itertools.islice(table.rows(), _SAMPLE))
    return Table(path, content, headers, heading.number, sample)


def _open(kind: str, path: Path, choice: Choice) -> Content:
    for module in registry.walk(sources):
        if getattr(module, "KIND", "") == kind:
            content: Content = module.open_content(path, choice)
            return content
    raise LookupError(kind)  # guard.kind_of names kinds that have a source, and a test says so


def _headings(row: Row) -> int:
    """Return how many different fields the cells of a line name."""
    return len({field_of(cell) for cell in row.cells if cell.strip() and len(cell) < 80} - {None})


def _unrecognised(heading: Row) -> str:
    """Say that a line was taken for the headings though nothing in it is one: it may be the first person."""
    cells = ", ".join(f"“{escape(cell.strip(), 30)}”" for cell in heading.cells[:4] if cell.strip())
    return _(
        "Row {row} ({cells}) is taken for the headings, and nobody is imported from it. If it is a person, write a line of"
        " headings above it and import again."
    ).format(row=heading.number, cells=cells)


def _headers(heading: Row, below: list[Row]) -> tuple[str, ...]:
    """Return the headings. Columns after the last one count, without a name, where most rows have something there.

    A single row that is longer has shifted; when most are, somebody left a column without a heading.
    """
    width = _filled_width(heading)
    longer = [row for row in below if len(row.cells) <= len(heading.cells) and _filled_width(row) > width]
    if 2 * len(longer) > len(below):
        width = max(map(_filled_width, longer))
    return tuple(cell.strip().lstrip("\ufeff") for cell in fitted(heading, width).cells)


def _filled_width(row: Row) -> int:
    return max((index for index, cell in enumerate(row.cells) if cell.strip()), default=-1) + 1
