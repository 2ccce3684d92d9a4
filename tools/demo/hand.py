"""A hand that holds a card by its lower edge: a few rounded cones, lit like a solid body."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from .cards import WIDTH, Picture

CANVAS: Final = (1300, 2400)
"""Width and height of card and hand together, in the pixels of the card."""
REDUCED: Final = 0.5
"""Share of those pixels that is drawn: about the size they are seen in."""
CARD_AT: Final = (230, 130)

CLIP_AT: Final = (CARD_AT[0] + WIDTH // 2, 20)
"""Where the strap begins above the card."""

Cone = tuple[tuple[float, float, float], tuple[float, float, float], float]
"""Two ends (x, y, radius) and how far in front it lies."""

_BEHIND: Final[tuple[Cone, ...]] = (
    ((585, 1345, 66), (545, 1080, 56), 0),
    ((668, 1330, 70), (640, 1060, 58), 6),
    ((760, 1330, 68), (742, 1060, 58), 4),
    ((848, 1350, 60), (836, 1090, 50), -4),
    ((610, 1490, 96), (545, 1350, 78), 0),
    ((640, 1440, 128), (770, 1430, 132), -30),
    ((690, 1500, 140), (720, 1640, 118), -30),
    ((722, 1640, 112), (760, 2100, 122), -40),
)
_BEFORE: Final[tuple[Cone, ...]] = (
    ((610, 1490, 96), (545, 1350, 78), 10),
    ((545, 1350, 78), (574, 1215, 62), 24),
    ((574, 1215, 62), (608, 1108, 52), 30),
)
_NAIL: Final = ((614, 1100), (32, 42), 18)
_CUFF: Final = 1790
_GROWN: Final = 1.2
"""The cones above are drawn for a hand that is a little small beside an A6 card."""
_ANCHOR: Final = (690, 1190)
_LOWER: Final = 62
_FADE: Final = (1400, 1560)
"""Between these heights the thumb's front melts into the palm behind it."""


def _x(x: float) -> float:
    return _ANCHOR[0] + (x - _ANCHOR[0]) * _GROWN


def _y(y: float) -> float:
    return CARD_AT[1] + _ANCHOR[1] + (y - _ANCHOR[1]) * _GROWN + _LOWER


def held(
    card: Picture, skin: tuple[int, int, int], sleeve: tuple[int, int, int], *, left: bool = False, strap: bool = True
) -> Picture:
    """Return the card with the hand and sleeve of its holder, reduced.

    `skin` and `sleeve` are BGR; `left`: it is the left hand; `strap`: the end of a strap goes through the card's slot.
    """
    canvas = _empty()
    flip = slice(None, None, -1 if left else 1)
    _over(canvas, _limb(_BEHIND, skin)[:, flip])
    _over(canvas, _cuff(sleeve)[:, flip])
    placed = _empty()
    x, y = round(CARD_AT[0] * REDUCED), round(CARD_AT[1] * REDUCED)
    small = cv2.resize(card, None, fx=REDUCED, fy=REDUCED, interpolation=cv2.INTER_AREA)
    placed[y : y + small.shape[0], x : x + small.shape[1]] = small
    _over(canvas, placed)
    if strap:
        _over(canvas, _clip())
    thumb = _limb(_BEFORE, skin, nail=True)
    _over(canvas, _shadow(thumb, placed[..., 3])[:, flip])
    _over(canvas, thumb[:, flip])
    return np.clip(canvas, 0, 255).astype(np.uint8)


def _empty() -> NDArray[np.float32]:
    return np.zeros((round(CANVAS[1] * REDUCED), round(CANVAS[0] * REDUCED), 4), np.float32)


def _polygon(picture: NDArray[np.float32], points: list[tuple[float, float]], colour: tuple[float, ...]) -> None:
    """Fill a polygon whose corners are in the card's pixels."""
    corners = np.round(np.array(points) * REDUCED * 16).astype(np.int32)
    cv2.fillPoly(picture, [corners], colour, cv2.LINE_AA, 4)


def _grown(end: tuple[float, float, float]) -> tuple[float, float, float]:
    return _x(end[0]), _y(end[1]), end[2] * _GROWN


def _limb(cones: tuple[Cone, ...], skin: tuple[int, int, int], *, nail: bool = False) -> NDArray[np.float32]:
    """Return cones melted into one body and lit from the upper left: BGR and opacity."""
    rows, columns = _empty().shape[:2]
    across, down = (axis / REDUCED for axis in np.meshgrid(np.arange(columns), np.arange(rows)))
    depth = np.full(across.shape, -400.0, np.float32)
    edge = np.full(across.shape, 1e6, np.float32)
    for first, second, lift in cones:
        (x1, y1, r1), (x2, y2, r2) = _grown(first), _grown(second)
        dx, dy = x2 - x1, y2 - y1
        t = np.clip(((across - x1) * dx + (down - y1) * dy) / (dx * dx + dy * dy), 0, 1)
        radius = r1 + t * (r2 - r1)
        distance = np.hypot(across - x1 - t * dx, down - y1 - t * dy)
        height = np.where(distance < radius, np.sqrt(np.maximum(radius**2 - distance**2, 0)) + lift, -400.0)
        depth, edge = np.maximum(depth, height).astype(np.float32), np.minimum(edge, distance - radius)
    solid = depth > -399
    depth = cv2.GaussianBlur(np.where(solid, depth, -40).astype(np.float32), (0, 0), 7)
    slope_y, slope_x = np.gradient(depth, 1 / REDUCED)
    normal = np.dstack([-slope_x, -slope_y, np.ones_like(slope_x)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    light = normal @ np.array([-0.42, -0.55, 0.72], np.float32)
    bright = 0.50 + 0.55 * np.clip(light, 0, 1) + 0.05 * (1 - normal[..., 2])
    colour = np.array(skin, np.float32) * bright[..., None]
    colour[..., 2] += 14 * (1 - normal[..., 2])  # light that went through the skin is red
    if nail:
        _paint_nail(colour)
    opacity = 255 * np.clip(0.5 - edge / 3, 0, 1)
    if nail:
        opacity *= np.clip((_y(_FADE[1]) - down) / (_y(_FADE[1]) - _y(_FADE[0])), 0, 1)
    return np.dstack([colour, opacity]).astype(np.float32)


def _paint_nail(colour: NDArray[np.float32]) -> None:
    (x, y), axes, angle = _NAIL
    mask = np.zeros(colour.shape[:2], np.float32)
    centre = round(_x(x) * REDUCED), round(_y(y) * REDUCED)
    half = round(axes[0] * REDUCED), round(axes[1] * REDUCED)
    cv2.ellipse(mask, centre, half, angle, 0, 360, 1.0, -1, cv2.LINE_AA)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None]
    colour[:] = colour * (1 - 0.4 * mask) + 0.4 * mask * np.array((205, 212, 250), np.float32)


def _cuff(colour: tuple[int, int, int]) -> NDArray[np.float32]:
    """Return the sleeve: a band of shirt, then cloth down to the lower edge."""
    height = CANVAS[1]
    picture = _empty()
    across = np.arange(picture.shape[1], dtype=np.float32) / REDUCED
    rounded = 0.62 + 0.42 * np.clip(1 - ((across - 700) / 230) ** 2, 0, 1)  # a sleeve is a tube: its sides are darker
    for points, tint in (
        ([(580, _CUFF - 46), (880, _CUFF - 60), (896, height), (570, height)], (238, 238, 240)),
        ([(562, _CUFF), (902, _CUFF - 16), (950, height), (530, height)], colour),
    ):
        layer = _empty()
        _polygon(layer, [(_x(x), _y(y)) for x, y in points], (*tint, 255))
        layer[..., :3] *= rounded[None, :, None]
        _over(picture, layer)
    return picture


def _clip() -> NDArray[np.float32]:
    """Return the strap's end: a ribbon sewn to a metal hook that goes through the card's slot."""
    layer = _empty()
    middle, top = CLIP_AT
    slot = CARD_AT[1] + 52
    for points, tint in (
        ([(middle - 26, top), (middle + 26, top), (middle + 22, top + 70), (middle - 22, top + 70)], (104, 62, 30)),
        (
            [(middle - 15, top + 66), (middle + 15, top + 66), (middle + 12, slot + 6), (middle - 12, slot + 6)],
            (186, 184, 180),
        ),
        ([(middle - 5, top + 70), (middle + 1, top + 70), (middle, slot), (middle - 4, slot)], (232, 232, 230)),
    ):
        _polygon(layer, points, (*tint, 255))
    return cv2.GaussianBlur(layer, (0, 0), 0.6)


def _shadow(thumb: NDArray[np.float32], card: NDArray[np.float32]) -> NDArray[np.float32]:
    moved = np.roll(thumb[..., 3], (7, 6), (0, 1))
    layer = np.zeros_like(thumb)
    layer[..., 3] = cv2.GaussianBlur(moved, (0, 0), 6) * 0.38 * (card / 255)
    return layer


def _over(below: NDArray[np.float32], above: NDArray[np.float32]) -> None:
    """Lay `above` over `below` in place; straight (not premultiplied) opacity 0..255."""
    a, b = above[..., 3:] / 255, below[..., 3:] / 255
    total = a + b * (1 - a)
    below[..., :3] = np.where(
        total > 0, (above[..., :3] * a + below[..., :3] * b * (1 - a)) / np.maximum(total, 1e-6), 0
    )
    below[..., 3:] = total * 255
