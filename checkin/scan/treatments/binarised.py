"""Black and white by the surroundings: uneven light, shine, shadow."""

from __future__ import annotations

from checkin.scan.code import Image
from checkin.scan.opencv import cv2

_BELOW_MEAN = 2  # gray levels


def binarised(gray: Image, window: int) -> Image:
    """Return black where a pixel is darker than the mean of the `window` x `window` pixels around it (odd), else white.

    15 pixels suit modules of 2 to 5 pixels; 31 those of 4 to 10. Smaller windows break large modules.
    """
    cv = cv2()
    black_white: Image = cv.adaptiveThreshold(
        gray, 255, cv.ADAPTIVE_THRESH_MEAN_C, cv.THRESH_BINARY, window, _BELOW_MEAN
    )
    return black_white
