"""What the webcam sees behind the badges: a hotel lobby out of focus, and one guest after the other."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .cards import Picture
from .timetable import SIZE

GUEST: Final = (900, 900)
"""Width and height of a guest's picture; its centre stands where the guest stands, its lower edge on the frame's."""
NECK: Final = (450, 300)
"""Where the strap goes to in the guest's picture."""

Colour = tuple[int, int, int]
"""BGR."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a guest looks from afar."""

    skin: Colour
    hair: Colour
    coat: Colour
    shirt: Colour
    tie: Colour | None
    scarf: Colour | None
    """A head scarf instead of hair."""
    long_hair: bool


_SKINS: Final[tuple[Colour, ...]] = ((150, 186, 232), (128, 168, 218), (104, 146, 200), (84, 122, 176), (168, 200, 240))
_HAIRS: Final[tuple[Colour, ...]] = ((28, 26, 26), (36, 34, 38), (46, 56, 78), (120, 122, 126))
_COATS: Final[tuple[Colour, ...]] = (
    (74, 50, 38), (62, 58, 56), (92, 74, 62), (84, 54, 84), (62, 78, 52), (70, 66, 108), (122, 112, 100), (44, 40, 42),
)  # fmt: skip
_SHIRTS: Final[tuple[Colour, ...]] = ((236, 238, 240), (240, 226, 206), (206, 222, 240))
_TIES: Final[tuple[Colour | None, ...]] = ((120, 50, 30), (40, 40, 130), None, None)
_SCARVES: Final[tuple[Colour, ...]] = ((150, 120, 70), (120, 100, 170), (90, 120, 60))


def look(rng: random.Random, *, woman: bool, scarf: bool) -> Look:
    """Return the look of one guest."""
    return Look(
        skin=rng.choice(_SKINS[:4] if scarf else _SKINS),
        hair=rng.choice(_HAIRS),
        coat=rng.choice(_COATS),
        shirt=rng.choice(_SHIRTS),
        tie=rng.choice(_TIES),
        scarf=rng.choice(_SCARVES) if scarf else None,
        long_hair=woman,
    )


def guest(who: Look) -> Picture:
    """Return a guest, head to hips, as a lens that is focused on the badge sees one."""
    height = GUEST[1]
    picture = Image.new("RGBA", GUEST, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    if who.long_hair and not who.scarf:
        draw.ellipse((340, 30, 560, 340), fill=_rgb(who.hair))
    body = [
        (90, height),
        (130, 520),
        (190, 410),
        (300, 350),
        (400, 318),
        (500, 318),
        (600, 350),
        (710, 410),
        (770, 520),
        (810, height),
    ]
    draw.polygon(body, fill=_rgb(who.coat))
    draw.polygon([(380, 322), (450, 620), (520, 322)], fill=_rgb(who.shirt))
    draw.polygon([(372, 318), (300, 352), (420, 640), (450, 640)], fill=_rgb(_darker(who.coat, 0.82)))
    draw.polygon([(528, 318), (600, 352), (480, 640), (450, 640)], fill=_rgb(_darker(who.coat, 0.88)))
    if who.tie and not who.long_hair:
        draw.polygon([(434, 345), (466, 345), (474, 560), (450, 600), (426, 560)], fill=_rgb(who.tie))
    draw.polygon([(396, 220), (504, 220), (512, 330), (450, 366), (388, 330)], fill=_rgb(_darker(who.skin, 0.8)))
    if who.scarf:
        draw.ellipse((338, 20, 562, 330), fill=_rgb(who.scarf))
        draw.polygon([(350, 230), (550, 230), (600, 400), (450, 480), (300, 400)], fill=_rgb(_darker(who.scarf, 0.93)))
        draw.ellipse((380, 66, 520, 266), fill=_rgb(who.skin))
    else:
        draw.ellipse((364, 36, 536, 282), fill=_rgb(who.skin))
        draw.chord((356, 22, 544, 240), 186, 354, fill=_rgb(who.hair))
        draw.polygon([(360, 120), (380, 70), (384, 150)], fill=_rgb(who.hair))
        draw.polygon([(540, 120), (520, 70), (516, 150)], fill=_rgb(who.hair))
    for x in (416, 484):  # eyes and mouth, soon out of focus
        draw.ellipse((x - 15, 142, x + 15, 160), fill=_rgb(_darker(who.skin, 0.42)))
    draw.ellipse((424, 220, 476, 236), fill=_rgb(_darker(who.skin, 0.62)))
    return _defocused(np.asarray(picture), 15)


def empty(seed: int) -> NDArray[np.uint8]:
    """Return the empty lobby: daylight from the left, a counter, a roll-up banner, lamps as discs of light."""
    rng = random.Random(seed)
    width, height = SIZE
    picture = Image.new("RGB", SIZE, (150, 128, 104))
    draw = ImageDraw.Draw(picture)
    for x in range(width):
        warm = x / width
        draw.line((x, 0, x, 470), fill=(int(196 - 70 * warm), int(180 - 74 * warm), int(156 - 74 * warm)))
    for y in range(470, height):
        depth = (y - 470) / 250
        draw.line((0, y, width, y), fill=(int(128 - 62 * depth), int(104 - 54 * depth), int(82 - 44 * depth)))
    for x in (-60, 120, 300):  # windows with the morning behind them
        draw.rectangle((x, 20, x + 150, 430), fill=(232, 240, 246))
        draw.rectangle((x, 250, x + 150, 430), fill=(176, 200, 176))
        draw.ellipse((x - 20, 210, x + 120, 360), fill=(120, 156, 110))
    draw.rectangle((468, 0, 540, 500), fill=(122, 98, 78))  # a column
    draw.rectangle((900, 60, 1080, 560), fill=(22, 54, 95))  # the banner
    draw.rectangle((900, 60, 1080, 130), fill=(200, 153, 58))
    for y in (190, 240, 290, 360, 400):
        draw.rectangle((925, y, 1055, y + 18), fill=(210, 222, 236))
    draw.rectangle((1130, 330, 1280, 620), fill=(92, 66, 48))  # a counter
    draw.rectangle((1120, 318, 1280, 342), fill=(196, 170, 132))
    draw.ellipse((1160, 190, 1270, 340), fill=(70, 104, 62))  # flowers on it
    for _ in range(9):
        x, y = rng.randrange(1150, 1270), rng.randrange(190, 290)
        draw.ellipse(
            (x - 14, y - 14, x + 14, y + 14), fill=rng.choice([(236, 214, 224), (220, 120, 150), (244, 232, 180)])
        )
    for x, coat in ((640, (70, 74, 92)), (700, (132, 64, 60)), (815, (84, 92, 74))):  # people who talk, far away
        draw.ellipse((x - 20, 262, x + 20, 312), fill=(198, 156, 126))
        draw.polygon([(x - 42, 520), (x - 36, 330), (x, 312), (x + 36, 330), (x + 42, 520)], fill=coat)
    soft = cv2.GaussianBlur(np.asarray(picture)[..., ::-1].astype(np.float32), (0, 0), 13)
    _lamps(soft, rng)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    corner = ((across / width - 0.5) ** 2 + (down / height - 0.5) ** 2) * 0.62
    return np.clip(cv2.GaussianBlur(soft, (0, 0), 1.5) * (1 - corner[..., None]) * 0.92, 0, 255).astype(np.uint8)


def _lamps(picture: NDArray[np.float32], rng: random.Random) -> None:
    """Add the ceiling's lamps: out of focus, a small light is a disc as large as the lens makes it."""
    for n in range(26):
        row = n % 3
        x = 560 + (n * 211) % 720 + rng.randrange(-20, 20)
        y = 28 + row * 56 + rng.randrange(-14, 14)
        radius = 15 + 5 * row + rng.randrange(0, 5)
        disc = np.zeros(picture.shape[:2], np.float32)
        cv2.circle(disc, (x, y), radius, 1.0, -1, cv2.LINE_AA)
        disc = cv2.GaussianBlur(disc, (0, 0), 1.6)[..., None] * rng.uniform(0.16, 0.4)
        picture += disc * (np.array((168, 222, 255), np.float32) - picture * 0.55)


def _defocused(picture: NDArray[np.uint8], sigma: float) -> Picture:
    """Blur RGBA through its opacity, so that no dark edge shows; return BGR and opacity."""
    opacity = picture[..., 3:].astype(np.float32) / 255
    paint = cv2.GaussianBlur(picture[..., 2::-1].astype(np.float32) * opacity, (0, 0), sigma)
    soft = cv2.GaussianBlur(opacity, (0, 0), sigma)[..., None]
    side = np.linspace(1.1, 0.82, picture.shape[1], dtype=np.float32)[None, :, None]  # the windows are on the left
    return np.dstack([paint / np.maximum(soft, 1e-3) * side, soft * 255]).clip(0, 255).astype(np.uint8)


def _darker(colour: Colour, by: float) -> Colour:
    return int(colour[0] * by), int(colour[1] * by), int(colour[2] * by)


def _rgb(colour: Colour) -> tuple[int, int, int, int]:
    return colour[2], colour[1], colour[0], 255
