"""Write a report to a file: from one consistent state of the event, whole or not at all."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast, get_args

from checkin.db import report_rows
from checkin.db.engine import Database
from checkin.domain.closing import ReportState
from checkin.domain.event import Event
from checkin.errors import CancelledError, ExportError
from checkin.i18n import _, language
from checkin.registry import walk
from checkin.reports import exporters
from checkin.reports.attendance import attendance
from checkin.reports.count_table import count_table
from checkin.reports.journal_table import journal_table
from checkin.reports.sheet import About, ReportName, Sheet
from checkin.reports.standing import standing
from checkin.reports.summary import summary
from checkin.whole_file import busy, explain, in_use, remove_parts, replacing

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "REPORTS", "WITH_NAMES", "Exported", "Exporter", "ReportName", "check_target", "export", "export_file", "proposed_name",
    "sheet_of", "suffixes",
]  # fmt: skip

REPORTS: Final[tuple[ReportName, ...]] = get_args(ReportName)
WITH_NAMES: Final[frozenset[ReportName]] = frozenset({"attendance", "journal"})
"""Reports that name people: written for a supervisor only, with a reason, which is logged (desk.export_log)."""

_STEP = 500
"""Rows between two looks at the cancel button."""
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What a file name may not hold on Windows, and on a stick that one of its users formatted."""

_log = logging.getLogger(__name__)


class Exporter(Protocol):
    """One kind of file."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - a module has it as a constant
        """Return the end of its names, ".csv"."""

    def write(self, file: BinaryIO, sheet: Sheet, step: Callable[[], None]) -> int:
        """Write the sheet and return the number of its rows; `step()` is called for each and may raise CancelledError."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    rows: int
    file: Path
    incomplete: bool = False
    """Entries of a desk are missing, and the file says so."""


def export_file(
    database: Path,
    event: Event,
    report: ReportName,
    target: Path,
    day: date | None = None,
    *,
    checkpoint: str = "",
    state: ReportState | None = None,
    now: datetime | None = None,
    also: Sequence[Exporter] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Like `export`, of the event in this file: for the second process, which opens it itself."""
    with closing(Database(database)) as opened:
        return export(
            opened, event, report, target, day, checkpoint=checkpoint, state=state, now=now, also=also,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip


def export(
    database: Database,
    event: Event,
    report: ReportName,
    target: Path,
    day: date | None = None,
    *,
    checkpoint: str = "",
    state: ReportState | None = None,
    now: datetime | None = None,
    also: Sequence[Exporter] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Write one report to `target`, its format given by the name's end; without `day`, that of all days.

    `checkpoint`: of everybody who came there only. `state`: what the closing of the day says (App.evening.report_state);
    without it the report says itself which desks are behind. `also`: exporters that are not this layer's, the PDF
    (ui.painting.report_pdf). Scanning goes on meanwhile: the report shows the moment at which it began.
    `progress(done, total)` and `cancelled()` are called every few hundred rows, on this thread. Raises ExportError (the
    file that was there is still there) and CancelledError.
    """
    exporter = check_target(target, also)
    try:
        remove_parts(target.resolve().parent)
        with replacing(target) as part, database.read() as connection, report_rows.lean(connection):
            sheet = sheet_of(report, connection, event, day, checkpoint=checkpoint, state=state, now=now)
            counter = _Counter(sheet.total, progress, cancelled)
            try:
                with closing(sheet), part.open("wb") as file:
                    rows = int(exporter.write(file, sheet, counter.step))
            except OSError as error:  # said here: the database would take a full stick for its own disk
                raise ExportError(explain(error, target)) from error
            counter.finish(rows)
    except OSError as error:
        raise ExportError(explain(error, target)) from error
    _log.info("exported %s: %d rows", report, rows)
    return Exported(rows, target, sheet.about is not None and sheet.about.standing.incomplete)


def check_target(target: Path, also: Sequence[Exporter] = ()) -> Exporter:
    """Return who writes such a file. Raises ExportError where nobody does, or where another program has it open."""
    exporter = _exporter(target, also)
    if in_use(target):
        raise ExportError(busy(target))
    return exporter


def suffixes(also: Sequence[Exporter] = ()) -> tuple[str, ...]:
    """Return the ends of file names that can be written: ".csv", ".json", ".xlsx", and those of `also`."""
    return tuple(sorted(exporter.SUFFIX for exporter in _all(also)))


def proposed_name(
    event: Event, report: ReportName, suffix: str, day: date | None = None, *, incomplete: bool = False
) -> str:
    """Return a file name for a report that every system takes, made of the event's name, the report and the day."""
    title = " ".join(_UNSAFE.sub(" ", event.name.get(language())).split()).strip(". ")[:60].strip(". ")
    parts = [title or event.id, report, day.isoformat() if day else "", "INCOMPLETE" if incomplete else ""]
    return " - ".join(part for part in parts if part) + suffix


def sheet_of(
    report: ReportName,
    connection: Connection,
    event: Event,
    day: date | None,
    *,
    checkpoint: str = "",
    state: ReportState | None = None,
    now: datetime | None = None,
) -> Sheet:
    """Return a report as a stream of rows that lives as long as the connection's transaction."""
    sheet = _SHEETS[report](connection, event, day, checkpoint)
    about = About(
        report, day, checkpoint, event.local(now or datetime.now(UTC)), standing(connection, event, state),
        lambda: summary(connection, event, day),
    )  # fmt: skip
    return replace(sheet, about=about)


_SHEETS: Final = {"attendance": attendance, "counts": count_table, "journal": journal_table}


def _all(also: Sequence[Exporter]) -> list[Exporter]:
    return [*(cast("Exporter", module) for module in walk(exporters)), *also]


def _exporter(target: Path, also: Sequence[Exporter]) -> Exporter:
    for exporter in _all(also):
        if target.suffix.lower() == exporter.SUFFIX:
            return exporter
    raise ExportError(
        _("“{name}” cannot be written: reports are written as {suffixes}. Nothing was changed; choose one of these.").format(
            name=target.name, suffixes=", ".join(suffixes(also))
        )
    )  # fmt: skip


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
