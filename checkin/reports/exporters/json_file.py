"""JSON for other programs: one array of objects, one object a line, times with their offset.

"report" says in each how sure it is, as in CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import BinaryIO

from checkin.reports.cells import clean
from checkin.reports.sheet import REPORT, Sheet, Value

SUFFIX = ".json"


def write(file: BinaryIO, sheet: Sheet, step: Callable[[], None]) -> int:
    """Write the sheet and return the number of its rows."""
    keys = [column.key for column in sheet.columns]
    mark = clean(sheet.about.standing.mark()) if sheet.about else ""
    rows = 0
    file.write(b"[")
    for row in sheet.rows:
        line = {key: _value(value) for key, value in zip(keys, row, strict=True)}
        if sheet.about:
            line[REPORT] = mark
        file.write(b",\n" if rows else b"\n")
        file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
        rows += 1
        step()
    file.write(b"\n]\n")
    return rows


def _value(value: Value) -> str | int | bool | None:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
