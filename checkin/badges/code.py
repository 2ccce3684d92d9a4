"""The QR code of a badge: which version, how large its squares are, and whether a webcam can read them at all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import segno

from checkin.badges.layout import MIN_MODULE_MM, QUIET_MODULES, Layout
from checkin.domain.badge import is_token
from checkin.errors import LayoutError
from checkin.i18n import _

DOT_MM: Final = 25.4 / 300
"""Squares are whole dots of a 300 dpi printer wide: all of one width there, and at 600 and 1200 dpi."""
TOKEN_VERSION: Final = 2
TOKEN_MODULES: Final = 25
_SLACK: Final = 1e-6

Level = Literal["L", "M", "Q"]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its quiet zone, ready to be painted."""

    rows: tuple[bytes, ...]
    """One byte a module: 1 dark, 0 light."""
    version: int
    level: str

    @property
    def modules(self) -> int:
        """How many squares it is wide and high."""
        return len(self.rows)


def module_mm(side_mm: float, modules: int) -> float:
    """Return how wide a square becomes in a place of `side_mm` that holds the quiet zone too."""
    dots = math.floor(side_mm / (modules + 2 * QUIET_MODULES) / DOT_MM + _SLACK)
    return dots * DOT_MM


def fits(side_mm: float, modules: int) -> bool:
    """Say whether a webcam can read so many squares in a place of `side_mm`, their quiet zone included."""
    return module_mm(side_mm, modules) >= MIN_MODULE_MM - _SLACK


def smallest_side_mm() -> float:
    """Return the smallest place for one of our own codes, in mm."""
    return math.ceil(MIN_MODULE_MM / DOT_MM) * DOT_MM * (TOKEN_MODULES + 2 * QUIET_MODULES)


def code_for(layout: Layout, text: str) -> Code:
    """Return the code of a badge in this layout: as robust as its place allows.

    One of our tokens is version 2, level Q, digits. Raises LayoutError where the text is so long that its squares would
    be too small for a webcam.
    """
    if is_token(text):
        return _code(text, "Q")
    side = layout.code.width
    for level in ("Q", "M", "L"):
        try:
            code = _code(text, level)
        except segno.DataOverflowError:
            continue
        if fits(side, code.modules):
            return code
    raise LayoutError(
        _("The code of this badge holds {count} characters, too many for the layout “{layout}”: its squares would be"
          " narrower than {smallest} mm, and a webcam would not read them. Choose a layout with a larger code.").format(
            count=len(text), layout=layout.key, smallest=f"{MIN_MODULE_MM:g}")
    )  # fmt: skip


@lru_cache(maxsize=64)
def _code(text: str, level: str) -> Code:
    if text.isascii():
        made = segno.make_qr(text, error=level, boost_error=False)
    else:  # as UTF-8 and never as Kanji, so that it is read back as the roster has it
        made = segno.make_qr(text, error=level, boost_error=False, mode="byte", encoding="utf-8")
    return Code(tuple(bytes(row) for row in made.matrix), int(made.version), str(made.error))
