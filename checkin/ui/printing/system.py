"""Which print system this computer has."""

from __future__ import annotations

import sys

from checkin.printing.cups import CupsSpooler
from checkin.printing.spooler import Spooler


def system_spooler() -> Spooler:
    """Return this computer's print system: CUPS, on Windows what Qt offers (which needs a QGuiApplication)."""
    if sys.platform == "win32":
        from checkin.ui.printing.qt_spooler import QtSpooler

        return QtSpooler()
    return CupsSpooler()
