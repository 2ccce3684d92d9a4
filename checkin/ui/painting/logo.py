"""Paint a logo: SVG as drawing, other formats as picture, never stretched."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

from checkin.badges.layout import Logo
from checkin.errors import LayoutError
from checkin.i18n import _

MAX_SIDE: Final = 1200
"""Pixels; a larger picture is made smaller: a badge at 600 dpi shows no more."""


def paint_logo(painter: QPainter, logo: Logo) -> None:
    """Paint the picture as large as its place allows, in its middle. Raises LayoutError where it cannot be read."""
    if logo.file.suffix.lower() == ".svg":
        drawing = QSvgRenderer(str(logo.file))
        if not drawing.isValid():
            raise _unreadable(logo.file)
        drawing.render(painter, _within(logo, drawing.defaultSize()))
        return
    picture = _picture(logo.file, logo.file.stat().st_mtime_ns)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(_within(logo, picture.size()), picture)


@lru_cache(maxsize=4)
def _picture(file: Path, changed: int) -> QImage:  # noqa: ARG001 - a changed file is read again
    """Read a picture once: the same one for all badges is kept once in a PDF too."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > MAX_SIDE:
        reader.setScaledSize(size.scaled(MAX_SIDE, MAX_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise _unreadable(file)
    return picture


def _within(logo: Logo, size: QSize) -> QRectF:
    at = logo.at
    scale = min(at.width / max(1, size.width()), at.height / max(1, size.height()))
    width, height = size.width() * scale, size.height() * scale
    return QRectF(at.left + (at.width - width) / 2, at.top + (at.height - height) / 2, width, height)


def _unreadable(file: Path) -> LayoutError:
    return LayoutError(
        _("The picture “{name}” of the badge layout cannot be read. Save it as PNG, JPEG or SVG.").format(
            name=file.name
        )
    )
