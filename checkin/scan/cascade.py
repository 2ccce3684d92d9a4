"""One picture in, codes out: each way of looking at it in turn, until one finds something."""

from __future__ import annotations

from typing import Any

from checkin.scan.code import Code, Image
from checkin.scan.decoders import Decoder, steps
from checkin.scan.opencv import cv2
from checkin.scan.symbologies import QR_ONLY, Symbology


def first_step(_symbologies: frozenset[Symbology] = QR_ONLY) -> Decoder | None:
    """Return the cheapest way to look at a picture; None where no decoder runs on this computer."""
    return steps()[0] if steps() else None


def decode(image: Image, _symbologies: frozenset[Symbology] = QR_ONLY) -> list[Code]:
    """Return the QR codes in a picture (gray or BGR, uint8); the corners are in its pixels. Keeps no state.

    A picture without a size, or of another kind, holds no codes.
    """
    gray = to_gray(image)
    if gray is None:
        return []
    for step in steps():
        codes = step.read(gray).codes
        if codes:
            return list(codes)
    return []


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
