"""Seen from the front: a region's own shape tells how it is tilted.

A code is a square. The texture of a tilted one fills a longish region; stretched until it is as wide as high in every
direction, it is a square again, turned somehow, which no decoder minds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from checkin.scan.code import Corners, Image, Point
from checkin.scan.opencv import cv2
from checkin.scan.regions import textured

Place = Callable[[float, float], Point]
"""Where a point of a treated picture is in the picture that it was made from."""

_CELL = 16  # pixels of the picture a cell of the map of textures; coarser than for regions, so that large modules count
_LEAST_CELLS = 9
_AROUND = (
    1.35  # the treated picture is so many times as wide as the square in it: the quiet zone, what the shape misses
)
_SMALLEST, _LARGEST = 160, 700  # pixels of the square's side; a region is shown twice as large within these


def squared(gray: Image, most: int = 2) -> Iterator[tuple[Image, Place]]:
    """Yield the most textured regions of a gray picture, each stretched into a square, and where its points were."""
    import numpy as np

    cv = cv2()
    for mask, _rect in textured(gray, most, _CELL):
        moments = cv.moments(mask, True)
        cells = moments["m00"]
        if cells < _LEAST_CELLS:
            continue
        middle = np.array((moments["m10"] / cells + 0.5, moments["m01"] / cells + 0.5)) * _CELL
        spread = np.array(((moments["mu20"], moments["mu11"]), (moments["mu11"], moments["mu02"]))) / cells
        variances, axes = np.linalg.eigh(spread + np.eye(2) / 12)  # a cell has an extent of its own
        lengths = np.sqrt(12 * variances) * _CELL  # a square of side a has the variance a * a / 12
        side = min(_LARGEST, max(_SMALLEST, 2 * float(lengths[1])))
        turn = axes @ np.diag(side / lengths) @ axes.T
        size = round(side * _AROUND)
        shift = np.array((size / 2, size / 2)) - turn @ middle
        picture = cv.warpAffine(
            gray, np.column_stack((turn, shift)), (size, size), flags=cv.INTER_LINEAR, borderMode=cv.BORDER_REPLICATE
        )
        yield picture, _affine(np.linalg.inv(turn), shift)


def _affine(inverse: object, shift: object) -> Place:
    (a, b), (c, d) = inverse.tolist()  # type: ignore[attr-defined]
    dx, dy = shift.tolist()  # type: ignore[attr-defined]
    return lambda x, y: (a * (x - dx) + b * (y - dy), c * (x - dx) + d * (y - dy))


def straightened(gray: Image, corners: Corners) -> Iterator[tuple[Image, Place]]:
    """Yield what is between four corners, twice as large, seen from the front; nothing where they hold too little."""
    import numpy as np

    cv = cv2()
    side = 2 * max(math.dist(corners[i - 1], corners[i]) for i in range(4))
    if side < 2 * 20:
        return
    side = min(600.0, max(150.0, side))
    margin = 0.12 * side
    low, high, size = margin, margin + side, round(side + 2 * margin)
    matrix = cv.getPerspectiveTransform(
        np.array(corners, np.float32), np.array([(low, low), (high, low), (high, high), (low, high)], np.float32)
    )
    if not np.isfinite(matrix).all() or abs(float(np.linalg.det(matrix))) < 1e-9:
        return
    picture = cv.warpPerspective(gray, matrix, (size, size), flags=cv.INTER_CUBIC, borderMode=cv.BORDER_REPLICATE)
    yield picture, _perspective(np.linalg.inv(matrix))


def _perspective(inverse: object) -> Place:
    rows = inverse.tolist()  # type: ignore[attr-defined]

    def place(x: float, y: float) -> Point:
        u, v, w = (a * x + b * y + c for a, b, c in rows)
        return (u / w, v / w) if w else (x, y)

    return place
