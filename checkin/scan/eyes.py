"""One source, looked at frame after frame: the reader, the hint, the size to ask the camera for, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from checkin.scan.camera import Camera
from checkin.scan.code import Code, Corners, Found, Image
from checkin.scan.finer import FineTrial, is_small
from checkin.scan.frames import Source, shrink
from checkin.scan.micro import MicroWatch
from checkin.scan.picture import Hint
from checkin.scan.reader import WORKING_WIDTH, Reader
from checkin.scan.symbologies import Symbology


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

    def look(self, whole: Image, now: float) -> Look:
        """Read a frame as the source gave it; `now` in seconds."""
        kinds = self._wanted()
        if kinds != self._kinds:
            self._kinds, self._reader = kinds, Reader(kinds)
        reader = self._reader
        image = shrink(whole, WORKING_WIDTH)
        factor = image.shape[1] / whole.shape[1]
        before = time.thread_time()
        codes = tuple(code.scaled(factor) for code in reader.read(whole))
        unread = () if codes else Found((), reader.unread).scaled(factor).unread
        hint = self._hint(image, codes)
        cost_s = time.thread_time() - before
        if self._camera is not None:
            self._ask_for_size(self._camera, now, small=any(map(is_small, unread)), gained=reader.finer)
        return Look(image, reader.thumbnail, codes, unread, hint, cost_s)

    def _hint(self, image: Image, codes: tuple[Code, ...]) -> Hint | None:
        """Return what the frame's reading found out, else whether a code is held up that is never read."""
        hint, thumbnail = self._reader.hint, self._reader.thumbnail
        if codes or thumbnail is None:
            self._micro.read()
            return hint
        is_micro = self._micro.see(image, thumbnail)
        return Hint.MICRO if is_micro and hint is None else hint

    def _ask_for_size(self, camera: Camera, now: float, *, small: bool, gained: bool) -> None:
        if self._finer.wanted and not camera.can_be_fine:
            self._finer.refuse(now)
        camera.want_fine(camera.can_be_fine and self._finer.see(now, small=small, gained=gained))
