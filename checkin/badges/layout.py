"""A badge layout: where things stand on a badge, in millimetres, and how badges lie on the paper (docs/badge-layouts.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from checkin.domain.event import Names

Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
Weight = Literal["regular", "medium", "semibold", "bold"]
Show = Literal[
    "event", "event_local", "venue", "days", "name", "name_local", "organisation", "country", "category",
    "category_local", "practice",
]  # fmt: skip

ALIGNS: Final[tuple[Align, ...]] = get_args(Align)
ANCHORS: Final[tuple[Anchor, ...]] = get_args(Anchor)
WEIGHTS: Final[tuple[Weight, ...]] = get_args(Weight)
SHOWS: Final[tuple[Show, ...]] = get_args(Show)

MIN_MODULE_MM: Final = 0.6
"""Narrower squares of a code are read by a webcam only sometimes."""
QUIET_MODULES: Final = 4
"""The white border of a code, in squares, that ISO/IEC 18004 asks for."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on the badge: millimetres from its top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge in mm."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Bottom edge in mm."""
        return self.top + self.height

    def overlaps(self, other: Rect) -> bool:
        """Say whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle behind everything else."""

    at: Rect
    fill: str
    """A colour: "#rrggbb", "event", "category", "ink", "muted", "line" or "paper"."""
    only_practice: bool = False
    """Whether it is drawn on practice badges only."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a block. Sizes in pt; docs/badge-layouts.md says how they are chosen between."""

    show: Show
    size: float
    smallest: float
    wrap_below: float
    """A text that would have to be smaller than this to stand on one line is broken into lines instead."""
    weight: Weight = "regular"
    colour: str = "ink"
    """A colour as of a Box, "on-event" or "on-category": what can be read on those."""
    font: str = ""
    """A font family of this computer; empty: the shipped fonts."""
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Texts one under the other in one place. A text that is empty takes no room."""

    at: Rect
    fields: tuple[Field, ...]
    align: Align = "centre"
    anchor: Anchor = "middle"
    gap: float = 1.0
    """Room between two texts, mm."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, as large as fits into its place without being stretched."""

    at: Rect
    file: Path


@dataclass(frozen=True, slots=True)
class Sheet:
    """Several badges on one sheet of paper."""

    width_mm: float
    height_mm: float
    columns: int
    rows: int
    gap_mm: float
    cut_marks: bool

    @property
    def places(self) -> int:
        """How many badges one sheet holds."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything about how one kind of badge looks."""

    key: str
    """The file's name without ".toml"."""
    name: Names
    width_mm: float
    """Of one badge."""
    height_mm: float
    code: Rect
    """The white square that holds the QR code and its quiet zone."""
    boxes: tuple[Box, ...] = ()
    blocks: tuple[Block, ...] = ()
    logos: tuple[Logo, ...] = ()
    sheet: Sheet | None = None
    event_colour: str = ""
    """What the layout paints in the event's colour; empty: what the event says."""

    @property
    def page_mm(self) -> tuple[float, float]:
        """Width and height of the paper: of the sheet where there is one, else of the badge."""
        return (self.sheet.width_mm, self.sheet.height_mm) if self.sheet else (self.width_mm, self.height_mm)

    @property
    def per_page(self) -> int:
        """How many badges one page holds."""
        return self.sheet.places if self.sheet else 1

    def origin_mm(self, place: int) -> tuple[float, float]:
        """Return where the top left corner of the badge at `place` (0..per_page - 1, row by row) lies on the page."""
        sheet = self.sheet
        if sheet is None:
            return 0.0, 0.0
        row, column = divmod(place, sheet.columns)
        wide = sheet.columns * self.width_mm + (sheet.columns - 1) * sheet.gap_mm
        high = sheet.rows * self.height_mm + (sheet.rows - 1) * sheet.gap_mm
        return (
            (sheet.width_mm - wide) / 2 + column * (self.width_mm + sheet.gap_mm),
            (sheet.height_mm - high) / 2 + row * (self.height_mm + sheet.gap_mm),
        )
