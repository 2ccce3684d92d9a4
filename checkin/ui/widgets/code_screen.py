"""A code over the whole screen, black on white whatever the theme, for another laptop's webcam."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkin.ui.theme import font

QUIET: Final = 4
"""Modules of white around a code."""
WORDS: Final = 64  # px


class CodeScreen(QWidget):
    """Closed by a click or any key."""

    def __init__(self, matrix: Sequence[Sequence[int]], words: str, name: str) -> None:
        """`matrix`: rows of modules, not 0 where dark, without the quiet zone."""
        super().__init__(None, Qt.WindowType.Window)
        self._rows = [bytes(line) for line in matrix]
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.setAccessibleName(f"{name}. {words}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the code with modules of whole dots, as large as fits."""
        modules = len(self._rows) + 2 * QUIET
        with QPainter(self) as painter:
            ratio = self.devicePixelRatioF()
            painter.fillRect(self.rect(), QColor("#ffffff"))
            painter.scale(1 / ratio, 1 / ratio)  # dots of the screen from here on
            width, height = round(self.width() * ratio), round((self.height() - WORDS) * ratio)
            dot = max(min(width, height) // modules, 1)
            left, top = (width - dot * len(self._rows)) // 2, (height - dot * len(self._rows)) // 2
            for y, line in enumerate(self._rows):
                for x, dark in enumerate(line):
                    if dark:
                        painter.fillRect(left + x * dot, top + y * dot, dot, dot, QColor("#000000"))
            painter.scale(ratio, ratio)
            painter.setPen(QColor("#000000"))
            painter.setFont(font(18, QFont.Weight.DemiBold))
            place = QRect(8, self.height() - WORDS, self.width() - 16, WORDS)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close."""
        event.accept()
        self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close."""
        event.accept()
        self.close()
