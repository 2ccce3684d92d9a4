"""What a desk's camera does, counted while it runs: pictures and readings a second, what a reading costs, the light."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

from checkin.scan.camera_mode import CameraFacts
from checkin.scan.code import Code, area_of
from checkin.scan.eyes import Look
from checkin.scan.opencv import cv2

EVERY_S: Final = 0.5
_OVER_S: Final = 1.0
_DARK, _DIM, _BRIGHT = 38.0, 75.0, 215.0  # mean gray levels of a picture

Light = Literal["dark", "dim", "good", "bright"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in the last second."""

    camera: CameraFacts | None
    """None: a film or pictures in the camera's place."""
    width: int
    height: int
    """Of the picture that is read."""
    frames: float
    """Pictures looked at, a second."""
    readings: float
    """Pictures with a code that was read, a second."""
    cost_ms: float
    """Processor time of a picture, on average."""
    light: float
    """Mean gray level, 0 to 255."""
    code: Code | None
    """The nearest code that was read, None where there was none."""
    unread_px: float
    """Side of the largest code that is there and cannot be read, in pixels; 0: none is."""

    @property
    def light_level(self) -> Light:
        """Return the light in a word."""
        if self.light < _DARK:
            return "dark"
        return "dim" if self.light < _DIM else "bright" if self.light > _BRIGHT else "good"


class Meter:
    """Counts frame after frame."""

    def __init__(self) -> None:
        self._frames: deque[tuple[float, bool, float]] = deque()
        self._told = -math.inf
        self._code: Code | None = None
        self._unread = 0.0

    def see(self, now: float, look: Look, camera: CameraFacts | None) -> Figures | None:
        """Take a frame; returns the figures when it is time to tell them again."""
        self._frames.append((now, bool(look.codes), look.cost_s))
        while now - self._frames[0][0] > _OVER_S:
            self._frames.popleft()
        if look.codes:
            self._code = max(look.codes, key=lambda code: code.area)
        self._unread = max(self._unread, *(math.sqrt(area_of(corners)) for corners in look.unread), 0.0)
        if now - self._told < EVERY_S:
            return None
        self._told = now
        span = max(now - self._frames[0][0], EVERY_S) if len(self._frames) > 1 else _OVER_S
        light = float(cv2().mean(look.thumbnail)[0]) if look.thumbnail is not None else 0.0
        figures = Figures(
            camera,
            look.image.shape[1],
            look.image.shape[0],
            frames=(len(self._frames) - 1) / span,
            readings=sum(read for _at, read, _cost in self._frames) / max(span, _OVER_S),
            cost_ms=1000 * sum(cost for _at, _read, cost in self._frames) / len(self._frames),
            light=light,
            code=self._code,
            unread_px=self._unread,
        )
        self._code, self._unread = None, 0.0
        return figures
