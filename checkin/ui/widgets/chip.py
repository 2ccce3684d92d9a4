"""A chip of the top bar: a drawing and a short text; a press opens its menu or does one thing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from checkin.ui.theme import Theme, renderer

MAX_TEXT_PX = 250
ARROW_PX = 12


class Chip(QPushButton):
    """Where room is short it shows its drawing only; the name for screen readers and the tool tip stay whole."""

    def __init__(self, theme: Theme, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._text = ""
        self._name = ""
        self._short = False
        self._tone = ""
        self.setProperty("role", "chip")
        self.setIconSize(QSize(18, 18))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.paint_icon)
        self.paint_icon()

    def set_text(self, text: str, name: str = "", hint: str = "") -> None:
        """Show `text`; `name` says to screen readers what it is ("Day"), `hint` is added to the tool tip."""
        self._text, self._name = text, name
        said = f"{name}: {text}" if name and text else name or text
        self.setAccessibleName(said)
        self.setToolTip(f"{said} ({hint})" if hint else said)
        self._show()

    def set_icon(self, icon: str, tone: str = "") -> None:
        """Show another drawing, in a tone where it says something."""
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.paint_icon()

    def set_short(self, short: bool) -> None:
        """Show the drawing only, or the text too."""
        self._short = short
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().paintEvent(event)
        if self.menu() is not None:
            with QPainter(self) as painter:
                place = QRectF(self.width() - ARROW_PX - 9, (self.height() - ARROW_PX) / 2, ARROW_PX, ARROW_PX)
                renderer("down", self._theme.colours.muted).render(painter, place)

    @Slot()
    def paint_icon(self) -> None:
        """Draw the icon in the colours of the moment."""
        if self._icon:
            colours = self._theme.colours
            self.setIcon(self._theme.icon(self._icon, colours.tone(self._tone).strong if self._tone else colours.muted))

    def _show(self) -> None:
        text = "" if self._short and self._icon else self._text
        room = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, MAX_TEXT_PX)
        self.setText((" " if self._icon and room else "") + room.replace("&", "&&"))
