"""Compare two pictures as a person would: the edges of letters may differ a little, as font engines do; nothing else may."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

Pixels = NDArray[np.int16]

SLIGHT = 60
"""Of 255: what is left of an edge that lies half a pixel elsewhere, once both pictures were blurred."""
MOST = 0.003
"""So many of the pixels may differ by more than SLIGHT."""


def to_array(image: QImage) -> Pixels:
    """Return height x width x 3, RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).astype(np.int16)


def to_pillow(image: QImage) -> Image.Image:
    return Image.fromarray(to_array(image).astype(np.uint8))


def share_that_differs(one: Image.Image, other: Image.Image) -> float:
    """Return the share of the pixels in which two pictures of one size differ visibly."""
    assert one.size == other.size, (one.size, other.size)
    blurred = [
        np.asarray(picture.convert("RGB").filter(ImageFilter.GaussianBlur(1.2)), np.int16) for picture in (one, other)
    ]
    return float((np.abs(blurred[0] - blurred[1]).max(axis=2) > SLIGHT).mean())
