"""How a report flows over pages: pieces that stay together, headings that come again on the next page.

Lengths are twips (a twentieth of a point, 1440 to the inch): whole numbers that are fine enough for type, so that lines
break in the same place on a screen and on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QPainter

PT: Final = 20
"""Twips in a point."""
A4: Final = (11_906, 16_838)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height that can be drawn at a place: `draw(painter, top)`."""

    height: float
    draw: Callable[[QPainter, float], None]
    blank: bool = False
    """Only room between two things: left out at the top of a page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that stand on one page together where they fit on one; `head` is repeated above them on a new page."""

    pieces: tuple[Piece, ...]
    head: Piece | None = None

    @property
    def height(self) -> float:
        """Return the height of all of them."""
        return sum(piece.height for piece in self.pieces)


Page = list[tuple[float, Piece]]
"""Each piece with the place of its upper edge."""


def pages(groups: Iterable[Group], top: float, bottom: float) -> Iterator[Page]:
    """Set groups on pages between two heights. What is higher than a page is broken between its pieces."""
    page: Page = []
    y = top
    for group in groups:
        if page and y + group.height > bottom:
            yield page
            page, y = [], top
        if not page and group.head is not None:
            page.append((y, group.head))
            y += group.head.height
        for piece in group.pieces:
            if piece.blank and (not page or y + piece.height > bottom):
                continue
            if page and y + piece.height > bottom:
                yield page
                page, y = [], top
                if group.head is not None:
                    page.append((y, group.head))
                    y += group.head.height
            page.append((y, piece))
            y += piece.height
    if page:
        yield page


def space(height: float) -> Piece:
    """Return an empty piece."""
    return Piece(height, lambda _painter, _top: None, blank=True)
