"""How far away a badge is, and how far away it could be: from the size of its code in the picture.

Two things are assumed and said: the code is 25 mm wide, as our badges have it, and the lens shows 70 degrees from corner
to corner, as most webcams do. With another lens the distances are off by as much as its width differs.
"""

from __future__ import annotations

import math
from typing import Final

CODE_MM: Final = 25.0
LENS_DEGREES: Final = 70.0
OUR_MODULES: Final = 25
"""Modules along the side of our badges' code (version 2)."""
READABLE_PX: Final = 1.8
"""Width of a module that is read in nine of ten pictures in good light (benchmarks/README.md)."""
READABLE_DIM_PX: Final = 2.2
"""The same in poor light."""


def focal_px(width: int, height: int) -> float:
    """Return the focal length in pixels of a picture of this size."""
    return math.hypot(width, height) / 2 / math.tan(math.radians(LENS_DEGREES / 2))


def distance_cm(side_px: float, width: int, height: int, code_mm: float = CODE_MM) -> float:
    """Return how far away a code is whose side measures so many pixels."""
    return code_mm / 10 * focal_px(width, height) / max(side_px, 1e-6)


def reach_cm(module_px: float, width: int, height: int, modules: int = OUR_MODULES) -> float:
    """Return how far away a code may be held so that its modules still measure so many pixels."""
    return distance_cm(module_px * modules, width, height)
