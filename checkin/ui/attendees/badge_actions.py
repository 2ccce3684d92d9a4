"""A person's badge on the Attendees page: print it, print it again, keep it as a PDF, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from checkin.domain.attendee import Attendee
from checkin.domain.badge import IssuedBadge
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.printing.print_job import PrintJob
from checkin.ui.walkin.print_line import TONES
from checkin.ui.widgets.basics import column, frame, label, set_property
from checkin.ui.widgets.confirm_bar import ConfirmBar


class BadgeActions(QWidget):
    """The question before a print, and how the print goes. The panel has the button."""

    asked = Signal()
    """A question is shown: bring it into view."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person: Attendee | None = None
        self.confirm = ConfirmBar()
        self._state = label("", wrap=True)
        self._band = frame("band", tone="grey")
        self._band.setLayout(column(self._state, margin=8))
        self._band.hide()
        self.setLayout(column(self.confirm, self._band, spacing=6))
        self.confirm.confirmed.connect(self._print)
        context.printer.changed.connect(self._changed)

    def show_person(self, person: Attendee) -> None:
        """Tell of this person's badge."""
        if self._person is None or person.id != self._person.id:
            self.confirm.close_bar()
            job = self._context.printer.newest(person.id)
            self._band.setVisible(False)
            if job is not None and not job.ended:
                self._tell(job)
        self._person = person

    def button_text(self) -> str:
        """Return what the panel's button says: without a printer the badge goes into a file."""
        return _("Print badge …") if self._context.app.settings.printer else _("Badge as PDF …")

    @Slot()
    def start(self) -> None:
        """Ask before a badge is printed; without a printer ask where to keep the file."""
        if self._person is None:
            return
        if not self._context.app.settings.printer:
            self._context.tasks.background(
                self._context.app.registrar.badge_of, self._person.id, done=self._ask_file,
                failed=self._context.notices.failure,
            )  # fmt: skip
            return
        question = _("Print the badge of {name}? If one was handed out already, it becomes void.")
        self.confirm.ask(question.format(name=isolate(self._person.display_name)), _("Print badge"))
        self.asked.emit()

    @Slot()
    def _print(self) -> None:
        if self._person is not None:
            self._context.printer.reprint(self._person.id)

    def _ask_file(self, badge: IssuedBadge) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposal = str(Path(folder) / f"badge-{badge.issuer}-{badge.serial}.pdf")
        name, _kind = QFileDialog.getSaveFileName(self, _("Where to keep the badge"), proposal, _("PDF (*.pdf)"))
        if name:
            self._context.printer.save_pdf(badge, Path(name).with_suffix(".pdf"))

    @Slot(object)
    def _changed(self, job: PrintJob) -> None:
        if self._person is not None and job.attendee_id == self._person.id:
            self._tell(job)

    def _tell(self, job: PrintJob) -> None:
        set_property(self._band, "tone", TONES[job.state])
        self._state.setText(job.sentence)
        self._state.setAccessibleName(job.sentence)
        self._band.show()
