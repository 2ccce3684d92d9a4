"""What became of the print of one badge, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QWidget

from checkin.domain.badge import IssuedBadge
from checkin.i18n import _
from checkin.ui.printing.print_job import PrintJob, PrintState
from checkin.ui.theme import pixmap
from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from checkin.ui.context import Context

TONES: dict[PrintState, str] = {
    "waiting": "blue", "printing": "blue", "printed": "green", "saved": "green", "stuck": "amber", "failed": "red",
}  # fmt: skip
_ICONS = {"blue": "print", "green": "tick", "amber": "attention", "red": "cross", "grey": "print"}


class PrintLine(QFrame):
    """Follows one badge: not printed, waiting, printing, printed, stuck, failed, saved as a file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.badge: IssuedBadge | None = None
        self.job: PrintJob | None = None
        self.setProperty("role", "band")
        self._sign = QLabel()
        self._text = label("", "plain", wrap=True)
        self.print_button = KeyButton("Ctrl+P", bind=False)
        self.pdf_button = button()
        self.cancel_button = button()
        head = row(self._sign, spacing=8)
        head.addWidget(self._text, 1)
        buttons = Flow(8)
        for made in (self.print_button, self.pdf_button, self.cancel_button):
            buttons.addWidget(made)
        self._body = column()
        self._body.addLayout(head)
        self._body.addLayout(buttons)
        self.setLayout(self._body)
        self.set_compact(False)
        self.print_button.clicked.connect(self.print_again)
        self.pdf_button.clicked.connect(self._ask_file)
        self.cancel_button.clicked.connect(self._cancel)
        context.printer.changed.connect(self._changed)
        context.theme.changed.connect(self._write)
        self._write()

    def follow(self, badge: IssuedBadge, *, printing: bool) -> None:
        """Follow this badge; `printing`: hand it to the printer now."""
        self.badge, self.job = badge, None
        self._write()
        if printing:
            self._context.printer.print_badge(badge)

    def forget(self) -> None:
        """Follow nothing."""
        self.badge = self.job = None
        self._write()

    def state(self) -> PrintState | None:
        """Return how far it is; None: nothing was printed."""
        return self.job.state if self.job else None

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()

    @Slot()
    def print_again(self) -> None:
        """Print it: for the first time, or once more because the sheet is lost or spoilt; the code stays the same."""
        if self.badge is not None:
            self._context.printer.print_badge(self.badge, again=self.job is not None)

    def set_compact(self, compact: bool) -> None:
        """Take less room, where there is little height."""
        for made in (self.print_button, self.pdf_button, self.cancel_button):
            set_property(made, "small", True if compact else None)
        margin = 4 if compact else 9
        self._body.setContentsMargins(9, margin, 9, margin)
        self._body.setSpacing(2 if compact else 6)
        self.print_button.show_key(not compact)

    def retranslate(self) -> None:
        """Set the texts again."""
        self._write()

    @Slot(object)
    def _changed(self, job: PrintJob) -> None:
        if self.badge is None or job.attendee_id != self.badge.attendee.id:
            return
        self.job = job
        self._write()

    @Slot()
    def _write(self) -> None:
        self.setVisible(self.badge is not None)
        state = self.state()
        tone = TONES[state] if state else "grey"
        set_property(self, "tone", tone)
        self._sign.setPixmap(pixmap(_ICONS[tone], 20, self._context.theme.colours.tone(tone).strong))
        self._text.setText(self.job.sentence if self.job else self._nothing_printed())
        self._text.setAccessibleName(self._text.text())
        self.print_button.set_word(_("Print again") if self.job else _("Print badge"))
        self.print_button.setVisible(state not in {"waiting", "printing"} and bool(self._context.app.settings.printer))
        set_button_text(self.pdf_button, _("Save as PDF …"))
        self.pdf_button.setVisible(state not in {"printed", "saved"})
        set_button_text(self.cancel_button, _("Cancel printing"))
        self.cancel_button.setVisible(state in {"waiting", "printing", "stuck"})

    def _nothing_printed(self) -> str:
        if self._context.app.settings.printer:
            return _("The badge was not printed.")
        return _("No printer is chosen at this desk. Save the badge as a PDF, or choose a printer in Settings.")

    @Slot()
    def _cancel(self) -> None:
        if self.job is not None:
            self._context.printer.cancel(self.job.id)

    @Slot()
    def _ask_file(self) -> None:
        if self.badge is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposal = str(Path(folder) / f"badge-{self.badge.issuer}-{self.badge.serial}.pdf")
        name, _kind = QFileDialog.getSaveFileName(self, _("Where to keep the badge"), proposal, _("PDF (*.pdf)"))
        if name and self.badge is not None:
            self._context.printer.save_pdf(self.badge, Path(name).with_suffix(".pdf"))
