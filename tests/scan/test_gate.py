"""One showing is one scan."""

from __future__ import annotations

import pytest

from checkin.scan.gate import Gate
from tests.scan.pictures import OTHER, TOKEN, code


def taken(gate: Gate, frames: list[list[str]], start: float = 0.0, fps: float = 30.0) -> list[str]:
    scans = (gate.see([code(text) for text in texts], start + i / fps) for i, texts in enumerate(frames))
    return [scan.text for scan in scans if scan]


def test_qr_119_held_for_ten_seconds_is_one_scan() -> None:
    assert taken(Gate(), [[TOKEN]] * 300) == [TOKEN]


@pytest.mark.parametrize("every", [2, 5, 25])
def test_held_with_misses_in_between_is_one_scan(every: int) -> None:
    assert taken(Gate(), [[TOKEN] if i % every == 0 else [] for i in range(300)]) == [TOKEN]


def test_the_first_sight_is_the_scan() -> None:
    gate = Gate()
    assert gate.see([], 0.0) is None
    scan = gate.see([code(TOKEN)], 0.033)
    assert scan is not None
    assert scan.text == TOKEN


@pytest.mark.parametrize(("gap_s", "scans"), [(0.5, 1), (0.9, 1), (1.2, 2), (5.0, 2)])
def test_shown_again_after_it_left_the_picture_is_a_second_scan(gap_s: float, scans: int) -> None:
    assert len(taken(Gate(), [[TOKEN]] * 10 + [[]] * round(gap_s * 30) + [[TOKEN]] * 10)) == scans


def test_qr_113_two_copies_of_one_badge_are_one() -> None:
    assert taken(Gate(), [[TOKEN, TOKEN]] * 60) == [TOKEN]


def test_two_badges_side_by_side_are_both_left_alone() -> None:
    assert taken(Gate(), [[TOKEN, OTHER]] * 60) == []


def test_of_two_badges_the_clearly_nearer_one_is_meant() -> None:
    gate = Gate()
    both = [code(TOKEN, side=100), code(OTHER, side=150, x=400)]
    scans = [gate.see(both, i / 30) for i in range(60)]
    assert [scan.text for scan in scans if scan] == [OTHER]


def test_the_one_that_stays_alone_is_taken() -> None:
    gate = Gate()
    assert taken(gate, [[TOKEN, OTHER]] * 30) == []
    assert taken(gate, [[OTHER]] * 30, start=1.0) == [OTHER]


def test_a_frame_that_misses_one_of_two_does_not_take_the_other() -> None:
    frames = [[TOKEN, OTHER], [OTHER], [TOKEN, OTHER], [TOKEN], [TOKEN, OTHER]] * 10
    assert taken(Gate(), frames) == []


def test_guest_after_guest() -> None:
    frames = [["A1"]] * 20 + [[]] * 12 + [["B2"]] * 20 + [[]] * 12 + [["C3"]] * 20
    assert taken(Gate(), frames) == ["A1", "B2", "C3"]


def test_memory_stays_flat() -> None:
    gate = Gate()
    for i in range(20_000):
        gate.see([code(f"{i:06d}")], i * 2.0)
    assert len(gate._seen) == 1


def test_forget_makes_the_next_showing_new() -> None:
    gate = Gate()
    assert taken(gate, [[TOKEN]] * 3) == [TOKEN]
    assert gate.holds(TOKEN)
    gate.forget()
    assert not gate.holds(TOKEN)
    assert taken(gate, [[TOKEN]] * 3, start=0.2) == [TOKEN]
