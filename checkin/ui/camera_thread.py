"""The camera, as the window sees it: a thin Qt thread around checkin.scan's loop, which reads, decodes and gates.

Pictures are never queued: the thread makes one only if the GUI thread has taken the one before. So a slow window sees
fewer pictures, never older ones, and codes are read at full speed all the same.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from checkin.settings import NO_CAMERA

if TYPE_CHECKING:
    from checkin.scan.code import Code
    from checkin.scan.loop import View
    from checkin.scan.picture import Hint

log = logging.getLogger(__name__)

Kind = Literal["off", "opening", "live", "lost", "missing", "ended"]
PREVIEW_WIDTH = 960
"""Pictures for the window are at most so wide, in px; codes are read in the whole picture before."""


@dataclass(frozen=True, slots=True)
class CameraState:
    """What the camera is doing. off: none wanted; lost: it was there and comes back by itself; ended: a recording."""

    kind: Kind
    name: str = ""
    message: str = ""
    """A sentence for the user where it is lost or missing."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the nearest code is, in parts (0..1) of the picture's width and height, mirrored as the picture is."""

    text: str
    corners: tuple[tuple[float, float], ...]


class _Thread(QThread):
    """Runs one loop until it is told to stop, after the thread before it let the device go."""

    def __init__(self, camera: Camera, number: int, source: str, before: _Thread | None, parent: QObject) -> None:
        super().__init__(parent)
        self._camera, self._number, self._source = camera, number, source
        self._device_free: threading.Event | None = before.ended if before is not None else None
        self.ending = threading.Event()
        """Set to have the loop end."""
        self.ended: threading.Event = threading.Event()
        """Set when it has ended. The next thread waits for this and not for the QThread, which Qt may delete meanwhile."""

    def run(self) -> None:
        """Read, decode and gate; called by Qt on the new thread."""
        try:
            if self._device_free is not None:
                self._device_free.wait()
            if not self.ending.is_set():
                self._camera.work(self._number, self._source, self.ending)
        finally:
            self.ended.set()


class Camera(QObject):
    """The one camera of this desk. All its public signals are emitted on the GUI thread."""

    pictured = Signal()
    """A newer picture is there: `picture()` and `outline()`."""
    code_read = Signal(object)
    """checkin.scan.Code: a badge came in front of the camera and the gate let it through."""
    state_changed = Signal(object)
    """CameraState."""
    hint_changed = Signal(str)
    """A sentence for the picture (too dark, too far ...); empty: all is well."""

    _arrived = Signal(int, QImage, object)
    _scanned = Signal(int, object)
    _became = Signal(int, object)
    _hinted = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState("off")
        self.mirror = True
        """Whether a camera's picture is shown as in a mirror; a recording never is, and what is read never is."""
        self._picture = QImage()
        self._outline: Outline | None = None
        self._source = NO_CAMERA
        self._thread: _Thread | None = None
        self._number = 0
        self._waiting = threading.Event()
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._scanned.connect(self._take_code, Qt.ConnectionType.QueuedConnection)
        self._became.connect(self._take_state, Qt.ConnectionType.QueuedConnection)
        self._hinted.connect(self._take_hint, Qt.ConnectionType.QueuedConnection)

    def start(self, source: str) -> None:
        """Open what checkin.scan.open_source takes, on a thread of its own; a running source is ended first.

        A recording is played at its own speed. "none" (settings.NO_CAMERA) only ends what runs.
        """
        before = self._end()
        self._source = source
        self._number += 1
        self._waiting.clear()
        self._picture, self._outline = QImage(), None
        self.hint_changed.emit("")
        if source == NO_CAMERA:
            self._become(CameraState("off"))
            return
        self._become(CameraState("opening"))
        self._thread = _Thread(self, self._number, source, before, self)
        self._thread.start()

    def restart(self) -> None:
        """Open the same source again: a recording plays from its beginning."""
        self.start(self._source)

    def stop(self, limit_s: float = 3.0) -> None:
        """End the camera's thread and wait for it, at most so long. A driver that hangs must not keep the window open."""
        thread = self._end()
        self._number += 1
        if thread is not None and not thread.wait(round(limit_s * 1000)):
            log.error("the camera thread did not end within %.0f s", limit_s)
            thread.setParent(None)
        elif thread is not None:
            log.info("camera stopped")
        self._become(CameraState("off"))

    def picture(self) -> QImage:
        """Return the newest picture (null before the first), already mirrored where it is to be."""
        return self._picture

    def outline(self) -> Outline | None:
        """Return where the nearest code is in the newest picture, None where it shows none."""
        return self._outline

    def work(self, number: int, source: str, ending: threading.Event) -> None:
        """Run the loop; called on the camera's thread."""
        from checkin.scan.cameras import is_camera
        from checkin.scan.loop import CameraLoop
        from checkin.scan.sources import open_source

        mirrored = is_camera(source)

        def view(seen: View) -> None:
            if not self._waiting.is_set():
                self._waiting.set()
                flipped = mirrored and self.mirror
                self._arrived.emit(number, _to_qimage(seen, flipped=flipped), _outline_of(seen, flipped=flipped))

        def state(kind: Kind, name: str, message: str) -> None:
            self._became.emit(number, CameraState(kind, name, message))

        CameraLoop(
            partial(open_source, source, paced=True),
            on_code=partial(self._scanned.emit, number),
            on_view=view,
            on_state=state,
            on_hint=partial(self._hinted.emit, number),
        ).run(ending)

    def _end(self) -> _Thread | None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.ending.set()
            thread.finished.connect(thread.deleteLater)
        return thread

    @Slot(int, QImage, object)
    def _take(self, number: int, picture: QImage, outline: Outline | None) -> None:
        self._waiting.clear()
        if number == self._number:
            self._picture, self._outline = picture, outline
            self.pictured.emit()

    @Slot(int, object)
    def _take_code(self, number: int, code: Code) -> None:
        if number == self._number:
            self.code_read.emit(code)

    @Slot(int, object)
    def _take_state(self, number: int, state: CameraState) -> None:
        if number == self._number:
            self._become(state)

    @Slot(int, object)
    def _take_hint(self, number: int, hint: Hint | None) -> None:
        if number == self._number:
            self.hint_changed.emit(hint.text if hint is not None else "")

    def _become(self, state: CameraState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _to_qimage(view: View, *, flipped: bool) -> QImage:
    """Copy a frame (BGR or gray) into a picture of the window's size; on the camera's thread."""
    image = view.image
    height, width = image.shape[:2]
    if image.ndim == 2:
        made = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_Grayscale8)
    else:
        made = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_BGR888)
    if width > PREVIEW_WIDTH:
        made = made.scaledToWidth(PREVIEW_WIDTH, Qt.TransformationMode.SmoothTransformation)
    if flipped:
        made = made.flipped(Qt.Orientation.Horizontal)
    return made.convertToFormat(QImage.Format.Format_RGB32)  # a copy of its own, in the format that paints fastest


def _outline_of(view: View, *, flipped: bool) -> Outline | None:
    if not view.codes:
        return None
    height, width = view.image.shape[:2]
    code = max(view.codes, key=lambda found: found.area)
    parts = tuple((x / width, y / height) for x, y in code.corners)
    return Outline(code.text, tuple((1 - x, y) for x, y in parts) if flipped else parts)
