"""Whether a larger picture pays: 720p, unless codes are seen that are too small, and 1080p is found to read them.

`FineTrial` decides, from what is seen. No clock in here: the caller says what time it is.
"""

from __future__ import annotations

import math
from typing import Final

from checkin.scan.code import Corners, area_of

SMALL_PX: Final = 60
"""The side of a code, in a picture 1280 px wide, below which its modules are narrower than two pixels and a bit."""
_WANTED: Final = 8  # frames with a small code that nobody reads, before 1080p is tried
_WITHIN_S: Final = 3.0
_TRIAL_S: Final = 6.0
_GAINED: Final = 2  # codes read in the larger picture only, for it to stay
_AGAIN_S: Final = 120.0


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
