"""Write a report to a file: from one consistent state of the event, whole or not at all."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal, get_args

from checkin.db import report_rows
from checkin.db.engine import Database
from checkin.domain.event import Event
from checkin.errors import CancelledError, ExportError
from checkin.i18n import _, language
from checkin.registry import walk
from checkin.reports import exporters
from checkin.reports.attendance import attendance
from checkin.reports.count_table import count_table
from checkin.reports.journal_table import journal_table
from checkin.reports.sheet import Sheet
from checkin.whole_file import busy, explain, in_use, replacing

if TYPE_CHECKING:
    from sqlalchemy import Connection

ReportName = Literal["attendance", "counts", "journal"]
REPORTS: Final[tuple[ReportName, ...]] = get_args(ReportName)

_STEP = 500
"""Rows between two looks at the cancel button."""
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What a file name may not hold on Windows, and on a stick that one of its users formatted."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    rows: int
    file: Path


def export_file(
    database: Path,
    event: Event,
    report: ReportName,
    target: Path,
    day: date | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Like `export`, of the event in this file: for the second process, which opens it itself."""
    with closing(Database(database)) as opened:
        return export(opened, event, report, target, day, progress=progress, cancelled=cancelled)


def export(
    database: Database,
    event: Event,
    report: ReportName,
    target: Path,
    day: date | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Write one report to `target`, its format given by the name's end; without `day`, that of all days.

    Scanning goes on meanwhile: the report shows the moment at which it began. `progress(done, total)` and `cancelled()`
    are called every few hundred rows, on this thread. Raises ExportError (the file that was there is still there) and
    CancelledError.
    """
    exporter = _exporter(target)
    if in_use(target):
        raise ExportError(busy(target))
    try:
        with replacing(target) as part, database.read() as connection, report_rows.lean(connection):
            sheet = _sheet(report, connection, event, day)
            counter = _Counter(sheet.total, progress, cancelled)
            with part.open("wb") as file:
                rows = int(exporter.write(file, sheet, counter.step))
            counter.finish(rows)
    except OSError as error:
        raise ExportError(explain(error, target)) from error
    _log.info("exported %s: %d rows", report, rows)
    return Exported(rows, target)


def suffixes() -> tuple[str, ...]:
    """Return the ends of file names that can be written: ".csv", ".json", ".xlsx"."""
    return tuple(str(module.SUFFIX) for module in walk(exporters))


def proposed_name(event: Event, report: ReportName, suffix: str, day: date | None = None) -> str:
    """Return a file name for a report that every system takes, made of the event's name, the report and the day."""
    title = " ".join(_UNSAFE.sub(" ", event.name.get(language())).split()).strip(". ")[:60].strip(". ")
    parts = [title or event.id, report, day.isoformat() if day else ""]
    return " - ".join(part for part in parts if part) + suffix


def _exporter(target: Path) -> ModuleType:
    for module in walk(exporters):
        if target.suffix.lower() == module.SUFFIX:
            return module
    raise ExportError(
        _("“{name}” cannot be written: reports are written as {suffixes}. Nothing was changed; choose one of these.").format(
            name=target.name, suffixes=", ".join(suffixes())
        )
    )  # fmt: skip


def _sheet(report: ReportName, connection: Connection, event: Event, day: date | None) -> Sheet:
    match report:
        case "attendance":
            return attendance(connection, event, day)
        case "counts":
            return count_table(connection, event, day)
        case "journal":
            return journal_table(connection, event, day)


class _Counter:
    """Counts rows, tells the progress bar, and stops the export when it was cancelled."""

    def __init__(
        self, total: int, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._done = 0
        self._total = total
        self._progress = progress
        self._cancelled = cancelled

    def step(self) -> None:
        """Note that one row was written. Raises CancelledError."""
        if self._done % _STEP == 0:
            if self._cancelled is not None and self._cancelled():
                raise CancelledError(_("The export was stopped. Nothing was written; an older file is still there."))
            if self._progress is not None:
                self._progress(self._done, max(self._total, self._done))
        self._done += 1

    def finish(self, rows: int) -> None:
        """Say that all is done."""
        if self._progress is not None:
            self._progress(rows, rows)
