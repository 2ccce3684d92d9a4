"""A real camera. A thread of its own takes every frame off the driver, so that what is decoded is always the newest.

Frames that nobody asked for are taken (`grab`) but not unpacked (`retrieve`): a 4K camera at 60 frames a second costs
no more than what is looked at. (DirectShow's `grab` does not wait: there every frame is unpacked, else the thread would
turn as fast as it can.) A driver that hangs hangs that thread only; the reader notices and says "lost".
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any, Protocol

from checkin.errors import SourceError
from checkin.i18n import _
from checkin.scan.camera_mode import CameraFacts, Tuner, Wish
from checkin.scan.cameras import CameraInfo, backend, find_camera, index_for, list_cameras
from checkin.scan.code import Image
from checkin.scan.frames import Frame, now_s
from checkin.scan.opencv import camera_thread, cv2

_SILENT_S = 2.0
"""A camera that gives no frame for this long is lost (hub, sleep, another program took it)."""
_FIRST_FRAME_S = 10.0
_FAILURES = 5  # grabs in a row; a driver may skip one or two
_known: dict[str, Wish] = {}
"""What was decided for a camera, by its name, for as long as the program runs: one that comes back need not be measured."""


class Capture(Protocol):
    """The part of cv2.VideoCapture that is used here; its methods are OpenCV's."""

    def get(self, prop: int) -> float:
        """Return a property as the driver has it."""

    def set(self, prop: int, value: float) -> bool:
        """Ask for a value."""

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        """Return which way to the camera is used."""

    def grab(self) -> bool:
        """Take the next frame off the driver; False where there is none."""

    def retrieve(self) -> tuple[bool, Any]:
        """Unpack the frame that was taken."""

    def release(self) -> None:
        """Let the device go."""


class Camera:
    """One camera that is open, giving its newest frame whenever asked."""

    live = True
    stills = False
    unreadable: tuple[Path, ...] = ()

    def __init__(self, name: str, capture: Capture, silent_s: float = _SILENT_S) -> None:
        self.name = name
        self._capture = capture
        self._tuner = Tuner(capture, name, _known.get(name))
        self._silent_s = silent_s
        self._news = Condition()
        self._wanted = True
        self._closed = False
        self._gone = False
        self._newest: Image | None = None
        self._count = 0
        self._patience_s = max(silent_s, _FIRST_FRAME_S)
        self._thread = Thread(target=self._pump, name="camera-pump", daemon=True)
        self._thread.start()

    @property
    def facts(self) -> CameraFacts:
        """Return what the camera does in truth."""
        return self._tuner.facts

    @property
    def fine(self) -> bool:
        """Return whether it gives more than 720p now."""
        return self._tuner.fine

    @property
    def can_be_fine(self) -> bool:
        """Return whether it may have more than 720p, fast enough."""
        return self._tuner.can_be_fine

    def want_fine(self, wanted: bool) -> None:
        """Ask for 1080p from some frame on, or for 720p again."""
        self._tuner.want_fine(wanted)

    def read(self, stop: Event) -> Frame | None:
        """Return the newest frame, waiting for one that was not returned before. Raises SourceError if it is lost."""
        began = now_s()
        deadline = began + self._patience_s
        with self._news:
            self._wanted = True
            while self._newest is None:
                if stop.is_set() or self._closed:
                    return None
                if self._tuner.asking:  # some drivers take a second or two to change
                    deadline = max(deadline, min(now_s() + self._silent_s, began + _FIRST_FRAME_S))
                if self._gone or now_s() >= deadline:
                    raise SourceError(lost_text(self.name) if self._count else silent_text(self.name))
                self._news.wait(0.05)
            image, self._newest = self._newest, None
            index = self._count - 1
        self._patience_s = self._silent_s
        return Frame(image, index, now_s())

    def close(self) -> None:
        """Let the camera go. A driver that hangs is left to its thread, which lets go when it comes back."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._thread.join(timeout=1.0)

    def _pump(self) -> None:
        with camera_thread():
            self._pump_frames()

    def _pump_frames(self) -> None:
        failures = 0
        try:
            while failures < _FAILURES and not self._closed:
                if self._take():
                    failures = 0
                    continue
                failures += 1
                with self._news:
                    self._news.wait(0.02)
        finally:
            self._capture.release()
            if (wish := self._tuner.to_remember()) is not None:
                _known[self.name] = wish
            with self._news:
                self._gone = True
                self._news.notify_all()

    def _take(self) -> bool:
        """Take the next frame off the driver; False where none comes."""
        if not self._capture.grab():
            return False
        if self._tuner.grab_waits:
            self._tuner.counted(now_s())
            if self._wanted:
                self._publish(*self._capture.retrieve())
            return True
        good, image = self._capture.retrieve()
        if good:
            self._tuner.counted(now_s())
            if self._wanted:
                self._publish(good, image)
        return good

    def _publish(self, good: bool, image: Image | None) -> None:
        with self._news:
            self._count += 1
            if good and image is not None:
                self._newest, self._wanted = image, False
                self._news.notify_all()


def open_camera(spec: str) -> Camera:
    """Open the camera that a text means (`checkin.scan.cameras`). Raises SourceError where it is not there or busy."""
    camera = find_camera(spec, list_cameras())
    if camera is None:
        raise SourceError(
            _("No camera is plugged in. The hand scanner and typing still work.")
            if not spec
            else _("The chosen camera is not plugged in. Plug it in, or choose another one under Settings.")
        )
    capture = _capture(camera)
    if capture is None:
        raise SourceError(
            _("The camera “{name}” does not open. Another program may be using it: close that program.").format(
                name=camera.name
            )
        )
    return Camera(camera.name, capture)


def lost_text(name: str) -> str:
    """Return the sentence for a camera that was there and is gone."""
    return _(
        "The camera “{name}” is gone. Plug it in again: it comes back by itself. The hand scanner and typing still work."
    ).format(name=name)


def silent_text(name: str) -> str:
    """Return the sentence for a camera that opens and never gives a picture."""
    return _("The camera “{name}” gives no picture. Another program may be using it: close that program.").format(
        name=name
    )


def _capture(camera: CameraInfo) -> Capture | None:
    """Open a device. Windows: where DirectShow does not, Media Foundation is tried (without its slow transforms)."""
    cv = cv2()
    for api in (backend(), cv.CAP_MSMF) if sys.platform == "win32" else (backend(),):
        index = index_for(camera, api)
        if index is None:
            continue
        capture = cv.VideoCapture(index, api)
        if capture.isOpened():
            opened: Capture = capture
            return opened
    return None
