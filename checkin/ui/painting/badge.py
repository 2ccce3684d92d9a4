"""Paint a badge: on a picture for the preview, on a page for the printer, by the same function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from checkin.badges import colours
from checkin.badges.code import code_for
from checkin.badges.content import BadgeContent
from checkin.badges.layout import Layout, Rect
from checkin.i18n import _
from checkin.ui.painting import fonts
from checkin.ui.painting.code import paint_code
from checkin.ui.painting.fit import PT_MM, Placed, place
from checkin.ui.painting.logo import paint_logo
from checkin.ui.painting.paragraph import Line
from checkin.ui.painting.presentable import presentable
from checkin.ui.painting.state import kept

MM_PER_INCH: Final = 25.4
BLEED_MM: Final = 0.1
NAMED: Final = 5
"""So many letters or texts are named in a sentence."""


def paint_badge(
    painter: QPainter, layout: Layout, content: BadgeContent, *, origin_mm: tuple[float, float] = (0.0, 0.0)
) -> None:
    """Paint one badge with its top left corner at `origin_mm`. The painter's unit is a millimetre. On any thread.

    Raises LayoutError where the badge's code is too long for the layout, or a logo cannot be read.
    """
    code = code_for(layout, content.text) if content.text else None
    fonts.load()
    shown = presentable(_coloured(layout, content)).content
    with kept(painter):
        painter.translate(*origin_mm)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(QRectF(0, 0, layout.width_mm, layout.height_mm), QColor("#ffffff"))
        for box in layout.boxes:
            if not box.only_practice or shown.practice:
                painter.fillRect(_with_bleed(box.at, layout), QColor(colours.fill(box.fill, shown)))
        for logo in layout.logos:
            paint_logo(painter, logo)
        for placed in _placed(layout, shown):
            _paint_lines(painter, placed, shown)
        if code is not None:
            paint_code(painter, code, layout.code)


def badge_image(layout: Layout, content: BadgeContent, *, dpi: float) -> QImage:
    """Return the badge as a picture of `dpi` dots to the inch. On any thread, once a QGuiApplication exists.

    Raises LayoutError as `paint_badge` does.
    """
    per_mm = dpi / MM_PER_INCH
    width, height = (max(1, round(side * per_mm)) for side in (layout.width_mm, layout.height_mm))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(per_mm * 1000))
    image.setDotsPerMeterY(round(per_mm * 1000))
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    try:
        painter.scale(per_mm, per_mm)
        paint_badge(painter, layout, content)
    finally:
        painter.end()
    return image


def remarks(layout: Layout, content: BadgeContent) -> tuple[str, ...]:
    """Return sentences for the desk: letters that no font has, texts smaller than the layout's smallest. Empty: all is well."""
    letters, texts = missing_glyphs(content), too_small(layout, content)
    return tuple(
        sentence for sentence in (letters and missing_sentence(letters), texts and small_sentence(texts)) if sentence
    )


def missing_sentence(letters: str) -> str:
    """Say that no font has these letters, what is printed instead, and what to do."""
    shown = [f"“{char}” (U+{ord(char):04X})" for char in letters[:NAMED]]
    return _(
        "No font of this computer has {letters}. It is left out or printed as “?”: install a font that has it"
        " (docs/badge-layouts.md), or write the name in other letters."
    ).format(letters=", ".join(shown) + (" …" if len(letters) > NAMED else ""))


def small_sentence(texts: Sequence[str]) -> str:
    """Say which texts are smaller than they should be, and what to do."""
    return _(
        "So long a text is printed smaller than the layout’s smallest size, and may be hard to read: {texts}. Shorten it, or"
        " choose a larger layout."
    ).format(texts=", ".join(text[:40] for text in texts[:NAMED]) + (" …" if len(texts) > NAMED else ""))


def too_small(layout: Layout, content: BadgeContent) -> tuple[str, ...]:
    """Return the texts that fit only below the smallest size that the layout states for them."""
    fonts.load()
    shown = presentable(content).content
    return tuple(shown.shown(field) for placed in _placed(layout, shown) for field in placed.too_small)


def missing_glyphs(content: BadgeContent) -> str:
    """Return the letters of the badge's texts that no font of this computer has, each once."""
    fonts.load()
    return presentable(content).missing


def _coloured(layout: Layout, content: BadgeContent) -> BadgeContent:
    return replace(content, event_colour=layout.event_colour) if layout.event_colour else content


def _with_bleed(at: Rect, layout: Layout) -> QRectF:
    """Return a box, a hair beyond the badge's edge where it reaches it: the last dot, and a cut, show no white line."""
    left = at.left - (BLEED_MM if at.left <= 0 else 0)
    top = at.top - (BLEED_MM if at.top <= 0 else 0)
    right = at.right + (BLEED_MM if at.right >= layout.width_mm else 0)
    bottom = at.bottom + (BLEED_MM if at.bottom >= layout.height_mm else 0)
    return QRectF(left, top, right - left, bottom - top)


def _placed(layout: Layout, content: BadgeContent) -> list[Placed]:
    return [place(block, tuple(content.shown(field.show) for field in block.fields)) for block in layout.blocks]


def _paint_lines(painter: QPainter, placed: Placed, content: BadgeContent) -> None:
    for line in placed.lines:
        scale = line.size * PT_MM / fonts.EM
        with kept(painter):
            painter.setPen(QColor(colours.ink(line.field.colour, content)))
            painter.translate(line.left, line.base)
            painter.scale(scale, scale)
            Line(line.text, line.style).draw(painter)
