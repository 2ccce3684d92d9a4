"""What the camera's figures mean, in words: what is read, how large it is, how far away, how far it could be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin.domain.badge import Keyring, is_token, read_token
from checkin.domain.payload import trim
from checkin.i18n import _, ngettext

if TYPE_CHECKING:
    from checkin.scan.figures import Figures


@dataclass(frozen=True, slots=True)
class Result:
    """What is in front of the camera."""

    tone: str
    """green: one of our badges is read; blue: another code is; amber: a code is there and not read; grey: nothing."""
    word: str
    sentence: str


def nothing(hint: str = "") -> Result:
    """Return what is said while no code is seen; `hint`: what the picture itself tells of it (too dark ...)."""
    sentence = hint or _("Hold a badge at arm’s length in front of the camera.")
    return Result("grey", _("No code in the picture"), sentence)


def no_picture(message: str) -> Result:
    """Return what is said while the camera gives no picture; `message`: why, as far as that is known."""
    return Result("grey", _("No picture from the camera"), message)


def result(figures: Figures, keyring: Keyring | None, hint: str = "") -> Result:
    """Say what is in front of the camera. Whose badge it is never matters here, and is not looked up."""
    if figures.code is not None:
        text = trim(figures.code.text)
        count = max(1, round(figures.readings))
        often = ngettext("Read once a second.", "Read {n} times a second.", count).format(n=count)
        if is_token(text):
            genuine = keyring is not None and read_token(text, keyring).flaw is None
            return Result("green", _("A badge of this event") if genuine else _("A badge of this program"), often)
        return Result("blue", _("Another code"), often)
    if figures.unread_px:
        return Result("amber", _("A code that is not read"), hint or _unread(figures))
    return nothing(hint)


def _unread(figures: Figures) -> str:
    from checkin.scan.reach import OUR_MODULES

    if figures.unread_px / OUR_MODULES < readable_px(figures):
        return _("It is too small: hold the badge nearer.")
    return _("It is blurred, tilted or in a shine: hold it still and straight.")


def readable_px(figures: Figures) -> float:
    """Return how wide a module must be to be read in this light."""
    from checkin.scan import reach

    return reach.READABLE_DIM_PX if figures.light_level in {"dark", "dim"} else reach.READABLE_PX


def module_px(figures: Figures) -> float:
    """Return how wide a module of our badge's code is in the picture; 0: no badge of ours is read."""
    from checkin.scan.reach import OUR_MODULES

    if figures.code is None or not is_token(trim(figures.code.text)):
        return 0.0
    return math.sqrt(figures.code.area) / OUR_MODULES


def distance_cm(figures: Figures) -> float:
    """Return about how far away the badge is that is read; 0: none of ours is."""
    from checkin.scan import reach

    wide = module_px(figures)
    return reach.distance_cm(wide * reach.OUR_MODULES, figures.width, figures.height) if wide else 0.0


def reach_cm(figures: Figures) -> float:
    """Return about how far away a badge is still read with this camera in this light."""
    from checkin.scan import reach

    width, height = figures.width, figures.height
    if figures.camera is not None and figures.camera.width > width:  # small codes are looked at in the whole picture
        width, height = figures.camera.width, figures.camera.height
    return reach.reach_cm(readable_px(figures), width, height)


def light_text(figures: Figures) -> str:
    """Return the light in words."""
    return {
        "dark": _("too dark: switch on a light"),
        "dim": _("dim: more light reads further"),
        "good": _("good"),
        "bright": _("very bright: turn the camera away from the light"),
    }[figures.light_level]


def centimetres(length: float) -> str:
    """Return a length as it deserves: "about 45 cm"; empty for none."""
    return _("about {n} cm").format(n=5 * round(length / 5) if length >= 20 else round(length)) if length else ""
