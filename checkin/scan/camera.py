"""A real camera. A thread of its own takes every frame off the driver, so that what is decoded is always the newest.

Frames that nobody asked for are taken (`grab`) but not unpacked (`retrieve`): a 4K camera at 60 frames a second costs
no more than what is looked at. A driver that hangs hangs that thread only; the reader notices and says "lost".
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any, Protocol

from checkin.errors import SourceError
from checkin.i18n import _
from checkin.scan.cameras import CameraInfo, backend, find_camera, list_cameras
from checkin.scan.code import Image
from checkin.scan.frames import Frame, now_s
from checkin.scan.opencv import cv2

_SILENT_S = 2.0
"""A camera that gives no frame for this long is lost (hub, sleep, another program took it)."""
_FIRST_FRAME_S = 10.0
_FAILURES = 5  # grabs in a row; a driver may skip one or two


class Capture(Protocol):
    """The part of cv2.VideoCapture that is used here; its methods are OpenCV's."""

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

    def read(self, stop: Event) -> Frame | None:
        """Return the newest frame, waiting for one that was not returned before. Raises SourceError if it is lost."""
        deadline = now_s() + self._patience_s
        with self._news:
            self._wanted = True
            while self._newest is None:
                if stop.is_set() or self._closed:
                    return None
                if self._gone or now_s() >= deadline:
                    raise SourceError(lost_text(self.name))
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
        failures = 0
        try:
            while failures < _FAILURES and not self._closed:
                if not self._capture.grab():
                    failures += 1
                    with self._news:
                        self._news.wait(0.02)
                    continue
                failures = 0
                if self._wanted:
                    self._publish()
        finally:
            self._capture.release()
            with self._news:
                self._gone = True
                self._news.notify_all()

    def _publish(self) -> None:
        good, image = self._capture.retrieve()
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


def _capture(camera: CameraInfo) -> Capture | None:
    """Open a device: MJPG (else USB 2 gives 10 frames a second), 720p (1080p reads no more), one frame of buffer."""
    cv = cv2()
    for api in (backend(), cv.CAP_MSMF) if sys.platform == "win32" else (backend(),):
        capture = cv.VideoCapture(camera.index, api)
        if not capture.isOpened():
            continue
        for name, value in (
            (cv.CAP_PROP_FOURCC, cv.VideoWriter.fourcc(*"MJPG")),
            (cv.CAP_PROP_FRAME_WIDTH, 1280),
            (cv.CAP_PROP_FRAME_HEIGHT, 720),
            (cv.CAP_PROP_FPS, 30),
            (cv.CAP_PROP_BUFFERSIZE, 1),
        ):
            capture.set(name, value)  # a camera that cannot do it keeps what it has
        opened: Capture = capture
        return opened
    return None
