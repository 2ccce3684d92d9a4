"""Arrivals over the day as bars, with the day before behind them. Drawn by hand: one widget, no library for charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from checkin.i18n import _
from checkin.reports.figures import SLOT_MIN
from checkin.ui.dashboard.lines import paint_empty
from checkin.ui.theme import Colours, Theme, font

PX: Final = 12
LEAST_BARS: Final = 8
LEAST_PX: Final = 15.0
"""A bar and the gap beside it: of more bars than fit, the last ones are shown."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn."""

    arrivals: tuple[int, ...] = ()
    """People in each slot of five minutes of the day."""
    before: tuple[int, ...] = ()
    now_min: int | None = None
    """Minutes since midnight, drawn as a line; None: another day than the post's."""
    start_min: int | None = None
    """When the checkpoint opens."""


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its first minute, how many came, and how many the day before."""

    minute: int
    came: int
    before: int


def columns(curve: Curve, step_min: int, limit: int) -> list[Column]:
    """Return the bars from the first arrival of either day to the last one or now, at most `limit`, the last ones."""
    size = step_min // SLOT_MIN
    slots = max(len(curve.arrivals), len(curve.before))
    every = [
        Column(start * SLOT_MIN, sum(curve.arrivals[start : start + size]), sum(curve.before[start : start + size]))
        for start in range(0, slots, size)
    ]
    seen = [number for number, column in enumerate(every) if column.came or column.before]
    if not seen:
        return []
    first, last = seen[0], seen[-1]
    if curve.start_min is not None and curve.start_min // step_min < first:
        first = max(curve.start_min // step_min, first - 4)
    if curve.now_min is not None and any(column.came for column in every):
        last = max(last, min(curve.now_min // step_min, last + 4))
    last = min(max(last, first + LEAST_BARS - 1), len(every) - 1)
    return every[max(first, last - limit + 1) : last + 1]


class ArrivalsChart(QWidget):
    """The bars. A hand scanner's day of them is one glance: where the queue was, and whether it is over."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve = Curve()
        self._step = 15
        self._empty = ""
        self._number, self._strong = font(PX), font(PX, QFont.Weight.DemiBold)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)
        theme.changed.connect(self._again)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(480, 190)

    def show_curve(self, curve: Curve, step_min: int, empty: str) -> None:
        """Show another day, in steps of 5 or 15 minutes; `empty`: what is said where nobody came."""
        if (curve, step_min, empty) != (self._curve, self._step, self._empty):
            self._curve, self._step, self._empty = curve, step_min, empty
            self.setAccessibleDescription(self.in_words())
            self.update()

    def columns(self) -> list[Column]:
        """Return the bars that fit."""
        return columns(self._curve, self._step, max(int(self.width() / LEAST_PX), LEAST_BARS))

    def in_words(self) -> str:
        """Return what the chart shows, for those who do not see it."""
        bars = [column for column in self.columns() if column.came]
        if not bars:
            return self._empty
        said = _("{time}: {n}")
        return ", ".join(said.format(time=span(column.minute, self._step), n=column.came) for column in bars)

    @Slot()
    def _again(self) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say under the pointer what a bar stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bars = self.columns()
            if bars:
                number = min(int(event.pos().x() / (self.width() / len(bars))), len(bars) - 1)
                QToolTip.showText(event.globalPos(), self._tip(bars[number]), self)
            return True
        return super().event(event)

    def _tip(self, column: Column) -> str:
        when = span(column.minute, self._step)
        if not self._curve.before:
            return _("{time}: {n}").format(time=when, n=column.came)
        return _("{time}: {n}, the day before {before}").format(time=when, n=column.came, before=column.before)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bars = self.columns()
            if bars:
                self._paint(painter, bars)
            else:
                paint_empty(painter, self.rect(), self._empty, self._theme)

    def _paint(self, painter: QPainter, bars: list[Column]) -> None:
        colours = self._theme.colours
        metrics = QFontMetricsF(self._number)
        line = metrics.height() * 1.15
        wide = self.width() / len(bars)
        top, bottom = line + 2, self.height() - line - 4
        most = max(max(column.came, column.before) for column in bars)
        bar = min(wide * 0.68, 44.0)
        for number, column in enumerate(bars):
            left = number * wide + (wide - bar) / 2
            high = [(bottom - top) * n / most for n in (column.came, column.before)]
            if column.before:
                grow = min((wide - bar) * 0.35, 5.0)
                self._before(painter, QRectF(left - grow, bottom - high[1], bar + 2 * grow, high[1]), colours)
            if column.came:
                _rounded(painter, QRectF(left, bottom - max(high[0], 2.0), bar, max(high[0], 2.0)), colours.accent)
                self._say(painter, column, QRectF(number * wide, bottom - high[0] - line, wide, line))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QLineF(0, bottom + 0.5, self.width(), bottom + 0.5))
        self._times(painter, bars, wide, QRectF(0, bottom + 3, self.width(), line))
        self._now(painter, bars, wide, top - line, bottom)

    @staticmethod
    def _before(painter: QPainter, place: QRectF, colours: Colours) -> None:
        """Draw the day before as a hatched outline: it stays apart from today on paper and without colours too."""
        painter.setPen(QPen(QColor(colours.faint), 1))
        painter.setBrush(QColor(colours.grey.soft))
        painter.drawRect(place)
        painter.setPen(Qt.PenStyle.NoPen)
        pattern = QColor(colours.faint)
        pattern.setAlphaF(0.35)
        painter.setBrush(QBrush(pattern, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place)

    def _say(self, painter: QPainter, column: Column, place: QRectF) -> None:
        """Write the number over its bar, where it fits; over the hatching of the day before it gets a ground."""
        text = f"{column.came:,}"
        metrics = QFontMetricsF(self._strong)
        width = metrics.horizontalAdvance(text)
        if width > place.width():
            return
        if column.before > column.came:
            ground = QRectF(0, 0, width + 6, metrics.height() - 2)
            ground.moveCenter(place.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.colours.surface))
            painter.drawRoundedRect(ground, 3, 3)
        painter.setFont(self._strong)
        painter.setPen(QColor(self._theme.colours.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _times(self, painter: QPainter, bars: list[Column], wide: float, place: QRectF) -> None:
        """Write as many times as fit, always from the same ones: every quarter, half, hour ..."""
        painter.setFont(self._number)
        painter.setPen(QColor(self._theme.colours.muted))
        room = QFontMetricsF(self._number).horizontalAdvance("00:00") + 10
        every = next((e for e in (15, 30, 60, 120, 180) if e >= self._step and e / self._step * wide >= room), 240)
        for number, column in enumerate(bars):
            if column.minute % every == 0:
                around = QRectF(number * wide - wide, place.top(), wide * 3, place.height())
                if around.center().x() - room / 2 >= -4 and around.center().x() + room / 2 <= self.width() + 4:
                    painter.drawText(around, Qt.AlignmentFlag.AlignCenter, clock(column.minute))

    def _now(self, painter: QPainter, bars: list[Column], wide: float, top: float, bottom: float) -> None:
        now = self._curve.now_min
        if now is None or not bars[0].minute <= now < bars[-1].minute + self._step:
            return
        x = (now - bars[0].minute) / self._step * wide
        painter.setPen(QPen(QColor(self._theme.colours.amber.strong), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, top, x, bottom))


def _rounded(painter: QPainter, place: QRectF, colour: str) -> None:
    """Fill a bar whose upper corners are round."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    radius = min(4.0, place.width() / 3, place.height())
    painter.drawRoundedRect(place, radius, radius)
    painter.drawRect(QRectF(place.left(), place.top() + place.height() / 2, place.width(), place.height() / 2))


def clock(minute: int) -> str:
    """Return a time of day from minutes since midnight."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def span(minute: int, step_min: int) -> str:
    """Return "09:00–09:15"."""
    return f"{clock(minute)}–{clock(minute + step_min)}"
