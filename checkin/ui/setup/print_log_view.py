"""The last lines of the print log: whose badge, on which printer, what became of it, and a way to print it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from checkin.i18n import _, day_text, time_text
from checkin.texts import isolate
from checkin.ui.printing.print_job import PrintJob
from checkin.ui.widgets.basics import button, clear, label, line, set_button_text
from checkin.wording.printing import state_word

if TYPE_CHECKING:
    from checkin.ui.context import Context

SHOWN: Final = 12
TONES: Final = {
    "waiting": "blue", "printing": "blue", "printed": "green", "saved": "green", "stuck": "amber", "failed": "red",
}  # fmt: skip
TIME_WIDTH: Final = 84
STATE_WIDTH: Final = 120


class PrintLogView(QWidget):
    """Newest first. Read again when something was printed, while it is looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._button_width = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        context.printer.log_changed.connect(self._changed)

    def retranslate(self) -> None:
        """Set every text again: the sentences are made anew."""
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the log."""
        self._context.printer.jobs(self._show, SHOWN)

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            self.look()

    def _show(self, jobs: list[PrintJob]) -> None:
        clear(self._column)
        if not jobs:
            self._column.addWidget(label(_("Nothing was printed at this desk yet."), "muted"))
        measure = button()
        set_button_text(measure, _("Print again"))
        measure.ensurePolished()
        self._button_width = measure.sizeHint().width()
        newest: set[str] = set()
        for job in jobs:
            self._column.addWidget(self._line(job, again=bool(job.attendee_id) and job.attendee_id not in newest))
            self._column.addWidget(line())
            newest.add(job.attendee_id)

    def _line(self, job: PrintJob, *, again: bool) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, TIME_WIDTH)
        grid.setColumnMinimumWidth(2, STATE_WIDTH)
        grid.setColumnMinimumWidth(3, self._button_width)
        grid.setColumnStretch(1, 1)
        name = isolate(job.name) if job.attendee_id else _("Test label")
        if job.revision:
            name = _("{name}, print {number}").format(name=name, number=job.revision + 1)
        when = self._when(job)
        by = " · ".join(isolate(part) for part in (job.printer, job.staff) if part)
        detail = job.sentence if job.state != "printed" or not job.certain else by
        time = label(when, "muted")
        time.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(time, 0, 0, 2, 1)
        grid.addWidget(label(name, wrap=True), 0, 1)
        grid.addWidget(label(detail, "faint", wrap=True), 1, 1)
        grid.addWidget(label(state_word(job.state), "strong", tone=TONES[job.state]), 0, 2)
        if again:
            grid.addWidget(self._again(job, name), 0, 3, 2, 1)
        made.setAccessibleName(f"{when} {name} {state_word(job.state)} {detail}")
        return made

    def _when(self, job: PrintJob) -> str:
        app = self._context.app
        if job.at.date() == app.event.local(app.clock.now()).date():
            return time_text(job.at)
        return day_text(job.at.date(), weekday=False, year=False)

    def _again(self, job: PrintJob, name: str) -> QPushButton:
        made = button(role="quiet" if not job.missing else "")
        set_button_text(made, _("Print again"))
        made.setAccessibleName(_("Print again: {name}").format(name=name))
        made.setProperty("attendee", job.attendee_id)
        made.clicked.connect(self._pressed)
        return made

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            sender.setEnabled(False)
            self._context.printer.reprint(sender.property("attendee"))
