"""One text of a badge, measured: how wide, how high its letters really are, where it breaks. Lengths in em (the font's size)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QRawFont, QTextLayout, QTextOption

from checkin.badges.layout import Field, Weight
from checkin.ui.painting.fonts import EM, badge_font, family_for

ASCENT: Final = 0.74
"""A line reaches at least so far above its base line: capitals are 0.7 em high."""
DESCENT: Final = 0.22
HEAD_ROOM: Final = 0.12
"""Air above the letters of a script with marks above or below (Thai, Lao, Khmer, Burmese, Vietnamese), on top of what the
letters themselves reach. A line of Thai with a tone mark has 1.2 em above its base line, which is 25 % more than Latin."""
PITCH: Final = 1.2
"""From one base line to the next where no letters reach further up or down."""

_ENDLESS: Final = 1e7
_EPSILON: Final = 0.001
_BEFORE_A_SYLLABLE: Final = re.compile("(?<=[\u0e01-\u0e2e\u0e30-\u0e3a\u0e45-\u0e4e])(?=[\u0e40-\u0e44])")
"""A Thai syllable begins at its leading vowel: a good place to break where the system knows no Thai words."""


SPACE: Final = 0.3
"""At least the width of a space between words."""
_UNSPACED: Final = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
"""Scripts that put no spaces between words: Thai and Lao, Burmese, Khmer."""

Where = Literal["spaces", "words", "anywhere"]
"""Where a text may be broken. spaces: only there; words: also between words that no space parts, as far as the system
knows them; anywhere: inside a word that is too wide, too."""
_Lines = list[tuple[str, float]]
"""The text of each line and its width in em."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How far the letters of a text reach, in em."""

    above: float
    """Above the base line."""
    below: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is shaped."""

    family: str
    """Empty: the shipped fonts."""
    weight: Weight
    spaced: bool
    right_to_left: bool

    def font(self) -> QFont:
        """Return the font, EM px large."""
        return badge_font(self.family, self.weight, spaced=self.spaced)


class Paragraph:
    """A text in one font. Belongs to the thread that made it."""

    def __init__(self, text: str, field: Field) -> None:
        """Shape `text` as a layout's field wants it."""
        self.text = text.upper() if field.capitals else text
        self.style = Style(
            field.font or family_for(self.text),
            field.weight,
            field.capitals and self.text.isascii(),
            is_right_to_left(self.text),
        )
        self._layout = _text_layout(self.text, self.style)
        self._words: _Lines | None = None
        single = self._broken(_ENDLESS)
        self.width = single[0][1] if single else 0.0
        ink = measured_ink(self._layout)
        self.marked = has_marks(self.text)
        self.above, self.below = max(ASCENT, ink.above), max(DESCENT, ink.below)
        self.pitch = max(PITCH, self.above + self.below + (HEAD_ROOM if self.marked else 0.04))

    def height(self, lines: int) -> float:
        """Return how high so many lines are, head-room included."""
        return self.head_room + self.above + self.below + (lines - 1) * self.pitch if lines else 0.0

    @property
    def head_room(self) -> float:
        """Room above the first line."""
        return HEAD_ROOM if self.marked else 0.0

    def lines(self, width: float, where: Where = "words") -> tuple[str, ...] | None:
        """Return the lines at a width, as even as can be; None where it cannot be broken so finely there."""
        if self.width <= width:
            return (self.text,)
        if where == "anywhere":
            return self._anywhere(width)
        broken = self._at_spaces if where == "spaces" and has_unspaced_words(self.text) else self._broken
        first = broken(width)
        if any(wide > width + _EPSILON for _line, wide in first):
            return None
        return tuple(line for line, _wide in _even(broken, first, width))

    def _anywhere(self, width: float) -> tuple[str, ...]:
        text = _BEFORE_A_SYLLABLE.sub("\u200b", self.text)
        layout = _text_layout(text, self.style, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return tuple(line for line, _wide in _break(layout, text, width))

    def _broken(self, width: float) -> _Lines:
        return _break(self._layout, self.text, width)

    def _at_spaces(self, width: float) -> _Lines:
        if self._words is None:
            self._words = [(word, Line(word, self.style).width) for word in self.text.split(" ")]
        lines: _Lines = []
        for word, wide in self._words:
            if lines and lines[-1][1] + SPACE + wide <= width:
                lines[-1] = (f"{lines[-1][0]} {word}", lines[-1][1] + SPACE + wide)
            else:
                lines.append((word, wide))
        return lines


class Line:
    """One line, ready to be drawn."""

    def __init__(self, text: str, style: Style) -> None:
        """Shape one line."""
        self._layout = _text_layout(text, style)
        _break(self._layout, text, _ENDLESS)
        line = self._layout.lineAt(0)
        self.width = line.naturalTextWidth() / EM
        self._ascent = line.ascent()

    def draw(self, painter: QPainter) -> None:
        """Draw with the base line's left end at the painter's origin, EM units to the font's size."""
        self._layout.draw(painter, QPointF(0, -self._ascent))

    def ink(self) -> Ink:
        """Return how far the letters reach."""
        return measured_ink(self._layout)


def measured_ink(layout: QTextLayout) -> Ink:
    """Return how far the letters of a layout's lines reach above and below their base line.

    Letter by letter: a run's own box (QGlyphRun.boundingRect) is made of the font's heights, which Thai marks exceed.
    """
    above = below = 0.0
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        base = line.y() + line.ascent()
        for run in line.glyphRuns():
            font = run.rawFont()
            face = f"{font.familyName()} {font.styleName()} {font.weight()}"
            for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                top, bottom = _extent(face, glyph, font)
                if top < bottom:
                    above, below = max(above, base - place.y() - top), max(below, place.y() + bottom - base)
    return Ink(above / EM, below / EM)


_extents: Final[dict[tuple[str, int], tuple[float, float]]] = {}
"""Top and bottom of each letter met so far, from its base line: plain numbers, shared by all threads."""


def _extent(face: str, glyph: int, font: QRawFont) -> tuple[float, float]:
    key = (face, glyph)
    if key not in _extents:
        box = font.boundingRect(glyph)
        _extents[key] = (box.top(), box.bottom())
    return _extents[key]


def missing(text: str, style: Style) -> set[str]:
    """Return the characters of a text that no font has."""
    layout = _text_layout(text, style)
    _break(layout, text, _ENDLESS)
    wanted = (
        QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
    )
    runs = [(run.glyphIndexes(), run.stringIndexes()) for run in layout.glyphRuns(-1, -1, wanted)]
    starts = sorted({at for _glyphs, places in runs for at in places})
    units = text.encode("utf-16-le")
    found: set[str] = set()
    for glyphs, places in runs:
        for glyph, at in zip(glyphs, places, strict=False):
            if glyph == 0:  # all letters up to where the next one begins: a flag is two, drawn as one
                end = next((start for start in starts if start > at), len(units) // 2)
                found |= set(units[2 * at : 2 * end].decode("utf-16-le", "replace"))
    return {char for char in found if char.strip()}


def has_marks(text: str) -> bool:
    """Say whether letters of a text carry marks above or below that Latin capitals do not."""
    return any(unicodedata.category(char) in {"Mn", "Mc"} for char in unicodedata.normalize("NFD", text))


def has_unspaced_words(text: str) -> bool:
    """Say whether a text has letters of a script that puts no spaces between words."""
    return any(first <= char <= last for char in text for first, last in _UNSPACED)


def _even(broken: Callable[[float], _Lines], first: _Lines, width: float) -> _Lines:
    """Return the lines at the least width that needs no more of them: “Siti Aminah / binti Rahman”, no word alone."""
    low, high, best = width / 2, width, first
    for _step in range(6):
        middle = (low + high) / 2
        tried = broken(middle)
        if len(tried) <= len(first) and all(wide <= middle + _EPSILON for _line, wide in tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter of a text belongs to a script that runs from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _text_layout(text: str, style: Style, mode: QTextOption.WrapMode = QTextOption.WrapMode.WordWrap) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(mode)
    option.setUseDesignMetrics(True)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if style.right_to_left else Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(text, style.font())
    layout.setTextOption(option)
    return layout


def _break(layout: QTextLayout, text: str, width: float) -> _Lines:
    """Break a layout at a width in em; return each line's text and width in em."""
    units = text.encode("utf-16-le")
    lines: _Lines = []
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(min(width * EM, _ENDLESS))
        line.setPosition(QPointF(0, y))
        y += line.height()
        start, length = line.textStart(), line.textLength()
        piece = units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").strip(" \u200b")
        lines.append((piece, line.naturalTextWidth() / EM))
    layout.endLayout()
    return lines
