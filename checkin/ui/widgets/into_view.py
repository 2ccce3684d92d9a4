"""Bring into sight what appeared further down a page."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

MARGIN: Final = 12


def into_view(part: QWidget) -> None:
    """Let the page scroll to a widget that was just shown, once it has its place."""
    QTimer.singleShot(0, part, partial(_scroll, part))


def _scroll(part: QWidget) -> None:
    place = part.parentWidget()
    while place is not None and not isinstance(place, QScrollArea):
        place = place.parentWidget()
    if place is not None and part.isVisible():
        place.ensureWidgetVisible(part, 0, MARGIN)
