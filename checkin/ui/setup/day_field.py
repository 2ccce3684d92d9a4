"""A day to choose: day, month by name, year; in Thai the year is of the Buddhist era."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSpinBox, QWidget

from checkin.i18n import _, day_text, language
from checkin.ui.widgets.basics import row
from checkin.ui.widgets.choice import Choice

BUDDHIST: Final = 543
YEARS: Final = (2000, 2200)


class DayField(QWidget):
    """Three small fields. QDateEdit knows no Buddhist year, and a year typed in the wrong era would be lost in it."""

    changed = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = QSpinBox()
        self.month = Choice()
        self.year = QSpinBox()
        self._value = day
        for number in (self.day, self.year):
            number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fields = row(self.day, self.month, self.year, spacing=6)
        fields.setStretch(1, 1)
        self.setLayout(fields)
        self.setFocusProxy(self.day)
        self._fill()
        self.day.valueChanged.connect(self._edited)
        self.month.activated.connect(self._edited)
        self.year.valueChanged.connect(self._edited)

    def value(self) -> date:
        """Return the day, western."""
        return self._value

    def set_value(self, day: date) -> None:
        """Show another day."""
        if day != self._value:
            self._value = day
            self._fill()
            self.changed.emit()

    def retranslate(self, name: str) -> None:
        """Show months and era of the language; `name` says what the day is, for screen readers."""
        self._fill()
        self.setAccessibleName(name)
        for field, part in ((self.day, _("day")), (self.month, _("month")), (self.year, _("year"))):
            field.setAccessibleName(f"{name}: {part}")

    def _fill(self) -> None:
        for field in (self.day, self.month, self.year):
            field.blockSignals(True)
        offset = BUDDHIST if language() == "th" else 0
        self.month.clear()
        self.month.addItems([_month_name(month) for month in range(1, 13)])
        self.month.setCurrentIndex(self._value.month - 1)
        self.year.setRange(YEARS[0] + offset, YEARS[1] + offset)
        self.year.setValue(self._value.year + offset)
        self.day.setRange(1, monthrange(self._value.year, self._value.month)[1])
        self.day.setValue(self._value.day)
        for field in (self.day, self.month, self.year):
            field.blockSignals(False)

    @Slot()
    def _edited(self) -> None:
        year = self.year.value() - (BUDDHIST if language() == "th" else 0)
        month = self.month.currentIndex() + 1
        self._value = date(year, month, min(self.day.value(), monthrange(year, month)[1]))
        self._fill()
        self.changed.emit()


def _month_name(month: int) -> str:
    """Return a month as `day_text` writes it: what stands after the day's number."""
    return day_text(date(2000, month, 1), weekday=False, year=False).partition(" ")[2]
