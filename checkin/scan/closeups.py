"""Ways to look at a region of a picture once more: cut out, treated, given to a decoder. Each costs a millisecond or so.

In a region one level between black and white is mostly as good as a level for each place, at a fifth of the time; the
order is that of what each way reads for its time, in frames in which the first step reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checkin.scan.decoders import available_decoders
from checkin.scan.decoders.zxing import Zxing
from checkin.scan.opencv import cv2
from checkin.scan.step import InTurn, Squared, Step, Treated
from checkin.scan.symbologies import Symbology
from checkin.scan.treatments.binarised import binarised
from checkin.scan.treatments.lightened import lightened
from checkin.scan.treatments.sharpened import doubled, sharpened
from checkin.scan.treatments.sized import sized

NamedStep = tuple[str, Step]


@dataclass(frozen=True, slots=True)
class Ways:
    """How to look closer. With names for what each costs."""

    quick: tuple[NamedStep, ...] = ()
    """At every region, in every frame."""
    best: tuple[NamedStep, ...] = ()
    """At the likeliest region, in every frame in which something looks like a code."""
    others: tuple[NamedStep, ...] = ()
    """There as well, in turn."""
    elsewhere: tuple[NamedStep, ...] = ()
    """At other regions, in turn."""
    finer: tuple[NamedStep, ...] = ()
    """At the likeliest region of a frame that is wider than the working picture, in turn; the best ones as well."""
    fused: Step | None = None
    """At several frames made one."""


@cache
def ways(symbologies: frozenset[Symbology]) -> Ways:
    """Return the ways; none without zxing-cpp."""
    loaded = {status.name: status.decoder for status in available_decoders() if status.decoder is not None}
    if "zxing-cpp" not in loaded:
        return Ways()
    local, level = Zxing(symbologies), Zxing(symbologies, black="global")
    fine = Treated(local, lambda gray: binarised(gray, 15))
    darker = Treated(level, lambda gray: lightened(gray, 2.0))  # another level between black and white
    lighter = Treated(level, lightened)
    inverted = Treated(level, cv2().bitwise_not)
    doubled_binarised = ("sharper, binarised", Treated(InTurn(darker, fine, lighter), doubled))
    zbar = loaded.get("pyzbar") if "QRCode" in symbologies else None
    return Ways(
        quick=(
            ("higher", Treated(level, lambda crop: sized(crop, 1, 1.6))),
            ("smaller", Treated(level, lambda crop: sized(crop, 0.5, 0.5))),
            ("inverted", Treated(local, cv2().bitwise_not)),
        ),
        best=(("sharper", Treated(InTurn(level, local), doubled)),),
        others=(
            ("squared", Squared(Treated(InTurn(level, local), sharpened), most=1)),
            doubled_binarised,
            ("squared, binarised", Squared(Treated(local, lambda gray: binarised(gray, 31)), most=1)),
            ("higher, local", Treated(local, lambda crop: sized(crop, 1, 1.6))),
            ("binarised", fine),
            ("wider", Treated(level, lambda crop: sized(crop, 1.6, 1))),
            *((("second decoder", Treated(zbar, lambda crop: binarised(crop, 31))),) if zbar is not None else ()),
        ),
        elsewhere=(("binarised", fine), ("level", level)),
        finer=(doubled_binarised,),
        fused=InTurn(level, local, fine, lighter, inverted),
    )
