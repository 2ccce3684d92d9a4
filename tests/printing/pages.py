"""PDF files: a small one to print, and what is on one that came out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from checkin.scan import decode

POINT_MM = 25.4 / 72


def qt() -> QGuiApplication:
    """Return the program's Qt, made if need be: one that the tests of widgets can use too."""
    running = QGuiApplication.instance()
    made = running if isinstance(running, QGuiApplication) else QApplication([])
    _kept.append(made)
    return made


_kept: list[QGuiApplication] = []


def small_pdf(path: Path, paper_mm: tuple[float, float]) -> Path:
    """Write a page with a frame around it."""
    qt()
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    size = QPageSize(QSizeF(*paper_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.drawRect(10, 10, writer.width() - 20, writer.height() - 20)
    painter.end()
    return path


def page_mm(path: Path, page: int = 0) -> tuple[float, float]:
    """Return the size of a page."""
    document = _opened(path)
    size = document.pagePointSize(page)
    document.close()
    return size.width() * POINT_MM, size.height() * POINT_MM


def page_count(path: Path) -> int:
    """Return how many pages there are."""
    document = _opened(path)
    count = document.pageCount()
    document.close()
    return count


def picture(path: Path, dpi: float = 200, page: int = 0) -> QImage:
    """Return a page as a printer's dots show it."""
    document = _opened(path)
    size = document.pagePointSize(page) / 72 * dpi
    made = document.render(page, QSize(round(size.width()), round(size.height())))
    document.close()
    on_white = QImage(made.size(), QImage.Format.Format_RGB888)
    on_white.fill(0xFFFFFFFF)
    painter = QPainter(on_white)
    painter.drawImage(0, 0, made)
    painter.end()
    return on_white


def codes(path: Path, dpi: float = 200) -> list[str]:
    """Return what the codes on a page hold, read as a desk reads a badge."""
    image = picture(path, dpi)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return [code.text for code in decode(rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3))]


def _opened(path: Path) -> QPdfDocument:
    qt()
    document = QPdfDocument()
    assert document.load(str(path)) == QPdfDocument.Error.None_, path
    return document
