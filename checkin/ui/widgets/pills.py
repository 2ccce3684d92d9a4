"""Signs and pills: the round sign of a verdict, a category in its colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from checkin.ui.theme import Theme, renderer


class Sign(QWidget):
    """A filled disc with a drawing in it. It says nothing by itself to a screen reader: the word beside it does."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon, self._tone = "info", "grey"
        self.set_size(size)

    def set_size(self, size: int) -> None:
        """Set the diameter in px."""
        self.setFixedSize(QSize(size, size))

    def show_sign(self, icon: str, tone: str) -> None:
        """Show a drawing of resources/icons on a tone."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.colours.tone(self._tone).strong))
            painter.drawEllipse(self.rect())
            part = self.width() * 0.54
            place = QRectF((self.width() - part) / 2, (self.height() - part) / 2, part, part)
            renderer(self._icon, self._theme.colours.on_accent).render(painter, place)


class Pill(QLabel):
    """A short word on a soft ground with a dot in a colour of the event's own file."""

    def __init__(self, theme: Theme, text: str, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._colour = QColor(colour) if QColor.isValidColorName(colour) else QColor(theme.colours.muted)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(24, 2, 11, 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._theme.colours.border))
            painter.setBrush(QColor(self._theme.colours.surface))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawEllipse(QRectF(9, self.height() / 2 - 4.5, 9, 9))
        super().paintEvent(event)
