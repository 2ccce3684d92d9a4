"""Several frames of one region made one: in poor light and far away each shows too little, together they show a code.

A hand is never quite still, so that each frame samples the code a little differently: registered to a fraction of a
pixel, doubled and averaged, noise goes and detail comes. No feature is looked for; the whole region is shifted.
"""

from __future__ import annotations

from collections import deque

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
            warp = np.array([[2, 0, -2 * at_x + 0.5], [0, 2, -2 * at_y + 0.5]], np.float32)
            total += cv.warpAffine(frame, warp, size, flags=cv.INTER_CUBIC, borderMode=cv.BORDER_REPLICATE)
            count += 1
        if count < 2:
            return None
        mean = total / np.float32(count)
        sharp = cv.addWeighted(mean, 3.0, cv.GaussianBlur(mean, (0, 0), 2.5), -2.0, 0)
        fused: Image = cv.convertScaleAbs(cv.max(sharp, 0))
        return fused


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
    fine = cv.matchTemplate(
        around[near_y : 2 * row + 3 + height, near_x : 2 * column + 3 + width], template, cv.TM_CCOEFF_NORMED
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
