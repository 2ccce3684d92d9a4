"""A spreadsheet's value as the text that a person sees in the cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from checkin.roster.table import Flaw

EXACT = 10**15
"""From here on a spreadsheet has rounded a number: it keeps 15 digits."""


def as_text(value: Any, column: int) -> tuple[str, Flaw | None]:
    """Return the text of one value, and what is wrong with it, if anything.

    Whole floats are whole numbers, dates are ISO dates, a truth value is TRUE or FALSE and flawed, a number of 16
    digits or more is flawed: its last digits are not what was typed.
    """
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), Flaw(column, "boolean")
    if isinstance(value, int | float):
        if abs(value) >= EXACT:
            return f"{value:.0f}", Flaw(column, "precision", f"{value:.0f}")
        return (str(int(value)) if float(value).is_integer() else repr(value)), None
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, column)
    return str(value), None


def _date(value: dt.date, column: int) -> tuple[str, Flaw | None]:
    flaw = None
    if value.year >= 2400:  # somebody typed 25/12/2557 into a spreadsheet that counts from Christ
        flaw = Flaw(column, "buddhist", value.isoformat())
        try:
            value = value.replace(year=value.year - 543)
        except ValueError:  # 29 February of a year that has none
            value = value - dt.timedelta(days=1)
            value = value.replace(year=value.year - 543)
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat(), flaw
        return value.isoformat(" ", "minutes"), flaw
    return value.isoformat(), flaw
