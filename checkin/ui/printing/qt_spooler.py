"""The print system of Windows through Qt. It takes a job and tells nothing of it afterwards; the desk says so.

Measured with Qt 6.11 (FACTS): QPrinter reports success for a paused queue, a queue that takes no jobs and a printer that
does not exist. So the printer is looked up before, and a job is "handed over", never "completed".
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from checkin.printing.spooler import JobState, Printer, PrinterState, QueueKind, SpoolError

SAME_PAPER_MM: Final = 1.0
MAX_DPI: Final = 600
"""A picture of a page in more dots costs memory and shows nothing more."""


class QtSpooler:
    """Prints a PDF as pictures of its pages, at the printer's own resolution, without a dialog."""

    tells = False

    def printers(self) -> list[Printer] | None:
        """Return the printers of this computer, the default one first."""
        made = [
            Printer(found.printerName(), found.description() or found.printerName(), found.isDefault(), _state(found))
            for found in QPrinterInfo.availablePrinters()
        ]
        return sorted(made, key=lambda printer: (not printer.default, printer.name.casefold()))

    def check(self, printer: str, paper_mm: tuple[float, float] | None = None) -> PrinterState:
        """Say whether there is such a printer and, as far as the system tells, whether it is ready."""
        return _state(QPrinterInfo.printerInfo(printer), paper_mm)

    def submit(
        self,
        printer: str,
        pdf: Path,
        *,
        title: str,
        paper_mm: tuple[float, float],
        opened: Callable[[str], object] = lambda _key: None,
    ) -> str:
        """Hand over every page of a PDF file. Raises SpoolError."""
        found = QPrinterInfo.printerInfo(printer)
        state = _state(found)
        if state.kind != "ready":
            raise SpoolError(state)
        document = QPdfDocument()
        try:
            if document.load(str(pdf)) != QPdfDocument.Error.None_:
                raise SpoolError(PrinterState("refused", message="PDF"))
            device = _device(found, title, paper_mm)
            key = f"handed-over-{secrets.token_hex(8)}"
            opened(key)
            _paint(device, document, paper_mm)
        finally:
            document.close()
        return key

    def job(self, printer: str, job: str) -> JobState:  # noqa: ARG002 - the protocol's
        """Say that the system has the job; more it does not tell."""
        return JobState("handed_over")

    def cancel(self, printer: str, job: str) -> JobState:
        """Take nothing back: a job that was handed over has no name that Qt knows."""
        return self.job(printer, job)


def _device(found: QPrinterInfo, title: str, paper_mm: tuple[float, float]) -> QPrinter:
    device = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setFullPage(True)
    size = QPageSize(QSizeF(*paper_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    device.setFullPage(True)
    return device


def _paint(device: QPrinter, document: QPdfDocument, paper_mm: tuple[float, float]) -> None:
    """Paint the pages from the paper's corner on, each at its true size."""
    dots = [round(mm / 25.4 * device.resolution()) for mm in paper_mm]
    sharp = [round(mm / 25.4 * min(device.resolution(), MAX_DPI)) for mm in paper_mm]
    painter = QPainter()
    if not painter.begin(device):
        raise SpoolError(PrinterState("refused", message="QPrinter"))
    try:
        for page in range(document.pageCount()):
            if page and not device.newPage():
                raise SpoolError(PrinterState("refused", message="QPrinter"))
            picture = document.render(page, QSize(*sharp))
            painter.drawImage(0, 0, picture.scaled(QSize(*dots)) if sharp != dots else picture)
    finally:
        painter.end()


def _state(found: QPrinterInfo, paper_mm: tuple[float, float] | None = None) -> PrinterState:
    if found.isNull():
        return PrinterState("missing")
    kind: QueueKind = "ready"
    if found.state() in {QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error}:
        kind = "paused"  # Windows: paused, out of paper, offline; Qt tells no more
    return PrinterState(kind, knows_paper=_knows(found, paper_mm) if paper_mm else None)


def _knows(found: QPrinterInfo, paper_mm: tuple[float, float]) -> bool | None:
    """Say whether the printer has paper of this size, or takes any size; None where it names none."""
    if found.supportsCustomPageSizes():
        return True
    sizes = [size.size(QPageSize.Unit.Millimeter) for size in found.supportedPageSizes()]
    if not sizes:
        return None
    width, height = paper_mm
    return any(
        abs(one.width() - width) <= SAME_PAPER_MM and abs(one.height() - height) <= SAME_PAPER_MM for one in sizes
    )
