"""Reports from the terminal onto a PDF: Qt is only loaded when a PDF is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkin.reports.export import Exporter


def exporters(target: Path, *, thai_digits: bool = False) -> tuple[Exporter, ...]:
    """Return what `reports.export.export(..., also=)` needs for this file: the PDF exporter, or nothing."""
    if target.suffix.lower() != ".pdf":
        return ()
    from checkin.ui.painting.headless import program
    from checkin.ui.painting.report_pdf import PdfExporter

    program()
    return (PdfExporter(thai_digits=thai_digits),)
