"""Where the card is in each frame: it comes, is held by a hand that is not quite still, and goes."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from .cards import HEIGHT, WIDTH
from .hand import CANVAS, CARD_AT
from .storyboard import Cue

ENTER: Final = 10
LEAVE: Final = 9
FOCAL: Final = 1150.0
"""Pixels; of a webcam with a field of view of 58 degrees at 1280."""
CENTRE: Final = (640, 372)
_OUTSIDE: Final = {"below": (40.0, 690.0), "left": (-980.0, 220.0), "right": (980.0, 220.0)}


@dataclass(frozen=True, slots=True)
class Pose:
    """A card in front of the camera: its middle and height in pixels, its turns in degrees."""

    x: float
    y: float
    height: float
    roll: float
    pitch: float
    yaw: float

    def matrix(self, reduced: float) -> NDArray[np.float64]:
        """Return the 3x3 map from the canvas of hand.held, reduced by the factor `reduced`, to the frame."""
        wide, high = CANVAS
        middle = np.array((CARD_AT[0] + WIDTH / 2, CARD_AT[1] + HEIGHT / 2))
        corners = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float64)
        flat = (corners - middle) * self.height / HEIGHT
        solid = np.column_stack([flat, np.zeros(4)]) @ _turn(self.roll, self.pitch, self.yaw).T
        scale = FOCAL / (FOCAL + solid[:, 2:])
        seen = solid[:, :2] * scale + (self.x, self.y)
        return cv2.getPerspectiveTransform((corners * reduced).astype(np.float32), seen.astype(np.float32))


class Motion:
    """The way of one card, from its first frame to its last. Times are in frames, and may be fractions."""

    def __init__(self, cue: Cue, seed: int) -> None:
        """Choose the small irregularities of one hand from `seed`."""
        rng = random.Random(seed)
        self._cue = cue
        self.length = ENTER + cue.hold + LEAVE
        lean = -70 if cue.left else 70
        self._x = CENTRE[0] + lean + rng.uniform(-24, 24)
        self._y = CENTRE[1] + rng.uniform(-10, 14)
        self._phases = [rng.uniform(0, 6.28) for _ in range(8)]

    def at(self, t: float) -> Pose:
        """Return the pose at `t`: 0 is the first frame, `length` - 1 the last."""
        cue = self._cue
        away = 1 - _ease((t + 1) / ENTER) if t < ENTER else _ease((t - ENTER - cue.hold + 1) / LEAVE)
        dx, dy = _OUTSIDE["below" if t >= ENTER and cue.side == "below" else cue.side]
        held = min(max((t - ENTER) / max(cue.hold, 1), 0.0), 1.0)
        near = 1 + cue.drift * _ease(held) - 0.12 * away
        swing = cue.sway * math.sin(held * 2 * math.pi * max(1, round(cue.hold / 44)))
        still = 1 - away
        return Pose(
            x=self._x + dx * away + swing + 3.0 * self._tremor(t, 0),
            y=self._y + dy * away + 3.2 * self._tremor(t, 1),
            height=cue.height * near,
            roll=cue.roll * (0.5 + 0.5 * still)
            + 26 * away * (1 if cue.left else -1)
            + 0.7 * self._tremor(t, 2)
            + swing / 14,
            pitch=cue.pitch * still - 30 * away + 1.1 * self._tremor(t, 3),
            yaw=cue.yaw * still + 1.2 * self._tremor(t, 0) + swing / 5,
        )

    def _tremor(self, t: float, which: int) -> float:
        """Return the hand's unrest, about -1..1: slow swaying and a little of the faster trembling."""
        a, b = self._phases[2 * which : 2 * which + 2]
        return 0.8 * math.sin(t / 11 + a) + 0.3 * math.sin(t / 3.7 + b)


def _ease(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _turn(roll: float, pitch: float, yaw: float) -> NDArray[np.float64]:
    r, p, y = (math.radians(angle) for angle in (roll, pitch, yaw))
    about_z = np.array([[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, math.cos(p), -math.sin(p)], [0, math.sin(p), math.cos(p)]])
    about_y = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    turned: NDArray[np.float64] = about_y @ about_x @ about_z
    return turned
