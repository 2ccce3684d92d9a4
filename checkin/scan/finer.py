"""Whether a larger picture pays: 720p, unless codes are seen that are too small, and 1080p is found to read them.

`FineTrial` decides, from what is seen; `closer_look` reads a small code in the whole picture, which elsewhere is looked
at 1280 pixels wide. No clock in here: the caller says what time it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from checkin.scan.cascade import to_gray
from checkin.scan.code import Code, Corners, Image, Point, area_of
from checkin.scan.step import Step

SMALL_PX: Final = 60
"""The side of a code, in a picture 1280 px wide, below which its modules are narrower than two pixels and a bit."""
_WANTED: Final = 8  # frames with a small code that nobody reads, before 1080p is tried
_WITHIN_S: Final = 3.0
_TRIAL_S: Final = 6.0
_GAINED: Final = 2  # codes read in the larger picture only, for it to stay
_AGAIN_S: Final = 120.0
_MARGIN: Final = 0.6  # of the code's side, around it


class FineTrial:
    """Says for each frame whether the camera is to be asked for 1080p."""

    def __init__(self) -> None:
        self._missed: list[float] = []
        self._began: float | None = None
        self._gained = 0
        self._kept = False
        self._not_before = -math.inf
        self.wanted = False

    def see(self, now: float, *, small: bool, gained: bool) -> bool:
        """Take what one frame showed and return whether 1080p is wanted now.

        `small`: a code is there that is small and was not read; `gained`: one was read that 720p did not show.
        """
        if not self.wanted:
            self._missed = [at for at in self._missed if now - at < _WITHIN_S]
            if small and now >= self._not_before:
                self._missed.append(now)
            if len(self._missed) >= _WANTED:
                self.wanted, self._began, self._gained, self._missed = True, now, 0, []
            return self.wanted
        self._gained += gained
        if self._gained >= _GAINED:
            self._kept = True
        if not self._kept and self._began is not None and now - self._began > _TRIAL_S:
            self.refuse(now)
        return self.wanted

    def refuse(self, now: float) -> None:
        """Go back to 720p: the trial brought nothing, or the camera cannot; it is tried again after a while."""
        self.wanted = self._kept = False
        self._not_before = now + _AGAIN_S


def is_small(corners: Corners) -> bool:
    """Say whether a code of the working picture is so small that more pixels would help."""
    return math.sqrt(area_of(corners)) < SMALL_PX


def closer_look(image: Image, unread: Sequence[Corners], factor: float, step: Step) -> tuple[Code, ...]:
    """Read small codes in the picture as the camera took it, `factor` times as large as the one with the `unread` places.

    Returns codes with corners in pixels of the smaller picture. With a step that doubles and sharpens it costs a
    millisecond a code, and reads modules of 1.0 to 1.4 px (of a 720p picture; by the lens) where 720p shows nothing.
    """
    found: list[Code] = []
    for corners in unread:
        if not is_small(corners):
            continue
        xs, ys = [x * factor for x, _y in corners], [y * factor for _x, y in corners]
        margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
        left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
        right, bottom = min(image.shape[1], int(max(xs) + margin)), min(image.shape[0], int(max(ys) + margin))
        gray = to_gray(image[top:bottom, left:right])
        if gray is not None:
            found += step.read(gray).mapped(_back(left, top, factor)).codes
    return tuple(found)


def _back(left: int, top: int, factor: float) -> Callable[[float, float], Point]:
    return lambda x, y: ((x + left) / factor, (y + top) / factor)
