"""Reports as PDF: `counts` is the report for the ministry, `attendance` and `journal` are lists with names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Final

from checkin.errors import ExportError
from checkin.i18n import _, day_text, language
from checkin.reports.labels import words
from checkin.reports.sheet import About, Column, Sheet, Value
from checkin.reports.words import days_covered, long_day, made_text, thai_digits, where_from, with_digest
from checkin.texts import isolate
from checkin.ui.painting.ministry import heading, ministry_groups
from checkin.ui.painting.report_blocks import Align, Head, Table, Text, text_piece
from checkin.ui.painting.report_flow import A4, PT, Group
from checkin.ui.painting.report_page import MARGIN, Document, write_document

MOST_ROWS: Final = 100_000
"""Rows of a list: some 4,000 pages. Who wants more wants a spreadsheet."""
Digits = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PdfExporter:
    """The exporter of reports.export for .pdf. It needs a QGuiApplication (painting.headless.program())."""

    thai_digits: bool = False
    SUFFIX: str = ".pdf"

    def write(self, file: BinaryIO, sheet: Sheet, step: Callable[[], None]) -> int:
        """Write the sheet; return how many rows or lines it has. Raises ExportError, OSError, and what `step` raises."""
        counter = _Counted(step)
        write_document(file, document(sheet, counter.step, thai=self.thai_digits))
        return counter.rows


class _Counted:
    def __init__(self, step: Callable[[], None]) -> None:
        self.rows = 0
        self._step = step

    def step(self) -> None:
        self._step()
        self.rows += 1


def document(sheet: Sheet, step: Callable[[], None] = lambda: None, *, thai: bool = False) -> Document:
    """Return a report's pages. Its rows are read as the pages are set; `step` is called for each."""
    about = sheet.about
    assert about is not None, "a PDF says what it is about"
    digits = thai_digits if thai else str
    if about.report == "counts":
        groups = ministry_groups(sheet.event, about, digits, step)
    else:
        groups = _list_groups(sheet, about, digits, step)
    return Document(
        title=f"{_(sheet.title)} – {sheet.event.name.get(language())}",
        groups=groups,
        source=with_digest(where_from(about.standing, digits), about.standing),
        made=digits(_("made {when}").format(when=made_text(about))),
        alarm=about.standing.incomplete,
        practice=_("PRACTICE – no real attendance") if sheet.event.practice else "",
        landscape=about.report == "journal",
        counted=about.report == "counts",
        digits=digits,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of a list on paper: which column of the sheet, and a second one that stands behind it in small."""

    key: str
    width: float
    second: str = ""
    align: Align = "left"


_LISTS: Final = {
    "attendance": (
        _Shown("name", 34, "name_local"), _Shown("organisation", 34, "country"), _Shown("category", 22),
        _Shown("first_at", 12, align="right"), _Shown("last_at", 12, align="right"), _Shown("checkpoint", 22),
    ),
    "journal": (
        _Shown("at", 15), _Shown("what", 24), _Shown("name", 34, "name_local"), _Shown("checkpoint", 24),
        _Shown("desk", 14), _Shown("staff", 14), _Shown("how", 18), _Shown("reason", 34, "read"),
    ),
}  # fmt: skip


def _list_groups(sheet: Sheet, about: About, digits: Digits, step: Callable[[], None]) -> Iterator[Group]:
    """Yield a list with names: a section for each day, the rows numbered."""
    if sheet.total > MOST_ROWS:
        raise ExportError(
            _(
                "This is too much for a PDF ({n} rows). Nothing was written; export a single day, or to XLSX or CSV."
            ).format(n=f"{sheet.total:,}")
        )
    event, shown = sheet.event, _LISTS[about.report]
    width = (A4[1] if about.report == "journal" else A4[0]) - 2 * MARGIN
    places = {column.key: number for number, column in enumerate(sheet.columns)}
    columns = {column.key: column for column in sheet.columns}
    heads = [Head(_("No."), 9, "right"), *(Head(_(columns[one.key].title), one.width, one.align) for one in shown)]
    table = Table(heads, MARGIN, width, 9, 3 * PT)
    tell = _Teller(sheet, digits)
    yield heading(
        _("Attendance list") if about.report == "attendance" else _(sheet.title), event.name.get(language()),
        " · ".join(part for part in (days_covered(event, about.day, digits), event.venue.get(language())) if part),
        about, event, width, digits,
    )  # fmt: skip

    def cells(number: int, row: tuple[Value, ...]) -> list[str]:
        step()
        texts = [digits(f"{number:,}")]
        for one in shown:
            first = tell.text(columns[one.key], row[places[one.key]])
            second = tell.text(columns[one.second], row[places[one.second]]) if one.second else ""
            texts.append(f"{first} · {second}" if first and second and first != second else first or second)
        return texts

    day_at = places["day"]
    number = 0
    rows = iter(sheet.rows)
    row = next(rows, None)
    while row is not None:
        day = row[day_at]
        title = long_day(day) if isinstance(day, date) else _("No day")
        ended: list[tuple[Value, ...]] = []

        def of_day(
            first: tuple[Value, ...], day: Value = day, ended: list[tuple[Value, ...]] = ended
        ) -> Iterator[list[str]]:
            nonlocal number
            current: tuple[Value, ...] | None = first
            while current is not None and current[day_at] == day:
                number += 1
                yield cells(number, current)
                current = next(rows, None)
            if current is not None:
                ended.append(current)

        piece = text_piece(Text(digits(title), 11, width, weight="semibold"), MARGIN, before=10 * PT, after=2 * PT)
        yield from table.streamed([piece], of_day(row))
        row = ended[0] if ended else None


class _Teller:
    """Says values as people read them."""

    def __init__(self, sheet: Sheet, digits: Digits) -> None:
        self._digits = digits
        self._words = {column.key: words(column.kind, sheet.event) for column in sheet.columns}

    def text(self, column: Column, value: Value) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, datetime):
            return self._digits(f"{value:%H:%M}" if column.key != "at" else f"{value:%H:%M:%S}")
        if isinstance(value, date):
            return self._digits(day_text(value, weekday=False))
        if isinstance(value, bool):
            return _("yes") if value else ""
        if isinstance(value, int):
            return self._digits(f"{value:,}")
        table = self._words[column.key]
        if column.kind == "checkpoints":
            return ", ".join(table.get(key, key) for key in value.split(" "))
        return isolate(table.get(value, value))
