"""The camera, as the window sees it: a thin Qt thread around checkin.scan's loop, which reads, decodes and gates.

Pictures are never queued: the thread leaves its newest one here and tells the GUI thread only if it has taken the one
before. So a slow window sees fewer pictures, never older ones.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

log = logging.getLogger(__name__)

Kind = Literal["off", "opening", "live", "lost", "missing", "ended"]


@dataclass(frozen=True, slots=True)
class CameraState:
    """What the camera is doing. off: none wanted; lost: it was there and comes back by itself; ended: a recording."""

    kind: Kind
    name: str = ""
    message: str = ""
    """A sentence for the user where it is lost or missing."""


class Camera(QObject):
    """The one camera of this desk. All signals are emitted on the GUI thread."""

    pictured = Signal()
    """A newer picture is there: `picture()`."""
    code_read = Signal(object)
    """A badge came in front of the camera (the gate let it through)."""
    state_changed = Signal(object)
    """CameraState."""
    hint_changed = Signal(str)
    """A sentence for the picture (too dark, too far ...); empty: all is well."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState("off")
        self.mirror = True
        self._picture = QImage()

    def start(self, source: str) -> None:
        """Open what checkin.scan.open_source takes, on the camera's own thread; a running source is ended first."""

    def stop(self, limit_s: float = 3.0) -> None:
        """End the camera's thread, within a time limit."""

    def picture(self) -> QImage:
        """Return the newest picture (null before the first), already mirrored where it is to be."""
        return self._picture
