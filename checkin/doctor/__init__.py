"""What works on this laptop and what does not, each with its cure. Nothing is changed, and no event is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checkin.doctor import event, machine, printing
from checkin.doctor.check import Check

__all__ = ["Check", "examine"]


def examine(folder: Path) -> Iterator[Check]:
    """Yield one finding after the other: of the laptop and its printers, then of the event in `folder`, if there is one."""
    yield from machine.checks()
    yield from printing.checks(folder)
    yield from event.checks(folder)
