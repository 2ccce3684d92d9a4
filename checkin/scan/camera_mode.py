"""How a camera is asked for its pictures: size, format and rate, and what it gives in truth. Decided by measuring.

A driver says yes to anything and then does what it likes, so every wish is read back, and the pictures of the first
second are counted. Where they are too few the next rung of the ladder is tried; what was fastest is kept. A `Tuner`
belongs to one open device and is used on one thread, the one that takes its frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from checkin.scan.camera_controls import Automatic, make_automatic
from checkin.scan.opencv import cv2

ENOUGH: Final = 20.0
"""Pictures a second below which a moving badge is seen too seldom."""
_CLEARLY: Final = 1.3  # how many times as fast a lower rung must be than a higher one to be worth its smaller picture
_MEASURED_S: Final = 1.0
_WARM_UP: Final = 3  # frames after a change that come when they like
_RATES: Final = (60, 30)

DSHOW: Final = "DSHOW"
"""DirectShow: `grab` does not wait for a frame, `retrieve` does (up to a second); and setting the rate or the same size
again forgets the format."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a camera is asked for."""

    pixels: str
    """FourCC: MJPG (compressed, the only way to 720p at 30 over USB 2) or YUYV."""
    width: int
    height: int


LADDER: Final = (Wish("MJPG", 1280, 720), Wish("YUYV", 1280, 720), Wish("MJPG", 960, 540), Wish("YUYV", 640, 480))
"""720p first: 1080p reads no more photographs, and costs double."""
FINE: Final = Wish("MJPG", 1920, 1080)
"""For codes that are too small in the picture, where that pays: see `checkin.scan.finer`."""


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """What a camera does in truth."""

    name: str
    backend: str
    """OpenCV's word for the way to it: V4L2, DSHOW, MSMF, AVFOUNDATION."""
    width: int
    height: int
    pixels: str
    """FourCC as the driver says; empty: it does not."""
    promised: float
    """Pictures a second as the driver says; 0: it does not."""
    rate: float = 0.0
    """Pictures a second as counted in the last second; 0: not yet."""
    focus: Automatic = "unknown"
    exposure: Automatic = "unknown"
    settled: bool = False
    """Whether the way it is asked stands now."""


class Device(Protocol):
    """The part of cv2.VideoCapture by which a camera is asked."""

    def get(self, prop: int) -> float:
        """Return a property as the driver has it; 0 or -1 where it has none."""

    def set(self, prop: int, value: float) -> bool:
        """Ask for a value."""

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        """Return which way to the camera is used."""


class Tuner:
    """Asks one camera, counts what comes, and decides."""

    def __init__(self, device: Device, name: str, first: Wish | None = None) -> None:
        """`first`: what was decided for this camera earlier; it is not tried again then."""
        self._device = device
        self._tried: list[tuple[Wish, CameraFacts]] = []
        self._given = first is not None
        self.wish = first or LADDER[0]
        self.asking = False
        """Whether the camera is being asked anew just now: no picture comes meanwhile, and that is no fault."""
        self._fine_wanted = False
        self._fine = False
        self._no_fine = False
        self._count = -_WARM_UP
        self._since = 0.0
        self.facts = CameraFacts(name, device.getBackendName(), 0, 0, "", 0.0)
        self._ask(self.wish)
        controls = make_automatic(device)
        self.facts = replace(self.facts, focus=controls.focus, exposure=controls.exposure)

    @property
    def grab_waits(self) -> bool:
        """Return whether the driver's `grab` returns with the next frame, and not at once."""
        return self.facts.backend != DSHOW

    @property
    def fine(self) -> bool:
        """Return whether the camera is asked for more than 720p now."""
        return self._fine

    @property
    def can_be_fine(self) -> bool:
        """Return whether more than 720p was not found to be too slow, or not to be had."""
        return not self._no_fine

    def want_fine(self, wanted: bool) -> None:
        """Ask for 1080p, or for 720p again; taken up at the next frame. From any thread."""
        self._fine_wanted = wanted

    def counted(self, now: float) -> None:
        """Say that a frame came, at `now` in seconds. May ask the camera anew, which takes a moment."""
        if self._fine_wanted != self._fine and self.facts.settled:
            self._change_fineness()
            return
        self._count += 1
        if self._count <= 0:
            self._since = now
            return
        elapsed = now - self._since
        if elapsed < _MEASURED_S:
            return
        self.facts = replace(self.facts, rate=self._count / elapsed)
        self._count, self._since = 0, now
        if not self.facts.settled:
            self._decide()
        elif self._fine and self.facts.rate < ENOUGH:
            self._no_fine = True
            self._fine_wanted = False

    def to_remember(self) -> Wish | None:
        """Return what to ask this camera for when it is opened the next time; None: nothing is known yet."""
        if self.facts.settled:
            return self.wish
        return LADDER[0] if self._tried else None  # it died of a rung further down

    def _decide(self) -> None:
        self._tried.append((self.wish, self.facts))
        if self.facts.rate >= ENOUGH or self._given:
            self._settle()
            return
        seen = {(facts.width, facts.height, facts.pixels) for _wish, facts in self._tried}
        for wish in LADDER[LADDER.index(self.wish) + 1 :]:
            self._ask(wish)
            if (self.facts.width, self.facts.height, self.facts.pixels) not in seen:
                return
        best, found = _best(self._tried)
        self._ask(best)
        self.facts = replace(self.facts, rate=found.rate)
        self._settle()

    def _settle(self) -> None:
        self.facts = replace(self.facts, settled=True)

    def _change_fineness(self) -> None:
        before = self.facts
        if self._fine_wanted and not self._no_fine:
            self._ask(FINE, self.wish)
            if self.facts.width > before.width:
                self._fine = True
                self._settle()
                return
            self._no_fine = True
        self._fine_wanted = self._fine = False
        self._ask(self.wish)
        self._settle()

    def _ask(self, wish: Wish, stays: Wish | None = None) -> None:
        """Ask and read back; `stays`: what `wish` is only a trial away from."""
        self.asking = True
        ask(self._device, wish)
        self.asking = False
        self.wish = stays or wish
        cv, get = cv2(), self._device.get
        self.facts = replace(
            self.facts,
            width=max(0, round(get(cv.CAP_PROP_FRAME_WIDTH))),
            height=max(0, round(get(cv.CAP_PROP_FRAME_HEIGHT))),
            pixels=_letters(get(cv.CAP_PROP_FOURCC)),
            promised=max(0.0, get(cv.CAP_PROP_FPS)),
            rate=0.0,
            settled=False,
        )
        self._count = -_WARM_UP


def ask(device: Device, wish: Wish) -> None:
    """Ask a camera for format, size and its best rate, in the order in which its driver does not forget one for another."""
    cv = cv2()
    fourcc = float(cv.VideoWriter.fourcc(*wish.pixels))
    if device.getBackendName() == DSHOW:
        size = (round(device.get(cv.CAP_PROP_FRAME_WIDTH)), round(device.get(cv.CAP_PROP_FRAME_HEIGHT)))
        device.set(cv.CAP_PROP_FPS, _RATES[-1])  # first: afterwards it would set the format back
        sizes = [(640, 480)] if size == (wish.width, wish.height) and size != (640, 480) else []
        for width, height in (*sizes, (wish.width, wish.height)):  # a format is taken up with a new size only
            device.set(cv.CAP_PROP_FOURCC, fourcc)
            device.set(cv.CAP_PROP_FRAME_WIDTH, width)
            device.set(cv.CAP_PROP_FRAME_HEIGHT, height)
        return
    device.set(cv.CAP_PROP_FOURCC, fourcc)
    device.set(cv.CAP_PROP_FRAME_WIDTH, wish.width)
    device.set(cv.CAP_PROP_FRAME_HEIGHT, wish.height)
    for rate in _RATES:  # a driver takes the nearest that it has, or none at all
        device.set(cv.CAP_PROP_FPS, rate)
        if device.get(cv.CAP_PROP_FPS) >= ENOUGH:
            break
    device.set(cv.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one of four that wait


def _best(tried: Sequence[tuple[Wish, CameraFacts]]) -> tuple[Wish, CameraFacts]:
    """Return the fastest; of those about as fast the one that stands higher on the ladder."""
    wish, facts = tried[0]
    for other, found in tried[1:]:
        if found.rate > _CLEARLY * facts.rate:
            wish, facts = other, found
    return wish, facts


def _letters(fourcc: float) -> str:
    """Return a FourCC as text: "MJPG", "YUYV"; empty where a driver gives a number of its own (DSHOW: 0, macOS)."""
    number = int(fourcc) if fourcc == fourcc and 0 < fourcc < 2**32 else 0  # noqa: PLR0124 - NaN
    text = number.to_bytes(4, "little").decode("latin-1").strip(" \0")
    return text if text.isascii() and text.isalnum() else ""
