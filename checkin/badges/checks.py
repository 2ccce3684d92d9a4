"""What must hold of a layout before anybody prints with it: all on the badge, nothing over anything, a code that reads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from checkin.badges.code import TOKEN_MODULES, fits, smallest_side_mm
from checkin.badges.layout import MIN_MODULE_MM, QUIET_MODULES, Layout, Rect
from checkin.errors import LayoutError
from checkin.i18n import _

_SLACK_MM = 0.01


def check(layout: Layout) -> None:
    """Raise LayoutError with the first thing that is wrong."""
    places = list(_places(layout))
    for name, rect in [*places, *((f"[[box]] {n}", box.at) for n, box in enumerate(layout.boxes, 1))]:
        if rect.width <= 0 or rect.height <= 0:
            raise LayoutError(_("{place} has no width or height.").format(place=name))
        if rect.right > layout.width_mm + _SLACK_MM or rect.bottom > layout.height_mm + _SLACK_MM:
            raise LayoutError(
                _("{place} reaches beyond the badge of {width} × {height} mm.").format(
                    place=name, width=f"{layout.width_mm:g}", height=f"{layout.height_mm:g}"
                )
            )
    for (one, rect), (other, second) in combinations(places, 2):
        if _smaller(rect).overlaps(second):
            raise LayoutError(_("{one} lies over {other}; move one of them.").format(one=one, other=other))
    if not fits(layout.code.width, TOKEN_MODULES):
        raise LayoutError(
            _("the code is too small: its squares would be narrower than {smallest} mm or its white border less than"
              " {quiet} squares. Make [code] at least {side} mm wide.").format(
                smallest=f"{MIN_MODULE_MM:g}", quiet=QUIET_MODULES, side=f"{smallest_side_mm():.1f}")
        )  # fmt: skip
    shown = {field.show for block in layout.blocks for field in block.fields}
    if "practice" not in shown:
        raise LayoutError(
            _('there is no place for the word PRACTICE: add a block with a field show = "practice". It is printed on'
              " practice badges only.")
        )  # fmt: skip
    if layout.sheet is not None:
        left, top = layout.origin_mm(0)
        if left < -_SLACK_MM or top < -_SLACK_MM:
            raise LayoutError(
                _("so many badges do not fit on the paper of {width} × {height} mm.").format(
                    width=f"{layout.sheet.width_mm:g}", height=f"{layout.sheet.height_mm:g}"
                )
            )


def _places(layout: Layout) -> Iterator[tuple[str, Rect]]:
    yield "[code]", layout.code
    for number, block in enumerate(layout.blocks, 1):
        yield f"[[block]] {number}", block.at
    for number, logo in enumerate(layout.logos, 1):
        yield f"[[logo]] {number}", logo.at


def _smaller(rect: Rect) -> Rect:
    """Return the rectangle a hair smaller, so that edges that touch do not count."""
    return Rect(rect.left + _SLACK_MM, rect.top + _SLACK_MM, rect.width - 2 * _SLACK_MM, rect.height - 2 * _SLACK_MM)
