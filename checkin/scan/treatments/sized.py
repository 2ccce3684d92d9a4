"""Larger, smaller, or stretched in one direction: modules of another size, and badges that are tilted away.

A decoder follows a code through some 40 degrees of tilt. Stretched along the tilt, the same code stands nearly square.
"""

from __future__ import annotations

from checkin.scan.code import Image
from checkin.scan.opencv import cv2


def sized(gray: Image, across: float, down: float) -> Image:
    """Return the picture made `across` times as wide and `down` times as high."""
    cv = cv2()
    height, width = gray.shape
    size = (max(8, round(width * across)), max(8, round(height * down)))
    resized: Image = cv.resize(gray, size, interpolation=cv.INTER_AREA if max(across, down) <= 1 else cv.INTER_LINEAR)
    return resized


def enlarged(gray: Image, times: float, most: int) -> Image:
    """Return the picture made so many times as large, but not wider or higher than `most` pixels; never smaller."""
    factor = min(times, most / max(gray.shape))
    return sized(gray, factor, factor) if factor > 1 else gray
