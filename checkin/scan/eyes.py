"""One source, looked at frame after frame: the reader, the larger picture where that pays, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from checkin.scan.camera import Camera
from checkin.scan.cascade import first_step, to_gray
from checkin.scan.closeups import sharper
from checkin.scan.code import Code, Corners, Image
from checkin.scan.finer import FineTrial, closer_look, is_small
from checkin.scan.frames import Source, shrink
from checkin.scan.micro import MicroWatch
from checkin.scan.picture import Hint
from checkin.scan.reader import WORKING_WIDTH, Reader
from checkin.scan.symbologies import Symbology

_WHOLE_EVERY = 3  # at 1080p one frame in so many is looked at whole where nothing is found in it made smaller


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one frame. Places are in pixels of `image`."""

    image: Image
    """The picture that was read, at most 1280 pixels wide."""
    thumbnail: Image | None
    """The same in gray, an eighth as large."""
    codes: tuple[Code, ...]
    unread: tuple[Corners, ...]
    """Where codes are that cannot be read."""
    hint: Hint | None
    cost_s: float
    """Processor time."""


class Eyes:
    """Asks the camera for 1080p where small codes are seen, and for 720p again where that brought nothing."""

    def __init__(self, source: Source, symbologies: Callable[[], frozenset[Symbology]]) -> None:
        """`symbologies` returns the kinds of codes to read; it is asked for each frame."""
        self._camera = source if isinstance(source, Camera) else None
        self._wanted = symbologies
        self._kinds = symbologies()
        self._reader = Reader(self._kinds)
        self._finer = FineTrial()
        self._micro = MicroWatch()
        self._turn = 0

    def look(self, whole: Image, now: float) -> Look:
        """Read a frame as the source gave it; `now` in seconds."""
        kinds = self._wanted()
        if kinds != self._kinds:
            self._kinds, self._reader = kinds, Reader(kinds)
        reader = self._reader
        image = shrink(whole, WORKING_WIDTH)
        before = time.thread_time()
        codes = tuple(reader.read(image))
        unread = () if codes else tuple(reader.unread)
        closer: tuple[Code, ...] = ()
        if not codes and self._camera is not None and self._camera.fine:
            closer = self._closer(whole, unread, whole.shape[1] / image.shape[1])
        hint = None if closer else self._hint(image, codes)
        cost_s = time.thread_time() - before
        if self._camera is not None:
            small = not closer and any(map(is_small, unread))
            self._ask_for_size(self._camera, now, small=small, gained=bool(closer))
        if closer:
            return Look(image, reader.thumbnail, closer, (), None, cost_s)
        return Look(image, reader.thumbnail, codes, unread, hint, cost_s)

    def _hint(self, image: Image, codes: tuple[Code, ...]) -> Hint | None:
        """Return what the frame's reading found out, else whether a code is held up that is never read."""
        hint, thumbnail = self._reader.hint, self._reader.thumbnail
        if codes or thumbnail is None:
            self._micro.read()
            return hint
        is_micro = self._micro.see(image, thumbnail)
        return Hint.MICRO if is_micro and hint is None else hint

    def _closer(self, whole: Image, unread: tuple[Corners, ...], factor: float) -> tuple[Code, ...]:
        """Look for small codes in the larger picture: where one was found and not read, else now and then everywhere."""
        if factor <= 1:
            return ()
        closer, first = sharper(self._kinds), first_step(self._kinds)
        if unread and closer is not None:
            return closer_look(whole, unread, factor, closer)
        self._turn = (self._turn + 1) % _WHOLE_EVERY
        gray = to_gray(whole) if self._turn == 0 else None
        return () if gray is None or first is None else first.read(gray).scaled(1 / factor).codes

    def _ask_for_size(self, camera: Camera, now: float, *, small: bool, gained: bool) -> None:
        if self._finer.wanted and not camera.can_be_fine:
            self._finer.refuse(now)
        camera.want_fine(camera.can_be_fine and self._finer.see(now, small=small, gained=gained))
