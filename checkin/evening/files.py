"""The files of a closed day: how many, the report in both languages, and who came, into one folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from checkin.db.engine import Database
from checkin.domain.closing import ReportState
from checkin.domain.event import Event
from checkin.errors import ExportError
from checkin.i18n import Language, language, speaking
from checkin.reports.export import Exporter, export, proposed_name
from checkin.reports.sheet import ReportName
from checkin.whole_file import explain

LANGUAGES: Final[tuple[Language, ...]] = ("th", "en")
"""Of the PDF report, which goes to people who were not there."""
NAMED: Final[tuple[tuple[ReportName, str], ...]] = (("attendance", ".xlsx"), ("attendance", ".csv"))
"""Files with names in them."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to write of a day, and where."""

    day: date
    folder: Path
    state: ReportState
    now: datetime
    names: Callable[[ReportName, Path], object] | None = None
    """Notes that this report with names is about to be written (report, file); None: nothing with names is."""


def write_files(
    database: Database,
    event: Event,
    order: Order,
    pdf: Exporter,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Path]:
    """Write the files of a day and return them. Those of an earlier correction stay beside the new ones.

    Raises ExportError, StorageError, CancelledError; what was written before that stays.
    """
    try:
        order.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(explain(error, order.folder)) from error
    written: list[Path] = []

    def write(report: ReportName, suffix: str, tongue: Language | None = None) -> None:
        target = order.folder / file_name(event, order, report, suffix, tongue)
        with speaking(tongue or language()):
            export(
                database, event, report, target, order.day, state=order.state, now=order.now, also=(pdf,),
                progress=progress, cancelled=cancelled,
            )  # fmt: skip
        written.append(target)

    for tongue in LANGUAGES:
        write("counts", pdf.SUFFIX, tongue)
    write("counts", ".xlsx")
    if order.names is not None:
        for report, suffix in NAMED:
            order.names(report, order.folder / file_name(event, order, report, suffix, None))
            write(report, suffix)
    return written


def file_name(event: Event, order: Order, report: ReportName, suffix: str, tongue: Language | None = None) -> str:
    """Return "Event - counts - 2014-07-08 - correction 1 - th.pdf": one name for each report that was ever out."""
    parts = [proposed_name(event, report, "", order.day, incomplete=not order.state.complete)]
    if order.state.correction:
        parts.append(f"correction {order.state.correction}")
    if tongue is not None:
        parts.append(tongue)
    return " - ".join(parts) + suffix
