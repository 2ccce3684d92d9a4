"""How large the texts of a block are and where they break, so that all of them fit and nothing is ever cut off.

The rules, in this order (docs/badge-layouts.md says them to the organiser):
1. A text stands on one line, as large as fits, between the field's `size` and `wrap_below`.
2. Else it is broken between words, as large as fits, between `size` and `smallest`; Thai, Lao, Khmer and Burmese, which
   put no spaces between words, rather at a space, as long as that leaves it larger than halfway between the two.
3. Where the texts together are too high for the block, all become smaller together, none below its `smallest`.
4. A word that is too wide at `smallest` is broken inside.
5. Where even that is too much, all become smaller still until they fit, and the desk is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checkin.badges.layout import Block, Field, Show
from checkin.ui.painting.paragraph import Line, Paragraph, Style, Where

PT_MM: Final = 25.4 / 72
BREAKS: Final[tuple[Where, ...]] = ("spaces", "words", "anywhere")
STEPS: Final = 40
"""Between a text's largest and smallest size."""
SMALLER: Final = 0.94
"""From one try to the next below the smallest size."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text: its left end and base line in mm from the badge's corner."""

    text: str
    field: Field
    size: float
    """pt"""
    left: float
    base: float
    style: Style


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines of a block, and the fields that had to be smaller than their smallest size."""

    lines: tuple[PlacedLine, ...]
    too_small: tuple[Show, ...]


@dataclass(slots=True)
class _Item:
    field: Field
    paragraph: Paragraph
    cap: float = 0.0
    """The largest size (pt) at which the text fits alone."""

    def lines(self, size: float, width_mm: float) -> tuple[str, ...]:
        width = width_mm / (size * PT_MM)
        for where in BREAKS:
            if lines := self.paragraph.lines(width, where):
                return lines
        return ()

    def height(self, size: float, width_mm: float) -> float:
        return self.paragraph.height(len(self.lines(size, width_mm))) * size * PT_MM


@lru_cache(maxsize=128)
def place(block: Block, texts: tuple[str, ...]) -> Placed:
    """Return where each line of a block stands; `texts` are those of its fields, an empty one takes no room."""
    items = [
        _Item(field, Paragraph(text, field)) for field, text in zip(block.fields, texts, strict=True) if text.strip()
    ]
    width, height = block.at.width, block.at.height
    for item in items:
        item.cap = _cap(item, width, height)
    sizes, gap = _sizes(items, width, height, block.gap)
    total = sum(item.height(size, width) for item, size in zip(items, sizes, strict=True)) + gap * max(
        0, len(items) - 1
    )
    spare = max(0.0, height - total)
    top = block.at.top + {"top": 0.0, "middle": spare / 2, "bottom": spare}[block.anchor]
    lines: list[PlacedLine] = []
    for item, size in zip(items, sizes, strict=True):
        unit, paragraph = size * PT_MM, item.paragraph
        broken = item.lines(size, width)
        for number, text in enumerate(broken):
            room = max(0.0, width - Line(text, paragraph.style).width * unit)
            left = block.at.left + {"left": 0.0, "centre": room / 2, "right": room}[block.align]
            base = top + (paragraph.head_room + paragraph.above + number * paragraph.pitch) * unit
            lines.append(PlacedLine(text, item.field, size, left, base, paragraph.style))
        top += paragraph.height(len(broken)) * unit + gap
    small = tuple(item.field.show for item, size in zip(items, sizes, strict=True) if size < item.field.smallest - 1e-6)
    return Placed(tuple(lines), small)


def _cap(item: _Item, width: float, height: float) -> float:
    field, paragraph = item.field, item.paragraph
    if paragraph.width > 0:
        one_line = min(field.size, width / (paragraph.width * PT_MM), height / (paragraph.height(1) * PT_MM))
        if one_line >= field.wrap_below:
            return one_line

    def largest(where: Where, least: float) -> float | None:
        def fits(size: float) -> bool:
            lines = paragraph.lines(width / (size * PT_MM), where)
            return lines is not None and paragraph.height(len(lines)) * size * PT_MM <= height

        size = _largest(fits, field.size, least)
        return size if fits(size) else None

    halfway = (field.size + field.smallest) / 2
    return largest("spaces", halfway) or largest("words", field.smallest) or field.smallest


def _sizes(items: Sequence[_Item], width: float, height: float, gap: float) -> tuple[list[float], float]:
    """Return the size of each text (pt) and the gap (mm) with which all of them fit."""

    def total(sizes: Sequence[float], between: float) -> float:
        return sum(item.height(size, width) for item, size in zip(items, sizes, strict=True)) + between * (
            len(items) - 1
        )

    def shrunk(part: float) -> list[float]:
        return [item.field.smallest + (item.cap - item.field.smallest) * part for item in items]

    if not items:
        return [], gap
    if total(shrunk(1.0), gap) <= height:
        return shrunk(1.0), gap
    part = _largest(lambda part: total(shrunk(part), gap) <= height, 1.0, 0.0)
    factor = 1.0
    while total([size * factor for size in shrunk(part)], gap * factor) > height:
        factor *= SMALLER
    return [size * factor for size in shrunk(part)], gap * factor


def _largest(fits: Callable[[float], bool], most: float, least: float) -> float:
    """Return the largest of STEPS + 1 values from `most` to `least` that fits; `least` where none does."""
    low, high = 0, STEPS  # steps down from `most`
    while low < high:
        middle = (low + high) // 2
        if fits(most - (most - least) * middle / STEPS):
            high = middle
        else:
            low = middle + 1
    return most - (most - least) * low / STEPS
