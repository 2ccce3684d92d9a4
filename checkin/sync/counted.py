"""What a hub can count by itself."""

from __future__ import annotations

from typing import NamedTuple


class CountRow(NamedTuple):
    """Unique people let in on one declared day at one checkpoint, by category and country ("" where the hub knows none)."""

    day: str
    checkpoint: str
    category: str
    country: str
    came: int
