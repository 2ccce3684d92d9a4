"""A badge as a webcam sees it: held at arm's length, a little askew, blurred, noisy, compressed. Small and seeded."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
DIAGONAL_DEG = 70
"""Field of view of a laptop's webcam."""
TILT_DEG = 16
"""A person holds a badge at most so far askew, in each direction."""


def held_up(badge: Gray, width_mm: float, *, seed: int, distance_mm: float = 400) -> Gray:
    """Return a frame with a badge (a picture of a page, any resolution) held before the camera."""
    rng = np.random.default_rng(seed)
    focal = math.hypot(WIDTH, HEIGHT) / 2 / math.tan(math.radians(DIAGONAL_DEG / 2))
    fine = 2 * focal / distance_mm  # px a mm: twice what the frame will have, so that the warp does not alias
    scale = fine * width_mm / badge.shape[1]
    small = cv2.resize(badge, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    corners = _corners(small.shape[1] / fine, small.shape[0] / fine, rng, focal, distance_mm)
    height, width = small.shape
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(source, corners)
    light = rng.uniform(60, 190) + np.linspace(0, rng.uniform(-50, 50), WIDTH)
    frame = np.tile(light, (HEIGHT, 1)).astype(np.float32)
    paper = small.astype(np.float32) * rng.uniform(0.6, 0.95) + rng.uniform(4, 30)  # no ink is black, no paper white
    cv2.warpPerspective(
        paper, warp, (WIDTH, HEIGHT), dst=frame, borderMode=cv2.BORDER_TRANSPARENT, flags=cv2.INTER_AREA
    )
    frame = cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.6, 1.0))
    frame += rng.normal(0, rng.uniform(2, 5), frame.shape)
    seen = np.clip(frame, 0, 255).astype(np.uint8)
    jpeg = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(70, 90))])[1]
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8)


def _corners(
    width: float, height: float, rng: np.random.Generator, focal: float, distance: float
) -> NDArray[np.float32]:
    """Return where the four corners of a turned card are in the frame."""
    pitch, yaw, roll = (math.radians(float(rng.uniform(-TILT_DEG, TILT_DEG))) for _axis in range(3))
    turn = _about(0, pitch) @ _about(1, yaw) @ _about(2, roll)
    half = np.array([[-width, -height, 0], [width, -height, 0], [width, height, 0], [-width, height, 0]]) / 2
    turned = half @ turn.T
    depth = turned[:, 2] + distance
    across = turned[:, 0] * focal / depth + WIDTH / 2 + float(rng.uniform(-120, 120))
    down = turned[:, 1] * focal / depth + HEIGHT / 2 + float(rng.uniform(-60, 60))
    return np.stack([across, down], axis=1).astype(np.float32)


def _about(axis: int, angle: float) -> NDArray[np.float64]:
    cos, sin = math.cos(angle), math.sin(angle)
    one, two = (number for number in range(3) if number != axis)
    turn = np.eye(3)
    turn[one, one] = turn[two, two] = cos
    turn[one, two], turn[two, one] = -sin, sin
    return turn
