"""An event on a real SQLite file, files that an organiser would send, and what an import makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from checkin.clock import PracticeClock
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.search import create
from checkin.roster import Importer, ImportResult, Preview, check, guess, override, read_table
from tests.small_event import EVENT, at

FIELDS = (
    "name", "name_local", "organisation", "country", "category", "status", "status_reason", "note", "email", "phone",
    "badge_code", "external_id", "expected", "walk_in", "source", "source_row",
)  # fmt: skip


class Roster:
    """One event's file and its importer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "checkin.sqlite")
        migrate(self.database)
        with self.database.write() as connection:
            create(connection)
        self.importer = Importer(self.database, EVENT, issuer=1, clock=PracticeClock(at("08:00")))

    def preview(self, path: Path, source: str = "list", maps: tuple[str, ...] = (), **how: Any) -> Preview:
        """Read and check a file."""
        table = read_table(path, how.pop("sheet", None))
        mapping = guess(table.headers, [row.cells for row in table.sample])
        for choice in maps:
            mapping = override(mapping, table.headers, choice)
        mapping = replace(mapping, dates=how.pop("dates", None), default_category=how.pop("category", ""))
        return check(table, mapping, EVENT, self.database, source=source, **how)

    def bring(self, path: Path, source: str = "list", maps: tuple[str, ...] = (), **how: Any) -> ImportResult:
        """Read, check and write a file."""
        return self.importer.apply(self.preview(path, source, maps, **how))

    def text(self, text: str, source: str = "list", **how: Any) -> ImportResult:
        """Import a CSV of this text."""
        return self.bring(write(self.folder / "list.csv", text), source, **how)

    def people(self) -> list[dict[str, Any]]:
        """Return everybody as stored, in the order of import."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(f"SELECT {', '.join(FIELDS)} FROM attendee ORDER BY id").fetchall()
        return [dict(zip(FIELDS, row, strict=True)) for row in rows]

    def column(self, name: str) -> list[Any]:
        """Return one field of everybody."""
        return [person[name] for person in self.people()]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query on the event's file gives."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query).fetchall()]


@contextmanager
def roster(folder: Path) -> Iterator[Roster]:
    """Open an event's file in this folder and close it again."""
    place = Roster(folder)
    try:
        yield place
    finally:
        place.database.close()


def write(path: Path, content: str | bytes) -> Path:
    """Write a file."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, rows: list[list[Any]], **formats: str) -> Path:
    """Write an XLSX as openpyxl makes it; `formats`: cell -> number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, code in formats.items():
        sheet[cell].number_format = code
    book.save(path)
    book.close()
    return path


def reasons(result: ImportResult | Preview, row: int, severity: str = "") -> str:
    """Return all that is told about one row."""
    found = [p for p in result.problems if p.row == row and severity in {"", p.severity}]
    return " | ".join(f"{p.column}: {p.reason}" for p in found)


def told(result: ImportResult | Preview) -> str:
    """Return all that is told."""
    return " | ".join(f"{p.row} {p.column}: {p.reason} [{p.severity}]" for p in result.problems)
