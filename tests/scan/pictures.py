"""Pictures of codes for tests: rendered with segno, put into a frame as a webcam would show it."""

from __future__ import annotations

import io
from functools import cache

import cv2
import numpy as np
import segno

from checkin.scan.code import Code, Image

TOKEN = "0397718287356349055631029448214353408010949736"
OTHER = "0754530210532839025895867055214667367367092903"


def qr(text: str, scale: int = 6, error: str = "q") -> Image:
    """A code with its quiet zone, black on white, gray."""
    return render(segno.make_qr(text, error=error), scale)


def render(symbol: segno.QRCode, scale: int = 6) -> Image:
    buffer = io.BytesIO()
    symbol.save(buffer, kind="png", scale=scale, border=4)
    return cv2.imdecode(np.frombuffer(buffer.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE)


def room(seed: int = 1, height: int = 720, width: int = 1280) -> Image:
    """A scene behind the desk, BGR: shapes with edges, some light and shade, no code."""
    rng = np.random.default_rng(seed)
    image = np.full((height, width, 3), 120, np.uint8)
    image[:] = np.linspace(90, 150, width, dtype=np.uint8)[None, :, None]
    for _shape in range(14):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        w, h = int(rng.integers(40, 300)), int(rng.integers(40, 300))
        colour = tuple(int(c) for c in rng.integers(40, 220, 3))
        cv2.rectangle(image, (x, y), (x + w, y + h), colour, -1)
    return image


def noisy(image: Image, rng: np.random.Generator) -> Image:
    """The picture with a sensor's noise (3 gray levels)."""
    noise = _noise()
    y, x = (int(v) for v in rng.integers(0, 64, 2))
    return cv2.add(image, noise[y : y + image.shape[0], x : x + image.shape[1]], dtype=cv2.CV_8U)


@cache
def _noise() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 3, (720 + 64, 1280 + 64, 3)).round().astype(np.int16)


def held_up(text: str, *, at: tuple[int, int] = (500, 250), scale: int = 6, frame: Image | None = None) -> Image:
    """A frame with a badge's code in it."""
    image = room() if frame is None else frame.copy()
    code = cv2.cvtColor(qr(text, scale), cv2.COLOR_GRAY2BGR)
    x, y = at
    image[y : y + code.shape[0], x : x + code.shape[1]] = code
    return image


def code(text: str, side: float = 150.0, x: float = 100.0) -> Code:
    """A code as a decoder reports it, without a picture."""
    return Code(text, text.encode(), "QRCode", ((x, 0.0), (x + side, 0.0), (x + side, side), (x, side)))
