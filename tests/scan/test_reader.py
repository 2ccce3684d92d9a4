"""What a live camera shows: small, noisy, tilted, inverted codes; badges that change without notice; scenes that rest."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from checkin.scan import Hint, Reader, decode, hint
from checkin.scan.budget import FRAME_MS, IDLE_MS, LONG_MS, Budget
from checkin.scan.code import Code, Image
from checkin.scan.fusing import Fuser
from tests.scan.pictures import OTHER, TOKEN, held_up, noisy, qr, room


def gray(image: Image) -> Image:
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def texts(reader: Reader, frame: Image) -> list[str]:
    return [code.text for code in reader.read(frame)]


def far_away(seed: int, module_px: float, noise: float) -> Image:
    """A frame with a small code in poor light: its place differs by parts of a pixel from frame to frame."""
    rng = np.random.default_rng(seed)
    large = qr(TOKEN, 8, error="q").astype(np.float32)
    scale = module_px / 8
    x, y = 600 + rng.uniform(-2, 2), 300 + rng.uniform(-2, 2)
    frame = gray(room()).astype(np.float32)
    paper = cv2.GaussianBlur(large, (0, 0), 0.45 / scale)
    warp = np.array([[scale, 0, x], [0, scale, y]], np.float32)
    cv2.warpAffine(
        60 + 0.35 * paper, warp, (1280, 720), dst=frame, borderMode=cv2.BORDER_TRANSPARENT, flags=cv2.INTER_LINEAR
    )
    return np.clip(frame + rng.normal(0, noise, frame.shape), 0, 255).astype(np.uint8)


def test_small_codes_in_poor_light_are_read_from_several_frames() -> None:
    """A module of 1.4 pixels, a third of the contrast, noise: single frames show little; half a second of them does."""
    frames = [far_away(seed, 1.4, 14) for seed in range(16)]
    assert sum(bool(decode(frame)) for frame in frames[:5]) <= 1
    reader = Reader()
    assert [text for frame in frames for text in texts(reader, frame)][:3] == [TOKEN] * 3


def test_frames_of_different_things_are_not_fused() -> None:
    fuser = Fuser()
    fuser.add(gray(held_up(TOKEN, frame=room(1))))
    fuser.add(gray(room(2)))
    assert fuser.fused((480, 230, 280, 280)) is None


@pytest.mark.parametrize("scale", [2, 4, 6])
def test_another_badge_in_the_same_place_is_never_taken_for_the_one_before(scale: int) -> None:
    reader = Reader()
    for text in (TOKEN, OTHER, TOKEN):
        frame = held_up(text, scale=scale)
        for _frame in range(5):
            assert set(texts(reader, frame)) <= {text}
        assert texts(reader, frame) == [text]
    assert texts(reader, room()) == []


def test_another_badge_in_the_dark_is_never_taken_for_the_one_before() -> None:
    """So little contrast that no thumbnail shows the change."""
    reader = Reader()
    for text in (TOKEN, OTHER):
        frame = (gray(held_up(text, frame=np.full((720, 1280, 3), 255, np.uint8))) * 0.04 + 8).astype(np.uint8)
        for _frame in range(4):
            assert set(texts(reader, frame)) <= {text}


def test_frames_of_any_size_and_kind_one_after_the_other() -> None:
    reader = Reader()
    assert texts(reader, held_up(TOKEN)) == [TOKEN]
    large = cv2.resize(held_up(OTHER, at=(300, 200)), (1920, 1080), interpolation=cv2.INTER_CUBIC)
    (code,) = reader.read(large)
    assert code.text == OTHER
    assert code.corners[0] == pytest.approx((1.5 * 324, 1.5 * 224), abs=6)
    assert reader.read(np.zeros((0, 0), np.uint8)) == []
    assert reader.read(room()) == []
    assert texts(reader, gray(held_up(TOKEN, frame=room(3, 480, 640), at=(150, 100)))) == [TOKEN]
    assert reader.read(np.zeros((480, 640, 5), np.uint8)) == []


def test_a_dark_mode_phone_and_a_tilted_badge() -> None:
    card = np.full((720, 1280), 128, np.uint8)
    code = qr(TOKEN, 8)
    card[200 : 200 + code.shape[0], 500 : 500 + code.shape[1]] = code
    corners = np.array([[500, 200], [764, 200], [764, 464], [500, 464]], np.float32)
    tilted = np.array([[560, 200], [690, 225], [690, 440], [560, 464]], np.float32)  # 60 degrees away
    warp = cv2.getPerspectiveTransform(corners, tilted)
    frames = {"phone": 255 - card, "tilted": cv2.warpPerspective(card, warp, (1280, 720), flags=cv2.INTER_AREA)}
    for name, frame in frames.items():
        reader, rng = Reader(), np.random.default_rng(5)
        shown = [noisy(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR), rng) for _frame in range(15)]
        assert TOKEN in {text for each in shown for text in texts(reader, each)}, name


def test_a_badge_that_is_held_still_stays_read_and_a_scene_at_rest_is_looked_at_again() -> None:
    reader, rng = Reader(), np.random.default_rng(6)
    frame = held_up(TOKEN)
    assert all(texts(reader, noisy(frame, rng)) == [TOKEN] for _frame in range(40))
    empty = [texts(reader, noisy(room(), rng)) for _frame in range(60)]
    assert not any(empty)
    assert texts(reader, noisy(frame, rng)) == [TOKEN]


def test_what_a_region_shows_in_several_frames_is_in_its_place_to_parts_of_a_pixel() -> None:
    """Frames shifted by parts of a pixel, at the edge of the picture as well: fused they are as sharp as one is."""
    rng = np.random.default_rng(4)
    large = cv2.GaussianBlur(rng.integers(0, 255, (90, 90), np.uint8), (0, 0), 1.2)
    large = cv2.resize(large, (900, 900), interpolation=cv2.INTER_CUBIC)
    for rect in ((40, 40, 60, 60), (0, 60, 60, 60), (60, 100, 70, 80)):
        fuser = Fuser()
        for shift in (3.3, 1.75, 0.0):
            warp = np.array([[0.2, 0, shift], [0, 0.2, -shift]], np.float32)
            fuser.add(cv2.warpAffine(large, warp, (180, 180), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE))
        fused = fuser.fused(rect)
        alone = Fuser()
        for _twice in range(2):
            alone.add(cv2.warpAffine(large, np.array([[0.2, 0, 0], [0, 0.2, 0]], np.float32), (180, 180)))
        expected = alone.fused(rect)
        assert fused is not None
        assert expected is not None
        inner = (slice(20, -20), slice(20, -20))
        assert cv2.matchTemplate(fused[inner], expected[inner], cv2.TM_CCOEFF_NORMED)[0, 0] > 0.98, rect


def test_a_small_soft_code_is_read_in_the_frame_as_it_was_taken() -> None:
    """Modules of 1.75 pixels at 1080p, so of 1.2 at 720p, behind a soft lens."""
    close = held_up(TOKEN, scale=7, at=(600, 300))
    whole = cv2.resize(room(), (1920, 1080))
    soft = cv2.GaussianBlur(cv2.resize(close, (320, 180), interpolation=cv2.INTER_AREA), (0, 0), 0.8)
    smaller, wide = Reader(), Reader()
    rng = np.random.default_rng(1)
    codes: list[Code] = []
    for _frame in range(15):
        whole[300:480, 600:920] = noisy(soft, rng)
        assert smaller.read(cv2.resize(whole, (1280, 720), interpolation=cv2.INTER_AREA)) == []
        codes = codes or wide.read(whole)
    (code,) = codes
    assert code.text == TOKEN
    assert code.corners[0] == pytest.approx((757, 382), abs=4), "in pixels of the frame"
    assert wide.finer
    assert not smaller.finer


def test_an_idle_reader_saves_for_a_costly_way_and_spends_no_more_than_its_share() -> None:
    """An empty scene in which everything moves: on average little beyond the share is spent, whatever the ways cost."""
    budget = Budget()
    clock = [0.0]
    budget._now = lambda: clock[0]
    spent = 0.0
    for _frame in range(300):
        budget.begin()
        clock[0] += 2.0  # the first look
        budget.earn()
        while budget.affords("costly", 200_000, likely=False):
            with budget.using("costly", 200_000):
                clock[0] += 7.0
                spent += 7.0
    assert 0.5 < spent / 300 < IDLE_MS - 2.0 + 0.2


def test_a_slow_computer_looks_less_closely() -> None:
    """What a way costs is learned; one that would not fit into a frame is left out, whatever it promises."""
    budget = Budget()
    budget.begin()
    assert budget.affords("a way", 100_000, likely=True)
    budget._cost["a way"] = LONG_MS * 10  # nanoseconds a pixel
    assert not budget.affords("a way", 100_000, likely=True)
    assert budget.affords("a way", 10_000, likely=True)


def test_what_no_frame_has_room_for_is_done_now_and_then() -> None:
    """A way that costs more than a frame may: tried at once where something looks like a code, then once in a while."""
    budget = Budget()
    budget._cost["dear"] = FRAME_MS * 2e6 / 100
    tried = []
    for number in range(100):
        budget.begin()
        budget.earn()
        assert not budget.affords("dear", 100, likely=False)
        if budget.affords("dear", 100, likely=True):
            tried.append(number)
            assert budget.affords("dear", 100, likely=True), "such a frame is long for all of them"
    assert tried == [0, 25, 50, 75], "so few that the p95 of a frame does not show them"


def test_a_code_that_leaves_the_picture_is_said_to_be_cut_off() -> None:
    corners = ((1150.0, 300.0), (1279.0, 300.0), (1279.0, 430.0), (1150.0, 430.0))
    reader = Reader()
    reader.read(room())
    assert reader.thumbnail is not None
    assert hint(reader.thumbnail, (), (corners,)) is Hint.CUT_OFF
    assert reader.hint is None
