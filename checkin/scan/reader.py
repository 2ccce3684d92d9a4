"""What a camera sees, frame after frame: `Reader`.

The fast decoder looks at every picture that is new. Where it finds nothing, the regions in which a code was, seems to be
or is likely are looked at more closely: one costly way a frame, in turn, more while something there looks like a code;
then whole-picture steps, and frames fused. A scene that stands still is looked at ever less often.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from checkin.scan.budget import Budget
from checkin.scan.cascade import steps, to_gray
from checkin.scan.closeups import NamedStep, ways
from checkin.scan.code import Code, Corners, Found, Image
from checkin.scan.fusing import Fuser
from checkin.scan.opencv import cv2
from checkin.scan.picture import Hint, hint
from checkin.scan.regions import Rect, likely
from checkin.scan.spot import Suspect
from checkin.scan.step import Step
from checkin.scan.symbologies import QR_ONLY, Symbology
from checkin.scan.tracking import THUMBNAIL, Held, Places, apart, changed, is_another_scene

WORKING_WIDTH = 1280
"""Wider frames of a video are made this wide first, which costs half; small places are then looked at as they were."""

_EAGER_FRAMES = 20  # after a movement every frame is looked at for this long: a badge has just come to rest
_STILL_EVERY = 30  # then one in so many
_REGIONS = 2
_HINT_EVERY = 5  # frames, of those in which nothing is read: a hint stands for a second at least

_SMALL = 240  # pixels of `WORKING_WIDTH`: a place in which a code may be too small there, and not in a wider frame


@dataclass(frozen=True, slots=True)
class _Way:
    name: str
    pixels: int
    look: Callable[[], Found]  # places in pixels of the working picture
    finer: bool = False  # whether it looks at the frame as it was taken


class Reader:
    """Reads a video, frame after frame; another scene or size may come without notice. Not for several threads at once."""

    def __init__(self, symbologies: frozenset[Symbology] = QR_ONLY) -> None:
        self._steps = steps(symbologies)
        self._closer = ways(symbologies)
        self._budget = Budget()
        self._places = Places()
        self._fuser = Fuser()
        self._held: tuple[Held, ...] = ()
        self._seen: Image | None = None  # the thumbnail that was last looked at
        self._still = 0
        self._turn = 0
        self._codes: tuple[Code, ...] = ()
        self._suspect: Suspect | None = None
        self._unseen = 0  # frames in which nothing was read
        self.unread: tuple[Corners, ...] = ()
        """Where in the last frame codes are that cannot be read, in its pixels."""
        self.thumbnail: Image | None = None
        """The last frame in gray, an eighth as large."""
        self.finer = False
        """Whether the last frame's codes were read only because it is wider than `WORKING_WIDTH`."""

    def read(self, image: Image) -> list[Code]:
        """Return the codes in the next frame; corners in its pixels.

        A code that cannot be read for a moment, while its place looks as it did to the module, is still reported.
        """
        self._budget.begin()
        self.thumbnail = thumbnail = _thumbnail(image)
        share = 1.0 if thumbnail is None else changed(self._seen, thumbnail)
        if is_another_scene(share):
            self._forget()
        if thumbnail is None:
            return []
        self._still = self._still + 1 if share == 0 else 0
        rests = bool(self._still % _STILL_EVERY) and (bool(self._held) or self._still > _EAGER_FRAMES)
        if rests and not self._held:
            return []
        gray, factor = _working(image)
        if gray is None or not self._steps:
            return []
        held = tuple(held for held in self._held if held.is_in(gray))
        if rests and held == self._held:
            return list(self._codes)
        self._seen = thumbnail
        found = self._look(gray, image if factor > 1 else None)
        self._held = tuple(Held(code, gray) for code in found.codes) or held
        self._codes = tuple(held.code.scaled(factor) for held in self._held)
        self.unread = () if self._held else found.scaled(factor).unread
        return list(self._codes)

    @property
    def hint(self) -> Hint | None:
        """Return what is wrong with the last frame, from what its reading already found out."""
        return None if self.thumbnail is None else hint(self.thumbnail, self._codes, self.unread, self._suspect)

    def _look(self, gray: Image, whole: Image | None) -> Found:
        """Return what is in a picture, or where a code seems to be; spends what the budget has for it.

        `whole`: the frame as it was taken, where it is larger.
        """
        self.finer = False
        self._places.frame()
        found = self._steps[0].read(gray)
        if found.codes:
            self._suspect, self._unseen = None, 0
        else:
            self._fuser.add(gray)
            self._remember(found, gray)
            found = self._look_closer(gray, whole, found)
        self._remember(found, gray)
        return found

    def _look_closer(self, gray: Image, whole: Image | None, found: Found) -> Found:
        rects = apart([*self._places.rects, *likely(gray, _REGIONS)])[: _REGIONS + 1]
        if self._unseen % _HINT_EVERY == 0:
            self._suspect = Suspect(gray, rects, seen=bool(self._places.rects))
        self._unseen += 1
        self._budget.earn(code_like=self._suspect is not None and self._suspect.is_like_a_code)
        first, others = self._ways(gray, whole, rects)
        start = self._turn % max(1, len(others))
        unread, turns = found.unread, 0
        for number, way in enumerate(first + others[start:] + others[:start]):
            seems = bool(self._places.rects)
            if not self._budget.affords(way.name, way.pixels, likely=seems):
                if not seems:
                    break  # it is saved for
                continue
            with self._budget.using(way.name, way.pixels):
                closer = way.look()
            turns += number >= len(first)
            if closer.codes:
                self.finer = way.finer
                return closer
            unread = unread or closer.unread
            self._remember(closer, gray)
        self._turn += max(turns, 1)
        return Found((), unread)

    def _ways(self, gray: Image, whole: Image | None, rects: list[Rect]) -> tuple[list[_Way], list[_Way]]:
        """Return the ways to look closer: those for every frame, and the others, which take turns."""
        ways = self._closer
        first: list[_Way] = [_close_up(way, gray, rect) for rect in rects for way in ways.quick]
        others: list[_Way] = []
        if rects:
            likeliest, *more = rects
            best = [*(_close_up(way, gray, likeliest) for way in ways.best), self._fused(likeliest)]
            if whole is not None and max(likeliest[2:]) <= _SMALL:
                best = [*(_close_up(way, gray, likeliest, whole) for way in ways.best), *best]
                others += [_close_up(way, gray, likeliest, whole) for way in ways.finer]
            if self._places.rects:
                first += best
            else:
                others += best
            others += [_close_up(way, gray, likeliest) for way in ways.others]
            others += [_close_up(way, gray, rect) for rect in more for way in ways.elsewhere]
        others += [_Way(f"step {n}", gray.size, partial(step.read, gray)) for n, step in enumerate(self._steps) if n]
        if whole is not None:
            others.append(_whole(self._steps[0], gray, whole))
        return first, others

    def _fused(self, rect: Rect) -> _Way:
        x, y, width, height = rect

        def look() -> Found:
            fused = self._fuser.fused(rect)
            if fused is None or self._closer.fused is None:
                return Found()
            return self._closer.fused.read(fused).mapped(lambda u, v: (x + u / 2, y + v / 2))

        return _Way("fused", width * height, look)

    def _remember(self, found: Found, gray: Image) -> None:
        for corners in (*found.unread, *(code.corners for code in found.codes)):
            self._places.see(corners, gray.shape)

    def _forget(self) -> None:
        self._places.forget()
        self._fuser.forget()
        self._budget.refill()
        self._held, self._codes, self.unread, self._seen = (), (), (), None
        self._suspect, self._unseen = None, 0


def _close_up(way: NamedStep, gray: Image, rect: Rect, whole: Image | None = None) -> _Way:
    """Return a look at a place of the working picture, or at the same place of the frame that it was made from."""
    (name, step), picture = way, gray if whole is None else whole
    factor = picture.shape[1] / gray.shape[1]
    x, y, width, height = (round(side * factor) for side in rect)

    def look() -> Found:
        place = to_gray(picture[y : y + height, x : x + width].copy())
        return Found() if place is None else step.read(place).mapped(lambda u, v: ((x + u) / factor, (y + v) / factor))

    return _Way(name if whole is None else f"{name}, finer", width * height, look, finer=whole is not None)


def _whole(step: Step, gray: Image, whole: Image) -> _Way:
    factor = whole.shape[1] / gray.shape[1]

    def look() -> Found:
        frame = to_gray(whole)
        return Found() if frame is None else step.read(frame).scaled(1 / factor)

    return _Way("whole", whole.shape[0] * whole.shape[1], look, finer=True)


def _working(image: Image) -> tuple[Image | None, float]:
    """Return the picture in gray and at most `WORKING_WIDTH` wide, and how many times as large it was."""
    factor = max(1.0, image.shape[1] / WORKING_WIDTH)
    if factor > 1:
        size = (WORKING_WIDTH, max(8, round(image.shape[0] / factor)))
        image = cv2().resize(image, size, interpolation=cv2().INTER_LINEAR)  # reads as much as INTER_AREA
    return to_gray(image), factor


def _thumbnail(image: Image) -> Image | None:
    shape: Sequence[int] = getattr(image, "shape", ())
    if len(shape) not in {2, 3} or min(shape) < 1 or min(shape[:2]) < THUMBNAIL:
        return None
    size = (shape[1] // THUMBNAIL, shape[0] // THUMBNAIL)
    if min(size) < 8:
        return None
    cv = cv2()
    rows = image[:: THUMBNAIL // 2]  # two of eight rows say enough, at a quarter of the cost
    half = to_gray(cv.resize(rows, (shape[1] // 2, size[1]), interpolation=cv.INTER_AREA))  # exact halves are quick
    return None if half is None else cv.resize(half, size, interpolation=cv.INTER_AREA)
