"""A label whose text is as large as its place allows: names are to be read from two metres."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from checkin.texts import breakable
from checkin.ui.theme import THAI_LINE, font

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ANYWHERE = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
"""For a text without a place to wrap at."""


class FittedLabel(QLabel):
    """Plain text in the largest of `sizes` (px, falling) at which it fits into two lines of the widget's width."""

    def __init__(self, sizes: tuple[int, ...], weight: QFont.Weight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes, self._weight = sizes, weight
        self._font = font(sizes[0], weight)
        self._flags = _FLAGS
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_sizes(self, sizes: tuple[int, ...]) -> None:
        """Use other sizes, where the window became small."""
        if sizes != self._sizes:
            self._sizes = sizes
            self._fit()

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text, in the size that suits it."""
        super().setText(text)
        self._flags = _FLAGS if breakable(text) == text else _ANYWHERE
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(60, self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        with QPainter(self) as painter:
            painter.setFont(self._font)
            painter.setPen(self.palette().color(self.foregroundRole()))
            metrics = QFontMetrics(self._font)
            rect, text = self.rect(), self.text()
            if self._bounds(metrics).height() > rect.height() or self._bounds(metrics).width() > rect.width():
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() * 2 - metrics.height() * 2)
            painter.drawText(rect, self._flags, text)

    def _fit(self) -> None:
        for size in self._sizes:
            self._font = font(size, self._weight)
            metrics = QFontMetrics(self._font)
            bounds = self._bounds(metrics)
            if bounds.height() <= metrics.lineSpacing() * 2 + 2 and bounds.width() <= max(self.width(), 60):
                break
        self.setFixedHeight(self._height())
        self.update()

    def _bounds(self, metrics: QFontMetrics) -> QRect:
        return metrics.boundingRect(QRect(0, 0, max(self.width(), 60), 10_000), self._flags, self.text())

    def _height(self) -> int:
        metrics = QFontMetrics(self._font)
        lines = 2 if self._bounds(metrics).height() > metrics.lineSpacing() * 1.5 else 1
        return round(metrics.lineSpacing() * (lines + THAI_LINE - 1))
