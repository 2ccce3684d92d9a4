"""How a camera is asked: a hand-made driver at the edge of the machine, with the whims of real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import pytest

from checkin.scan.camera_controls import make_automatic
from checkin.scan.camera_mode import ENOUGH, LADDER, Tuner, Wish
from checkin.scan.camera_words import controls_text, picture_text, trouble_text
from checkin.scan.finer import FineTrial

MJPG, YUYV = (float(cv2.VideoWriter.fourcc(*name)) for name in ("MJPG", "YUYV"))
Mode = tuple[str, int, int]


@dataclass
class Device:
    """A driver: modes it has with the pictures a second that really come, and controls with the values they take."""

    rates: dict[Mode, float]
    backend: str = "V4L2"
    mode: Mode = ("YUYV", 640, 480)
    promised: float = 30.0
    controls: dict[int, tuple[float, ...]] = field(default_factory=dict)
    values: dict[int, float] = field(default_factory=dict)
    answers: Callable[[float], float] = float
    asked: list[tuple[int, float]] = field(default_factory=list)
    _size: list[int] = field(default_factory=lambda: [640, 480])
    _pixels: str = "YUYV"

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        return self.backend

    def get(self, prop: int) -> float:
        pixels, width, height = self.mode
        known = {
            cv2.CAP_PROP_FRAME_WIDTH: float(width),
            cv2.CAP_PROP_FRAME_HEIGHT: float(height),
            cv2.CAP_PROP_FOURCC: {"MJPG": MJPG, "YUYV": YUYV}[pixels],
            cv2.CAP_PROP_FPS: self.promised,
        }
        return self.answers(self.values.get(prop, -1.0)) if prop not in known else known[prop]

    def set(self, prop: int, value: float) -> bool:
        self.asked.append((prop, value))
        if prop == cv2.CAP_PROP_FOURCC:
            self._pixels = "MJPG" if value == MJPG else "YUYV"
        elif prop == cv2.CAP_PROP_FRAME_WIDTH:
            self._size[0] = int(value)
            return True
        elif prop == cv2.CAP_PROP_FRAME_HEIGHT:
            self._size[1] = int(value)
        elif prop in self.controls:
            if value in self.controls[prop]:
                self.values[prop] = value
            return value in self.controls[prop]
        else:
            return False
        self._take_up()
        return True

    def _take_up(self) -> None:
        """The nearest mode there is: of the format that was asked for, else of any; never larger than asked if it can."""
        of_format = [mode for mode in self.rates if mode[0] == self._pixels] or list(self.rates)
        self.mode = min(of_format, key=lambda mode: abs(mode[1] - self._size[0]) + abs(mode[2] - self._size[1]))


def run(tuner: Tuner, device: Device, seconds: float, now: float = 0.0) -> float:
    """Let frames come at the pace of the mode that the device is in."""
    until = now + seconds
    while now < until:
        now += 1 / device.rates[device.mode]
        tuner.counted(now)
    return now


GOOD = {("MJPG", 1280, 720): 30.0, ("YUYV", 1280, 720): 10.0, ("MJPG", 1920, 1080): 30.0, ("YUYV", 640, 480): 30.0}


def test_a_good_camera_is_asked_for_mjpg_720p_and_counted() -> None:
    device = Device(GOOD)
    tuner = Tuner(device, "C920")
    assert not tuner.facts.settled
    run(tuner, device, 1.5)
    facts = tuner.facts
    assert (facts.pixels, facts.width, facts.height, facts.settled) == ("MJPG", 1280, 720, True)
    assert facts.rate == pytest.approx(30, abs=1)
    assert picture_text(facts) == "1280 × 720, MJPG, 30 pictures a second"
    assert trouble_text(facts) == ""
    assert (cv2.CAP_PROP_BUFFERSIZE, 1) in device.asked


def test_a_slow_mjpg_gives_way_to_what_is_fast_enough() -> None:
    device = Device({**GOOD, ("MJPG", 1280, 720): 12.0, ("YUYV", 1280, 720): 28.0})
    tuner = Tuner(device, "slow MJPG")
    run(tuner, device, 4)
    assert (tuner.facts.pixels, tuner.facts.width, tuner.facts.settled) == ("YUYV", 1280, True)
    assert tuner.to_remember() == Wish("YUYV", 1280, 720)


def test_a_camera_without_mjpg_on_a_slow_bus_comes_down_to_a_smaller_picture() -> None:
    device = Device({("YUYV", 1280, 720): 9.0, ("YUYV", 640, 480): 30.0})
    tuner = Tuner(device, "old")
    run(tuner, device, 6)
    assert (tuner.facts.width, tuner.facts.settled) == (640, True)
    assert tuner.facts.rate >= ENOUGH


def test_where_nothing_is_faster_the_largest_stays() -> None:
    """A dark room: the exposure is long and every mode gives ten pictures a second."""
    device = Device(dict.fromkeys(GOOD, 10.0))
    tuner = Tuner(device, "dark")
    run(tuner, device, 12)
    assert (tuner.facts.pixels, tuner.facts.width, tuner.facts.settled) == ("MJPG", 1280, True)
    assert "fewer than 20 pictures a second" in trouble_text(tuner.facts)


def test_what_was_decided_is_not_tried_again() -> None:
    device = Device({**GOOD, ("YUYV", 1280, 720): 15.0})
    tuner = Tuner(device, "back again", Wish("YUYV", 1280, 720))
    run(tuner, device, 3)
    assert (tuner.facts.pixels, tuner.facts.settled) == ("YUYV", True)


def test_a_device_that_dies_of_a_rung_is_asked_for_the_first_one_next_time() -> None:
    device = Device(dict.fromkeys(GOOD, 10.0))
    tuner = Tuner(device, "fragile")
    run(tuner, device, 1.6)
    assert tuner.wish != LADDER[0]
    assert tuner.to_remember() == LADDER[0]


@pytest.mark.parametrize(("rate", "stays"), [(30.0, True), (12.0, False)])
def test_1080p_is_kept_only_while_it_is_fast_enough(rate: float, stays: bool) -> None:
    device = Device({**GOOD, ("MJPG", 1920, 1080): rate})
    tuner = Tuner(device, "C920")
    now = run(tuner, device, 1.5)
    tuner.want_fine(True)
    now = run(tuner, device, 3, now)
    assert tuner.can_be_fine is stays
    assert (tuner.facts.width == 1920) is stays
    tuner.want_fine(False)
    run(tuner, device, 2, now)
    assert tuner.facts.width == 1280
    assert tuner.facts.rate == pytest.approx(30, abs=1)


def test_a_camera_without_1080p_is_not_asked_for_it_twice() -> None:
    device = Device({("MJPG", 1280, 720): 30.0})
    tuner = Tuner(device, "720p only")
    now = run(tuner, device, 1.5)
    tuner.want_fine(True)
    run(tuner, device, 0.5, now)
    assert not tuner.can_be_fine
    assert tuner.facts.width == 1280


def test_directshow_is_told_the_rate_first_and_a_format_with_a_new_size() -> None:
    device = Device(GOOD, backend="DSHOW", mode=("MJPG", 1280, 720))
    Tuner(device, "Windows")
    props = [prop for prop, _value in device.asked]
    assert props[0] == cv2.CAP_PROP_FPS
    assert cv2.CAP_PROP_FPS not in props[1:]
    sizes = [value for prop, value in device.asked if prop == cv2.CAP_PROP_FRAME_WIDTH]
    assert sizes == [640, 1280]


AUTO, FOCUS = cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_AUTOFOCUS


@pytest.mark.parametrize(
    ("backend", "takes", "focus", "exposure"),
    [
        ("V4L2", {AUTO: (1, 3), FOCUS: (0, 1)}, "automatic", "automatic"),  # a UVC webcam
        ("V4L2", {AUTO: (0, 1)}, "unknown", "automatic"),  # another driver's automatic is 0; the lens is fixed
        ("V4L2", {AUTO: (1,), FOCUS: (0, 1)}, "automatic", "manual"),
        ("V4L2", {}, "unknown", "unknown"),
        ("MSMF", {AUTO: (0, 1), FOCUS: (0, 1)}, "automatic", "automatic"),
        ("AVFOUNDATION", {}, "unknown", "unknown"),
    ],
)
def test_focus_and_exposure_are_automatic_whatever_was_left_behind(
    backend: str, takes: dict[int, tuple[float, ...]], focus: str, exposure: str
) -> None:
    left_behind = {AUTO: 1.0 if backend == "V4L2" else 0.0, FOCUS: 0.0}
    device = Device(GOOD, backend, controls=takes, values={prop: left_behind[prop] for prop in takes})
    controls = make_automatic(device)
    assert (controls.focus, controls.exposure) == (focus, exposure)
    if backend == "V4L2":
        assert not {value for prop, value in device.asked if prop == AUTO} & {1.0, 2.0}, "manual was never asked for"


@pytest.mark.parametrize(("flags", "said"), [(1, "automatic"), (3, "automatic"), (2, "manual"), (-1, "unknown")])
def test_directshow_answers_with_flags(flags: int, said: str) -> None:
    device = Device(GOOD, "DSHOW", controls={AUTO: (1,), FOCUS: (1,)}, answers=lambda _value: float(flags))
    controls = make_automatic(device)
    assert (controls.focus, controls.exposure) == (said, said)


def test_a_camera_that_keeps_its_manual_exposure_is_told() -> None:
    device = Device(GOOD, controls={AUTO: (1,)}, values={AUTO: 1.0})
    tuner = Tuner(device, "stubborn")
    run(tuner, device, 1.5)
    assert "exposure set by hand" in controls_text(tuner.facts)
    assert "unplug it" in trouble_text(tuner.facts)


def frames(trial: FineTrial, start: float, seconds: float, *, small: bool, gained: bool) -> bool:
    wanted = False
    for number in range(round(seconds * 30)):
        wanted = trial.see(start + number / 30, small=small, gained=gained)
    return wanted


def test_small_codes_are_tried_at_1080p_which_stays_where_it_reads() -> None:
    trial = FineTrial()
    assert not frames(trial, 0, 5, small=False, gained=False)
    assert frames(trial, 5, 1, small=True, gained=False)
    assert frames(trial, 6, 1, small=False, gained=True)
    assert frames(trial, 7, 60, small=False, gained=False)


def test_1080p_that_reads_no_better_goes_and_is_not_tried_again_soon() -> None:
    trial = FineTrial()
    assert frames(trial, 0, 2, small=True, gained=False)
    assert not frames(trial, 2, 8, small=True, gained=False)
    assert not frames(trial, 10, 60, small=True, gained=False)
    assert frames(trial, 200, 2, small=True, gained=False)
