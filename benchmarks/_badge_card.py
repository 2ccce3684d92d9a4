"""Our own badge in the hand of the webcam simulator's guest: rendered from the program's own PDF, put in its card's place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from benchmarks._simulator import simulator
from checkin.badges.code import TOKEN_MODULES, module_mm
from checkin.badges.content import BadgeContent
from checkin.badges.layout import Layout
from checkin.scan.code import Image
from checkin.ui.painting.badge_pdf import write_pdf
from checkin.ui.painting.headless import program
from tests.badges.compare import to_array

SCREEN_MM = (66.0, 144.0)
"""What a phone of the simulator shows."""
_FINE = 2  # the page is rendered so many times finer than the simulator's texture, then averaged


def code_mm(layout: Layout) -> float:
    """Return how wide one of our own codes is printed in a layout, without its white border."""
    return module_mm(layout.code.width, TOKEN_MODULES) * TOKEN_MODULES


class Badges:
    """The pages of one PDF, as textures of the simulator, each with the text of its code."""

    def __init__(self, layout: Layout, contents: Sequence[BadgeContent], wide_mm: float) -> None:
        """Print the contents, one page each, and shrink or enlarge the paper until a code is `wide_mm` wide."""
        self.texts = [said.text for said in contents]
        self.code_mm = wide_mm
        self._scale = wide_mm / code_mm(layout)
        self._layout = layout
        kept = program()
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "badges.pdf"
            write_pdf(path, layout, contents)
            self._pages = [self._rendered(path, number) for number in range(len(contents))]
        del kept

    def _rendered(self, path: Path, number: int) -> Image:
        document = QPdfDocument()
        document.load(str(path))
        width, height = (self._px(side) for side in self._layout.page_mm)
        size = QSize(_FINE * width, _FINE * height)
        paper = QImage(size, QImage.Format.Format_RGB888)
        paper.fill("#ffffff")
        painter = QPainter(paper)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        document.close()
        fine = np.ascontiguousarray(to_array(paper).astype(np.uint8)[..., ::-1])
        return cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)

    def _px(self, mm: float) -> int:
        return round(mm * self._scale * simulator().PPM)

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Let the simulator's guests hold these badges, found by the text of their code, instead of its own card."""
        other = simulator().card_layer
        simulator().card_layer = self._card
        try:
            yield
        finally:
            simulator().card_layer = other

    def _card(
        self, spec: dict[str, Any], _rng: object, text: str, _draw_code: bool = True
    ) -> tuple[Image, tuple[float, float], tuple[float, float], int]:
        """Return what the simulator's function of this place does: texture, size and the code's middle in mm, modules."""
        page = self._pages[self.texts.index(text)]
        at = self._layout.code
        middle = self._px(at.left + at.width / 2), self._px(at.top + at.height / 2)
        if spec["phone"]:
            page, middle = _on_screen(page, middle, dark=spec["inverted"])
        elif spec["dark_fg"] != [0, 0, 0] or spec["light_bg"] != [255, 255, 255]:
            page = _on_colours(page, spec["dark_fg"], spec["light_bg"])
        ppm, pad = simulator().PPM, simulator().PAD * simulator().PPM
        texture = cv2.copyMakeBorder(_opaque(page), pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
        if spec["curl"]:
            texture = _curled(texture, spec["curl"], ppm)
        height, width = page.shape[:2]
        off = (middle[0] - width / 2) / ppm, (middle[1] - height / 2) / ppm
        return texture, (width / ppm, height / ppm), off, TOKEN_MODULES


def _opaque(page: Image) -> Image:
    return np.dstack((page, np.full(page.shape[:2], 255, np.uint8)))


def _on_screen(page: Image, middle: tuple[int, int], *, dark: bool) -> tuple[Image, tuple[int, int]]:
    """Return a phone that shows the page at its own size, moved until the code is in the middle; in dark mode inverted."""
    ppm = simulator().PPM
    width, height = (round(mm * ppm) for mm in SCREEN_MM)
    shift = np.array(((1, 0, width / 2 - middle[0]), (0, 1, height / 2 - middle[1])), np.float32)
    screen = cv2.warpAffine(page, shift, (width, height), flags=cv2.INTER_NEAREST, borderValue=(255, 255, 255))
    if dark:
        screen = cv2.convertScaleAbs(
            cv2.bitwise_not(screen), alpha=0.85, beta=18
        )  # neither black nor white, as an app's
    frame = 3 * ppm
    body = cv2.copyMakeBorder(screen, frame, frame, frame, frame, cv2.BORDER_CONSTANT, value=(20, 18, 18))
    return body, (body.shape[1] // 2, body.shape[0] // 2)


def _on_colours(page: Image, ink: Sequence[int], paper: Sequence[int]) -> Image:
    """Return the page printed with one ink (BGR) on paper of a colour."""
    share = page.astype(np.float32) / 255
    low, high = np.array(ink, np.float32), np.array(paper, np.float32)
    return (low + (high - low) * share).astype(np.uint8)


def _curled(texture: Image, radius_mm: float, ppm: float) -> Image:
    """Return the badge as it looks bent round a cylinder, darker where it turns away: as the simulator does it."""
    height, width = texture.shape[:2]
    radius = abs(radius_mm)
    x = (np.arange(width) - width / 2) / ppm
    bent = radius * np.arcsin(np.clip(x / radius, -0.999, 0.999))
    across = np.tile((bent * ppm + width / 2).astype(np.float32), (height, 1))
    down = np.tile(np.arange(height, dtype=np.float32)[:, None], (1, width))
    seen = cv2.remap(texture, across, down, cv2.INTER_LINEAR, borderValue=(0, 0, 0, 0))
    shade = np.sqrt(np.clip(1 - (x / radius) ** 2, 0.05, 1)).astype(np.float32) ** 0.6
    seen[..., :3] = (seen[..., :3] * shade[None, :, None]).astype(np.uint8)
    return seen


Spec = dict[str, Any]


def held_at(make: Callable[[int], Spec], seed: int, badges: Badges, distance_mm: float, frames: int) -> Spec:
    """Return an approach of the simulator in which one of the badges comes into view at a distance and stays there."""
    spec = make(seed)
    mine, other = seed % len(badges.texts), (seed + 1) % len(badges.texts)
    text, second = badges.texts[mine], badges.texts[other]
    spec |= {
        "res": [1280, 720],
        "frames": frames,
        "qr_mm": badges.code_mm,
        "z0": distance_mm,
        "z1": distance_mm,
        "text": text,
        "text2": second,
        "truth": [text, second] if spec["two"] else [text],
    }
    return spec
