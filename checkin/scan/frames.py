"""What every source of pictures gives: frames, one after the other, until it ends, is stopped or is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from checkin.clock import SystemClock
from checkin.scan.code import Image
from checkin.scan.opencv import cv2

_clock = SystemClock()


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a source."""

    image: Image
    """BGR as a rule. A driver may hand over anything: see `checkin.scan.reader.to_gray`."""
    index: int
    """Its number in the source, from 0; frames that were left out are counted."""
    at: float
    """Seconds on the source's own clock: monotonic time of a camera, time into a film, picture number."""
    name: str = ""
    """The file it comes from, where the source is a folder of pictures."""


class Source(Protocol):
    """A camera, a film, a folder of pictures or one picture."""

    name: str
    """What a person calls it: the camera's name, the file's name."""
    live: bool
    """Whether it is a camera: one that can be unplugged, freeze, and come back."""
    stills: bool
    """Whether each picture stands for itself (decode all of it) rather than for a moment of a film (gate)."""

    @property
    def unreadable(self) -> Sequence[Path]:
        """Return the files that are named like pictures and are none; they were left out."""

    def read(self, stop: Event) -> Frame | None:
        """Return the newest frame, waiting for it; None when the source has ended or `stop` is set.

        Raises SourceError where the camera is gone or the file cannot be read on.
        """

    def close(self) -> None:
        """Let the device or file go. May be called twice."""


def now_s() -> float:
    """Return seconds that only grow."""
    return _clock.monotonic_ms() / 1000


def shrink(image: Image, width: int) -> Image:
    """Return the picture at most `width` pixels wide, itself where it is."""
    if image.shape[1] <= width:
        return image
    height = max(8, round(image.shape[0] * width / image.shape[1]))
    smaller: Image = cv2().resize(image, (width, height), interpolation=cv2().INTER_AREA)
    return smaller
