"""Were the hints right? What would have helped in an approach, from what the simulator did in it, and what was shown.

Written down before anything was tuned. An approach that failed (nothing read in two seconds) is judged by its second
half: the hint that stood for most of it is the one a person reads, and silence counts as one. In an approach that was
read within a second, and where there is no code at all, no hint may appear at any time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks._simulator import simulator
from checkin.scan import Hint

FPS = 30
WIDTH = 1280  # what a reader works on; a wider frame is made this wide first
_SMALL_PX = 2.6  # a module below which nearer helps: what zxing-cpp reads at 90 % lies between 2.0 and 2.8 by the light
_SMALL_SQUEEZED_PX = 4.0  # the same under a strong JPEG compression, which knows no detail below 8 x 8 pixels
_TILTED_DEG = 20.0  # the simulator's scenario begins here; its other badges stay below 12
_BENT_MM = 90.0  # radius of a curled badge
_DIM = 0.35  # light below which the simulator's camera turns its gain up
_SQUEEZED = 45  # JPEG quality
_SOFT = 0.45  # sigma of the lens's blur, in modules
_SMEARED = 0.7  # way of the code in one exposure, in modules


def causes(spec: dict[str, Any]) -> set[Hint]:
    """Return the hints that are right in an approach: each names something that stands in the way there."""
    module, soft, smear = _optics(spec)
    right: set[Hint] = set()
    if spec["light"] < _DIM:
        right |= {Hint.DARK}
    if spec["backlight"]:
        right |= {Hint.BRIGHT, Hint.DARK}
    if spec["glare"] or spec["sleeve"]:
        right |= {Hint.BRIGHT}
    if soft > _SOFT * module or smear > _SMEARED * module:
        right |= {Hint.BLURRED}
    tilt = max(abs(spec["pitch"]), abs(spec["yaw"]))
    if tilt > _TILTED_DEG or 0 < abs(spec["curl"]) <= _BENT_MM:
        right |= {Hint.TILTED}
    if spec["occl"]:
        right |= {Hint.CUT_OFF}
    if module < (_SMALL_SQUEEZED_PX if spec["jpeg"] < _SQUEEZED else _SMALL_PX):
        right |= {Hint.FAR}
    return right


def _optics(spec: dict[str, Any]) -> tuple[float, float, float]:
    """Return a module's size at rest, the sigma of the blur out of focus and the way in one exposure, in pixels."""
    width, height = spec["res"]
    focal = math.hypot(width, height) / 2 / math.tan(simulator().FOV_DIAG / 2) * min(1.0, WIDTH / width)
    distance = spec["z1"]
    module = focal * spec["qr_mm"] / distance / len(simulator().qr_matrix(spec["text"], spec["ecc"]))
    soft = focal * spec["aperture"] * abs(1 / distance - 1 / spec["z_focus"]) / 4
    # A tremor of 1 mm, spread over 0.5 to 8 Hz as the simulator does, has 9 mm/s in each of two directions.
    smear = 9 * math.sqrt(2) * spec["tremor_mm"] * spec["exposure"] * focal / distance
    return module, soft, smear


def noticed(shown: Sequence[Hint | None]) -> Hint | None:
    """Return what a person saw: the hint, or the silence, that stood for most of the second half."""
    return Counter(shown[len(shown) // 2 :]).most_common(1)[0][0]


@dataclass
class Hints:
    """How often a hint was right in approaches that failed, and none was shown in those that went well."""

    right: list[bool] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """A line about each approach that failed, and each in which a hint disturbed."""

    def judge(self, spec: dict[str, Any], read: Sequence[bool], shown: Sequence[Hint | None]) -> None:
        """Take one approach: what was read in each frame and what was shown with it.

        One that was read only after a second counts in neither: a hint may have helped.
        """
        name = f"{spec['scenario']} {spec['seed']}"
        if spec["nocode"] or any(read[: 1 + FPS]):
            self.silent.append(not any(shown))
            if any(shown):
                self.lines.append(f"disturbed: {name}, {sorted({hint for hint in shown if hint})}")
        elif not any(read):
            hint, right = noticed(shown), causes(spec)
            self.right.append(hint in right)
            self.lines.append(f"not read: {name}, shown {hint}, right {sorted(right)}")
