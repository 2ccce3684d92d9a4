"""The export part of the End of day page: which report, as which file; a look at it first; names only with a reason."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QWidget

from checkin.errors import CheckinError
from checkin.i18n import Language, _, language, ngettext
from checkin.reports.export import REPORTS, WITH_NAMES, Exported, ReportName, proposed_name
from checkin.texts import isolate
from checkin.ui.reports import work
from checkin.ui.reports.preview import PAGE_DPI, Preview
from checkin.ui.reports.work import Looked, Wanted
from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.into_view import into_view
from checkin.ui.widgets.reason_bar import ReasonBar
from checkin.ui.widgets.wrapped_check import WrappedCheck

if TYPE_CHECKING:
    from checkin.ui.context import Context
    from checkin.ui.tasks import Task

_ORDER: Final[tuple[ReportName, ...]] = ("counts", *(name for name in REPORTS if name != "counts"))


class ExportPanel(QWidget):
    """Buttons for each kind of file. One export at a time; scanning goes on meanwhile."""

    bundle_wanted = Signal()
    """The signed bundle of everything, for another desk or the hub."""
    exported = Signal(object)
    """reports.export.Exported: a file was written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day: date | None = context.app.desk.post.day
        self._task: Task | None = None
        self._asked: tuple[str, Language] | None = None
        self._written: Path | None = None
        self._reason = ""
        self._head = label("", "heading")
        self.report = Choice(24)
        self.xlsx, self.csv, self.pdf_th, self.pdf_en, self.bundle = button(), button(), button(), button(), button()
        self.look_button = button()
        self.digits = WrappedCheck()
        self._note = label("", "faint", wrap=True)
        self.reason = ReasonBar()
        self._bar = QProgressBar()
        self.cancel = button()
        self._said = label("", wrap=True)
        self.folder = button(role="quiet")
        self.preview = Preview()
        self._build()
        for one, suffix, tongue in self._files():
            one.clicked.connect(partial(self._ask, suffix, tongue))
        self.bundle.clicked.connect(self.bundle_wanted)
        self.look_button.clicked.connect(self.look)
        self.cancel.clicked.connect(self._stop)
        self.folder.clicked.connect(self._show_folder)
        self.reason.given.connect(self._reasoned)
        self.report.currentIndexChanged.connect(self._changed)
        self.retranslate()

    def _build(self) -> None:
        first, files = Flow(8), Flow(8)
        first.addWidget(self.report)
        first.addWidget(self.look_button)
        for one in (self.xlsx, self.csv, self.pdf_th, self.pdf_en, self.bundle):
            files.addWidget(one)
        under_way = row(self._bar, self.cancel, spacing=8)
        under_way.setStretch(0, 1)
        told = row(self._said, self.folder, spacing=8)
        told.setStretch(0, 1)
        body = column(self._head, spacing=8)
        body.addLayout(first)
        body.addLayout(files)
        body.addWidget(self.digits)
        body.addWidget(self._note)
        body.addWidget(self.reason)
        body.addLayout(under_way)
        body.addLayout(told)
        body.addWidget(self.preview)
        self.setLayout(body)
        for hidden in (self._bar, self.cancel, self._said, self.folder):
            hidden.hide()

    def _files(self) -> tuple[tuple[QPushButton, str, Language], ...]:
        """Return each button with its kind of file and the language of it; a table's is asked anew when it is pressed."""
        return (
            (self.xlsx, ".xlsx", language()), (self.csv, ".csv", language()),
            (self.pdf_th, ".pdf", "th"), (self.pdf_en, ".pdf", "en"),
        )  # fmt: skip

    def show_day(self, day: date | None) -> None:
        """Write reports of this day from now on; None: of all days."""
        if day != self._day:
            self._day = day
            self.preview.clear()

    def retranslate(self) -> None:
        """Set every text again."""
        titles = {"counts": _("Counts, without names"), "attendance": _("Attendance list"), "journal": _("Journal")}
        chosen = self.chosen()
        self.report.blockSignals(True)
        self.report.clear()
        for name in _ORDER:
            self.report.addItem(titles[name], name)
        self.report.setCurrentIndex(_ORDER.index(chosen))
        self.report.blockSignals(False)
        self.report.setAccessibleName(_("Report"))
        self._head.setText(_("Export"))
        set_button_text(self.xlsx, _("Excel (.xlsx)"))
        set_button_text(self.csv, _("CSV"))
        set_button_text(self.bundle, _("Signed bundle"))
        set_button_text(self.look_button, _("Preview"))
        set_button_text(self.cancel, _("Cancel"))
        set_button_text(self.folder, _("Show the folder"))
        self.digits.set_text(_("Thai digits in the Thai PDF"))
        self._bar.setAccessibleName(_("Export under way"))
        self._note.setText(
            _("Names are left out of the counts; the attendance list holds them and is written only for a supervisor.")
        )
        self.preview.retranslate()
        self._changed()

    def chosen(self) -> ReportName:
        """Return which report is chosen."""
        name: ReportName | None = self.report.currentData()
        return name or "counts"

    @Slot()
    def _changed(self) -> None:
        name = _("PDF report") if self.chosen() == "counts" else _("PDF list")
        set_button_text(self.pdf_th, f"{name} · ไทย")
        set_button_text(self.pdf_en, f"{name} · EN")
        self.reason.close_bar()
        self.preview.clear()

    def busy(self) -> bool:
        """Say whether an export or a preview is under way."""
        return not self.cancel.isHidden()

    # --- a look ---

    @Slot()
    def look(self) -> None:
        """Show the beginning of the report, in the language of the window."""
        if self.busy():
            return
        app = self._context.app
        wanted = self._wanted(Path(), language())
        self._busy()
        self._context.tasks.background(
            work.settled, app, wanted, done=self._look_settled, failed=self._failed
        )  # fmt: skip

    def _look_settled(self, wanted: Wanted) -> None:
        app = self._context.app
        self.cancel.setEnabled(True)
        self._task = self._context.tasks.heavy(
            work.look, app.database.path, app.event, wanted, PAGE_DPI * self.devicePixelRatioF(), done=self._looked,
            failed=self._failed, progress=self._moved,
        )  # fmt: skip

    def _looked(self, looked: Looked) -> None:
        self._idle()
        self.preview.show_report(looked)
        into_view(self.preview)

    # --- a file ---

    def _ask(self, suffix: str, tongue: Language) -> None:
        if self.busy():
            return
        tongue = tongue if suffix == ".pdf" else language()
        if self.chosen() not in WITH_NAMES:
            self._ask_file(suffix, tongue, "")
            return
        self._asked = (suffix, tongue)
        staff = isolate(self._context.app.desk.staff)
        question = _("Why do names leave the program? The reason is kept in the journal.")
        if staff:
            question = _("Why do names leave the program? The reason is kept in the journal with your name, {staff}.")
        self.reason.ask(
            question.format(staff=staff), _("Go on"),
            (_("For the ministry"), _("For the organiser"), _("Roll call in an emergency")),
        )  # fmt: skip
        into_view(self.reason)

    @Slot(str)
    def _reasoned(self, reason: str) -> None:
        asked, self._asked = self._asked, None
        self.reason.close_bar()
        if asked is not None:
            self._ask_file(*asked, reason)

    def _ask_file(self, suffix: str, tongue: Language, reason: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposal = proposed_name(self._context.app.event, self.chosen(), suffix, self._day)
        kinds = {".xlsx": _("Excel (*.xlsx)"), ".csv": _("CSV (*.csv)"), ".pdf": _("PDF (*.pdf)")}
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Where to keep the report"), str(Path(folder) / proposal), kinds[suffix]
        )
        if name:
            target = Path(name)
            self.write_to(target if target.suffix.lower() == suffix else Path(f"{name}{suffix}"), tongue, reason)

    def write_to(self, target: Path, tongue: Language, reason: str = "") -> None:
        """Write the chosen report; names are logged first, with the reason."""
        self._busy()
        self._said.hide()
        self._reason = reason
        self._context.tasks.background(
            work.settled, self._context.app, self._wanted(target, tongue), done=self._settled, failed=self._failed
        )

    def _settled(self, wanted: Wanted) -> None:
        if wanted.report not in WITH_NAMES:
            self._write(wanted)
            return
        self._context.tasks.database(
            work.logged, self._context.app, wanted, self._reason, done=self._write, failed=self._failed
        )

    def _wanted(self, target: Path, tongue: Language) -> Wanted:
        digits = self.digits.is_checked() and tongue == "th"
        return Wanted(self.chosen(), target, self._day, tongue, digits)

    def _write(self, wanted: Wanted) -> None:
        app = self._context.app
        self.cancel.setEnabled(True)
        self._task = self._context.tasks.heavy(
            work.write, app.database.path, app.event, wanted, done=self._done, failed=self._failed, progress=self._moved
        )  # fmt: skip

    def _done(self, written: Exported) -> None:
        self._idle()
        self._written = written.file
        text = ngettext("{n} row written to “{file}”.", "{n} rows written to “{file}”.", written.rows).format(
            n=f"{written.rows:,}", file=isolate(written.file.name)
        )
        if written.incomplete:
            warning = _("It says INCOMPLETE: entries of another desk are still missing.")
            text = f"{text} {warning}"
        self._tell(text, "amber" if written.incomplete else "green")
        self.folder.show()
        self.exported.emit(written)

    def _failed(self, error: CheckinError) -> None:
        self._idle()
        self.folder.hide()
        self._tell(str(error), "red")

    def _tell(self, text: str, tone: str) -> None:
        set_property(self._said, "tone", tone)
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.show()
        into_view(self._said)

    def said(self) -> str:
        """Return the sentence on how the last export went; empty: there is none."""
        return "" if self._said.isHidden() else self._said.accessibleName()

    def _moved(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _busy(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.show()
        self.cancel.show()
        self.cancel.setEnabled(False)  # until there is something to stop
        self._enable(possible=False)

    def _idle(self) -> None:
        self._task = None
        self._enable(possible=True)
        self._bar.hide()
        self.cancel.hide()

    def _enable(self, *, possible: bool) -> None:
        for one in (self.xlsx, self.csv, self.pdf_th, self.pdf_en, self.look_button, self.report, self.digits):
            one.setEnabled(possible or one.hasFocus())  # the focus stays where it is; a press is not heard meanwhile

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self._task.stop()

    @Slot()
    def _show_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
