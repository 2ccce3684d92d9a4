"""One picture in, codes out: each way of looking at it in turn, until one finds something.

Which steps there are and in what order was measured and not guessed: `benchmarks/photographs.py --order` runs every one
that was thought of over photographs, the same ones turned, smaller and darker, and simulated frames, and takes in turn
the one that reads most of what is left for its time. `benchmarks/README.md` has the table.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from checkin.scan.code import Code, Corners, Found, Image
from checkin.scan.decoders import available_decoders
from checkin.scan.decoders.zxing import Zxing
from checkin.scan.opencv import cv2
from checkin.scan.step import InRegions, InTurn, Squared, Step, Treated
from checkin.scan.symbologies import QR_ONLY, Symbology
from checkin.scan.treatments.binarised import binarised
from checkin.scan.treatments.lightened import lightened
from checkin.scan.treatments.sharpened import doubled
from checkin.scan.treatments.sized import enlarged


def decode(image: Image, symbologies: frozenset[Symbology] = QR_ONLY) -> list[Code]:
    """Return the codes in a picture (gray or BGR, uint8); the corners are in its pixels. Keeps no state.

    A picture without a size, or of another kind, holds no codes.
    """
    gray = to_gray(image)
    return [] if gray is None else list(look(gray, symbologies).codes)


def look(gray: Image, symbologies: frozenset[Symbology] = QR_ONLY) -> Found:
    """Return what the first successful step finds in a gray picture, else where codes are that none could read."""
    unread: tuple[Corners, ...] = ()
    for step in steps(symbologies):
        found = step.read(gray)
        if found.codes:
            return found
        unread = unread or found.unread
    return Found((), unread)


@cache
def steps(symbologies: frozenset[Symbology] = QR_ONLY) -> tuple[Step, ...]:
    """Return the ways to look at a picture, in order; each is for a picture in which those before it found nothing."""
    loaded = {status.name: status.decoder for status in available_decoders() if status.decoder is not None}
    found: list[Step] = []
    zbar = loaded.get("pyzbar") if "QRCode" in symbologies else None
    if "zxing-cpp" in loaded:
        zxing, thorough = Zxing(symbologies), Zxing(symbologies, thorough=True)
        level, uneven = Zxing(symbologies, black="global"), Treated(zxing, lambda gray: binarised(gray, 31))
        found += [
            zxing,
            level,  # a code to the edge, large modules, coloured inks
            InRegions(Treated(thorough, lambda gray: enlarged(gray, 1.5, 700))),  # small modules
            Squared(thorough),  # tilted away
            Treated(thorough, lightened),  # in the dark; a dark phone that fills the picture
            InRegions(Treated(InTurn(level, zxing, uneven), doubled)),  # smallest modules, a soft lens, uneven light
        ]
    if zbar is not None:
        found.append(InRegions(Treated(zbar, lambda gray: binarised(gray, 31))))  # damaged finder patterns, shine
    return tuple(found)


def to_gray(image: Any) -> Image | None:
    """Return the picture as height x width, uint8, contiguous; None where it is malformed."""
    shape: tuple[int, ...] = getattr(image, "shape", ())
    if len(shape) not in {2, 3} or min(shape) < 1 or str(image.dtype) != "uint8" or min(shape[:2]) < 8:
        return None
    if len(shape) == 3 and shape[2] == 1:
        image = image[:, :, 0]
    elif len(shape) == 3 and shape[2] in {3, 4}:
        image = cv2().cvtColor(image, cv2().COLOR_BGR2GRAY if shape[2] == 3 else cv2().COLOR_BGRA2GRAY)
    elif len(shape) == 3:
        return None
    import numpy as np

    gray: Image = np.ascontiguousarray(image)
    return gray
