"""The window's printer: ask before, hand over, ask after, never the same print twice by accident."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from checkin.domain.badge import IssuedBadge
from checkin.ui.printing.print_job import PrintJob


class BadgePrinter(QObject):
    """Made once by the window. Every call returns at once; what becomes of it comes as `changed`."""

    changed = Signal(object)
    """PrintJob: a print is under way, came out, is stuck, failed. Once for each change, on the GUI thread."""
    log_changed = Signal()
    """Something in the print log is new: read `jobs` again."""

    def print_badge(self, badge: IssuedBadge, *, again: bool = False) -> None:
        """Print a badge on the printer of the settings.

        A revision that was printed already, or is under way, is told and not printed; `again`: it is meant (the sheet
        was lost before it was handed out). A job of it that is stuck is cancelled first.
        """
        raise NotImplementedError

    def print_automatically(self, badge: IssuedBadge) -> None:
        """Print after a check-in, if the settings say so: never, once (no badge of this person was printed), always."""
        raise NotImplementedError

    def save_pdf(self, badge: IssuedBadge, path: Path) -> None:
        """Write a badge to a PDF file: works on every desk. Ends as "saved" or "failed"."""
        raise NotImplementedError

    def reprint(self, attendee_id: str) -> None:
        """Print somebody's badge again: the same revision if it never came out, else a new one that replaces it."""
        raise NotImplementedError

    def print_test(self) -> None:
        """Print the test label: no badge, in no list of people."""
        raise NotImplementedError

    def newest(self, attendee_id: str) -> PrintJob | None:
        """Return the last print of this person's badge at this desk, as far as it was read."""
        raise NotImplementedError
