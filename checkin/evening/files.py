"""The files of a closed day: who came, how many, and the report, into one folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from checkin.db.engine import Database
from checkin.domain.closing import ReportState
from checkin.domain.event import Event
from checkin.reports.export import ReportName, export, proposed_name

NAMELESS: Final[tuple[tuple[ReportName, str], ...]] = (("counts", ".xlsx"),)
NAMED: Final[tuple[tuple[ReportName, str], ...]] = (("attendance", ".xlsx"), ("attendance", ".csv"))
"""Files with names in them."""


def write_files(
    database: Database,
    event: Event,
    day: date,
    folder: Path,
    state: ReportState,
    *,
    names: bool,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Path]:
    """Write the files of a day and return them. The one of an earlier correction stays beside the new one.

    Raises ExportError, CancelledError; what was written before that stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for report, suffix in (*NAMELESS, *(NAMED if names else ())):
        target = folder / file_name(event, report, suffix, day, state)
        export(database, event, report, target, day, progress=progress, cancelled=cancelled)
        written.append(target)
    return written


def file_name(event: Event, report: ReportName, suffix: str, day: date, state: ReportState) -> str:
    """Return "Event - counts - 2014-07-08 - correction 1.xlsx": one name for each report that was ever out."""
    name = proposed_name(event, report, suffix, day).removesuffix(suffix)
    return f"{name} - correction {state.correction}{suffix}" if state.correction else f"{name}{suffix}"
