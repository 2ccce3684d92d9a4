"""What works on this laptop and what does not, each with its cure. Nothing is changed, and no event is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checkin.doctor import camera, event, machine, printing
from checkin.doctor.check import Check

__all__ = ["Check", "examine"]


def examine(folder: Path) -> Iterator[Check]:
    """Yield one finding after the other: of the laptop, its camera and its printers, then of the event in `folder`, if any."""
    yield from machine.checks()
    yield from camera.checks(folder)
    yield from printing.checks(folder)
    yield from event.checks(folder)
