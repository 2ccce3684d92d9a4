"""What is wrong with the picture while nothing is read, and what to do about it: hints.

Said from an eighth of the picture and from the place in which a code seems to be (`checkin.scan.spot`). A picture in which
nothing looks like a code gets a hint only where the camera sees as good as nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from checkin.i18n import _
from checkin.scan.code import Code, Corners, Image
from checkin.scan.opencv import cv2
from checkin.scan.spot import Spot, Suspect

_DARK = 38  # mean gray level below which codes stop being read at arm's length
_BRIGHT = 250  # gray level that counts as burnt out
_FLAT = 5.0  # standard deviation of a picture that shows nothing at all: a lid, a cover, a finger
_FLAT_DARK = 1.5  # and of a dark one, in which even a room has little contrast
_SHARP = 9.0  # the strongest edges of a picture that is in focus, in gray levels a thumbnail's pixel
_EDGE_PX = 6  # nearer to the edge than this a code is cut off

_DARK_PAPER = 118  # gray level of the paper of a badge that gets too little light
_DIM_PAPER = 180  # and above which more and more noise is allowed: the camera has not turned its gain up for nothing
_NOISE = 5.0  # gray levels over three pixels; a webcam in good light has 1 to 4
_NOISE_ALONE = 6.0  # the same where nothing looks like a code, because noise hides it
_LIT = 0.3  # share of a code in which a lamp shines; it cannot be told from paper between the modules below
_LIT_HAZY = 0.15  # the same where all of its black is gray
_HAZY = 80  # gray level of the black modules under a sleeve
_SMEARED = 1.6  # edges so many times as strong across the movement as along it
_LONG = 1.22  # so many times as long as wide, a code is tilted away by 35 degrees
_SQUARE = 0.87  # share of the rectangle around a code; less: a corner is missing
_LARGE_PX = 100  # a smaller one has too few cells to show its corners
_SOFT = 0.048  # change from pixel to pixel, in shares of the paper's gray level, of a code out of focus
_SMOOTH = 0.03  # the same of one so far out of focus that it looks like a veil of light
_NEAR_PX = 250  # a code that fills so much of the picture and cannot be read is blurred rather than far


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
    MICRO = "micro"
    """A Micro QR code, which is never read: said by `checkin.scan.micro`."""

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
            Hint.MICRO: _("A Micro QR code cannot be read safely: type the number."),
        }[self]


def hint(
    thumbnail: Image, codes: Sequence[Code] = (), unread: Sequence[Corners] = (), suspect: Suspect | None = None
) -> Hint | None:
    """Return what is wrong with a frame, or None.

    `thumbnail` is `Reader.thumbnail` (gray, an eighth of the frame), `codes` what was read in the frame, `unread`
    (`Reader.unread`) where a code is that could not be read, in its pixels, `suspect` where a code seems to be.
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
    if unread and _reaches_edge(unread[0], thumbnail):
        return Hint.CUT_OFF
    spot = suspect.spot if suspect is not None else None
    if spot is not None and suspect is not None:
        if suspect.seen or spot.is_like_a_code:
            return _wrong_with(spot)
        if spot.noise >= _NOISE_ALONE and spot.white < _DIM_PAPER:
            return Hint.DARK
    edges = cv.absdiff(thumbnail[:, 1:], thumbnail[:, :-1])
    strong = float(cv.minMaxLoc(cv.blur(edges, (2, 2)))[1])
    return Hint.BLURRED if strong < _SHARP else None


def _wrong_with(spot: Spot) -> Hint:
    """Return what most stands in the way of reading a code; what tells least for sure comes last."""
    if (spot.white < _DARK_PAPER and not spot.inverted) or spot.noise >= _NOISE + max(
        0.0, spot.white - _DIM_PAPER
    ) / 15:
        return Hint.DARK
    if spot.at_edge:
        return Hint.CUT_OFF
    if spot.smeared >= _SMEARED or spot.texture < _SMOOTH * spot.white:
        return Hint.BLURRED
    if spot.lit >= (_LIT_HAZY if spot.black >= _HAZY else _LIT):
        return Hint.BRIGHT
    if spot.longer >= _LONG:
        return Hint.TILTED
    if spot.texture < _SOFT * spot.white:
        return Hint.BLURRED
    if spot.square < _SQUARE and spot.side >= _LARGE_PX:
        return Hint.CUT_OFF
    return Hint.FAR if spot.side < _NEAR_PX else Hint.BLURRED


def _reaches_edge(corners: Corners, thumbnail: Image) -> bool:
    """Say whether a code that cannot be read goes on beyond the picture."""
    width, height = 8 * thumbnail.shape[1], 8 * thumbnail.shape[0]
    return any(x < _EDGE_PX or y < _EDGE_PX or x > width - _EDGE_PX or y > height - _EDGE_PX for x, y in corners)
