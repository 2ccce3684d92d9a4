"""Where in a picture a code is likely: its most textured regions, found on a quarter of its size (under 1 ms at 720p)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from checkin.scan.code import Image
from checkin.scan.opencv import cv2

Rect: TypeAlias = tuple[int, int, int, int]
"""x, y, width, height in pixels of the picture."""

_CELL = 8  # pixels of the picture that one cell of the map of textures stands for
_NEIGHBOURHOOD = 5  # cells over which texture is averaged: a code fills them, a line or an edge does not
_LEAST = 5.0  # gray levels of mean change, in both directions, below which there is no code
_FALLS_TO = 0.4  # a region ends where the texture is less than this share of its strongest place
_MARGIN = 3  # cells that are added around a region: the quiet zone


def likely(gray: Image, most: int = 2) -> list[Rect]:
    """Return up to `most` regions of a gray picture in which a code may be, the most textured first.

    A smooth or striped picture has no region.
    """
    height, width = gray.shape
    found: list[Rect] = []
    for _mask, (left, top, w, h) in textured(gray, most, _CELL):
        x, y = max(0, left - _MARGIN) * _CELL, max(0, top - _MARGIN) * _CELL
        right, bottom = min(width, (left + w + _MARGIN) * _CELL), min(height, (top + h + _MARGIN) * _CELL)
        found.append((x, y, right - x, bottom - y))
    return found


def textured(gray: Image, most: int, cell: int) -> Iterator[tuple[Image, Rect]]:
    """Yield the most textured regions in a map of the picture whose pixels are cells of `cell` x `cell` of its own.

    For each the map (255 in the region, else 0) and the rectangle around it, in cells. A code changes in both directions
    within a few pixels, and does so over an area: the smaller one of the two changes counts, averaged.
    """
    import numpy as np

    cv = cv2()
    height, width = gray.shape
    columns, rows = width // cell, height // cell
    if columns < _NEIGHBOURHOOD or rows < _NEIGHBOURHOOD:
        return
    half = cv.resize(gray, (columns * cell // 2, rows * cell // 2), interpolation=cv.INTER_AREA)
    across, down = np.zeros_like(half), np.zeros_like(half)
    cv.absdiff(half[:, 1:], half[:, :-1], dst=across[:, :-1])
    cv.absdiff(half[1:, :], half[:-1, :], dst=down[:-1, :])
    across, down = _cells(across, cell // 2), _cells(down, cell // 2)
    texture = cv.boxFilter(cv.min(across, down), cv.CV_32F, (_NEIGHBOURHOOD, _NEIGHBOURHOOD))
    for _ in range(most):
        _low, strongest, _at, (x, y) = cv.minMaxLoc(texture)
        if strongest < _LEAST:
            return
        mask = cv.compare(texture, strongest * _FALLS_TO, cv.CMP_GE)
        _area, _image, _mask, rect = cv.floodFill(mask, None, (x, y), 128)
        region: Image = cv.compare(mask, 128, cv.CMP_EQ)
        texture[region > 0] = 0.0
        yield region, rect


def _cells(picture: Image, cell: int) -> Image:
    """Return the mean of each `cell` x `cell` pixels (a power of two): halved step by step, as OpenCV is quickest at."""
    cv = cv2()
    while cell > 1:
        size = (picture.shape[1] // 2, picture.shape[0] // 2)
        picture, cell = cv.resize(picture, size, interpolation=cv.INTER_AREA), cell // 2
    return picture
