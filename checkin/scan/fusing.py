"""Several frames of one region made one: in poor light and far away each shows too little, together they show a code.

A hand is never quite still, so that each frame samples the code a little differently: registered to a fraction of a
pixel, doubled and averaged, noise goes and detail comes. No feature is looked for; the whole region is shifted.
"""

from __future__ import annotations

import math
from collections import deque
from typing import Any

from checkin.scan.code import Image
from checkin.scan.opencv import cv2
from checkin.scan.regions import Rect

_FRAMES = 4
_MARGIN = 24  # pixels that a badge may move from one frame to the next and still be found
_LEAST_ALIKE = 0.6  # correlation of a registered region with the newest one, below which it shows something else
_LARGEST = 320  # pixels; a larger region holds a code that needs no fusing, and would cost too much


class Fuser:
    """The last frames, for `fused`. Keeps copies: a camera may write into its buffer again."""

    def __init__(self) -> None:
        self._frames: deque[Image] = deque(maxlen=_FRAMES)

    def add(self, gray: Image) -> None:
        """Take in a frame; one of another size starts afresh."""
        if self._frames and self._frames[-1].shape != gray.shape:
            self._frames.clear()
        self._frames.append(gray.copy())

    def forget(self) -> None:
        """Start afresh: what comes shows another scene."""
        self._frames.clear()

    def fused(self, rect: Rect) -> Image | None:
        """Return a region of the newest frame, doubled, sharpened and averaged over the frames in which it is found.

        None where there are not two of them, or the region is too large.
        """
        x, y, width, height = rect
        if len(self._frames) < 2 or max(width, height) > _LARGEST:
            return None
        cv = cv2()
        newest = self._frames[-1]
        template = newest[y : y + height, x : x + width]
        size = (2 * width, 2 * height)
        import numpy as np

        total = cv.resize(template, size, interpolation=cv.INTER_CUBIC).astype(np.float32)
        count, at_x, at_y = 1, float(x), float(y)
        for frame in list(self._frames)[-2::-1]:
            place = _found_at(frame, template, at_x, at_y)
            if place is None:
                break  # further back it has only moved further
            at_x, at_y = place
            shifted = cv.resize(_shifted(frame, at_x, at_y, width, height), size, interpolation=cv.INTER_CUBIC)
            cv.accumulate(shifted, total)
            count += 1
        if count < 2:
            return None
        mean = cv.convertScaleAbs(total, alpha=1 / count)
        small = cv.resize(mean, (width, height), interpolation=cv.INTER_AREA)
        soft = cv.resize(cv.GaussianBlur(small, (0, 0), 1.25), size, interpolation=cv.INTER_LINEAR)
        fused: Image = cv.addWeighted(mean, 3.0, soft, -2.0, 0)
        return fused


def _shifted(frame: Image, x: float, y: float, width: int, height: int) -> Image:
    """Return the region of a frame that begins at `x`, `y`, parts of a pixel included."""
    import numpy as np

    cv = cv2()
    left, top = math.floor(x), math.floor(y)
    rows = np.clip(np.arange(top - 1, top + height + 2), 0, frame.shape[0] - 1)
    columns = np.clip(np.arange(left - 1, left + width + 2), 0, frame.shape[1] - 1)
    around = frame[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if around.shape != (height + 3, width + 3):
        around = frame[rows][:, columns]
    moved: Image = cv.sepFilter2D(around, -1, _cubic(x - left), _cubic(y - top), anchor=(1, 1))
    return moved[1:-2, 1:-2]


def _cubic(part: float) -> Any:
    """Return the weights of four neighbours for a place `part` (0..1) after the second one (Keys, a = -0.75)."""
    import numpy as np

    a = -0.75
    far = np.array([1 + part, 2 - part])
    near = np.array([part, 1 - part])
    outer = ((a * far - 5 * a) * far + 8 * a) * far - 4 * a
    inner = ((a + 2) * near - (a + 3)) * near * near + 1
    return np.array([outer[0], inner[0], inner[1], outer[1]], np.float32)


def _found_at(frame: Image, template: Image, x: float, y: float) -> tuple[float, float] | None:
    """Return where in another frame a region is, to a fraction of a pixel; `x`, `y`: where it was."""
    cv = cv2()
    height, width = template.shape
    left, top = max(0, round(x) - _MARGIN), max(0, round(y) - _MARGIN)
    right, bottom = min(frame.shape[1], round(x) + width + _MARGIN), min(frame.shape[0], round(y) + height + _MARGIN)
    if right - left < width or bottom - top < height:
        return None
    half = cv.resize(template, (width // 2, height // 2), interpolation=cv.INTER_AREA)
    around = frame[top:bottom, left:right]
    small = cv.resize(around, ((right - left) // 2, (bottom - top) // 2), interpolation=cv.INTER_AREA)
    scores = cv.matchTemplate(small, half, cv.TM_CCOEFF_NORMED)
    _low, best, _at, (column, row) = cv.minMaxLoc(scores)
    if best < _LEAST_ALIKE:
        return None
    near_x, near_y = max(0, 2 * column - 2), max(0, 2 * row - 2)
    inner_x, inner_y = width // 4, height // 4  # its middle tells the rest of the way as well
    fine = cv.matchTemplate(
        around[near_y + inner_y : 2 * row + 3 + height - inner_y, near_x + inner_x : 2 * column + 3 + width - inner_x],
        template[inner_y : height - inner_y, inner_x : width - inner_x],
        cv.TM_CCOEFF_NORMED,
    )
    _low, best, _at, (column, row) = cv.minMaxLoc(fine)
    if best < _LEAST_ALIKE:
        return None
    return (
        left + near_x + column + _peak(fine[row, :], column),
        top + near_y + row + _peak(fine[:, column], row),
    )


def _peak(scores: Image, at: int) -> float:
    """Return how far beside the best score the top of the parabola through it and its neighbours is (-0.5..0.5)."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    before, best, after = (float(score) for score in scores[at - 1 : at + 2])
    bend = before - 2 * best + after
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, (before - after) / (2 * bend)))
