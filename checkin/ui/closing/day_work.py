"""What the End of day page has done on a worker: look at a day, close it and write its reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checkin.errors import CheckinError
from checkin.evening.state import DayState
from checkin.evening.table import DayTable
from checkin.i18n import _, day_text, ngettext

if TYPE_CHECKING:
    from checkin.app import App

REPORTS: Final = "reports"
"""Where the files go in the data folder."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A day as the page shows it."""

    state: DayState
    table: DayTable
    closed: frozenset[date]
    """The days of the event that are closed."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing a day came to."""

    state: DayState
    files: tuple[Path, ...]
    trouble: str
    """Why the files were not written; the day is closed all the same."""


def gather(app: App, day: date | None, unused: frozenset[str]) -> Seen:
    """Look at a day; None: the one that should be closed."""
    evening = app.evening
    open_days = evening.unclosed()
    if day is None:
        post = app.desk.post.day
        day = post if post in open_days or not open_days else open_days[0]
    closed = frozenset(
        one.date
        for one in app.event.days
        if one.date not in open_days and (last := evening.standing(one.date)) is not None and last.closes
    )
    return Seen(evening.look(day, unused=unused or None), evening.table(day), closed)


def write_closing(app: App, state: DayState, anyway: bool) -> Closed:
    """Write the closing, let the others know, write the reports: those with names are the export panel's."""
    from checkin.ui.painting.report_pdf import PdfExporter

    closed = app.evening.close(state, anyway=anyway)
    app.evening.tell_hub()
    try:
        files, trouble = app.evening.write_files(state.day, app.folder / REPORTS, PdfExporter()), ""
    except CheckinError as error:
        files, trouble = [], str(error)
    return Closed(closed, tuple(files), trouble)


def closed_sentence(closed: Closed, folder: Path) -> str:
    """Return what a person is told then."""
    day = day_text(closed.state.day)
    if closed.trouble:
        return _("{day} is closed, but the reports were not written. {why}").format(day=day, why=closed.trouble)
    return ngettext(
        "{day} is closed. {n} report is in the folder “{folder}”.",
        "{day} is closed. {n} reports are in the folder “{folder}”.",
        len(closed.files),
    ).format(day=day, n=len(closed.files), folder=folder / REPORTS)
