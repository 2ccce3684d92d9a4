"""What the second process does for the export panel. This module imports no Qt: only a PDF needs it, and then late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checkin.db import report_rows
from checkin.db.engine import Database
from checkin.desk.export_log import log_export
from checkin.domain.closing import ReportState
from checkin.domain.event import Event
from checkin.i18n import Language, _, set_language
from checkin.reports.export import Exported, Exporter, ReportName, check_target, export_file, sheet_of
from checkin.reports.labels import words
from checkin.reports.sheet import Sheet, Value

if TYPE_CHECKING:
    from checkin.app import App

PREVIEW_ROWS: Final = 30
PREVIEW_PAGES: Final = 4
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One export, as it was asked for."""

    report: ReportName
    target: Path
    day: date | None
    tongue: Language
    thai_digits: bool = False
    state: ReportState | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a preview shows: the first rows in words, and the first pages as PNG."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    """How many rows there will be, about."""
    pages: tuple[bytes, ...]


def settled(app: App, wanted: Wanted) -> Wanted:
    """Return what is wanted with how sure the report is, as of now. In the pool: a large day takes a moment.

    Raises ExportError where the file could not be written anyway.
    """
    if wanted.target.suffix:
        check_target(wanted.target, _also(wanted))
    state = app.evening.report_state(wanted.day) if wanted.day else None
    return replace(wanted, state=state, now=app.clock.now())


def logged(app: App, wanted: Wanted, reason: str) -> Wanted:
    """Note in the journal that names are about to leave. On the database thread. Raises StorageError."""
    log_export(app.database, app.desk.scribe, app.clock, wanted.report, wanted.target, wanted.day, reason)
    return wanted


def write(database: Path, event: Event, wanted: Wanted, *, progress: Progress, cancelled: Cancelled) -> Exported:
    """Write one report. Raises ExportError, CancelledError."""
    set_language(wanted.tongue)
    if wanted.target.suffix.lower() == ".pdf":
        from checkin.ui.painting.headless import program

        program()
    return export_file(
        database, event, wanted.report, wanted.target, wanted.day, state=wanted.state, now=wanted.now, also=_also(wanted),
        progress=progress, cancelled=cancelled,
    )  # fmt: skip


def look(
    database: Path, event: Event, wanted: Wanted, dpi: float, *, progress: Progress, cancelled: Cancelled
) -> Looked:
    """Return the beginning of a report. Raises CancelledError."""
    from checkin.ui.painting.headless import program
    from checkin.ui.painting.report_page import page_pictures
    from checkin.ui.painting.report_pdf import document

    set_language(wanted.tongue)
    program()
    with closing(Database(database)) as opened, opened.read() as connection, report_rows.lean(connection):

        def sheet() -> Sheet:
            return sheet_of(wanted.report, connection, event, wanted.day, state=wanted.state, now=wanted.now)

        progress(0, 2)
        with closing(sheet()) as first:
            rows = tuple(_texts(first, PREVIEW_ROWS))
        progress(1, 2)
        pages: list[bytes] = []
        with closing(sheet()) as second:
            paper = document(second, thai=wanted.thai_digits)
            for picture in page_pictures(paper, dpi, PREVIEW_PAGES):
                if cancelled():
                    break
                pages.append(_png(picture))
            paper.close()
        progress(2, 2)
    return Looked(tuple(_(column.title) for column in first.columns), rows, first.total, tuple(pages))


def _also(wanted: Wanted) -> tuple[Exporter, ...]:
    if wanted.target.suffix.lower() != ".pdf":
        return ()
    from checkin.ui.painting.report_pdf import PdfExporter

    return (PdfExporter(thai_digits=wanted.thai_digits),)


def _texts(sheet: Sheet, count: int) -> Iterator[tuple[str, ...]]:
    tables = [words(column.kind, sheet.event) for column in sheet.columns]
    for row in islice(sheet.rows, count):
        yield tuple(_text(value, dict(table)) for value, table in zip(row, tables, strict=True))


def _text(value: Value, table: dict[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:,}"
    return table.get(value) or ", ".join(table.get(part, part) for part in value.split(" ")) if table else value


def _png(picture: object) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage

    assert isinstance(picture, QImage)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
