"""Pictures without a QR code, of the kinds out of which a decoder could invent one; seeded, without end."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFont

from checkin.scan.code import Image

SIZES = ((360, 640), (360, 640), (360, 640), (240, 320), (720, 1280))  # one frame in five is a whole 720p frame
_BASE = (900, 1600)


def frames(shared: Path, count: int, seed: int) -> Iterator[tuple[str, Image]]:
    """Yield `count` gray frames with the name of their kind: other cuts, sizes, light and noise of some base pictures.

    `shared` holds the simulator of the issue and its photographs without codes; without it those kinds are left out.
    """
    rng = np.random.default_rng(seed)
    kinds: dict[str, list[Image]] = {
        name: [make(np.random.default_rng([seed, i])) for i in range(12)] for name, make in _MAKERS.items()
    }
    kinds |= _shared_pictures(shared, seed)
    noise = rng.normal(0, 5, (720 + 64, 1280 + 64)).astype(np.int16)
    names = list(kinds)
    for i in range(count):
        name = names[i % len(names)]
        pictures = kinds[name]
        yield name, _cut(pictures[int(rng.integers(len(pictures)))], noise, rng)


def _cut(base: Image, noise: np.ndarray, rng: np.random.Generator) -> Image:
    height, width = SIZES[int(rng.integers(len(SIZES)))]
    zoom = float(rng.uniform(0.35, 2.5)) * height / base.shape[0]
    matrix = cv2.getRotationMatrix2D(
        (float(rng.uniform(0.2, 0.8)) * base.shape[1], float(rng.uniform(0.2, 0.8)) * base.shape[0]),
        float(rng.choice((0, 90, 180, 270)) + rng.uniform(-20, 20)),
        max(zoom, 0.15),
    )
    matrix[:, 2] += (width / 2 - base.shape[1] / 2, height / 2 - base.shape[0] / 2)
    frame = cv2.warpAffine(base, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    if rng.random() < 0.3:
        frame = cv2.GaussianBlur(frame, (0, 0), float(rng.uniform(0.5, 2)))
    frame = cv2.convertScaleAbs(frame, alpha=float(rng.uniform(0.4, 1.2)), beta=float(rng.uniform(0, 30)))
    if rng.random() < 0.2:
        frame = cv2.bitwise_not(frame)
    y, x = (int(v) for v in rng.integers(0, 64, 2))
    noisy: Image = cv2.add(frame, noise[y : y + height, x : x + width], dtype=cv2.CV_8U)
    return noisy


def _random_modules(rng: np.random.Generator) -> Image:
    """A sheet of squares like a code's modules, with finder patterns strewn over it: the nearest thing to a code."""
    size = int(rng.integers(3, 12))
    grid = (rng.random((_BASE[0] // size + 1, _BASE[1] // size + 1)) < 0.5).astype(np.uint8)
    finder = np.pad(np.pad(np.ones((3, 3), np.uint8), 1), 1, constant_values=1)
    finder = np.pad(1 - finder, 1, constant_values=1)
    for _ in range(int(rng.integers(0, 60))):
        y, x = int(rng.integers(grid.shape[0] - 9)), int(rng.integers(grid.shape[1] - 9))
        grid[y : y + 9, x : x + 9] = finder
    return cv2.resize(grid * 255, None, fx=size, fy=size, interpolation=cv2.INTER_NEAREST)


def _texture(rng: np.random.Generator) -> Image:
    """Noise of several sizes, and now and then in black and white."""
    sheet = np.zeros(_BASE, np.float32)
    for scale in (2, 4, 9, 23, 60):
        small = rng.normal(0, 1, (_BASE[0] // scale + 2, _BASE[1] // scale + 2)).astype(np.float32)
        sheet += float(rng.uniform(0, 1)) * cv2.resize(small, _BASE[::-1], interpolation=cv2.INTER_LINEAR)
    gray = cv2.normalize(sheet, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
    return cv2.threshold(gray, 0, 255, cv2.THRESH_OTSU)[1] if rng.random() < 0.5 else gray


def _page(rng: np.random.Generator) -> Image:
    """Lines of letters and digits, as on a form."""
    sheet = Drawing.new("L", _BASE[::-1], 245)
    draw = ImageDraw.Draw(sheet)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789    .,-|#[]"))
    size = int(rng.integers(9, 34))
    font = ImageFont.load_default(size)
    for y in range(10, _BASE[0], round(size * 1.3)):
        draw.text((10, y), "".join(rng.choice(letters, 220)), font=font, fill=int(rng.integers(0, 80)))
    return np.asarray(sheet).copy()


def _halftone(rng: np.random.Generator) -> Image:
    """Printed dots of changing size, and their moire with the pixels."""
    y, x = np.mgrid[0 : _BASE[0], 0 : _BASE[1]].astype(np.float32)
    angle, pitch = float(rng.uniform(0, np.pi)), float(rng.uniform(2.5, 14))
    across, down = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    dots = np.cos(across * 2 * np.pi / pitch) * np.cos(down * 2 * np.pi / pitch)
    tone = cv2.resize(rng.random((7, 12)).astype(np.float32), _BASE[::-1], interpolation=cv2.INTER_CUBIC)
    return ((dots > tone * 2 - 1) * 255).astype(np.uint8)


def _stripes(rng: np.random.Generator) -> Image:
    """Barcodes, blinds, grids and chess boards."""
    widths = rng.integers(2, int(rng.integers(4, 40)), 900)
    row = np.repeat(np.arange(900) % 2, widths)[: _BASE[1]]
    row = np.pad(row, (0, _BASE[1] - len(row)))
    widths = rng.integers(2, int(rng.integers(4, 40)), 900)
    column = np.repeat(np.arange(900) % 2, widths)[: _BASE[0]]
    column = np.pad(column, (0, _BASE[0] - len(column)))
    sheet = row[None, :] ^ column[:, None] if rng.random() < 0.5 else np.tile(row, (_BASE[0], 1))
    return (sheet * 255).astype(np.uint8)


_MAKERS: dict[str, Callable[[np.random.Generator], Image]] = {
    "modules": _random_modules,
    "texture": _texture,
    "page": _page,
    "halftone": _halftone,
    "stripes": _stripes,
}


def _shared_pictures(shared: Path, seed: int) -> dict[str, list[Image]]:
    folder = shared / "qr"
    if not (folder / "simulate.py").is_file():
        return {}
    sys.path.insert(0, str(folder))
    from simulate import Sequence, make_spec

    clutter = [
        cv2.cvtColor(next(iter(Sequence(make_spec(seed + i, "nocode"))))[0], cv2.COLOR_BGR2GRAY) for i in range(24)
    ]
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file) if row["expected"] == "[]"]
    photographs = [cv2.imread(str(folder / name), cv2.IMREAD_GRAYSCALE) for name in names]
    for i, picture in enumerate(photographs):
        shrink = min(1.0, 1600 / max(picture.shape))
        photographs[i] = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return {"clutter": clutter, "photographs": photographs}
