"""What moved, and where to look first: the memory of a `Reader`, from one frame to the next."""

from __future__ import annotations

from dataclasses import dataclass

from checkin.scan.code import Code, Corners, Image
from checkin.scan.opencv import cv2
from checkin.scan.regions import Rect

THUMBNAIL = 8
"""One pixel of a thumbnail is 8 x 8 of the frame."""

_MOVED = 7  # gray levels by which a thumbnail's pixel must differ; a webcam's noise stays below 4 after averaging
_MOVED_PIXELS = 4
_ANOTHER_SCENE = 0.4  # share of the thumbnail that changes at a cut and never while a badge is held up
_SAME = 0.8  # correlation of a code's place with itself a moment ago; another code has about 0
_REMEMBERED = 20  # frames for which the place of a code that could not be read again is looked at first
_AROUND = 0.35  # of a code's size, added on each side: the quiet zone, and the way it moves


def changed(before: Image | None, after: Image) -> float:
    """Return the share of a thumbnail that differs by more than noise; 1 where the size is another."""
    if before is None or before.shape != after.shape:
        return 1.0
    cv = cv2()
    pixels = int(cv.countNonZero(cv.compare(cv.absdiff(before, after), _MOVED, cv.CMP_GT)))
    return pixels / after.size if pixels >= _MOVED_PIXELS else 0.0


def is_another_scene(share: float) -> bool:
    """Say whether so much changed that nothing of the earlier frames may be believed any more."""
    return share >= _ANOTHER_SCENE


def around(corners: Corners, shape: tuple[int, ...]) -> Rect | None:
    """Return the region of a picture in which a code with these corners is, with some room; None outside of it."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    room = _AROUND * max(max(xs) - min(xs), max(ys) - min(ys)) + 8
    left, top = max(0, int(min(xs) - room)), max(0, int(min(ys) - room))
    right, bottom = min(shape[1], int(max(xs) + room)), min(shape[0], int(max(ys) + room))
    return (left, top, right - left, bottom - top) if right - left >= 24 and bottom - top >= 24 else None


def apart(rects: list[Rect]) -> list[Rect]:
    """Return the regions without those whose middle is in an earlier one."""
    kept: list[Rect] = []
    for x, y, width, height in rects:
        middle_x, middle_y = x + width / 2, y + height / 2
        if not any(a <= middle_x <= a + w and b <= middle_y <= b + h for a, b, w, h in kept):
            kept.append((x, y, width, height))
    return kept


@dataclass(slots=True)
class _Place:
    rect: Rect
    age: int = 0


class Places:
    """Where codes were seen, read or not, in the last frames: looked at first."""

    def __init__(self) -> None:
        self._places: list[_Place] = []

    def frame(self) -> None:
        """One frame on: a place that was not seen for a while is forgotten."""
        for place in self._places:
            place.age += 1
        self._places = [place for place in self._places if place.age <= _REMEMBERED]

    def see(self, corners: Corners, shape: tuple[int, ...]) -> None:
        """Remember where a code is."""
        rect = around(corners, shape)
        if rect is None:
            return
        self._places = [place for place in self._places if len(apart([rect, place.rect])) == 2][:3]
        self._places.insert(0, _Place(rect))

    def forget(self) -> None:
        """Start afresh."""
        self._places.clear()

    @property
    def rects(self) -> list[Rect]:
        """Return the places, the one that was seen last first."""
        return [place.rect for place in self._places]


class Held:
    """A code that was read, and what its place looked like: it is there as long as that looks the same."""

    def __init__(self, code: Code, gray: Image) -> None:
        self.code = code
        self._rect = _box(code, gray)
        self._look = _cut(gray, self._rect).copy()

    def is_in(self, gray: Image) -> bool:
        """Say whether its place in another frame looks the same, to the module."""
        now = _cut(gray, self._rect)
        if now.shape != self._look.shape or min(now.shape, default=0) < 8:
            return False
        cv = cv2()
        return float(cv.matchTemplate(now, self._look, cv.TM_CCOEFF_NORMED)[0, 0]) >= _SAME


def _box(code: Code, gray: Image) -> Rect:
    xs, ys = [int(x) for x, _ in code.corners], [int(y) for _, y in code.corners]
    left, top = max(0, min(xs)), max(0, min(ys))
    return left, top, min(gray.shape[1], max(xs) + 1) - left, min(gray.shape[0], max(ys) + 1) - top


def _cut(gray: Image, rect: Rect) -> Image:
    x, y, width, height = rect
    return gray[y : y + height, x : x + width]
