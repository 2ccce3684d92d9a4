"""One print of one badge, as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, cast

from checkin.db.print_log import PrintRow
from checkin.domain.badge import IssuedBadge
from checkin.domain.event import Event
from checkin.settings import Settings
from checkin.wording.printing import print_sentence, printer_title

PrintState = Literal["waiting", "printing", "printed", "stuck", "failed", "saved"]


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A row of the print log in words. `printed` only where the spooler said so; `saved`: a PDF file was written."""

    id: int
    attendee_id: str
    """Empty for a test label."""
    name: str
    """Whose badge: data, for plain text only."""
    revision: int
    printer: str
    """As people call it."""
    layout: str
    state: PrintState
    sentence: str
    """What happened and what to do, in the language of the moment."""
    at: datetime
    """When it was begun: aware, in the event's time zone."""
    staff: str
    certain: bool = True
    """False where `printed` means only that the system took the job and tells no more."""

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen by itself. A stuck job may still come out."""
        return self.state in {"printed", "failed", "saved"}

    @property
    def missing(self) -> bool:
        """Say whether somebody waits for this badge: it is stuck, or was not printed."""
        return self.state in {"stuck", "failed"}


def print_job(row: PrintRow, event: Event) -> PrintJob:
    """Return a row of the print log in the language of the moment."""
    return PrintJob(
        id=row.id,
        attendee_id=row.attendee_id,
        name=row.name,
        revision=row.revision,
        printer=printer_title(row.printer),
        layout=row.layout,
        state=cast("PrintState", row.state),
        sentence=print_sentence(row.state, row.detail, row.printer),
        at=event.local(datetime.fromtimestamp(row.at_ms / 1000, UTC)),
        staff=row.staff,
        certain=row.detail != "handed_over",
    )


def waiting(badge: IssuedBadge | None, settings: Settings, at_ms: int, staff: str, event: Event) -> PrintJob:
    """Return a print that was asked for and has no row in the log yet; without a badge the test label."""
    who = badge.attendee if badge else None
    row = PrintRow(
        id=0, at_ms=at_ms, attendee_id=who.id if who else "", name=who.display_name if who else "",
        issuer=badge.issuer if badge else 0, serial=badge.serial if badge else 0,
        revision=badge.revision if badge else 0, layout=settings.layout, printer=settings.printer, staff=staff,
        state="waiting", detail="", spool="",
    )  # fmt: skip
    return print_job(row, event)
