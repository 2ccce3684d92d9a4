"""The fonts of a badge, and which letters they have."""

from __future__ import annotations

import threading
from functools import cache
from typing import Final

from PySide6.QtGui import QFont

from checkin.badges.layout import Weight
from checkin.ui.theme import FAMILIES, load_first_font, load_the_rest

EM: Final = 100
"""Everything is measured and drawn at this size (px) and scaled: unhinted letters grow evenly, so that lines break in
the same place on a screen, on a label and on a page."""

_WEIGHTS: Final[dict[Weight, QFont.Weight]] = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "semibold": QFont.Weight.DemiBold,
    "bold": QFont.Weight.Bold,
}
_OWN: Final = (
    ("\u0e80", "\u0eff", "Noto Sans Lao"),
    ("\u1000", "\u109f", "Noto Sans Myanmar"),
    ("\u1780", "\u17ff", "Noto Sans Khmer"),
    ("\u0600", "\u06ff", "Noto Sans Arabic"),
)
"""Scripts and the shipped font that is made for each: asked first, it need not be looked for."""
_loading = threading.Lock()


def load() -> None:
    """Load the shipped fonts, once; in the window they are loaded already."""
    with _loading:
        load_first_font()
        load_the_rest()


def family_for(text: str) -> str:
    """Return the shipped font made for the script of a text; empty: the one for Latin, Vietnamese and Thai."""
    for first, last, family in _OWN:
        if any(first <= char <= last for char in text):
            return family
    return ""


def badge_font(family: str, weight: Weight, *, spaced: bool = False) -> QFont:
    """Return a font of EM px with all its fallbacks. `family` empty: the shipped fonts; `spaced`: for capitals."""
    return QFont(_font(threading.get_ident(), family, weight, spaced))


@cache
def _font(thread: int, family: str, weight: Weight, spaced: bool) -> QFont:  # noqa: ARG001 - the key of the cache
    """Make a font once a thread: what Qt finds out about its letters stays with it and must not be shared by two."""
    font = QFont()
    font.setFamilies([family, *FAMILIES] if family else FAMILIES)
    font.setPixelSize(EM)
    font.setWeight(_WEIGHTS[weight])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setKerning(True)
    if spaced:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font
