"""Open a roster file: what it is by its content, which sheet, and where the headings stand."""

from __future__ import annotations

import itertools
from pathlib import Path

from checkin import registry
from checkin.errors import RosterFileError
from checkin.i18n import _
from checkin.roster import guard, sources
from checkin.roster.fields import field_of
from checkin.roster.table import Choice, Content, Row, Table, fitted

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
    headers = _trimmed(heading)
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


def _trimmed(row: Row) -> tuple[str, ...]:
    width = max(index for index, cell in enumerate(row.cells) if cell.strip()) + 1
    return tuple(cell.strip().lstrip("\ufeff") for cell in fitted(row, width).cells)
