"""What the place of a code looks like that cannot be read: how bright, how sharp, which shape. Costs some 0.2 ms.

Everything is measured on cells of 8 x 8 pixels. The code is where the gray levels change in both directions; what is
flat between such cells is hidden by something, or burnt out by a light.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from checkin.scan.code import Image
from checkin.scan.opencv import cv2
from checkin.scan.regions import Rect

_CELL = 8
_LONGEST_PX = 320  # a larger place is made smaller first
_FALLS_TO = 0.45  # a code ends where the texture is less than this share of its strongest place
_LEAST_TEXTURE = 3.0  # gray levels of mean change from pixel to pixel
_FLAT = 0.15  # the flattest cells, by share, show the noise
_AROUND_PX = 9  # black and white modules are both within so many pixels
_LIFTED = 80  # gray levels by which black must be brighter than the code's own black to be lit by a lamp
_BURNT = 240  # gray level at which white is at its end
_PAPER = 0.5  # share of the cells around a code that may be darker than its paper
_PLACES = 2  # of those that are only textured, so many are looked at
_LONGEST = 2.4  # times as long as wide: a code at 65 degrees, beyond which none is read; a line of text is longer
_LEAST_SQUARE, _LEAST_FILLED, _INKED = 0.7, 0.75, 0.2
_SURE = 0.85  # of both, for a part of a code
_GLARE = 0.3  # share of a code in which a lamp shines, so that it is full of holes
_SMALLEST_PX, _LARGEST_PX = 40, 300  # of a code's side
_LINES = 48  # rows of a place that are enough to tell its noise and its movement


@dataclass(frozen=True, slots=True)
class Spot:
    """What is seen there. Lengths in pixels of the picture, levels in gray levels."""

    side: float
    """Square root of the area that is textured like a code."""
    longer: float
    """How many times as long as wide it is; 1 for a square, however it is turned."""
    filled: float
    """Share of its outline that is textured: a code's is nearly all, a line of text or a lattice leaves gaps."""
    square: float
    """Share of the rectangle around it that its outline fills: a code's corner under a thumb is missing."""
    lit: float
    """Share of its outline in which black is not black and white is at its end: glare."""
    black: float
    """Of the code's black modules, at their darkest."""
    grey: float
    """Of its black modules, as a rule: a sleeve's haze makes them gray."""
    white: float
    """Of the paper."""
    inverted: bool
    """Whether it is bright on dark: a screen, which has light of its own."""
    inked: float
    """Share of it that is black: half of a code's, a quarter of a text's."""
    texture: float
    """Mean change from pixel to pixel, in both directions."""
    smeared: float
    """How many times as strong edges are in one direction as across it: the way it moved while the shutter was open."""
    noise: float
    """Change over three pixels where nothing is: the sensor's gain."""
    at_edge: bool
    """Whether it goes on beyond the picture."""

    @property
    def is_like_a_code(self) -> bool:
        """Say whether it is a code by its looks, rather than a text or a pattern."""
        return (
            self.longer < _LONGEST
            and self.square >= _LEAST_SQUARE
            and (self.filled >= _LEAST_FILLED or self.lit >= _GLARE)
            and abs(self.inked - 0.5) <= _INKED
            and _SMALLEST_PX <= self.side <= _LARGEST_PX
            and (not self.at_edge or self._is_surely_a_code)
        )

    @property
    def _is_surely_a_code(self) -> bool:
        """Say whether so much of it is as in a code that it may be a part of one, cut off at the edge of the picture."""
        return min(self.filled, self.square) >= _SURE and abs(self.inked - 0.5) <= _INKED / 2 and self.longer < 2


class Suspect:
    """Where a code may be in a gray picture; looked at only if somebody asks, and once."""

    def __init__(self, gray: Image, rects: Sequence[Rect], *, seen: bool) -> None:
        """Take the places, the best one first; `seen`: a decoder found a code's marks in that one a moment ago."""
        self._gray = gray
        self._rects = rects
        self.seen = seen

    @cached_property
    def spot(self) -> Spot | None:
        """Return what is seen where a code is or most likely is; None where all is smooth."""
        if self.seen:
            return look_at(self._gray, self._rects[0])
        spots = [look_at(self._gray, rect) for rect in self._rects[:_PLACES]]
        return next((spot for spot in spots if spot is not None and spot.is_like_a_code), spots[0] if spots else None)

    @property
    def is_like_a_code(self) -> bool:
        """Say whether what is seen is a code by its looks."""
        return self.spot is not None and self.spot.is_like_a_code


def look_at(gray: Image, rect: Rect) -> Spot | None:
    """Measure a place of a gray picture; None where it is smooth."""
    import numpy as np

    cv = cv2()
    x, y, width, height = rect
    place = gray[y : y + height, x : x + width]
    factor = max(1.0, max(width, height) / _LONGEST_PX)
    columns, rows = (int(width / factor) - 1) // _CELL, (int(height / factor) - 1) // _CELL
    if columns < 4 or rows < 4:
        return None
    size = (columns * _CELL + 1, rows * _CELL + 1)
    crop = cv.resize(place, size, interpolation=cv.INTER_AREA) if factor > 1 else place[: size[1], : size[0]]
    texture, code = _code(crop)
    if code is None:
        return None
    hull = cv.convexHull(cv.findNonZero(code))
    within = cv.fillConvexPoly(np.zeros_like(code), hull, 255) > 0
    across, down = (side + 1 for side in cv.minAreaRect(hull)[1])
    around = np.ones((_AROUND_PX, _AROUND_PX), np.uint8)
    dark = cv.erode(crop, around)[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL]
    bright = cv.dilate(crop, around)[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL]
    darks, brights = np.sort(dark[code > 0]), np.sort(bright[code > 0])
    cells, area = len(darks), int(within.sum())
    black, white = float(darks[cells // 10]), max(_level(bright, _PAPER), float(brights[cells // 2]))
    around_code = bright[code == 0]
    inverted = len(around_code) > 0 and _level(around_code, 0.5) < (black + float(brights[cells // 2])) / 2
    middle = float(crop[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL][code > 0].mean())
    lit = (dark[within] >= black + _LIFTED) & (bright[within] >= _BURNT)
    return Spot(
        side=factor * _CELL * math.sqrt(cells),
        longer=max(across, down) / min(across, down),
        filled=cells / area,
        square=area / (across * down),
        lit=float(lit.mean()),
        black=black,
        grey=float(darks[cells // 2]),
        white=white,
        inverted=inverted,
        inked=(white - middle) / max(1.0, white - black),
        texture=texture,
        smeared=_smeared(crop, code),
        noise=_noise(place),
        at_edge=_at_edge(gray, rect, cv.boundingRect(code), columns, rows),
    )


def _at_edge(gray: Image, rect: Rect, code: Rect, columns: int, rows: int) -> bool:
    """Say whether the cells of a code reach an edge of its place that is an edge of the picture."""
    (x, y, width, height), (left, top, w, h) = rect, code
    return (
        (x == 0 and left == 0)
        or (y == 0 and top == 0)
        or (x + width >= gray.shape[1] and left + w >= columns)
        or (y + height >= gray.shape[0] and top + h >= rows)
    )


def _code(crop: Image) -> tuple[float, Image | None]:
    """Return how textured the strongest place is, and the cells (255, else 0) of the largest piece that is like it."""
    import numpy as np

    cv = cv2()
    across, down = cv.absdiff(crop[:-1, 1:], crop[:-1, :-1]), cv.absdiff(crop[1:, :-1], crop[:-1, :-1])
    changes = cv.min(_averages(across), _averages(down))
    texture = cv.boxFilter(changes, cv.CV_32F, (3, 3))
    strongest = float(cv.minMaxLoc(texture)[1])
    if strongest < _LEAST_TEXTURE:
        return strongest, None
    mask = cv.compare(texture, strongest * _FALLS_TO, cv.CMP_GE)
    _count, labels, pieces, _middles = cv.connectedComponentsWithStats(mask, connectivity=4, ltype=cv.CV_32S)
    code: Image = cv.compare(labels, 1.0 + int(np.argmax(pieces[1:, cv.CC_STAT_AREA])), cv.CMP_EQ)
    return strongest, code


def _averages(levels: Image) -> Image:
    """Return the mean of each cell; quicker than to make the picture smaller."""
    import numpy as np

    averages = cv2().blur(levels, (_CELL, _CELL))
    return np.ascontiguousarray(averages[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL])


def _smeared(crop: Image, code: Image) -> float:
    """Return how many times as strong a code's edges are in the direction in which they are strongest as across it."""
    import numpy as np

    left, top, width, height = (side * _CELL for side in cv2().boundingRect(code))
    piece = crop[top : top + height, left : left + width]
    down = max(1, height // _LINES)
    middle = piece[1:-1:down, 1:-1:3].astype(np.float32)
    dx, dy = piece[1:-1:down, 2::3] - middle, piece[2::down, 1:-1:3] - middle
    steps = np.stack((dx.ravel(), dy.ravel()))
    _values, axes = np.linalg.eigh(steps @ steps.T)
    strengths = np.abs(axes.T @ steps)
    strengths.partition(strengths.shape[1] * 95 // 100, axis=1)
    weak, strong = strengths[:, strengths.shape[1] * 95 // 100]
    return float(strong / max(1.0, weak))


def _noise(place: Image) -> float:
    """Return how much gray levels change over three pixels where the picture is flattest."""
    cv = cv2()
    columns = (place.shape[1] - 3) // 16
    rows = place[:: max(1, place.shape[0] // _LINES), : columns * 16 + 3]
    rows = rows[: len(rows) // 2 * 2]
    step = cv.absdiff(rows[:, 3:], rows[:, :-3])
    return _level(cv.resize(step, (columns, len(rows) // 2), interpolation=cv.INTER_AREA), _FLAT)


def _level(values: Image, share: float) -> float:
    """Return the value below which a share of the values is."""
    import numpy as np

    flat = np.sort(values, axis=None)
    return float(flat[min(len(flat) - 1, int(share * len(flat)))])
