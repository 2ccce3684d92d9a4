"""Read a layout from the TOML file that an organiser copied and changed (docs/badge-layouts.md has every field)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeGuard, TypeVar

from checkin.badges import checks
from checkin.badges.colours import FILLS, HEX, TEXTS
from checkin.badges.layout import (
    ALIGNS,
    ANCHORS,
    SHOWS,
    WEIGHTS,
    Block,
    Box,
    Field,
    Layout,
    Logo,
    Rect,
    Sheet,
)
from checkin.domain.event import Names
from checkin.errors import LayoutError
from checkin.i18n import _

MAX_BYTES: Final = 200_000
PAPERS: Final = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0), "Letter": (215.9, 279.4)}
_T = TypeVar("_T", bound=str)

Find = Callable[[str], Layout]
"""Finds the layout that a sheet repeats. Raises LayoutError."""


def read_layout(path: Path, find: Find) -> Layout:
    """Read and check a layout. Raises LayoutError: one sentence that names the file, the place and the cure."""
    try:
        text = _read(path)
        data = tomllib.loads(text)
        made = _layout(_Table(data, ""), path, find)
        checks.check(made)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(
            _("The badge layout “{file}” is not valid TOML: {detail}.").format(file=path.name, detail=error)
        ) from error
    except OSError as error:
        raise LayoutError(
            _("The badge layout “{file}” cannot be read: {detail}.").format(
                file=path.name, detail=error.strerror or error
            )
        ) from error
    except LayoutError as error:
        raise LayoutError(_("Badge layout “{file}”: {problem}").format(file=path.name, problem=error)) from error
    return made


def _read(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise LayoutError(_("the file is too large for a layout."))
    return data.decode("utf-8-sig")


def _layout(data: _Table, path: Path, find: Find) -> Layout:
    name = data.names("name", path.stem)
    sheet_table = data.table("sheet")
    if data.has("badge"):
        data.only("name", "badge", "sheet")
        if sheet_table is None:
            raise LayoutError(_("“badge” repeats another layout on a sheet, and there is no [sheet]."))
        one = find(data.text("badge"))
        if one.sheet is not None:
            raise LayoutError(_("“badge” must name a layout that is no sheet itself."))
        return Layout(
            path.stem, name, one.width_mm, one.height_mm, one.code, one.boxes, one.blocks, one.logos,
            _sheet(sheet_table), one.event_colour,
        )  # fmt: skip
    data.only("name", "width", "height", "event_colour", "code", "box", "block", "logo", "sheet")
    code = data.table("code")
    if code is None:
        raise LayoutError(_("there is no [code]: without it the desk cannot read the badge."))
    code.only("at")
    left, top, side = code.numbers("at", 3)
    return Layout(
        key=path.stem,
        name=name,
        width_mm=data.number("width", 20, 500),
        height_mm=data.number("height", 20, 500),
        code=Rect(left, top, side, side),
        boxes=tuple(_box(table) for table in data.tables("box")),
        blocks=tuple(_block(table) for table in data.tables("block")),
        logos=tuple(_logo(table, path.parent) for table in data.tables("logo")),
        sheet=_sheet(sheet_table) if sheet_table else None,
        event_colour=data.colour("event_colour", (), "") if data.has("event_colour") else "",
    )


def _box(table: _Table) -> Box:
    table.only("at", "fill", "only")
    if table.text("only", "practice") != "practice":
        raise LayoutError(_("{place}: “only” can be practice and nothing else.").format(place=table.place))
    return Box(table.rect("at"), table.colour("fill", FILLS), only_practice=table.has("only"))


def _block(table: _Table) -> Block:
    table.only("at", "align", "anchor", "gap", "fields")
    fields = tuple(_field(entry) for entry in table.tables("fields"))
    if not fields:
        raise LayoutError(_("{place}: it has no “fields”.").format(place=table.place))
    return Block(
        at=table.rect("at"),
        fields=fields,
        align=table.choice("align", ALIGNS, "centre"),
        anchor=table.choice("anchor", ANCHORS, "middle"),
        gap=table.number("gap", 0, 50, 1.0),
    )


def _field(table: _Table) -> Field:
    table.only("show", "size", "smallest", "wrap_below", "weight", "colour", "font", "capitals")
    size = table.number("size", 4, 200)
    smallest = table.number("smallest", 4, 200)
    if smallest > size:
        raise LayoutError(_("{place}: “smallest” is larger than “size”.").format(place=table.place))
    wrap_below = table.number("wrap_below", 4, 200, smallest)
    if not smallest <= wrap_below <= size:
        raise LayoutError(_("{place}: “wrap_below” must lie between “smallest” and “size”.").format(place=table.place))
    return Field(
        show=table.choice("show", SHOWS),
        size=size,
        smallest=smallest,
        wrap_below=wrap_below,
        weight=table.choice("weight", WEIGHTS, "regular"),
        colour=table.colour("colour", TEXTS, "ink"),
        font=table.text("font", ""),
        capitals=table.flag("capitals", default=False),
    )


def _logo(table: _Table, folder: Path) -> Logo:
    table.only("at", "file")
    name = table.text("file")
    if Path(name).name != name or name in {"", ".", ".."}:
        raise LayoutError(
            _("{place}: “file” must be the name of a picture that lies beside the layout.").format(place=table.place)
        )
    if not (folder / name).is_file():
        raise LayoutError(
            _("{place}: the picture “{name}” does not lie beside the layout.").format(place=table.place, name=name)
        )
    return Logo(table.rect("at"), folder / name)


def _sheet(table: _Table) -> Sheet:
    table.only("paper", "columns", "rows", "gap", "cut_marks")
    if table.has("paper") and isinstance(table.data["paper"], list):
        width, height = table.numbers("paper", 2)
    else:
        width, height = PAPERS[table.choice("paper", tuple(PAPERS), "A4")]
    return Sheet(
        width,
        height,
        columns=int(table.number("columns", 1, 20)),
        rows=int(table.number("rows", 1, 20)),
        gap_mm=table.number("gap", 0, 50, 0.0),
        cut_marks=table.flag("cut_marks", default=True),
    )


_REQUIRED: Final = object()


class _Table:
    """A table of the file, with the words that say where it stands in it."""

    def __init__(self, data: dict[str, Any], place: str) -> None:
        self.data, self.place = data, place

    def has(self, key: str) -> bool:
        return key in self.data

    def only(self, *known: str) -> None:
        """Refuse what is misspelt: it would be left out silently."""
        for key in self.data:
            if key not in known:
                raise LayoutError(
                    _("{place}: there is no field “{name}”; there are: {known}.").format(
                        place=self.place or _("at the top"), name=key, known=", ".join(known)
                    )
                )

    def table(self, key: str) -> _Table | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise LayoutError(_("“{name}” must be a part of its own: [{name}].").format(name=key))
        return _Table(value, f"[{key}]")

    def tables(self, key: str) -> list[_Table]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise LayoutError(
                _("{place}: “{name}” must be a list of parts.").format(place=self.place or _("at the top"), name=key)
            )
        prefix = f"{self.place} {key}" if self.place else f"[[{key}]]"
        return [_Table(entry, f"{prefix} {number}") for number, entry in enumerate(value, 1)]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise LayoutError(_("{place}: “{name}” must be a text.").format(place=self.place, name=key))
        return value.strip()

    def names(self, key: str, default: str) -> Names:
        value = self.data.get(key, default)
        value = {"en": value} if isinstance(value, str) else value
        if not isinstance(value, dict) or not value or not all(isinstance(text, str) for text in value.values()):
            raise LayoutError(_('“{name}” must be written as {{ en = "...", th = "..." }}.').format(name=key))
        return Names(tuple(value.items()))

    def number(self, key: str, least: float, most: float, default: float | None = None) -> float:
        value = self.data.get(key, default)
        if not _is_number(value) or not least <= value <= most:
            raise LayoutError(
                _("{place}: “{name}” must be a number from {least} to {most}.").format(
                    place=self.place or _("at the top"), name=key, least=f"{least:g}", most=f"{most:g}"
                )
            )
        return float(value)

    def numbers(self, key: str, count: int) -> list[float]:
        value = self.data.get(key)
        if (
            not isinstance(value, list)
            or len(value) != count
            or not all(_is_number(n) and 0 <= n <= 1000 for n in value)
        ):
            raise LayoutError(
                _("{place}: “{name}” must be {count} numbers in mm, as in [5, 26.5, 76, 40].").format(
                    place=self.place, name=key, count=count
                )
            )
        return [float(n) for n in value]

    def rect(self, key: str) -> Rect:
        return Rect(*self.numbers(key, 4))

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise LayoutError(_("{place}: “{name}” must be true or false.").format(place=self.place, name=key))
        return value

    def choice(self, key: str, choices: tuple[_T, ...], default: _T | None = None) -> _T:
        value = self.data.get(key, default)
        for choice in choices:
            if value == choice:
                return choice
        raise LayoutError(
            _("{place}: “{name}” must be one of: {choices}.").format(
                place=self.place, name=key, choices=", ".join(choices)
            )
        )

    def colour(self, key: str, named: tuple[str, ...], default: str | None = None) -> str:
        value = self.data.get(key, default)
        if isinstance(value, str) and (value in named or HEX.fullmatch(value)):
            return value
        raise LayoutError(
            _("{place}: “{name}” must be a colour as #1d5fbf or one of: {choices}.").format(
                place=self.place or _("at the top"), name=key, choices=", ".join(named) or "-"
            )
        )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
