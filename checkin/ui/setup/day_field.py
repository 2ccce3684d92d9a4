"""A day to choose: day, month by name, year; in Thai the year is of the Buddhist era."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from checkin.i18n import _, day_text, language
from checkin.ui.widgets.basics import row
from checkin.ui.widgets.choice import Choice

BUDDHIST: Final = 543
YEARS: Final = range(2000, 2101)


class DayField(QWidget):
    """Three boxes. QDateEdit knows no Buddhist year, and a year typed in the wrong era would be lost in it."""

    changed = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.month, self.year = Choice(), Choice(), Choice()
        self._value = day
        fields = row(self.day, self.month, self.year, spacing=6)
        fields.setStretch(1, 1)
        self.setLayout(fields)
        self.setFocusProxy(self.day)
        for box in (self.day, self.month, self.year):
            box.setMaxVisibleItems(16)
            box.activated.connect(self._chosen)
        self._fill()

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
        for box, part in ((self.day, _("day")), (self.month, _("month")), (self.year, _("year"))):
            box.setAccessibleName(f"{name}: {part}")

    def _fill(self) -> None:
        era = BUDDHIST if language() == "th" else 0
        days = monthrange(self._value.year, self._value.month)[1]
        _offer(self.day, {number: str(number) for number in range(1, days + 1)}, self._value.day)
        _offer(self.month, {number: _month_name(number) for number in range(1, 13)}, self._value.month)
        _offer(self.year, {number: str(number + era) for number in YEARS}, self._value.year)

    @Slot()
    def _chosen(self) -> None:
        year, month, day = self.year.currentData(), self.month.currentData(), self.day.currentData()
        self.set_value(date(year, month, min(day, monthrange(year, month)[1])))


def _offer(box: Choice, choices: dict[int, str], chosen: int) -> None:
    box.clear()
    for number, text in choices.items():
        box.addItem(text, number)
    box.setCurrentIndex(box.findData(chosen))


def _month_name(month: int) -> str:
    """Return a month as `day_text` writes it: what stands after the day's number."""
    return day_text(date(2000, month, 1), weekday=False, year=False).partition(" ")[2]
