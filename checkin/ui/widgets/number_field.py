"""A field for a number with its unit, typed or changed with the arrow keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

MARGIN: Final = 9  # px


class NumberField(QDoubleSpinBox):
    """Takes a number when the field is left or at Enter. The wheel scrolls the page, whatever field is below it."""

    def __init__(self, least: float, most: float, *, decimals: int = 0, parent: QWidget | None = None) -> None:
        """`decimals`: how many digits after the point; the arrow keys change the last one by 1 (whole ones) or 5."""
        super().__init__(parent)
        self.setLocale(QLocale.c())  # digits and the point are the same in both languages
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSingleStep(0.5 if decimals else 1)
        self.lineEdit().setTextMargins(MARGIN, 0, MARGIN, 0)  # a style sheet's padding does not reach it
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._typing = False
        self.lineEdit().textEdited.connect(self._begin_typing)
        self.editingFinished.connect(self._end_typing)

    def show_number(self, number: float) -> None:
        """Show a number that is not the user's, unless somebody is typing here."""
        if not self._typing:
            self.blockSignals(True)
            self.setValue(number)
            self.blockSignals(False)

    @Slot()
    def _begin_typing(self) -> None:
        self._typing = True

    @Slot()
    def _end_typing(self) -> None:
        self._typing = False

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()
