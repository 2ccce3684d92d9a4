"""Seen from the front: a region's own shape tells how it is tilted.

A code is a square. The texture of a tilted one fills a longish region; stretched until it is as wide as high in every
direction, it is a square again, turned somehow, which no decoder minds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checkin.scan.code import Image, Point
from checkin.scan.opencv import cv2
from checkin.scan.regions import textured

Place = Callable[[float, float], Point]
"""Where a point of a treated picture is in the picture that it was made from."""

_CELL = 16  # pixels of the picture a cell of the map of textures; coarser than for regions, so that large modules count
_LEAST_CELLS = 9
_AROUND = (
    1.35  # the treated picture is so many times as wide as the square in it: the quiet zone, what the shape misses
)
_SMALLEST, _LARGEST = 160, 400  # pixels of the square's side; a region is shown twice as large within these


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
