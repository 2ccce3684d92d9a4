"""Twice as large and sharper: for modules of two pixels, and a lens a little out of focus.

Reads modules of 1.8 pixels where the picture as it is needs 2.0. It makes noise stronger too, so it comes second.
"""

from __future__ import annotations

from checkin.scan.code import Image
from checkin.scan.opencv import cv2

_RADIUS = 1.25  # sigma of the blur that is taken away, in pixels
_AMOUNT = 2.0


def doubled(gray: Image) -> Image:
    """Return the picture twice as wide and high, its edges made steeper."""
    cv = cv2()
    height, width = gray.shape
    size = (2 * width, 2 * height)
    large = cv.resize(gray, size, interpolation=cv.INTER_CUBIC)
    soft = cv.resize(cv.GaussianBlur(gray, (0, 0), _RADIUS), size, interpolation=cv.INTER_LINEAR)  # blurred while small
    sharp: Image = cv.addWeighted(large, 1 + _AMOUNT, soft, -_AMOUNT, 0)
    return sharp


def sharpened(gray: Image) -> Image:
    """Return the picture with its edges made steeper, in its size."""
    cv = cv2()
    sharp: Image = cv.addWeighted(gray, 1 + _AMOUNT, cv.GaussianBlur(gray, (0, 0), _RADIUS), -_AMOUNT, 0)
    return sharp
