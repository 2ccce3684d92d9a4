"""What a camera sees, frame after frame: `Reader`.

The cheap decoder looks at every picture that is new, a dearer one only where it found nothing. In video the dearer one
is asked now and then, and a scene that stands still is looked at ever less often: an idle desk costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkin.scan.cascade import steps, to_gray
from checkin.scan.code import Code, Corners, Found, Image
from checkin.scan.opencv import cv2
from checkin.scan.symbologies import QR_ONLY, Symbology

WORKING_WIDTH = 1280
"""Wider frames of a video are made this wide first: 1080p reads no more than 720p and costs double."""

_THUMBNAIL = 8  # one pixel of the thumbnail is 8 x 8 of the frame
_MOVED = 7  # gray levels by which a thumbnail's pixel must differ; a webcam's noise stays below 4 after averaging
_MOVED_PIXELS = 4
_EAGER_FRAMES = 12  # after a movement every frame is looked at for this long: a badge has just come to rest
_STILL_EVERY = 15  # then one in so many
_DEAR_EVERY = 3  # of the frames in which the first step found nothing, one in so many is given to another, in turn


class Reader:
    """Reads a video: frame after frame, each as large as the one before it. Not for several threads at once."""

    def __init__(self, symbologies: frozenset[Symbology] = QR_ONLY) -> None:
        self._steps = steps(symbologies)
        self._seen: Image | None = None  # the thumbnail that was last looked at
        self._codes: tuple[Code, ...] = ()
        self.unread: tuple[Corners, ...] = ()
        """Where in the last frame codes are that cannot be read, in its pixels."""
        self._still = 0
        self._misses = 0
        self.thumbnail: Image | None = None
        """The last frame in gray, an eighth as large, for `checkin.scan.picture.hint`."""

    def read(self, image: Image) -> list[Code]:
        """Return the codes in the next frame; corners in its pixels.

        A code that cannot be read for a moment, while its place looks as it did, is still reported.
        """
        thumbnail = _thumbnail(image)
        if thumbnail is None:
            return []
        self.thumbnail = thumbnail
        if self._moved(thumbnail):
            self._still = 0
        else:
            self._still += 1
            if self._still > _EAGER_FRAMES and self._still % _STILL_EVERY:
                return list(self._codes)
            if self._codes and self._still % _STILL_EVERY:
                return list(self._codes)  # read already, and nothing has moved since
        held = tuple(code for code in self._codes if not self._differs(thumbnail, code))
        found = self._look(image)
        self._codes = found.codes or held
        self.unread = () if self._codes else found.unread
        self._seen = thumbnail
        return list(self._codes)

    def _look(self, image: Image) -> Found:
        factor = max(1.0, image.shape[1] / WORKING_WIDTH)
        if factor > 1:
            size = (WORKING_WIDTH, max(8, round(image.shape[0] / factor)))
            image = cv2().resize(image, size, interpolation=cv2().INTER_AREA)
        gray = to_gray(image)
        if gray is None or not self._steps:
            return Found()
        first, *others = self._steps
        found = first.read(gray)
        if found.codes:
            self._misses = 0
        elif others:
            turn, rest = divmod(self._misses, _DEAR_EVERY)
            self._misses += 1
            if rest == 0:
                found = Found(others[turn % len(others)].read(gray).codes, found.unread)
        return found.scaled(factor) if factor > 1 else found

    def _moved(self, thumbnail: Image) -> bool:
        if self._seen is None or self._seen.shape != thumbnail.shape:
            return True
        return _differences(self._seen, thumbnail) >= _MOVED_PIXELS

    def _differs(self, thumbnail: Image, code: Code) -> bool:
        """Say whether the place where a code was looks different from when it was last looked at."""
        if self._seen is None or self._seen.shape != thumbnail.shape:
            return True
        xs = [int(x) // _THUMBNAIL for x, _y in code.corners]
        ys = [int(y) // _THUMBNAIL for _x, y in code.corners]
        rows, columns = slice(max(0, min(ys)), max(ys) + 1), slice(max(0, min(xs)), max(xs) + 1)
        before, after = self._seen[rows, columns], thumbnail[rows, columns]
        return before.size == 0 or _differences(before, after) > before.size // 4


def _thumbnail(image: Image) -> Image | None:
    shape: Sequence[int] = getattr(image, "shape", ())
    if len(shape) not in {2, 3} or min(shape) < 1 or min(shape[:2]) < _THUMBNAIL:
        return None
    size = (shape[1] // _THUMBNAIL, shape[0] // _THUMBNAIL)
    return to_gray(cv2().resize(image, size, interpolation=cv2().INTER_AREA)) if min(size) >= 8 else None


def _differences(before: Image, after: Image) -> int:
    """Return how many pixels differ by more than noise."""
    module = cv2()
    return int(module.countNonZero(module.compare(module.absdiff(before, after), _MOVED, module.CMP_GT)))
