"""Dark pictures made lighter: what is dark is spread over more levels, what is bright over fewer. Or the other way."""

from __future__ import annotations

from functools import cache

from checkin.scan.code import Image
from checkin.scan.opencv import cv2


def lightened(gray: Image, gamma: float = 0.5) -> Image:
    """Return the picture with its dark half stretched; `gamma` above 1: its bright half."""
    light: Image = cv2().LUT(gray, _levels(gamma))
    return light


@cache
def _levels(gamma: float) -> Image:
    import numpy as np

    levels: Image = ((np.arange(256) / 255) ** gamma * 255).astype(np.uint8)
    return levels
