"""Colours by name, and which can be read on which (WCAG contrast)."""

from __future__ import annotations

import re
from typing import Final

from checkin.badges.content import BadgeContent

INK: Final = "#14202c"
NAMED: Final = {"ink": INK, "muted": "#52606e", "line": "#dfe4ea", "paper": "#ffffff", "black": "#000000"}
CONTENT: Final = ("event", "category")
FILLS: Final = (*CONTENT, *NAMED)
TEXTS: Final = (*FILLS, "on-event", "on-category")
READABLE: Final = 4.5
"""Contrast from which text is read easily (WCAG 2, level AA)."""

HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")


def fill(name: str, content: BadgeContent) -> str:
    """Return the colour of a box as "#rrggbb"."""
    if name == "event":
        return content.event_colour
    if name == "category":
        return content.category_colour
    return NAMED.get(name, name)


def ink(name: str, content: BadgeContent) -> str:
    """Return the colour of a text as "#rrggbb": one of the event or a category is darkened until it reads on white."""
    if name.startswith("on-"):
        return on(fill(name[3:], content))
    return darkened(fill(name, content)) if name in CONTENT else fill(name, content)


def on(colour: str) -> str:
    """Return what can be read on a colour: white, else the ink, else what reads best of white and black."""
    for text in ("#ffffff", INK):
        if contrast(text, colour) >= READABLE:
            return text
    return max("#ffffff", "#000000", key=lambda text: contrast(text, colour))


def darkened(colour: str) -> str:
    """Return the colour, darker if need be, so that it can be read on white."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    while contrast(made := "#{:02x}{:02x}{:02x}".format(*parts), "#ffffff") < READABLE:
        parts = [int(part * 0.95) for part in parts]
    return made


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
