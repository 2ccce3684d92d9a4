"""What reading costs on this laptop: the processor time of a picture with a badge, and of one without."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Final

from checkin.scan.code import Image
from checkin.scan.opencv import cv2
from checkin.scan.reader import Reader

_PICTURES: Final = 12
_TEXT: Final = "0" * 46


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time, the median of a dozen pictures of 1280 x 720 that all differ."""

    with_badge: float
    without: float


def reading_cost() -> Cost:
    """Measure. Takes a few tenths of a second."""
    return Cost(_median_ms(badge=True), _median_ms(badge=False))


def _median_ms(*, badge: bool) -> float:
    reader = Reader()
    times: list[float] = []
    for number in range(_PICTURES):
        image = _scene(number, badge=badge)
        before = time.thread_time()
        reader.read(image)
        times.append(time.thread_time() - before)
    return 1000 * statistics.median(times[2:])


def _scene(number: int, *, badge: bool) -> Image:
    """Return a scene in which everything moves a little with `number`."""
    import numpy as np

    cv = cv2()
    rng = np.random.default_rng(number)
    coarse = rng.integers(60, 200, (24, 40), np.uint8)
    image: Image = cv.resize(coarse, (1280, 720), interpolation=cv.INTER_CUBIC)
    if badge:
        code = cv.QRCodeEncoder.create().encode(_TEXT)
        shown = cv.resize(code, None, fx=5, fy=5, interpolation=cv.INTER_NEAREST)
        x, y = 400 + 8 * number, 250 + 5 * number
        image[y : y + shown.shape[0], x : x + shown.shape[1]] = shown
    return image
