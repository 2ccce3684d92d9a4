"""The field in which a hand scanner is tried out: what is scanned while it has the focus admits nobody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit


class TrialField(QLineEdit):
    """checkin.ui.hand_scanner hands a scan to `tried` in place of the desk where this field has the focus."""

    tried = Signal(str)
    """What was read."""
