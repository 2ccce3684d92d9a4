"""XLSX for people: headings and words in the language of the moment, real dates, a heading row that stays, filters,
and behind the rows a summary sheet with the sums and charts. The rows come first, so that a list can be imported again.

Rows go to disk one by one (XlsxWriter's constant_memory). Texts are written as texts: no formula, link or number is made
of one. Years are those of the Christian era, whatever the reader's system shows (FACTS).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, FileSizeError

from checkin.errors import ExportError
from checkin.i18n import _, language
from checkin.reports.cells import own_text, xlsx_cell
from checkin.reports.exporters._xlsx_summary import SummaryTab
from checkin.reports.labels import words
from checkin.reports.sheet import Column, Sheet, Value
from checkin.whole_file import temporary_folder

SUFFIX = ".xlsx"
MAX_ROWS: Final = 1_048_576
"""Rows of one sheet, headings included; what is more goes on in the next one."""
_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times have no zone
_DAY_SECONDS: Final = 86_400


def write(file: BinaryIO, sheet: Sheet, step: Callable[[], None], max_rows: int = MAX_ROWS) -> int:
    """Write the sheet, over as many tabs as it needs, and return the number of its rows. Raises ExportError, OSError."""
    with temporary_folder("checkin-xlsx-") as folder:
        sink = _Sink(file)
        workbook = xlsxwriter.Workbook(
            sink,
            {
                "constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )  # fmt: skip
        try:
            rows = _Writer(workbook, sheet, max_rows).write(step)
            if sheet.about is not None:
                SummaryTab(workbook, sheet.event, sheet.about).write()
            _close(workbook)
        finally:
            sink.closed = True
            for tab in workbook.worksheets():  # after a cancel nobody else closes them
                with suppress(OSError):  # of a full disk; the file is closed all the same
                    tab.row_data_fh.close()
        return rows


class _Sink:
    """The file as the zip archive sees it. An archive that failed tries to finish itself once more when Python throws
    it away; by then nothing of it is wanted, and nobody is there to take the error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.closed = False
        self._at = 0  # where the archive that is thrown away believes itself to be

    def write(self, data: bytes) -> int:
        if not self.closed:
            return self._file.write(data)
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if not self.closed:
            return self._file.seek(offset, whence)
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at if self.closed else self._file.tell()

    def flush(self) -> None:
        if not self.closed:
            self._file.flush()


def _close(workbook: Any) -> None:
    try:
        workbook.close()
    except FileSizeError as error:
        raise ExportError(
            _("This is too much for one XLSX file. Nothing was written; export a single day, or to CSV.")
        ) from error
    except FileCreateError as error:
        cause = error.__context__
        if isinstance(cause, OSError):
            raise cause from None
        raise


class _Writer:
    """Writes the rows of one sheet into the tabs of a workbook."""

    def __init__(self, workbook: Any, sheet: Sheet, max_rows: int) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._event = sheet.event
        self._max_rows = max_rows
        self._heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._time = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._tabs = 0
        name = sheet.event.name.get(language())
        workbook.set_properties({"title": own_text(f"{_(sheet.title)} – {name}"[:250])})

    def write(self, step: Callable[[], None]) -> int:
        tab, row, rows = self._tab(), 0, 0
        cells = self._cells(tab)
        for values in self._sheet.rows:
            if row + 1 == self._max_rows:
                tab.autofilter(0, 0, row, len(cells) - 1)
                tab, row = self._tab(), 0
                cells = self._cells(tab)
            row += 1
            for column, value in enumerate(values):
                if value is not None and value != "":
                    cells[column](row, column, value)
            rows += 1
            step()
        tab.autofilter(0, 0, row, len(cells) - 1)
        return rows

    def _tab(self) -> Any:
        """Begin a tab: headings, widths, a heading row that stays in view, a mark on practice data."""
        self._tabs += 1
        title = own_text(_(self._sheet.title))[:25]
        tab = self._workbook.add_worksheet(title if self._tabs == 1 else f"{title} {self._tabs}")
        tab.freeze_panes(1, 0)
        tab.set_landscape()
        tab.set_paper(9)  # A4
        tab.fit_to_pages(1, 0)
        tab.repeat_rows(0)
        if heads := self._heads():
            tab.set_header("&C" + own_text(" · ".join(heads)))
        for index, column in enumerate(self._sheet.columns):
            tab.set_column(index, index, column.width)
            tab.write_string(0, index, own_text(_(column.title)), self._heading)
        return tab

    def _heads(self) -> list[str]:
        """Return what stands above every printed page."""
        about = self._sheet.about
        heads = [_("PRACTICE – no real attendance")] if self._event.practice else []
        if about is not None and (about.standing.incomplete or about.standing.state.correction):
            heads.append(about.standing.headline())
        return heads

    def _cells(self, tab: Any) -> list[Callable[..., object]]:
        """Return for each column the function that writes one of its values."""
        return [self._cell(tab, column) for column in self._sheet.columns]

    def _cell(self, tab: Any, column: Column) -> Callable[..., object]:
        text, number = _direct(tab.write_string), _direct(tab.write_number)
        yes = own_text(_("yes"))
        table = {key: own_text(word) for key, word in words(column.kind, self._event).items()}

        def flag(row: int, index: int, value: bool) -> None:
            if value:
                text(row, index, yes)

        def word(row: int, index: int, value: str) -> None:
            text(row, index, table[value] if value in table else xlsx_cell(value))

        match column.kind:
            case "number":
                return number
            case "few":
                return lambda row, index, value: number(row, index, value) if value else None
            case "flag":
                return flag
            case "day":
                serials = _Serials()
                return lambda row, index, value: number(row, index, serials[value], self._day)
            case "time":
                return lambda row, index, value: number(row, index, _serial(value), self._time)
            case "text":
                return lambda row, index, value: text(row, index, xlsx_cell(value))
            case "checkpoints":
                return lambda row, index, value: text(
                    row, index, ", ".join(table.get(key) or xlsx_cell(key) for key in value.split(" "))
                )
        return word


def _direct(method: Any) -> Callable[..., object]:
    """Return a method of a worksheet that need not be asked for every cell whether it was given "A1" or numbers."""
    inner = getattr(method, "__wrapped__", None)
    return method if inner is None else partial(inner, method.__self__)


class _Serials(dict[Value, float]):
    """Days as a spreadsheet counts them: a report has few, in many rows."""

    def __missing__(self, value: Value) -> float:
        self[value] = serial = _serial(value)
        return serial


def _serial(value: Value) -> float:
    """Return days since 30 December 1899, as a spreadsheet counts time; a zone's own wall clock is what is shown."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _ZERO).total_seconds() / _DAY_SECONDS
    assert isinstance(value, date)
    return float((value - _ZERO.date()).days)
