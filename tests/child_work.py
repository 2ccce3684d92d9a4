"""What the tests of checkin.child have done in the second process."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable

from checkin.errors import RosterFileError
from checkin.i18n import _


def add(one: int, other: int) -> int:
    """Return the sum."""
    return one + other


def pid() -> int:
    """Return which process this is."""
    return os.getpid()


def modules() -> set[str]:
    """Return what is loaded here."""
    return set(sys.modules)


def refuse() -> None:
    """Fail with a sentence for a person."""
    raise RosterFileError(_("Stopped. Nothing was imported."))


def blunder(secret: str) -> None:
    """Fail as nobody foresaw."""
    raise KeyError(secret)


def die() -> None:
    """End as if the system had killed it."""
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def talk() -> str:
    """Print and log."""
    print("something printed by a library")
    logging.getLogger("checkin.talk").warning("a word for the log")
    return "said"


def count(until: int, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
    """Count slowly; return how far it came."""
    for number in range(until):
        if cancelled():
            return number
        progress(number, until)
        time.sleep(0.01)
    return until
