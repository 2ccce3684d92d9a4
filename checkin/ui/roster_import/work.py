"""What the wizard has done in the second process, and what it says about a file. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from checkin.clock import Clock
from checkin.db.engine import Database
from checkin.domain.event import Event
from checkin.i18n import _, ngettext
from checkin.roster.checking import Preview, check
from checkin.roster.fields import Mapping, guess
from checkin.roster.importer import Importer, ImportResult
from checkin.roster.reading import read_table
from checkin.roster.table import Table
from checkin.texts import escape, isolate

ENCODINGS: Final = (
    ("utf-8", "UTF-8"),
    ("cp874", "Windows-874 (ไทย)"),
    ("cp1252", "Windows-1252"),
    ("utf-16", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read as a table, and what its columns seem to be."""

    table: Table
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """Where people are imported to: plain values, for the second process opens the event's file itself."""

    database: Path
    event: Event
    issuer: int
    """Number of this desk: its badges are made for the people who come new."""
    clock: Clock


def open_file(path: Path, sheet: str | None, encoding: str | None) -> Opened:
    """Read the file's headings and first rows. Raises RosterFileError."""
    table = _table(path, sheet, encoding, _stamp(path))
    return Opened(table.described(), guess(table.headers, [row.cells for row in table.sample]))


def dry_run(
    place: Place,
    path: Path,
    sheet: str | None,
    encoding: str | None,
    mapping: Mapping,
    *,
    visible_only: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Preview:
    """Check every row. Raises RosterFileError, CancelledError."""
    table = _table(path, sheet, encoding, _stamp(path))
    with closing(Database(place.database)) as database:
        preview = check(
            table, mapping, place.event, database, visible_only=visible_only, progress=progress, cancelled=cancelled
        )
    if cancelled():
        preview.discard()  # nobody waits for it any more: its folder would stay
    return preview


def add_people(
    place: Place, preview: Preview, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> ImportResult:
    """Write what the dry run showed. Raises CancelledError, RosterFileError, StorageError."""
    with closing(Database(place.database)) as database:
        importer = Importer(database, place.event, issuer=place.issuer, clock=place.clock)
        return importer.apply(preview, progress, cancelled)


@lru_cache(maxsize=1)
def _table(path: Path, sheet: str | None, encoding: str | None, _changed: tuple[int, int]) -> Table:
    """Read a file, or take it from the last time: each change of a column's field asks for another dry run."""
    return read_table(path, sheet, encoding)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)  # gone or locked: reading it says so
    return (found.st_mtime_ns, found.st_size)


def column_field(mapping: Mapping, column: int) -> str:
    """Return the field that a column holds; empty where it is left out."""
    return next((name for name, place in mapping.columns if place == column), "")


def with_field(mapping: Mapping, column: int, field: str) -> Mapping:
    """Return the mapping with one column's field changed by a person; an empty field leaves the column out."""
    if field:
        return mapping.with_column(field, column)
    for ambiguity in mapping.ambiguous:
        if column in ambiguity.columns:
            return _without_doubt(mapping, ambiguity.field, column)
    held = column_field(mapping, column)
    return mapping.with_column(held, None) if held else mapping


def _without_doubt(mapping: Mapping, field: str, column: int) -> Mapping:
    """Leave one of several equal headings out: with one left, that one is meant."""
    columns = next(a.columns for a in mapping.ambiguous if a.field == field)
    left = [other for other in columns if other != column]
    return mapping.with_column(field, left[0]) if len(left) == 1 else mapping


def title_text(table: Table) -> str:
    """Return "participants.xlsx · sheet “รายชื่อ”"."""
    name = isolate(escape(table.path.name, 80))
    if len(table.content.sheets) < 2:
        return name
    return _("{file} · sheet “{sheet}”").format(file=name, sheet=isolate(escape(table.content.sheet)))


def facts_text(table: Table, preview: Preview | None = None) -> str:
    """Return "351 rows · CSV · Windows-874 · headings in row 3"; how many rows is known after the dry run."""
    parts = [table.content.format.upper()]
    if preview is not None:
        rows = preview.added + preview.updated + preview.unchanged + preview.rejected
        parts.insert(0, ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}"))
    if table.content.encoding:
        parts.append(dict(ENCODINGS).get(table.content.encoding, table.content.encoding))
    if table.header_row > 1:
        parts.append(_("headings in row {row}").format(row=table.header_row))
    return " · ".join(part for part in parts if part)


def result_text(preview: Preview) -> str:
    """Return "348 new · 2 changed · 0 as before · 3 left out"."""
    parts = [
        _("{n} new").format(n=f"{preview.added:,}"),
        _("{n} changed").format(n=f"{preview.updated:,}"),
        _("{n} as before").format(n=f"{preview.unchanged:,}"),
    ]
    if preview.rejected:
        parts.append(_("{n} left out").format(n=f"{preview.rejected:,}"))
    return " · ".join(parts)


def action_text(preview: Preview) -> str:
    """Return what the button does, with its numbers."""
    if not preview.added and not preview.updated:
        return _("Nothing to add")
    if preview.added and preview.updated:
        text = ngettext("Add {n} person and change {m}", "Add {n} people and change {m}", preview.added)
    elif preview.added:
        text = ngettext("Add {n} person", "Add {n} people", preview.added)
    else:
        text = ngettext("Change {m} person", "Change {m} people", preview.updated)
    return text.format(n=f"{preview.added:,}", m=f"{preview.updated:,}")
