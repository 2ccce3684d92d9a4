"""The cameras of this computer by name, and the one to begin with."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from checkin.scan.opencv import cv2

_PREFIX = "camera:"
_UNLIKELY = re.compile(r"\bIR\b|infra.?red|windows hello|virtual|screen|\bOBS\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera as the operating system lists it."""

    index: int
    """What OpenCV opens; it changes when cameras are plugged in or out."""
    name: str
    path: str = ""
    """The system's own id of the device (Windows, macOS: stays the same; Linux: its device file)."""

    @property
    def spec(self) -> str:
        """Return the text by which settings remember this camera and `open_source` finds it again."""
        return f"{_PREFIX}{self.name}|{self.path}"


def backend() -> int:
    """Return the number of OpenCV's way to cameras here. Windows: DirectShow, as MSMF takes 10-60 s to open one."""
    cv = cv2()
    names = {"win32": cv.CAP_DSHOW, "darwin": cv.CAP_AVFOUNDATION, "linux": cv.CAP_V4L2}
    return int(names.get(sys.platform, cv.CAP_ANY))


def list_cameras() -> list[CameraInfo]:
    """Return the cameras that are plugged in now, the likeliest first: infrared and virtual ones stand at the end."""
    cv2()  # the enumerator imports it too: ours first, so that the environment stays clean
    from cv2_enumerate_cameras import enumerate_cameras

    found = [CameraInfo(int(c.index), c.name or f"{c.index}", c.path or "") for c in enumerate_cameras(backend())]
    return sorted(found, key=lambda camera: (bool(_UNLIKELY.search(camera.name)), camera.index))


def index_for(camera: CameraInfo, api: int) -> int | None:
    """Return by which number another way (`api`) knows a camera that `list_cameras` found; None: it does not.

    Each way counts in its own order: the first camera of DirectShow may be Media Foundation's second.
    """
    if api == backend():
        return camera.index
    from cv2_enumerate_cameras import enumerate_cameras

    named = [other for other in enumerate_cameras(api) if other.name == camera.name]
    found = next((other for other in named if other.path == camera.path), named[0] if named else None)
    return int(found.index) if found is not None else None


def is_camera(spec: str) -> bool:
    """Say whether a source's text means a camera: nothing (the first one), a number, or a remembered camera."""
    return not spec or spec.startswith(_PREFIX) or (spec.isascii() and spec.isdigit() and len(spec) <= 2)


def find_camera(spec: str, cameras: Sequence[CameraInfo]) -> CameraInfo | None:
    """Return the camera that a text means among those that are plugged in, or None.

    A remembered one is found by name and path, else by name alone (another socket); never by path alone, as that may be
    another camera now.
    """
    if not spec:
        return cameras[0] if cameras else None
    if not spec.startswith(_PREFIX):
        number = int(spec)
        return next((camera for camera in cameras if camera.index == number), CameraInfo(number, spec))
    name, _bar, path = spec.removeprefix(_PREFIX).rpartition("|")
    named = [camera for camera in cameras if camera.name == (name or path)]
    return next((camera for camera in named if camera.path == path), named[0] if named else None)
