"""A box to choose from, with the arrow that a style sheet cannot draw in the theme's colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QWidget

from checkin.ui.theme import renderer

ARROW: Final = 14  # px
FROM_RIGHT: Final = 10


class Choice(QComboBox):
    """A QComboBox; with `letters` it is at least so wide and no wider, whatever its longest entry."""

    def __init__(self, letters: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if letters:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(letters)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list, wide enough for its longest entry."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest + 48, 560))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        role = QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.PlaceholderText
        with QPainter(self) as painter:
            place = QRectF(self.width() - FROM_RIGHT - ARROW, (self.height() - ARROW) / 2, ARROW, ARROW)
            renderer("down", self.palette().color(role).name()).render(painter, place)
