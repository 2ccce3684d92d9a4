"""Dates as people write them: day or month first, Thai digits and months, the Buddhist era."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from checkin.roster.fields import DateOrder

_MONTHS: Final = (
    ("jan", "มค", "มกร"), ("feb", "กพ", "กุมภ"), ("mar", "มีค", "มีน"), ("apr", "เมย", "เมษ"), ("may", "พค", "พฤษภ"),
    ("jun", "มิย", "มิถ"), ("jul", "กค", "กรก"), ("aug", "สค", "สิง"), ("sep", "กย", "กันย"), ("oct", "ตค", "ตุล"),
    ("nov", "พย", "พฤศ"), ("dec", "ธค", "ธัน"),
)  # fmt: skip
_NUMBERS = re.compile(r"([0-9]{1,4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,4})(?![0-9])")
_NAMED = re.compile(r"([0-9]{1,2})[\s,.-]*([^\W\d_][\w.\u0e30-\u0e4e]*)[\s,.-]*(?:พ\.?ศ\.?|be|b\.e\.)?\s*([0-9]{4})?")
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s*([0-9]{4})?")


@dataclass(frozen=True, slots=True)
class Read:
    """What a text means as a date."""

    day: date | None
    buddhist: bool = False
    ambiguous: bool = False
    """Day and month could be the other way round."""
    order: DateOrder | None = None
    """The order that this text proves, if it proves one."""


def read_date(text: str, order: DateOrder | None = None, year: int | None = None) -> Read:
    """Read a date. `order` decides where day and month could both be meant (None: day first); `year` stands in for a
    year that is not written. A year from 2400 on is of the Buddhist era."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text).casefold()
    if found := _NUMBERS.search(plain):
        return _numbers(found, order)
    for pattern, day_at, month_at in ((_NAMED, 1, 2), (_NAMED_FIRST, 2, 1)):
        found = pattern.search(plain)
        month = _month(found[month_at]) if found else 0
        if found and month:
            written = int(found[3]) if found[3] else year
            return _made(written, month, int(found[day_at])) if written else Read(None)
    return Read(None)


def _numbers(found: re.Match[str], order: DateOrder | None) -> Read:
    first, second, third = found.groups()
    if len(first) == 4:
        return _made(int(first), int(second), int(third))
    if len(third) != 4:
        return Read(None)  # 03/04/57: of which century, and of which era?
    one, two, year = int(first), int(second), int(third)
    if year >= 2400:
        return _made(year, two, one)  # only Thai writes this era, and Thai writes the day first
    if one > 12 >= two:
        return _made(year, two, one, order="dmy")
    if two > 12 >= one:
        return _made(year, one, two, order="mdy")
    made = _made(year, one, two) if order == "mdy" else _made(year, two, one)
    return Read(made.day, made.buddhist, ambiguous=one != two and order is None)


def _made(year: int, month: int, day: int, order: DateOrder | None = None) -> Read:
    buddhist = year >= 2400
    try:
        return Read(date(year - 543 if buddhist else year, month, day), buddhist, order=order)
    except ValueError:
        return Read(None)


def _month(word: str) -> int:
    plain = word.replace(".", "")
    return next(
        (number for number, names in enumerate(_MONTHS, 1) if plain.startswith((names[0], names[2]))
         or plain == names[1]),
        0,
    )  # fmt: skip
