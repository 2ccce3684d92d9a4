"""One way to look at a picture for codes: a decoder, or a decoder shown a picture that was changed for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from checkin.scan.code import Corners, Found, Image, Point
from checkin.scan.regions import likely
from checkin.scan.treatments.squared import squared

Treatment = Callable[[Image], Image]


class Step(Protocol):
    """Reads every code it finds. Keeps nothing between calls and may be called from several threads."""

    def read(self, gray: Image) -> Found:
        """Return what is in a picture, or a piece of one, of height x width, uint8, contiguous; places in its pixels."""


class Treated:
    """A decoder, shown the whole picture after a treatment, which may make it larger or smaller."""

    def __init__(self, decoder: Step, treatment: Treatment) -> None:
        self._decoder = decoder
        self._treatment = treatment

    def read(self, gray: Image) -> Found:
        """Return what is in a gray picture."""
        picture = self._treatment(gray)
        across, down = gray.shape[1] / picture.shape[1], gray.shape[0] / picture.shape[0]
        found = self._decoder.read(picture)
        return found if across == down == 1 else found.mapped(lambda x, y: (x * across, y * down))


class InTurn:
    """Several decoders, shown the same picture until one reads it: what was done to the picture is paid for once."""

    def __init__(self, *steps: Step) -> None:
        self._steps = steps

    def read(self, gray: Image) -> Found:
        """Return what the first successful one finds, else where codes seem to be."""
        unread: tuple[Corners, ...] = ()
        for step in self._steps:
            found = step.read(gray)
            if found.codes:
                return found
            unread = unread or found.unread
        return Found((), unread)


class InRegions:
    """A step that is spent only on the most textured regions; it finds nothing in a picture that has none."""

    def __init__(self, step: Step, most: int = 2) -> None:
        self._step = step
        self._most = most

    def read(self, gray: Image) -> Found:
        """Return what is in the first region of a gray picture that holds a code."""
        import numpy as np

        unread: tuple[Corners, ...] = ()
        for x, y, width, height in likely(gray, self._most):
            found = self._step.read(np.ascontiguousarray(gray[y : y + height, x : x + width]))
            found = found.mapped(_moved_by(x, y))
            if found.codes:
                return found
            unread = unread or found.unread
        return Found((), unread)


class Squared:
    """A step that is shown the most textured regions as squares: a badge that is tilted away stands upright again."""

    def __init__(self, step: Step, most: int = 2) -> None:
        self._step = step
        self._most = most

    def read(self, gray: Image) -> Found:
        """Return what is in the first region of a gray picture that holds a code."""
        for picture, place in squared(gray, self._most):
            found = self._step.read(picture)
            if found.codes:
                return found.mapped(place)
        return Found()


def _moved_by(dx: int, dy: int) -> Callable[[float, float], Point]:
    return lambda x, y: (x + dx, y + dy)
