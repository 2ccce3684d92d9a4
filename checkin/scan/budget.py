"""How much looking one frame may cost, so that a slow laptop keeps its 30 frames a second and an idle one stays cool.

What each way costs is measured as it is used, per pixel: on a computer that is three times as slow a third is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FRAME_MS = 18.0
"""What one frame may cost where something that looks like a code is in it; p95 is to stay under 25."""
LONG_MS = 60.0
"""What one frame in `_LONG_EVERY` may cost there, for the ways that the others have no room for: beyond the p95."""
_LONG_EVERY = 25
IDLE_MS = 3.0
"""What a frame may cost on average while nothing in it looks like a code: 15 % of a core is 5 ms."""
_LEAST_IDLE_MS = 0.4  # beyond the first look, where that alone costs as much: a cluttered scene, a slow laptop
_MOST_IDLE_MS = 1.8
_CODE_LIKE_MS = 6.0  # instead, while a place has the texture of a code
_SAVED_MS = 40.0  # of the idle share, for the moment in which something new is held up
_GUESS_NS = 6.0  # a pixel, until a way was used once; what seems too dear is never tried, so too low rather
_KEEP = 0.8


def _thread_ms() -> float:
    return time.thread_time() * 1000


def _wall_ms() -> float:
    return time.perf_counter() * 1000


def _clock() -> Callable[[], float]:
    """Return processor time where it is fine enough (not on Windows: 16 ms), so that a busy machine does not blind."""
    return _thread_ms if time.get_clock_info("thread_time").resolution < 1e-4 else _wall_ms


class Budget:
    """The time of one reader. Milliseconds."""

    def __init__(self) -> None:
        self._now = _clock()
        self._cost: dict[str, float] = {}  # nanoseconds a pixel
        self._began = 0.0
        self._saved = _SAVED_MS / 2
        self._since_long = _LONG_EVERY  # frames

    def begin(self) -> None:
        """Start a frame."""
        self._began = self._now()
        self._since_long += 1

    def earn(self, *, code_like: bool = False) -> None:
        """Take the frame's share for close-ups, after the first look: what that left of it.

        `code_like`: a place has the texture of a code, though no decoder finds a code's marks in it.
        """
        left = min(_MOST_IDLE_MS, max(_LEAST_IDLE_MS, IDLE_MS - self.spent_ms))
        left = _CODE_LIKE_MS if code_like else left
        self._saved = min(_SAVED_MS, self._saved + left)

    @property
    def spent_ms(self) -> float:
        """Return what this frame has cost so far."""
        return self._now() - self._began

    def refill(self) -> None:
        """Another scene: there is something new to look at."""
        self._saved = _SAVED_MS

    def affords(self, way: str, pixels: int, *, likely: bool) -> bool:
        """Say whether a way may be used on so many pixels now; `likely`: something there looks like a code."""
        expected = self._cost.get(way, _GUESS_NS) * pixels / 1e6
        after = self.spent_ms + expected
        if after <= FRAME_MS:
            return likely or self._saved >= expected
        if not likely or after > LONG_MS or 0 < self._since_long < _LONG_EVERY:
            return False
        self._since_long = 0
        return True

    @contextmanager
    def using(self, way: str, pixels: int) -> Iterator[None]:
        """Measure a way while it is used on so many pixels."""
        before = self._now()
        yield
        took = self._now() - before
        self._saved = max(0.0, self._saved - took)
        rate = took * 1e6 / max(1, pixels)
        self._cost[way] = rate if way not in self._cost else _KEEP * self._cost[way] + (1 - _KEEP) * rate
