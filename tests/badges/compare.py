"""Compare two pictures as a person would: the edges of letters may differ a little, as font engines do; nothing else may."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

Pixels = NDArray[np.int16]

SLIGHT = 60
"""Of 255: what is left of an edge that lies half a pixel elsewhere, once both pictures were blurred."""
TILE = 24
"""Side in px of the tiles that are looked at one by one: a lost tone mark is nothing in a whole badge."""
MOST = 6
"""So many pixels of a tile may differ by more than SLIGHT."""


def to_array(image: QImage) -> Pixels:
    """Return height x width x 3, RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).astype(np.int16)


def to_pillow(image: QImage) -> Image.Image:
    return Image.fromarray(to_array(image).astype(np.uint8))


def worst_tile(one: Image.Image, other: Image.Image) -> int:
    """Return how many pixels differ visibly in the tile in which most do."""
    assert one.size == other.size, (one.size, other.size)
    blurred = [
        np.asarray(picture.convert("RGB").filter(ImageFilter.GaussianBlur(1.0)), np.int16) for picture in (one, other)
    ]
    differs = np.abs(blurred[0] - blurred[1]).max(axis=2) > SLIGHT
    tall, wide = (-(-side // TILE) * TILE for side in differs.shape)
    padded = np.zeros((tall, wide), bool)
    padded[: differs.shape[0], : differs.shape[1]] = differs
    return int(padded.reshape(tall // TILE, TILE, wide // TILE, TILE).sum(axis=(1, 3)).max())
