"""Focus and exposure of a camera: automatic, always. A program before us may have left them as it liked.

One property has another meaning behind each way to a camera: 1 is automatic for DirectShow and manual for Video4Linux.
So nothing is sent that could mean manual there, and what was sent is read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol

from checkin.scan.opencv import cv2

Automatic = Literal["automatic", "manual", "unknown"]
"""unknown: the camera does not say, as one with a fixed lens."""

_EXPOSURES: Final[dict[str, tuple[float, ...]]] = {
    "V4L2": (3, 0),  # aperture priority, as webcams have it; else fully automatic. 1 is manual, 2 shutter priority
    "DSHOW": (1,),  # 0.75 is rounded to it
    "MSMF": (1,),
}
"""What to send for an automatic exposure, the likeliest first; nothing where the way is not known (macOS decides alone)."""
_FLAG_AUTOMATIC: Final = 1  # DirectShow answers with flags: 1 automatic, 2 manual


class Controlled(Protocol):
    """The part of cv2.VideoCapture that has the controls."""

    def get(self, prop: int) -> float:
        """Return a property as the driver has it; -1 where it has none."""

    def set(self, prop: int, value: float) -> bool:
        """Ask for a value; False where there is no such control."""

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        """Return which way to the camera is used."""


@dataclass(frozen=True, slots=True)
class Controls:
    """How focus and exposure are set."""

    focus: Automatic
    exposure: Automatic


def make_automatic(device: Controlled) -> Controls:
    """Set focus and exposure to automatic where the camera can, and say how they are now."""
    cv, backend = cv2(), device.getBackendName()
    taken = device.set(cv.CAP_PROP_AUTOFOCUS, 1)
    focus = _state(backend, device.get(cv.CAP_PROP_AUTOFOCUS), taken=taken, automatic=(1,))
    exposure: Automatic = "unknown"
    values = _EXPOSURES.get(backend, ())
    for value in values:
        taken = device.set(cv.CAP_PROP_AUTO_EXPOSURE, value)
        exposure = _state(backend, device.get(cv.CAP_PROP_AUTO_EXPOSURE), taken=taken, automatic=values)
        if exposure == "automatic":
            break
    return Controls(focus, exposure)


def _state(backend: str, value: float, *, taken: bool, automatic: tuple[float, ...]) -> Automatic:
    """Return what a control is, from its value as read back and whether the driver took what it was sent."""
    if value < 0:
        return "unknown"
    if backend == "DSHOW":
        flags = int(value)
        return "unknown" if flags == 0 else "automatic" if flags & _FLAG_AUTOMATIC else "manual"
    if value == 0 and not taken:
        return "unknown"  # 0 is also what OpenCV gives for a control that is not there
    return "automatic" if value in automatic else "manual"
