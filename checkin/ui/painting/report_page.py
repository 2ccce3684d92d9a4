"""A report's paper: margins, what stands on every page, and the pages as a PDF or as pictures."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from checkin.i18n import _
from checkin.ui.painting.report_blocks import ALARM, FAINT, Text, rule
from checkin.ui.painting.report_flow import A4, PT, Group, Page, pages
from checkin.ui.painting.state import kept

DPI: Final = 1200
TWIPS_PER_INCH: Final = 1440
MARGIN: Final = 46 * PT
LOW: Final = 30 * PT
"""The lower margin; printers reach so far."""
FOOT: Final = 40 * PT
"""Room for the footer above it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be set: a stream of groups, and what every page says."""

    title: str
    """For the file's properties."""
    groups: Iterator[Group]
    source: str
    """Left in the footer: which desks, how many entries, the fingerprint."""
    made: str
    """Right in the footer, before the page's number."""
    alarm: bool = False
    """The footer's left is set in amber: INCOMPLETE."""
    practice: str = ""
    """Stands above every page where it is no real event."""
    landscape: bool = False
    counted: bool = True
    """Whether pages say how many there are: then all are set before the first is drawn."""
    digits: Callable[[str], str] = str
    """What is done to page numbers: Thai digits."""

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in twips."""
        return (A4[1], A4[0]) if self.landscape else A4

    def pages(self) -> Iterator[Callable[[QPainter], None]]:
        """Yield what draws each page with a painter whose unit is a twip."""
        _width, height = self.size
        top = MARGIN + (16 * PT if self.practice else 0)
        made = pages(self.groups, top, height - LOW - FOOT)
        if not self.counted:
            for number, page in enumerate(made, 1):
                yield self._drawer(page, self._numbered(number, 0))
            return
        every = list(made)
        for number, page in enumerate(every, 1):
            yield self._drawer(page, self._numbered(number, len(every)))

    def close(self) -> None:
        """Let go of what was not set."""
        if isinstance(self.groups, Generator):
            self.groups.close()

    def _numbered(self, number: int, total: int) -> str:
        page = _("page {n}/{all}").format(n=number, all=total) if total else _("page {n}").format(n=number)
        return f"{self.made} · {self.digits(page)}"

    def _drawer(self, page: Page, right: str) -> Callable[[QPainter], None]:
        width, height = self.size

        def draw(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.practice:
                Text(self.practice, 9, width - 2 * MARGIN, weight="semibold", align="centre", colour=ALARM).draw(
                    painter, MARGIN, MARGIN - 8 * PT
                )
            for top, piece in page:
                piece.draw(painter, top)
            foot, inner = height - LOW - FOOT + 14 * PT, width - 2 * MARGIN
            rule(painter, MARGIN, inner, foot)
            colour, weight = (ALARM, "semibold") if self.alarm else (FAINT, "regular")
            Text(self.source, 8.5, inner * 0.62, colour=colour, weight=weight).draw(painter, MARGIN, foot + 6 * PT)  # type: ignore[arg-type]
            Text(right, 8.5, inner * 0.36, align="right", colour=FAINT).draw(
                painter, MARGIN + inner * 0.64, foot + 6 * PT
            )

        return draw


def write_document(file: BinaryIO, document: Document) -> int:
    """Write the document as PDF and return how many pages it has. Raises OSError, and what `document.groups` raises."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    orientation = QPageLayout.Orientation.Landscape if document.landscape else QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF(0, 0, 0, 0)))
    writer.setCreator("checkin")
    writer.setTitle(document.title)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    count = 0
    try:
        for draw in document.pages():
            if count:
                writer.newPage()
            with kept(painter):
                painter.scale(DPI / TWIPS_PER_INCH, DPI / TWIPS_PER_INCH)
                draw(painter)
            count += 1
    finally:
        painter.end()
    file.write(buffer.data().data())
    return count


def page_pictures(document: Document, dpi: float, limit: int) -> Iterator[QImage]:
    """Yield the first pages as pictures on white, with the paper's edge."""
    width, height = (round(length / TWIPS_PER_INCH * dpi) for length in document.size)
    for draw in islice(document.pages(), limit):
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        picture.fill(QColor("#ffffff"))
        painter = QPainter(picture)
        try:
            painter.scale(dpi / TWIPS_PER_INCH, dpi / TWIPS_PER_INCH)
            draw(painter)
            painter.resetTransform()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor("#9aa5b1"))
            painter.drawRect(0, 0, width - 1, height - 1)
        finally:
            painter.end()
        yield picture
