"""The camera's loop and its sources, with a hand-made camera at the edge of the machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import cv2
import numpy as np
import pytest
import segno

from checkin.errors import SourceError
from checkin.scan import CameraInfo, CameraLoop, Hint, View, decode, open_source, sightings
from checkin.scan.camera import Camera
from checkin.scan.cameras import find_camera
from checkin.scan.code import Image
from checkin.scan.figures import Figures
from checkin.scan.frames import Source
from checkin.scan.micro import has_micro_qr
from tests.scan.pictures import OTHER, TOKEN, held_up, noisy, render, room


class Driver:
    """A camera's driver: gives what `picture` makes, at its own pace, until it is unplugged or hangs."""

    def __init__(self, picture: Callable[[int], object], fps: float = 100.0) -> None:
        self.picture, self.fps = picture, fps
        self.grabbed = self.retrieved = 0
        self.unplugged = self.released = False
        self.hanging = threading.Event()
        self.free = threading.Event()

    def get(self, _prop: int) -> float:
        return -1.0

    def set(self, _prop: int, _value: float) -> bool:
        return False

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        return "V4L2"

    def grab(self) -> bool:
        if self.hanging.is_set():
            self.free.wait(20)
        time.sleep(1 / self.fps)
        self.grabbed += not self.unplugged
        return not self.unplugged

    def retrieve(self) -> tuple[bool, object]:
        self.retrieved += 1
        image = self.picture(self.retrieved)
        return image is not None, image

    def release(self) -> None:
        self.released = True


class Desk:
    """Runs a loop on a thread of its own and notes what it says."""

    def __init__(self, open_one: Callable[[], Source], **options: object) -> None:
        self.codes: list[str] = []
        self.views: list[View] = []
        self.states: list[tuple[str, str, str]] = []
        self.hints: list[Hint | None] = []
        self.stop = threading.Event()
        loop = CameraLoop(
            open_one,
            on_code=lambda code: self.codes.append(code.text),
            on_view=self.views.append,
            on_state=lambda *state: self.states.append(state),
            on_hint=self.hints.append,
            back_off_s=(0.05, 0.1),
            **options,  # type: ignore[arg-type]
        )
        self.thread = threading.Thread(target=loop.run, args=(self.stop,))

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        self.thread.join(5)
        assert not self.thread.is_alive()

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _name, _message in self.states]

    def until(self, true: Callable[[], object], limit_s: float = 5.0) -> None:
        end = time.monotonic() + limit_s
        while not true():
            assert time.monotonic() < end, (self.states, self.codes)
            time.sleep(0.01)


@pytest.fixture(scope="module")
def shown() -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    frame = cv2.resize(held_up(TOKEN, scale=8), (640, 360), interpolation=cv2.INTER_AREA)
    return [noisy(frame, rng) for _i in range(8)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds at 25 fps: nothing, a badge, nothing for 1.2 s, the badge again."""
    path = tmp_path_factory.mktemp("film") / "บันทึก.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 360))
    empty, badge = (
        cv2.resize(image, (640, 360), interpolation=cv2.INTER_AREA) for image in (room(), held_up(TOKEN, scale=8))
    )
    for frame in [empty] * 3 + [badge] * 8 + [empty] * 31 + [badge] * 8:
        writer.write(frame)
    writer.release()
    return path


def test_a_badge_in_front_of_a_camera_is_one_scan(shown: list[np.ndarray]) -> None:
    camera = Camera("Desk camera", Driver(lambda i: shown[i % 8]))
    with Desk(lambda: camera) as desk:
        desk.until(lambda: len(desk.views) > 30)
    assert desk.codes == [TOKEN]
    assert desk.states[:2] == [("opening", "", ""), ("live", "Desk camera", "")]
    assert {code.text for code in desk.views[-1].codes} == {TOKEN}


def test_camera_001_unplugged_is_said_within_two_seconds_and_comes_back(shown: list[np.ndarray]) -> None:
    drivers = [Driver(lambda i: shown[i % 8]) for _i in range(2)]
    waiting = list(drivers)

    def open_one() -> Source:
        if not waiting or (len(waiting) == 1 and not plugged.is_set()):
            raise SourceError("not there")
        return Camera("Desk camera", waiting.pop(0))

    plugged = threading.Event()
    with Desk(open_one) as desk:
        desk.until(lambda: desk.codes)
        drivers[0].unplugged = True
        desk.until(lambda: "lost" in desk.kinds, 2.0)
        assert "Desk camera" in next(message for kind, _name, message in desk.states if kind == "lost")
        plugged.set()
        desk.until(lambda: desk.kinds[-1] == "live")
    assert drivers[0].released
    assert drivers[1].released


def test_a_driver_that_hangs_is_lost_too(shown: list[np.ndarray]) -> None:
    driver = Driver(lambda i: shown[i % 8])
    cameras = [Camera("Desk camera", driver, silent_s=0.3)]

    def open_one() -> Source:
        if not cameras:
            raise SourceError("not there")
        return cameras.pop()

    with Desk(open_one) as desk:
        desk.until(lambda: desk.codes)
        driver.hanging.set()
        desk.until(lambda: "lost" in desk.kinds, 2.0)
        driver.free.set()
        driver.hanging.clear()
    desk.until(lambda: driver.released)


def test_camera_003_a_frozen_picture_is_opened_again(shown: list[np.ndarray]) -> None:
    opened: list[Driver] = []

    def open_one() -> Source:
        frozen = not opened
        opened.append(Driver(lambda i: shown[0] if frozen else shown[i % 8]))
        return Camera("Desk camera", opened[-1])

    with Desk(open_one, frozen_s=0.3) as desk:
        desk.until(lambda: len(opened) == 2)
        desk.until(lambda: desk.kinds[-1] == "live")
        time.sleep(0.6)
    assert len(opened) == 2
    assert desk.kinds == ["opening", "live", "lost", "live"]
    assert desk.codes == [TOKEN]


def test_a_covered_camera_is_not_frozen() -> None:
    opened: list[Driver] = []

    def open_one() -> Source:
        opened.append(Driver(lambda _i: np.zeros((360, 640, 3), np.uint8)))
        return Camera("Desk camera", opened[-1])

    with Desk(open_one, frozen_s=0.2) as desk:
        desk.until(lambda: desk.hints)
    assert len(opened) == 1
    assert desk.hints == [Hint.COVERED, None]


def test_camera_007_malformed_frames_are_skipped(shown: list[np.ndarray]) -> None:
    bad = [
        None,
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((3, 5, 3), np.uint8),
        np.zeros((99, 99), np.float64),
        np.zeros(9),
    ]
    driver = Driver(lambda i: bad[i % 5] if i < 20 else shown[i % 8][: 357 if i % 2 else 360])
    with Desk(lambda: Camera("Desk camera", driver)) as desk:
        desk.until(lambda: desk.codes)
    assert "lost" not in desk.kinds


def test_camera_009_a_fast_large_camera_is_made_smaller_and_only_the_newest_frame_is_unpacked() -> None:
    large = cv2.resize(held_up(TOKEN), (3840, 2160))
    driver = Driver(lambda _i: large, fps=500)
    with Desk(lambda: Camera("4K", driver)) as desk:
        desk.until(lambda: len(desk.views) > 5)
        views, retrieved, grabbed = len(desk.views), driver.retrieved, driver.grabbed
    assert {view.image.shape[1] for view in desk.views} == {1280}
    assert retrieved <= views + 2
    assert grabbed > retrieved
    assert desk.codes == [TOKEN]


def test_camera_015_a_camera_that_fails_for_long_is_tried_ever_less_often() -> None:
    tries: list[float] = []

    def open_one() -> Source:
        tries.append(time.monotonic())
        raise SourceError("Another program is using the camera.")

    with Desk(open_one) as desk:
        desk.until(lambda: len(tries) > 6)
    gaps = np.diff(tries)
    assert gaps[0] >= 0.045
    assert gaps[2:].min() >= 0.095
    assert desk.states == [("opening", "", ""), ("missing", "", "Another program is using the camera.")]


def test_camera_013_codes_are_read_unmirrored(shown: list[np.ndarray]) -> None:
    """The loop hands out pictures as the camera took them; the window mirrors what it shows."""
    with Desk(lambda: Camera("Desk camera", Driver(lambda i: shown[i % 8]))) as desk:
        desk.until(lambda: desk.views and desk.codes)
    assert [code.text for code in decode(desk.views[-1].image)] == [TOKEN]


def test_two_badges_as_near_as_each_other_are_shown_and_none_is_taken_until_one_goes(shown: list[np.ndarray]) -> None:
    two = cv2.resize(held_up(OTHER, at=(820, 250), frame=held_up(TOKEN, at=(260, 250))), (960, 540))
    one = cv2.resize(held_up(OTHER, at=(820, 250)), (960, 540))
    rng = np.random.default_rng(2)
    gone = threading.Event()
    driver = Driver(lambda _i: noisy(one if gone.is_set() else two, rng), fps=60)
    with Desk(lambda: Camera("Desk camera", driver)) as desk:
        desk.until(lambda: Hint.TWO in desk.hints)
        view = desk.views[-1]
        assert {code.text for code in view.codes} == {TOKEN, OTHER}
        assert view.meant == ""
        assert desk.codes == []
        gone.set()
        desk.until(lambda: desk.codes)
    assert desk.codes == [OTHER]
    assert desk.views[-1].meant == OTHER


def test_of_two_badges_the_one_that_is_clearly_nearer_is_meant() -> None:
    picture = held_up(OTHER, at=(900, 300), scale=4, frame=held_up(TOKEN, at=(200, 200), scale=8))
    rng = np.random.default_rng(2)
    with Desk(lambda: Camera("Desk camera", Driver(lambda _i: noisy(picture, rng), fps=60))) as desk:
        desk.until(lambda: desk.codes)
    assert desk.codes == [TOKEN]
    assert desk.views[-1].meant == TOKEN


def test_opencv_s_own_capture_is_asked_as_a_camera_is(film: Path) -> None:
    """A film behind OpenCV's real object: it refuses every wish, and what it gives is read back."""
    camera = Camera("Film as a camera", cv2.VideoCapture(str(film)))
    facts = camera.facts
    frame = camera.read(threading.Event())
    camera.close()
    assert frame is not None
    assert (facts.width, facts.height, facts.pixels, facts.promised) == (640, 360, "MJPG", 25.0)
    assert (facts.focus, facts.exposure) == ("unknown", "unknown")


def test_a_camera_that_opens_and_gives_nothing_may_be_in_use_and_is_tried_ever_less_often() -> None:
    opened: list[float] = []

    def open_one() -> Source:
        opened.append(time.monotonic())
        driver = Driver(lambda _i: None)
        driver.unplugged = True
        return Camera("Desk camera", driver)

    with Desk(open_one) as desk:
        desk.until(lambda: len(opened) > 4)
    assert desk.kinds == ["opening", "missing"]
    assert "Another program may be using it" in desk.states[-1][2]
    assert np.diff(opened)[1:].min() >= 0.1


def test_directshow_s_grab_does_not_wait_so_every_frame_is_unpacked(shown: list[np.ndarray]) -> None:
    class DirectShow(Driver):
        def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
            return "DSHOW"

        def grab(self) -> bool:
            self.grabbed += 1
            return not self.unplugged

        def retrieve(self) -> tuple[bool, object]:
            time.sleep(1 / self.fps)  # this is where it waits for the next frame
            return super().retrieve()

    driver = DirectShow(lambda i: shown[i % 8], fps=60)
    camera = Camera("Windows camera", driver)
    with Desk(lambda: camera) as desk:
        desk.until(lambda: camera.facts.settled)
        grabbed = driver.grabbed
    assert 40 < camera.facts.rate < 70
    assert grabbed <= driver.retrieved + 2, "the thread did not turn without waiting"
    assert desk.codes == [TOKEN]


def test_small_codes_that_nobody_reads_are_looked_at_in_1080p() -> None:
    """At 720p the camera shows a small code with a blot in it; at 1080p it is whole."""
    whole = held_up(TOKEN, scale=3, frame=cv2.resize(room(), (1920, 1080)))
    blotted = held_up(TOKEN, scale=2, at=(333, 167))
    cv2.rectangle(blotted, (357, 193), (377, 213), (128, 128, 128), -1)
    asked: dict[int, float] = {}

    class Full(Driver):
        def get(self, prop: int) -> float:
            return asked.get(prop, -1.0)

        def set(self, prop: int, value: float) -> bool:
            asked[prop] = value
            if value == 1920:
                time.sleep(0.6)  # it takes its time, which is not taken for a lost camera
            return True

    rng = np.random.default_rng(5)

    def picture(_i: int) -> object:
        return whole if asked[cv2.CAP_PROP_FRAME_WIDTH] == 1920 else noisy(blotted, rng)

    camera = Camera("Full HD", Full(picture, fps=40), silent_s=0.3)
    with Desk(lambda: camera) as desk:
        desk.until(lambda: desk.codes, 8)
        assert camera.fine
    assert desk.codes == [TOKEN]
    assert "lost" not in desk.kinds
    (code,) = desk.views[-1].codes
    assert max(x for x, _y in code.corners) < 1280, "corners are in pixels of what is shown"


def test_figures_tell_what_the_camera_does(shown: list[np.ndarray]) -> None:
    figures: list[Figures] = []
    camera = Camera("Desk camera", Driver(lambda i: shown[i % 8], fps=50))
    with Desk(lambda: camera, on_figures=figures.append) as desk:
        desk.until(lambda: len(figures) > 3)
    last = figures[-1]
    assert last.code is not None
    assert last.code.text == TOKEN
    assert last.camera is not None
    assert last.camera.name == "Desk camera"
    assert 20 < last.frames < 60
    assert last.readings > 10
    assert last.cost_ms > 0
    assert last.light_level == "good"


def test_stopping_is_quick_even_if_no_frame_comes() -> None:
    driver = Driver(lambda _i: None, fps=20)
    with Desk(lambda: Camera("Desk camera", driver)) as desk:
        time.sleep(0.2)
        began = time.monotonic()
        desk.stop.set()
        desk.thread.join(5)
        assert time.monotonic() - began < 1.5


def test_film_unpaced_gates_by_its_own_time(film: Path) -> None:
    source = open_source(str(film))
    seen = list(sightings(source))
    source.close()
    taken = [(sighting.frame.index, code.text) for sighting in seen for code in sighting.taken]
    assert [text for _index, text in taken] == [TOKEN, TOKEN]
    assert taken[0][0] == 3
    assert taken[1][0] == 42


def test_film_paced_takes_its_time_and_leaves_late_frames_out(film: Path) -> None:
    source = open_source(str(film), paced=True)
    stop = threading.Event()
    began, indices = time.monotonic(), []
    while (frame := source.read(stop)) is not None:
        indices.append(frame.index)
        if frame.index == 10:
            time.sleep(0.5)
    took = time.monotonic() - began
    source.close()
    assert 1.8 < took < 2.6
    assert len(indices) < 45
    assert max(np.diff(indices)) > 8


def test_film_looped_goes_on(film: Path) -> None:
    source = open_source(str(film), loop=True)
    stop = threading.Event()
    frames = [source.read(stop) for _i in range(120)]
    source.close()
    assert [frame.index for frame in frames if frame] == list(range(120))


def test_film_in_the_loop_ends(film: Path) -> None:
    with Desk(lambda: open_source(str(film))) as desk:
        desk.until(lambda: "ended" in desk.kinds)
    assert desk.kinds == ["opening", "live", "ended"]
    assert set(desk.codes) == {
        TOKEN
    }  # once or twice: unpaced, the second showing follows as fast as this machine reads


def test_pictures_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "ป้าย ๑"
    folder.mkdir()
    for name, image in (("b.png", held_up(OTHER)), ("a.png", held_up(TOKEN))):
        (folder / name).write_bytes(cv2.imencode(".png", image)[1].tobytes())
    (folder / "c.jpg").write_bytes(b"not a picture")
    (folder / "notes.txt").write_text("x")
    source = open_source(str(folder))
    found = [(sighting.frame.name, code.text) for sighting in sightings(source) for code in sighting.taken]
    assert found == [("a.png", TOKEN), ("b.png", OTHER)]
    assert [file.name for file in source.unreadable] == ["c.jpg"]
    (only,) = sightings(open_source(str(folder / "a.png")))
    assert [code.text for code in only.taken] == [TOKEN]


def test_a_picture_with_two_badges_is_two_scans_for_the_terminal(tmp_path: Path) -> None:
    image = held_up(OTHER, at=(800, 200), frame=held_up(TOKEN, at=(200, 250)))
    (tmp_path / "x.png").write_bytes(cv2.imencode(".png", image)[1].tobytes())
    (only,) = sightings(open_source(str(tmp_path / "x.png")))
    assert {code.text for code in only.taken} == {TOKEN, OTHER}


@pytest.mark.parametrize("name", ["nothing.png", "empty", "broken.png", "broken.mp4", "empty.avi"])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "empty":
        path.mkdir()
    elif name != "nothing.png":
        path.write_bytes(b"" if name == "empty.avi" else b"not a picture at all")
    with pytest.raises(SourceError, match=name):
        open_source(str(path))


CAMERAS = [
    CameraInfo(2, "Logi C920", "/dev/video2"),
    CameraInfo(0, "Built-in", "/dev/video0"),
    CameraInfo(1, "IR Camera", "z"),
]


@pytest.mark.parametrize(
    ("spec", "index"),
    [
        ("", 2),
        ("1", 1),
        (CAMERAS[1].spec, 0),
        ("camera:Built-in|/dev/video7", 0),  # another socket
        ("camera:Another|/dev/video0", None),  # another camera has its place now
        ("camera:Gone|", None),
    ],
)
def test_camera_011_a_chosen_camera_is_found_again_by_its_name(spec: str, index: int | None) -> None:
    found = find_camera(spec, CAMERAS)
    assert (found.index if found else None) == index


def test_no_camera_is_said_at_once() -> None:
    with pytest.raises(SourceError, match=r"typing still work|does not open"):
        open_source("97").close()


def test_a_micro_qr_is_told_and_not_read() -> None:
    """Its text is never taken (test_cascade.py); somebody who holds one up hears what to do instead."""
    symbol = cv2.cvtColor(render(segno.make_micro("REG-00123"), 5), cv2.COLOR_GRAY2BGR)

    def moving(number: int) -> Image:
        frame, x = room(), 500 + number % 40
        frame[300 : 300 + symbol.shape[0], x : x + symbol.shape[1]] = symbol
        return frame

    with Desk(lambda: Camera("Desk camera", Driver(moving, fps=60))) as desk:
        desk.until(lambda: Hint.MICRO in desk.hints, limit_s=20)
    assert desk.codes == []


@pytest.mark.parametrize("text", ["12345", "0397718287", "REG-00123"])
def test_only_micro_qr_codes_that_clutter_does_not_resemble_are_told(text: str) -> None:
    frame, symbol = room(), segno.make_micro(text)
    picture = cv2.cvtColor(render(symbol, 5), cv2.COLOR_GRAY2BGR)
    frame[300 : 300 + picture.shape[0], 500 : 500 + picture.shape[1]] = picture
    assert has_micro_qr(frame) == (symbol.version != "M1")
    assert not has_micro_qr(held_up(TOKEN))
