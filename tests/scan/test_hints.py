"""What the person in front of the camera is told while nothing is read: the right thing, after a moment, and seldom."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from checkin.i18n import speaking
from checkin.scan import Hint, HintFilter, Reader, decode, hint
from checkin.scan.code import Image
from tests.scan.pictures import TOKEN, held_up, noisy, qr, room

LONG = "https://event.example/attendee/" + "0123456789" * 17
"""So many modules that a camera needs all of them sharp."""


def thumbnail(frame: Image) -> Image:
    reader = Reader()
    reader.read(frame)
    assert reader.thumbnail is not None
    return reader.thumbnail


def badge(module_px: float = 2.6, *, corners: list[tuple[int, int]] | None = None, seed: int = 1) -> Image:
    """A white badge with a long code, gray, as a webcam sees it; `corners` of a card that is not held upright."""
    card = np.full((480, 480), 235, np.uint8)
    code = qr(LONG, 6, error="m")
    side = round(code.shape[0] / 6 * module_px)
    code = cv2.resize(code, (side, side), interpolation=cv2.INTER_AREA)
    at = (480 - side) // 2
    card[at : at + side, at : at + side] = np.minimum(code, 235)
    frame = cv2.cvtColor(room(seed), cv2.COLOR_BGR2GRAY)
    places = np.array(corners or [(400, 120), (880, 120), (880, 600), (400, 600)], np.float32)
    whole = np.array([(0, 0), (480, 0), (480, 480), (0, 480)], np.float32)
    warp = cv2.getPerspectiveTransform(whole, places)
    cv2.warpPerspective(card, warp, (1280, 720), dst=frame, borderMode=cv2.BORDER_TRANSPARENT, flags=cv2.INTER_AREA)
    return cv2.GaussianBlur(frame, (0, 0), 0.7)


def dark(frame: Image) -> Image:
    rng = np.random.default_rng(2)
    return np.clip(frame * 0.4 + cv2.GaussianBlur(rng.normal(0, 60, frame.shape), (0, 0), 0.8), 0, 255).astype(np.uint8)


def lamp(frame: Image) -> Image:
    """Light on the middle of the code that leaves no black there."""
    y, x = np.mgrid[0:720, 0:1280]
    spot = 600 * np.exp(-((x - 650) ** 2 + (y - 350) ** 2) / (2 * 40.0**2))
    return np.clip(frame + spot, 0, 255).astype(np.uint8)


def moved(frame: Image) -> Image:
    return cv2.blur(frame, (13, 1))


def out_of_focus(frame: Image) -> Image:
    return cv2.GaussianBlur(frame, (0, 0), 3.5)


def covered(frame: Image) -> Image:
    """A thumb over a corner of the code."""
    thumb = frame.copy()
    cv2.line(thumb, (690, 410), (860, 600), 150, 90, cv2.LINE_AA)
    return thumb


def tilted() -> Image:
    return badge(2.6, corners=[(540, 130), (740, 70), (740, 630), (540, 570)])


CASES = {
    "in the dark": (dark(badge()), Hint.DARK),
    "under a lamp": (lamp(badge()), Hint.BRIGHT),
    "moving": (moved(badge()), Hint.BLURRED),
    "out of focus": (out_of_focus(badge()), Hint.BLURRED),
    "far away": (badge(0.9), Hint.FAR),
    "tilted": (tilted(), Hint.TILTED),
    "under a thumb": (covered(badge()), Hint.CUT_OFF),
    "half outside": (np.roll(badge(), -620, axis=1), Hint.CUT_OFF),
}


@pytest.mark.parametrize("name", CASES)
def test_a_badge_that_cannot_be_read_gets_the_hint_that_helps(name: str) -> None:
    frame, right = CASES[name]
    reader, rng = Reader(), np.random.default_rng(7)
    for number in range(12):
        shown = np.roll(frame, number % 3, axis=0)
        assert reader.read(noisy(cv2.cvtColor(shown, cv2.COLOR_GRAY2BGR), rng)) == []
    assert reader.hint is right
    assert reader.read(noisy(held_up(TOKEN), rng))
    assert reader.hint is None, "another badge was read"


def test_what_is_no_code_gets_no_hint() -> None:
    """A name badge without a code, and a room in which people move."""
    rng, calm = np.random.default_rng(4), HintFilter()
    reader = Reader()
    shown = []
    for number in range(90):
        frame = room(number // 30)
        frame[150:560, 400:800] = 240
        for line, words in enumerate(("Wanjiru", "Nakamura Andersen", "Institute of Things", "Speaker", "Hall B")):
            at = (420 + number % 7, 230 + 60 * line)
            cv2.putText(frame, words, at, cv2.FONT_HERSHEY_SIMPLEX, 1.1 - 0.1 * line, (20, 20, 20), 2, cv2.LINE_AA)
        assert reader.read(noisy(frame, rng)) == []
        shown.append(calm.see(reader.hint, number / 30))
    assert set(shown) == {None}


def test_hints_on_pictures_that_show_as_good_as_nothing() -> None:
    rng = np.random.default_rng(3)
    good = room()
    bright = np.clip(good.astype(np.int16) + 140, 0, 255).astype(np.uint8)
    assert hint(thumbnail(noisy((good * 0.12).astype(np.uint8), rng))) is Hint.DARK
    assert hint(thumbnail(bright)) is Hint.BRIGHT
    assert hint(thumbnail(np.full((720, 1280, 3), 255, np.uint8))) is Hint.BRIGHT  # camera-005
    assert hint(thumbnail(np.zeros((720, 1280, 3), np.uint8))) is Hint.COVERED
    assert hint(thumbnail(cv2.GaussianBlur(good, (0, 0), 40))) is Hint.BLURRED


def test_no_hint_on_good_pictures() -> None:
    rng = np.random.default_rng(4)
    for seed in range(30):
        assert hint(thumbnail(noisy(room(seed), rng))) is None
        frame = noisy(held_up(TOKEN, frame=room(seed)), rng)
        assert hint(thumbnail(frame), decode(frame)) is None


def test_every_hint_has_its_sentence_in_english_and_thai() -> None:
    said = {}
    for language in ("en", "th"):
        with speaking(language):
            said[language] = {each.text for each in Hint}
    assert len(said["en"]) == len(said["th"]) == len(Hint)
    assert not said["en"] & said["th"]


def test_after_a_badge_was_read_no_hint_follows_at_once() -> None:
    calm = HintFilter()
    shown = [calm.see(None if i < 3 else Hint.BLURRED, i / 30, read=i < 3) for i in range(120)]
    assert set(shown[:55]) == {None}
    assert shown[-1] is Hint.BLURRED


def test_hints_do_not_flicker() -> None:
    """Frames that show nothing wrong, or something else, between those that do change nothing."""
    calm = HintFilter()
    shown = [calm.see((Hint.DARK, Hint.DARK, None, Hint.FAR)[i % 4], i / 30) for i in range(90)]
    assert set(shown[:26]) == {None}
    assert set(shown[32:]) == {Hint.DARK}
    later = [calm.see(Hint.FAR, 3.0 + i / 30) for i in range(30)]
    assert later[-1] is Hint.FAR
    assert sum(a is not b for a, b in pairwise(later)) == 1
    assert [calm.see(None, 4.0 + i / 30) for i in range(30)][-1] is None


def test_a_moment_with_something_wrong_is_no_hint() -> None:
    calm = HintFilter()
    assert {calm.see(Hint.BLURRED if i < 20 else None, i / 30) for i in range(90)} == {None}
