"""CSV for other programs and for Excel: UTF-8 with a byte order mark, commas, CRLF, headings that never change.

Nothing but rows stands in it, so that it can be imported as it is. The last column says in each row how sure the report
is ("INCOMPLETE (Desk 3: 94 of 120 entries ...)"): the mark goes along with whatever is cut out of the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import BinaryIO

from checkin.reports.cells import csv_cell
from checkin.reports.sheet import REPORT, Sheet, Value

SUFFIX = ".csv"


def write(file: BinaryIO, sheet: Sheet, step: Callable[[], None]) -> int:
    """Write the sheet and return the number of its rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    try:
        writer = csv.writer(text)  # RFC 4180: quotes doubled, CRLF
        writer.writerow([*(column.key for column in sheet.columns), *([REPORT] if sheet.about else [])])
        mark = [csv_cell(sheet.about.standing.mark())] if sheet.about else []
        rows = 0
        for row in sheet.rows:
            writer.writerow([_cell(value) for value in row] + mark)
            rows += 1
            step()
        text.flush()
        return rows
    finally:
        text.detach()


def _cell(value: Value) -> str | int:
    if isinstance(value, str):
        return csv_cell(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
