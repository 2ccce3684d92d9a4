"""python-calamine with its failures turned into sentences, and merged cells filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from checkin.errors import RosterFileError
from checkin.i18n import _
from checkin.roster.zips import damaged

Merged = tuple[tuple[int, int], tuple[int, int]]


class Book:
    """An open workbook."""

    def __init__(self, path: Path, endings: frozenset[str]) -> None:
        """Open it; `endings`: how the names of such files end. Raises RosterFileError where the library cannot."""
        self._path = path
        if path.suffix.lower() in endings:
            self._book = self._guarded(lambda: CalamineWorkbook.from_path(path))
        else:  # by its path the library goes by its name; a list may be called .xls or .csv and be none
            self._book = self._guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())))
        self._visible = tuple(
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        )
        self.sheets: tuple[str, ...] = tuple(
            sheet.name for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        )

    def choose(self, wanted: str | None) -> tuple[str, list[str]]:
        """Return the sheet to read and what to tell about it. Raises RosterFileError, listing the sheets."""
        if wanted is not None:
            if wanted in self.sheets:
                return wanted, []
            raise RosterFileError(
                _("There is no sheet “{sheet}”. The file has: {sheets}.").format(
                    sheet=wanted, sheets=", ".join(self.sheets)
                )
            )
        if not self.sheets:
            raise RosterFileError(_("“{name}” has no sheet with cells.").format(name=self._path.name))
        candidates = self._visible or self.sheets
        if len(candidates) == 1 and len(self.sheets) == 1:
            return candidates[0], []
        chosen = candidates[0]
        others = ", ".join(name for name in self.sheets if name != chosen)
        note = _("Only the sheet “{sheet}” is read. Other sheets: {others}.").format(sheet=chosen, others=others)
        return chosen, [note]

    def load(self, name: str) -> Loaded:
        """Read one sheet."""
        sheet = self._guarded(lambda: self._book.get_sheet_by_name(name))
        if sheet.height == 0 or sheet.start is None:
            raise RosterFileError(
                _("The sheet “{sheet}” is empty. Nothing was imported; choose another one with --sheet.").format(
                    sheet=name
                )
            )
        merged = [m for m in sheet.merged_cell_ranges or [] if m[0] != m[1]]
        return Loaded(sheet, sheet.start[1], sheet.total_height, sheet.total_width, merged)

    def _guarded(self, call: Any) -> Any:
        try:
            return call()
        except (CalamineError, OSError, ValueError) as error:
            raise RosterFileError(damaged(self._path)) from error
        except BaseException as error:
            # A panic inside the library is a BaseException of its own, which no `except Exception` would stop.
            if type(error).__name__ != "PanicException":
                raise
            raise RosterFileError(damaged(self._path)) from error


@dataclass(frozen=True, slots=True)
class Loaded:
    """One sheet in memory."""

    sheet: CalamineSheet
    left: int
    """How many empty columns stand before the first used one; the library leaves them out."""
    height: int
    width: int
    merged: list[Merged]

    def values(self) -> Iterator[list[Any]]:
        """Yield every row from the first line on, each from column A on, merged cells filled."""
        pad = [""] * self.left
        if not pad and not self.merged:
            yield from self.sheet.iter_rows()
            return
        starts: dict[int, list[Merged]] = {}
        for area in self.merged:
            starts.setdefault(area[0][0], []).append(area)
        open_areas: list[tuple[Merged, Any]] = []
        for index, values in enumerate(self.sheet.iter_rows()):
            row = pad + values if pad else values
            if index in starts or open_areas:
                for area in starts.get(index, ()):
                    (_top, first), _end = area
                    open_areas.append((area, row[first] if first < len(row) else ""))
                open_areas = [(area, value) for area, value in open_areas if area[1][0] >= index]
                for ((_top, first), (_bottom, last)), value in open_areas:
                    for column in range(first, min(last + 1, len(row))):
                        row[column] = value
            yield row
