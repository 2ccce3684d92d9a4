"""The steps of an evening as they go, told to whoever shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checkin.domain.closing import StepKey, StepState
from checkin.errors import CancelledError
from checkin.evening.state import Step, put
from checkin.i18n import _

Progress = Callable[[tuple[Step, ...], int, int], object]
"""progress(steps so far, done, total); total 0: how long the running step takes is not known."""
_WAITING: Final = tuple(Step(key, StepState.WAITING) for key in StepKey)


class Run:
    """The steps as they go, told to whoever shows them."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.steps = _WAITING
        self._progress, self._cancelled = progress, cancelled

    def now(self, key: StepKey) -> None:
        """Begin a step. Raises CancelledError."""
        self.check()
        self.found(Step(key, StepState.RUNNING))

    def check(self) -> None:
        """Raise CancelledError where somebody pressed Stop."""
        if self.stopped():
            raise CancelledError(_("Stopped: the day is not closed. Everything that was scanned is safe."))

    def verified(self, done: int, total: int) -> None:
        """So many entries of our journal were verified. Raises CancelledError."""
        self.check()
        self.part(done, total)

    def found(self, step: Step) -> None:
        """A step ended, or began."""
        self.steps = put(self.steps, step)
        self.part(0, 0)

    def part(self, done: int, total: int) -> None:
        """The running step is so far."""
        if self._progress is not None:
            self._progress(self.steps, done, total)

    def stopped(self) -> bool:
        """Say whether somebody pressed Stop."""
        return self._cancelled is not None and self._cancelled()
