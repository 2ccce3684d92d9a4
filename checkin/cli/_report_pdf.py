"""Reports from the terminal onto a PDF: Qt is only loaded when a PDF is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from checkin.reports.export import Exporter
    from checkin.reports.sheet import Sheet


class _Pdf:
    SUFFIX = ".pdf"

    def __init__(self, *, thai_digits: bool) -> None:
        self._thai_digits = thai_digits

    def write(self, file: BinaryIO, sheet: Sheet, step: Callable[[], None]) -> int:
        from checkin.ui.painting.headless import program
        from checkin.ui.painting.report_pdf import PdfExporter

        program()
        return PdfExporter(thai_digits=self._thai_digits).write(file, sheet, step)


def exporters(*, thai_digits: bool = False) -> tuple[Exporter, ...]:
    """Return what `reports.export.export(..., also=)` needs beside the exporters of its own layer: the PDF exporter."""
    return (_Pdf(thai_digits=thai_digits),)
