"""A camera in words, for the doctor and for the page on which it is tried out."""

from __future__ import annotations

from checkin.i18n import _
from checkin.scan.camera_controls import Automatic
from checkin.scan.camera_mode import ENOUGH, CameraFacts

_FORMATS = {"MJPG": "MJPG", "YUYV": "YUYV", "YUY2": "YUYV", "NV12": "NV12"}
_BACKENDS = {"V4L2": "Video4Linux", "DSHOW": "DirectShow", "MSMF": "Media Foundation", "AVFOUNDATION": "AVFoundation"}


def picture_text(facts: CameraFacts) -> str:
    """Return size, format and rate: "1280 × 720, MJPG, 30 pictures a second"."""
    parts = [f"{facts.width} × {facts.height}"] if facts.width else []
    if facts.pixels:
        parts.append(_FORMATS.get(facts.pixels, facts.pixels))
    if facts.rate:
        parts.append(_("{n} pictures a second").format(n=round(facts.rate)))
    return ", ".join(parts)


def way_text(facts: CameraFacts) -> str:
    """Return the operating system's way to the camera."""
    return _BACKENDS.get(facts.backend, facts.backend)


def controls_text(facts: CameraFacts) -> str:
    """Return how focus and exposure are set."""
    return f"{focus_text(facts.focus)}, {exposure_text(facts.exposure)}"


def focus_text(state: Automatic) -> str:
    """Return how the focus is set."""
    return {
        "automatic": _("automatic focus"),
        "manual": _("focus set by hand"),
        "unknown": _("focus not told (often a fixed lens)"),
    }[state]


def exposure_text(state: Automatic) -> str:
    """Return how the exposure is set."""
    return {
        "automatic": _("automatic exposure"),
        "manual": _("exposure set by hand"),
        "unknown": _("exposure not told"),
    }[state]


def trouble_text(facts: CameraFacts) -> str:
    """Return what is wrong with what a camera gives, and what helps; empty where all is well."""
    if facts.settled and 0 < facts.rate < ENOUGH:
        return _(
            "The camera gives fewer than {n} pictures a second: switch on a light, or plug it straight into the laptop."
        ).format(n=round(ENOUGH))
    if "manual" in {facts.focus, facts.exposure}:
        return _("The camera does not let go of its manual settings: unplug it and plug it in again.")
    return ""
