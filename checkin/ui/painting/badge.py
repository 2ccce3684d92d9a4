"""Paint a badge: on a picture for the preview, on a page for the printer, by the same function."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from checkin.badges.content import BadgeContent
from checkin.badges.layout import Layout


def paint_badge(
    painter: QPainter, layout: Layout, content: BadgeContent, *, dots_per_mm: float, origin_mm: tuple[float, float] = (0, 0)
) -> None:
    """Paint one badge with its top left corner at `origin_mm` of the page. On any thread."""
    raise NotImplementedError


def badge_image(layout: Layout, content: BadgeContent, *, dpi: float) -> QImage:
    """Return the badge as a picture of `dpi` dots to the inch. On any thread, once a QGuiApplication exists."""
    raise NotImplementedError


def remarks(layout: Layout, content: BadgeContent) -> tuple[str, ...]:
    """Return sentences for the desk: letters that no font has, texts smaller than the layout's smallest. Empty: all is well."""
    raise NotImplementedError


def missing_glyphs(content: BadgeContent) -> str:
    """Return the letters of the badge's texts that no font of this computer has, each once."""
    raise NotImplementedError
