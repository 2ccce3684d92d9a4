"""What time it is. Nothing else in the program asks the operating system for the time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

BOOT_ID = os.urandom(4).hex()
"""Names this run of the program: monotonic times are comparable only within one run."""


class Clock(Protocol):
    """A source of the wall clock and of a clock that never goes back."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""

    def monotonic_ms(self) -> int:
        """Return milliseconds that only grow while this process runs."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The laptop's own clock, right or wrong."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        """Return milliseconds that only grow while this process runs."""
        return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class PracticeClock:
    """A clock that starts at a chosen time and then runs as fast as the real one. Only for practice data."""

    start: datetime
    _origin: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return self.start.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._origin)

    def monotonic_ms(self) -> int:
        """Return milliseconds that only grow while this process runs."""
        return time.monotonic_ns() // 1_000_000
