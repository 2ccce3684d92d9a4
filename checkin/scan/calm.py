"""Hints that do not flicker: one appears when something has been wrong for a second, and only then."""

from __future__ import annotations

import math
from collections import Counter, deque

from checkin.scan.picture import Hint


class HintFilter:
    """Keeps hints calm: what was seen in the last moments counts, not what one frame shows.

    Where a badge was just read there is nothing to do better, though the next frames of it may be read no more.
    """

    def __init__(self, after_s: float = 1.05, over_s: float = 0.6, read_s: float = 1.0) -> None:
        """Take for how long something must be wrong before anything is said, over which time frames are counted, and
        for how long nothing is said after a badge was read. Seconds.
        """
        self._after_s, self._over_s, self._read_s = after_s, over_s, read_s
        self._silent_until = -math.inf
        self._frames: deque[tuple[float, Hint | None]] = deque()
        self._since: float | None = None
        self._shown: Hint | None = None

    def see(self, now_hint: Hint | None, now: float, *, read: bool = False) -> Hint | None:
        """Say what the last frame's hint was, and whether a code was read in it; returns the hint to show."""
        if read:
            self._silent_until = now + self._read_s
        if read or now < self._silent_until:
            self._frames.clear()
            self._since = self._shown = None
            return None
        self._frames.append((now, now_hint))
        while now - self._frames[0][0] > self._over_s:
            self._frames.popleft()
        counts = Counter(hint for _at, hint in self._frames if hint is not None)
        if not counts:
            self._since = None
        elif self._since is None:
            self._since = now
        if self._since is None or now - self._since < self._after_s or 2 * counts.total() < len(self._frames):
            self._shown = None
            return None
        most, count = counts.most_common(1)[0]
        if self._shown is None:
            self._shown = most if most == now_hint else None  # what has just gone by is not said any more
        elif 2 * counts[self._shown] < count:  # another one has to be clearly more often
            self._shown = most
        return self._shown
