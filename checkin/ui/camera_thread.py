"""The camera, as the window sees it: a thin Qt thread around checkin.scan's loop, which reads, decodes and gates.

Pictures are never queued: the thread makes one only if the GUI thread has taken the one before. So a slow window sees
fewer pictures, never older ones, and codes are read at full speed all the same.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from checkin.settings import NO_CAMERA

if TYPE_CHECKING:
    from checkin.scan.code import Code, Corners
    from checkin.scan.figures import Figures
    from checkin.scan.loop import View
    from checkin.scan.picture import Hint
    from checkin.scan.symbologies import Symbology

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


Place = tuple[tuple[float, float], ...]
"""Corners in parts (0..1) of the picture's width and height, mirrored as the picture is."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a code is that was read."""

    text: str
    corners: Place
    meant: bool = True
    """Whether it is the one that counts; of several that are as near as each other none is."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The codes in a picture."""

    codes: tuple[Outline, ...] = ()
    unread: tuple[Place, ...] = ()
    """Where codes are that cannot be read (yet)."""

    @property
    def meant(self) -> Outline | None:
        """Return the one that counts."""
        return next((code for code in self.codes if code.meant), None)


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
    """A newer picture is there: `picture()` and `marks()`."""
    code_read = Signal(object)
    """checkin.scan.Code: a badge came in front of the camera and the gate let it through."""
    tried = Signal(object)
    """The same in place of `code_read` while `trial` is set."""
    figures_changed = Signal(object)
    """checkin.scan.figures.Figures, twice a second while a source runs."""
    state_changed = Signal(object)
    """CameraState."""
    hint_changed = Signal(str)
    """A sentence for the picture (too dark, too far ...); empty: all is well."""

    _arrived = Signal(int, QImage, object)
    _scanned = Signal(int, object)
    _became = Signal(int, object)
    _hinted = Signal(int, object)
    _counted = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState("off")
        self.mirror = True
        """Whether a camera's picture is shown as in a mirror; a recording never is, and what is read never is."""
        self.trial = False
        """Whether badges are only tried out in front of it: nobody is admitted."""
        self.symbologies: frozenset[str] = frozenset({"QRCode"})
        """The kinds of codes to read (checkin.scan.sources.with_qr); a change holds from the next picture on."""
        self._picture = QImage()
        self._marks = Marks()
        self._source = NO_CAMERA
        self._thread: _Thread | None = None
        self._number = 0
        self._waiting = threading.Event()
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._scanned.connect(self._take_code, Qt.ConnectionType.QueuedConnection)
        self._became.connect(self._take_state, Qt.ConnectionType.QueuedConnection)
        self._hinted.connect(self._take_hint, Qt.ConnectionType.QueuedConnection)
        self._counted.connect(self._take_figures, Qt.ConnectionType.QueuedConnection)

    def start(self, source: str) -> None:
        """Open what checkin.scan.open_source takes, on a thread of its own; a running source is ended first.

        A recording is played at its own speed. "none" (settings.NO_CAMERA) only ends what runs.
        """
        before = self._end()
        self._source = source
        self._number += 1
        self._waiting.clear()
        self._picture, self._marks = QImage(), Marks()
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

    def marks(self) -> Marks:
        """Return where codes are in the newest picture."""
        return self._marks

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
                self._arrived.emit(number, _to_qimage(seen, flipped=flipped), _marks_of(seen, flipped=flipped))

        def state(kind: Kind, name: str, message: str) -> None:
            self._became.emit(number, CameraState(kind, name, message))

        CameraLoop(
            partial(open_source, source, paced=True),
            on_code=partial(self._scanned.emit, number),
            on_view=view,
            on_state=state,
            on_hint=partial(self._hinted.emit, number),
            on_figures=partial(self._counted.emit, number),
            symbologies=lambda: cast("frozenset[Symbology]", self.symbologies),
        ).run(ending)

    def _end(self) -> _Thread | None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.ending.set()
            thread.finished.connect(thread.deleteLater)
        return thread

    @Slot(int, QImage, object)
    def _take(self, number: int, picture: QImage, marks: Marks) -> None:
        self._waiting.clear()
        if number == self._number:
            self._picture, self._marks = picture, marks
            self.pictured.emit()

    @Slot(int, object)
    def _take_code(self, number: int, code: Code) -> None:
        if number == self._number:
            (self.tried if self.trial else self.code_read).emit(code)

    @Slot(int, object)
    def _take_state(self, number: int, state: CameraState) -> None:
        if number == self._number:
            self._become(state)

    @Slot(int, object)
    def _take_hint(self, number: int, hint: Hint | None) -> None:
        if number == self._number:
            self.hint_changed.emit(hint.text if hint is not None else "")

    @Slot(int, object)
    def _take_figures(self, number: int, figures: Figures) -> None:
        if number == self._number:
            self.figures_changed.emit(figures)

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


def _marks_of(view: View, *, flipped: bool) -> Marks:
    height, width = view.image.shape[:2]

    def place(corners: Corners) -> Place:
        return tuple(((1 - x / width) if flipped else x / width, y / height) for x, y in corners)

    # The nearest last, so that it is painted over the others.
    codes = sorted(view.codes, key=lambda code: code.area)
    outlines = tuple(Outline(code.text, place(code.corners), code.text == view.meant) for code in codes)
    return Marks(outlines, tuple(map(place, view.unread)))
