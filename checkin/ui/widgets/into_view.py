"""Bring into sight what appeared further down a page, or has the focus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

MARGIN: Final = 12
FIELD_PX: Final = 120
"""What is no higher is one field with its name."""


PLACING_MS: Final = 300
"""So long a part is kept in sight while its page is laid out; then people scroll as they like."""


def into_view(part: QWidget) -> None:
    """Let the page scroll to a widget that was just shown, once it has its place."""
    place = part.parentWidget()
    while place is not None and not isinstance(place, QScrollArea):
        place = place.parentWidget()
    if place is not None:
        _Placing(place, part)


class _Placing(QObject):
    """Scrolls at once, and again while the page grows: a text in several lines has its height only then."""

    def __init__(self, area: QScrollArea, part: QWidget) -> None:
        super().__init__(part)
        self._area, self._part = area, part
        area.verticalScrollBar().rangeChanged.connect(self._grown)
        QTimer.singleShot(0, self, self._scroll)
        over = QTimer(self, singleShot=True, interval=PLACING_MS)
        over.timeout.connect(self.deleteLater)
        over.start()

    @Slot()
    def _grown(self) -> None:
        QTimer.singleShot(0, self, self._scroll)  # the page's parts are placed after the page

    @Slot()
    def _scroll(self) -> None:
        if self._part.isVisible():
            self._area.ensureWidgetVisible(self._part, 0, MARGIN)


def follow_focus(area: QScrollArea) -> None:
    """Let an area scroll to whatever in it gets the focus: Qt does that for Tab alone, not where a program leads."""
    _Follower(area)


class _Follower(QObject):
    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        program = QApplication.instance()
        assert isinstance(program, QApplication)
        program.focusChanged.connect(self._focus_changed)

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = self._area.widget()
        if new is None or inside is None or not inside.isAncestorOf(new):
            return
        part = new
        while (around := part.parentWidget()) is not None and around is not inside and around.height() < FIELD_PX:
            part = around  # with its name above it and what is wrong below
        into_view(part)
