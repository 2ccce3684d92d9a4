"""What is wrong with the picture, said from an eighth of its size in a fraction of a millisecond.

A hint helps only while nothing is read, so it is asked for only then; a good picture, with or without a badge in it,
gets none. A caller shows a hint after it stood for a second (`HintFilter`), so that nothing flickers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from checkin.i18n import _
from checkin.scan.code import Code, Corners, Image, area_of
from checkin.scan.opencv import cv2

_DARK = 38  # mean gray level below which codes stop being read at arm's length
_BRIGHT = 250  # gray level that counts as burnt out
_FLAT = 5.0  # standard deviation of a picture that shows nothing at all: a lid, a cover, a finger
_FLAT_DARK = 1.5  # and of a dark one, in which even a room has little contrast
_SHARP = 9.0  # the strongest edges of a picture that is in focus, in gray levels a thumbnail's pixel
_SMALL_UNREAD_PX = 90  # a larger one that cannot be read is blurred or shaken rather than far
_EDGE_PX = 6  # nearer to the edge than this a code is cut off


class Hint(StrEnum):
    """What the person in front of the camera, or the one behind the desk, can do about it."""

    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"
    CUT_OFF = "cut off"
    FAR = "far"
    TILTED = "tilted"
    COVERED = "covered"
    TWO = "two"
    """Several badges, none of them clearly nearer: said by the loop, whose gate knows it."""

    @property
    def text(self) -> str:
        """Return the hint as a short sentence for the picture."""
        return {
            Hint.DARK: _("Too dark: switch on a light."),
            Hint.BRIGHT: _("Too bright: turn the badge away from the light."),
            Hint.BLURRED: _("Blurred: hold the badge still, a little further away."),
            Hint.CUT_OFF: _("Part of the code is hidden: show all of it, in the middle."),
            Hint.FAR: _("Too far: hold the badge nearer."),
            Hint.TILTED: _("Tilted: hold the badge flat towards the camera."),
            Hint.COVERED: _("The camera sees nothing: is it covered?"),
            Hint.TWO: _("Two badges: hold up one."),
        }[self]


def hint(thumbnail: Image, codes: Sequence[Code] = (), unread: Sequence[Corners] = ()) -> Hint | None:
    """Return what is wrong with a frame, or None.

    `thumbnail` is `Reader.thumbnail` (gray, an eighth of the frame), `codes` what was read in the frame and
    `unread` (`Reader.unread`) where a code is that could not be read, in its pixels.
    """
    if codes:
        return None
    cv = cv2()
    mean, deviation = (float(value[0][0]) for value in cv.meanStdDev(thumbnail))
    if deviation < (_FLAT_DARK if mean < _DARK else _FLAT):
        return Hint.BRIGHT if mean > _BRIGHT - 10 else Hint.COVERED
    if mean < _DARK:
        return Hint.DARK
    burnt = cv.countNonZero(cv.compare(thumbnail, _BRIGHT, cv.CMP_GE)) / thumbnail.size
    if burnt > 0.35:
        return Hint.BRIGHT
    if unread:
        if _reaches_edge(unread[0], thumbnail):
            return Hint.CUT_OFF
        return Hint.FAR if _side(unread[0]) < _SMALL_UNREAD_PX else Hint.BLURRED
    edges = cv.absdiff(thumbnail[:, 1:], thumbnail[:, :-1])
    strong = float(cv.minMaxLoc(cv.blur(edges, (2, 2)))[1])
    return Hint.BLURRED if strong < _SHARP else None


class HintFilter:
    """Keeps hints calm: one appears after it stood for a second, and goes after half a second without it.

    Where a badge was just read there is nothing to do better, though the next frames of it may be read no more.
    """

    def __init__(self, after_s: float = 1.0, until_s: float = 0.5, read_s: float = 1.0) -> None:
        self._after_s, self._until_s, self._read_s = after_s, until_s, read_s
        self._silent_until = -math.inf
        self._candidate: Hint | None = None
        self._since = 0.0
        self._last = 0.0
        self._shown: Hint | None = None

    def see(self, now_hint: Hint | None, now: float, *, read: bool = False) -> Hint | None:
        """Say what the last frame's hint was, and whether a code was read in it; returns the hint to show."""
        if read:
            self._candidate, self._silent_until = None, now + self._read_s
        if read or now < self._silent_until:
            self._shown = None
            return None
        if now_hint is not None and now_hint == self._candidate:
            self._last = now
        elif now_hint is not None and (self._candidate is None or now - self._last > self._until_s):
            self._candidate, self._since, self._last = now_hint, now, now
        if self._candidate is not None and now - self._last > self._until_s:
            self._candidate = None
        if self._candidate is None or now - self._since < self._after_s:
            self._shown = None
        else:
            self._shown = self._candidate
        return self._shown


def _reaches_edge(corners: Corners, thumbnail: Image) -> bool:
    """Say whether a code that cannot be read goes on beyond the picture."""
    width, height = 8 * thumbnail.shape[1], 8 * thumbnail.shape[0]
    return any(x < _EDGE_PX or y < _EDGE_PX or x > width - _EDGE_PX or y > height - _EDGE_PX for x, y in corners)


def _side(corners: Corners) -> float:
    return math.sqrt(area_of(corners))
