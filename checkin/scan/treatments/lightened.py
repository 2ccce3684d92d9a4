"""Dark pictures made lighter: what is dark is spread over more levels, what is bright over fewer."""

from __future__ import annotations

from functools import cache

from checkin.scan.code import Image
from checkin.scan.opencv import cv2

_GAMMA = 0.5


def lightened(gray: Image) -> Image:
    """Return the picture with its dark half stretched."""
    light: Image = cv2().LUT(gray, _levels())
    return light


@cache
def _levels() -> Image:
    import numpy as np

    levels: Image = ((np.arange(256) / 255) ** _GAMMA * 255).astype(np.uint8)
    return levels
