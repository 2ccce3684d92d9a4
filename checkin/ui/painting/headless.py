"""Qt for a command of the terminal: fonts and pictures, no window and no display."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def program() -> QGuiApplication:
    """Return the Qt program that painting needs, made at the first call. In the window it is the window's own."""
    raise NotImplementedError
