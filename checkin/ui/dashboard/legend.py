"""Which bars are today's and which the day before's."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin.i18n import _
from checkin.ui.theme import THAI_LINE, Theme, font

PX, SIGN, GAP = 12, 11, 6


class Legend(QWidget):
    """Two signs with their words; nothing where there is no day before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._before = ""
        self._font = font(PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.hide()

    def show_days(self, before: str) -> None:
        """Name the day before; empty: there is none."""
        self.setVisible(bool(before))
        if before != self._before:
            self._before = before
            self.setAccessibleName(", ".join(self._words()))
            self.updateGeometry()
            self.update()

    def _words(self) -> tuple[str, str]:
        return _("Today"), self._before

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        metrics = QFontMetrics(self._font)
        width = sum(metrics.horizontalAdvance(word) + SIGN + GAP for word in self._words())
        return QSize(width + 14, round(metrics.lineSpacing() * THAI_LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        colours = self._theme.colours
        metrics = QFontMetrics(self._font)
        with QPainter(self) as painter:
            painter.setFont(self._font)
            left = 0.0
            for number, word in enumerate(self._words()):
                place = QRectF(left, self.height() / 2 - SIGN / 2 + 1, SIGN, SIGN)
                if number:
                    painter.setPen(QPen(QColor(colours.faint), 1))
                    painter.setBrush(QColor(colours.grey.soft))
                    painter.drawRect(place)
                    painter.setBrush(QBrush(QColor(colours.faint), Qt.BrushStyle.BDiagPattern))
                    painter.drawRect(place)
                else:
                    painter.fillRect(place, QColor(colours.accent))
                painter.setPen(QColor(colours.muted))
                width = metrics.horizontalAdvance(word) + 2
                text = QRectF(place.right() + GAP, 0, width, self.height())
                painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), word)
                left = text.right() + 12
