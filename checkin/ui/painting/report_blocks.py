"""What a report is made of: texts, tables, boxes and the arrival curve, as pieces of a page. Lengths in twips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from checkin.badges.layout import Weight
from checkin.texts import breakable
from checkin.ui.painting.fonts import badge_font, family_for
from checkin.ui.painting.presentable import drawable
from checkin.ui.painting.report_flow import PT, Group, Piece

INK: Final = "#14202c"
MUTED: Final = "#52606e"
FAINT: Final = "#6e7b88"
RULE: Final = "#dfe4ea"
ACCENT: Final = "#1d5fc2"
SOFT: Final = "#e6eefa"
ALARM: Final = "#9a5700"
ALARM_SOFT: Final = "#fdf0da"
PITCH: Final = 1.5
"""From one base line to the next, in sizes: Thai has marks in two storeys above its letters."""
PAD: Final = 4.5 * PT
"""Above and below the text of a table's row."""
GAP: Final = 8 * PT
"""Between two columns."""

Align = Literal["left", "right", "centre"]
_ALIGN: Final = {
    "left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter,
}  # fmt: skip
_BEFORE_A_SYLLABLE: Final = re.compile("(?<=[\u0e01-\u0e2e\u0e30-\u0e3a\u0e45-\u0e4e])(?=[\u0e40-\u0e44])")
"""A Thai syllable begins at its leading vowel: a place to break where the system knows no Thai words."""


class Text:
    """A text set in a width. Belongs to the thread that made it."""

    def __init__(
        self,
        text: str,
        size: float,
        width: float,
        *,
        weight: Weight = "regular",
        align: Align = "left",
        colour: str = INK,
        strong: str = "",
    ) -> None:
        """Break `text` (plain, one paragraph) into lines. `size` in points; `strong`: a part of it that is set bold."""
        text, strong = drawable(text), drawable(strong)
        shown = _BEFORE_A_SYLLABLE.sub("\u200b", breakable(text))
        font = badge_font(family_for(text), weight)
        font.setPixelSize(round(size * PT))
        option = QTextOption(_ALIGN[align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        self._layout = QTextLayout(shown, font)
        self._layout.setTextOption(option)
        self._colour = QColor(colour)
        strong = _BEFORE_A_SYLLABLE.sub("\u200b", breakable(strong))
        if strong and strong in shown:
            bold = badge_font(family_for(text), "bold")
            bold.setPixelSize(round(size * PT))
            style = QTextCharFormat()
            style.setFont(bold)
            part = QTextLayout.FormatRange()
            part.start = len(shown[: shown.index(strong)].encode("utf-16-le")) // 2
            part.length = len(strong.encode("utf-16-le")) // 2
            part.format = style
            self._layout.setFormats([part])
        self.height = self._break(width, size * PT * PITCH)

    def _break(self, width: float, pitch: float) -> float:
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, PT))
            line.setPosition(QPointF(0, y + (pitch - line.height()) / 2))
            y += pitch
        self._layout.endLayout()
        return y

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the upper left corner there."""
        painter.setPen(self._colour)
        self._layout.draw(painter, QPointF(x, y))


def text_piece(text: Text, left: float, *, before: float = 0, after: float = 0) -> Piece:
    """Return a text with room above and below."""
    return Piece(before + text.height + after, lambda painter, top: text.draw(painter, left, top + before))


def box(texts: Sequence[Text], left: float, width: float, *, alarm: bool = False) -> Piece:
    """Return texts on a coloured ground with round corners; they are set for `width` less BOX_INSET on each side."""
    inner = sum(text.height for text in texts)
    height = inner + 2 * BOX_PAD

    def draw(painter: QPainter, top: float) -> None:
        painter.setBrush(QColor(ALARM_SOFT if alarm else SOFT))
        painter.setPen(QPen(QColor(ALARM), 0.75 * PT) if alarm else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(left, top, width, height), 6 * PT, 6 * PT)
        y = top + BOX_PAD
        for text in texts:
            text.draw(painter, left + BOX_INSET, y)
            y += text.height

    return Piece(height, draw)


BOX_PAD: Final = 8 * PT
BOX_INSET: Final = 13 * PT


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table: its title, its share of the width, and where its texts stand."""

    title: str
    width: float
    align: Align = "left"


class Table:
    """Rows under a heading that comes again on each page."""

    def __init__(self, heads: Sequence[Head], left: float, width: float, size: float = 10.5, pad: float = PAD) -> None:
        """`width` is shared out between the columns by their own widths; `size` of the type, in points; `pad` above and
        below each text."""
        scale = (width - GAP * (len(heads) - 1)) / sum(head.width for head in heads)
        self._heads, self._left, self._width, self._size = heads, left, width, size
        self._pad = pad
        self._widths = [head.width * scale for head in heads]
        self.head = self._row([head.title for head in heads], colour=MUTED)

    def groups(
        self, title: Sequence[Piece], rows: Iterable[Sequence[str]], total: Sequence[str] | None = None
    ) -> Iterator[Group]:
        """Yield the table: never a title or heading alone at the foot of a page, never the last row or total alone on one."""
        made = (self._row(cells) for cells in rows)
        first = list(_take(made, 2))
        ahead = [*title, self.head, *first[:2]]
        waiting: list[Piece] = []
        begun = False
        for piece in chain(made, [None]):
            if piece is not None:
                waiting.append(piece)
                if len(waiting) < 3:
                    continue
                if not begun:
                    yield Group(tuple(ahead))
                    begun = True
                yield Group((waiting.pop(0),), self.head)
        last = [*waiting, *([self._row(total, weight="bold")] if total else [])]
        if begun:
            yield Group(tuple(last), self.head)
        else:
            yield Group((*ahead, *last))

    def streamed(self, title: Sequence[Piece], rows: Iterable[Sequence[str]]) -> Iterator[Group]:
        """Yield the table row by row, for one that is too long to be looked ahead in."""
        made = (self._row(cells) for cells in rows)
        yield Group((*title, self.head, *_take(made, 2)))
        for piece in made:
            yield Group((piece,), self.head)

    def _row(self, cells: Sequence[str], *, weight: Weight = "regular", colour: str = INK) -> Piece:
        texts = [
            Text(cell, self._size, width, weight=weight, align=head.align, colour=colour) if cell else None
            for cell, width, head in zip(cells, self._widths, self._heads, strict=True)
        ]
        height = max((text.height for text in texts if text), default=self._size * PT * PITCH) + 2 * self._pad

        def draw(painter: QPainter, top: float) -> None:
            x = self._left
            for text, width in zip(texts, self._widths, strict=True):
                if text:
                    text.draw(painter, x, top + self._pad)
                x += width + GAP
            rule(painter, self._left, self._width, top + height)

        return Piece(height, draw)


def rule(painter: QPainter, left: float, width: float, y: float) -> None:
    """Draw a thin line."""
    painter.setPen(QPen(QColor(RULE), 0.6 * PT))
    painter.drawLine(QPointF(left, y), QPointF(left + width, y))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a curve: its height, what stands on it, and under it (empty: nothing)."""

    value: int
    text: str
    label: str


CURVE_HEIGHT: Final = 130 * PT
MOST_VALUES: Final = 26
"""With more bars there is no room for a number on each."""


def curve(bars: Sequence[Bar], left: float, width: float) -> Piece:
    """Return bars side by side with labels under them."""
    size, pitch = 8.0, 8 * PT * PITCH
    step = width / max(len(bars), 8)
    most = max((bar.value for bar in bars), default=0) or 1
    label_width = max(step, 46 * PT)
    labels = [Text(bar.label, size, label_width, align="centre", colour=FAINT) if bar.label else None for bar in bars]
    values = [
        Text(bar.text, 7.5, step, align="centre", colour=MUTED) if bar.value and len(bars) <= MOST_VALUES else None
        for bar in bars
    ]

    def draw(painter: QPainter, top: float) -> None:
        base = top + pitch + CURVE_HEIGHT
        for number, bar in enumerate(bars):
            x, high = left + number * step, CURVE_HEIGHT * bar.value / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ACCENT))
            painter.drawRect(QRectF(x + step * 0.06, base - high, step * 0.88, high))
            if text := values[number]:
                text.draw(painter, x, base - high - pitch)
            if label := labels[number]:
                label.draw(
                    painter, min(max(x + step / 2 - label_width / 2, left - 8 * PT), left + width - label_width), base
                )
        rule(painter, left, width, base)

    return Piece(pitch + CURVE_HEIGHT + pitch * 1.2, draw)


def _take(pieces: Iterator[Piece], count: int) -> Iterator[Piece]:
    for _number in range(count):
        piece = next(pieces, None)
        if piece is None:
            return
        yield piece
