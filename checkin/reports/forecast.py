"""When will the rest be in? Said only where there is enough to say it from, and with what it is said from.

From yesterday: the part of yesterday's guests who were in by this time of day is taken as the part of today's, and by the
time at which yesterday nearly all were in, today they will be. From the pace: those still expected, at the speed of the
last half hour. Neither knows anything of traffic; both say which they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

ENOUGH: Final = 10
"""People who must have come: yesterday by this time, today so far, or within the last half hour."""
ENOUGH_BEFORE: Final = 20
"""People who must have come yesterday altogether."""
A_FIFTH: Final = 0.2
"""The part of yesterday's guests that must have been in by now: before that one bus more or less decides everything."""
NEARLY_ALL: Final = 0.95
PACE_MIN: Final = 30
LONGEST_MIN: Final = 180
"""A pace says nothing about a time further away than this."""

Basis = Literal["yesterday", "pace"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """So many will be in by a time of day."""

    basis: Basis
    people: int
    """yesterday: how many are likely to be in then. pace: how many more are expected."""
    minute: int
    """Minutes since midnight by the event's own clock."""


def forecast(
    arrivals: Sequence[int], before: Sequence[int], *, now_min: int, expected: int, came: int, slot_min: int
) -> Forecast | None:
    """Return what can honestly be said; None where that is nothing.

    `arrivals`, `before`: people who came in each slot of `slot_min` minutes of today and of the day before. `expected`,
    `came`: of those on the list. `now_min`: minutes since midnight.
    """
    missing = expected - came
    if missing <= 0 or not 0 <= now_min < 24 * 60:
        return None
    return _from_before(arrivals, before, now_min, expected, slot_min) or _from_pace(
        arrivals, now_min, missing, slot_min
    )


def _from_before(
    arrivals: Sequence[int], before: Sequence[int], now_min: int, expected: int, slot_min: int
) -> Forecast | None:
    total = sum(before)
    done = now_min // slot_min  # slots that are over
    by_now, today = sum(before[:done]), sum(arrivals[:done])
    if total < ENOUGH_BEFORE or by_now < max(ENOUGH, total * A_FIFTH) or today < ENOUGH:
        return None
    slot, seen = next((n, seen) for n, seen in enumerate(accumulate(before), 1) if seen >= total * NEARLY_ALL)
    until = slot * slot_min
    if until <= now_min:
        return None  # yesterday it was over by now: the pace may still say something
    likely = min(round(today * seen / by_now), expected)
    return Forecast("yesterday", likely, until) if likely > sum(arrivals) else None


def _from_pace(arrivals: Sequence[int], now_min: int, missing: int, slot_min: int) -> Forecast | None:
    done = now_min // slot_min
    recent = sum(arrivals[max(done - PACE_MIN // slot_min, 0) : done])
    if recent < ENOUGH:
        return None
    needed = -(-missing * PACE_MIN // recent)
    if needed > LONGEST_MIN or now_min + needed >= 24 * 60:
        return None
    return Forecast("pace", missing, now_min + needed)
