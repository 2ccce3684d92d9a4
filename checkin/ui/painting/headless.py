"""Qt for a command of the terminal: fonts and pictures, no window and no display."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from checkin.ui.painting import fonts

_kept: list[QGuiApplication] = []


def program() -> QGuiApplication:
    """Return the Qt program that painting needs, made at the first call. In the window it is the window's own.

    On Linux it never asks for a display: a server has none, and one that has gone away would end the program. Fonts are
    found through fontconfig either way. Windows and macOS need no display for it, and their own way to the fonts.
    """
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(sys.argv[:1])
    _kept.append(made)
    fonts.load()
    return made
