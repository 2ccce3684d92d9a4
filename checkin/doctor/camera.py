"""The cameras: which there are, how the desk's one is used, and what reading costs on this laptop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from checkin.doctor.check import Check
from checkin.errors import SourceError
from checkin.i18n import _
from checkin.settings import NO_CAMERA, load

if TYPE_CHECKING:
    from checkin.scan.camera_mode import CameraFacts

_LONGEST_S: Final = 8.0
"""The ladder of sizes and formats has four rungs of a second and a bit each."""
SLOW_MS: Final = 25.0
"""At 30 pictures a second this is three quarters of a core: pictures are left out then."""


def checks(folder: Path) -> Iterator[Check]:
    """Yield the findings. The camera is opened for a second or two, and let go."""
    try:
        from checkin.scan.cameras import is_camera, list_cameras

        found = list_cameras()
    except (ImportError, OSError) as error:
        cure = _("Run “make run” again: it installs what is missing.")
        yield Check("cameras", _("Cameras"), False, str(error), cure)
        return
    if found:
        yield Check("cameras", _("Cameras"), True, ", ".join(camera.name for camera in found))
        spec = load(folder).settings.camera
        if spec != NO_CAMERA and is_camera(spec):
            yield _opened(spec)
    else:
        yield Check(
            "cameras", _("Cameras"), False, _("none"),
            _("Plug a camera in, close other programs that use it, and allow cameras in the system’s privacy settings. A hand"
              " scanner and typing work without one."),
        )  # fmt: skip
    yield _cost()


def described(facts: CameraFacts) -> Check:
    """Judge what a camera does."""
    from checkin.scan import camera_words

    trouble = camera_words.trouble_text(facts)
    parts = (
        facts.name,
        camera_words.way_text(facts),
        camera_words.picture_text(facts),
        camera_words.controls_text(facts),
    )
    return Check("camera", _("Camera of this desk"), not trouble, "; ".join(filter(None, parts)), trouble)


def _opened(spec: str) -> Check:
    from checkin.scan.camera import open_camera
    from checkin.scan.frames import now_s

    try:
        camera = open_camera(spec)
    except SourceError as error:
        return Check("camera", _("Camera of this desk"), False, _("does not open"), str(error))
    try:
        until = now_s() + _LONGEST_S
        while not camera.facts.settled and now_s() < until:
            camera.read(Event())
    except SourceError as error:
        return Check("camera", _("Camera of this desk"), False, _("gives no picture"), str(error))
    finally:
        camera.close()
    return described(camera.facts)


def _cost() -> Check:
    from checkin.scan.cost import reading_cost

    cost = reading_cost()
    slow = cost.without > SLOW_MS
    found = _("{with_badge} ms a picture with a badge, {without} ms without").format(
        with_badge=f"{cost.with_badge:.1f}", without=f"{cost.without:.1f}"
    )
    cure = _("Close other programs: this laptop leaves pictures out, and reads a badge a little later.") if slow else ""
    return Check("reading", _("Cost of reading"), not slow, found, cure)
