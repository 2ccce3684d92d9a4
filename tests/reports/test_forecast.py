"""A forecast says what it is made from, and nothing where there is too little."""

from __future__ import annotations

from checkin.reports.figures import SLOT_MIN, SLOTS
from checkin.reports.forecast import Forecast, forecast


def curve(**arrived: int) -> list[int]:
    """Return slots from times: curve(t0900=20)."""
    slots = [0] * SLOTS
    for name, number in arrived.items():
        slots[(int(name[1:3]) * 60 + int(name[3:5])) // SLOT_MIN] = number
    return slots


YESTERDAY = curve(t0800=20, t0830=40, t0900=80, t0930=50, t1100=10)


def ask(arrivals: list[int], before: list[int], now: str, expected: int, came: int) -> Forecast | None:
    minute = int(now[:2]) * 60 + int(now[3:])
    return forecast(arrivals, before, now_min=minute, expected=expected, came=came, slot_min=SLOT_MIN)


def test_as_yesterday() -> None:
    found = ask(curve(t0800=25, t0830=50), YESTERDAY, "08:40", 300, 75)
    assert found == Forecast("yesterday", 238, 9 * 60 + 35)  # 75 of 60 yesterday by now, of 190 by 09:35


def test_never_more_than_are_expected() -> None:
    found = ask(curve(t0800=50, t0830=90), YESTERDAY, "08:40", 160, 140)
    assert found == Forecast("yesterday", 160, 9 * 60 + 35)


def test_the_pace_where_there_is_no_yesterday() -> None:
    assert ask(curve(t0830=20, t0845=10), [], "09:00", 90, 30) == Forecast("pace", 60, 10 * 60)


def test_the_pace_where_yesterday_was_over_by_now() -> None:
    found = ask(curve(t0930=100, t0955=30), YESTERDAY, "10:00", 160, 130)
    assert found == Forecast("pace", 30, 10 * 60 + 7)


def test_nothing_is_said() -> None:
    assert ask(curve(t0830=9), [], "08:45", 100, 9) is None, "too few"
    assert ask(curve(t0830=10), [], "08:45", 1000, 10) is None, "too far away"
    assert ask(curve(t0800=12), YESTERDAY, "08:03", 100, 12) is None, "too early"
    assert ask(curve(t0830=100), YESTERDAY, "08:45", 100, 100) is None, "all are in"
    assert ask(curve(), YESTERDAY, "08:45", 100, 0) is None, "nobody yet"
