"""The number formats of a spreadsheet, as far as they matter for codes: 123 shown as 00123 is the code 00123."""

from __future__ import annotations

import re
from collections.abc import Callable

_BRACKETS = re.compile(r"\[[^\]]*\]")
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|([0#?])|([ ()/+-])|(.)', re.DOTALL)
_PLAIN = {"", "general", "@", "0", "#", "#0"}

Shown = Callable[[int], str]


def shown_as(code: str) -> Shown | None:
    """Return how a whole number is shown under this format, or None where it is shown as it is.

    Raises ValueError for a format that changes a number in a way that is not understood (percent, fractions, money).
    Dates never come here: the reading library tells them.
    """
    section = code.split(";", maxsplit=1)[0]
    section = _BRACKETS.sub("", section).strip()
    if section.lower() in _PLAIN:
        return None
    pieces: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, digit, sign, other = match.groups()
        if quoted is not None or escaped is not None:
            pieces.append(("text", quoted if quoted is not None else escaped))
        elif digit is not None:
            pieces.append(("digit", digit))
        elif sign is not None and sign != "/":
            pieces.append(("text", sign))
        elif other in {".", ","}:
            return None  # decimals and thousands: an amount, whose digits are as they are
        elif match.group(0)[0] not in "_*":
            raise ValueError(code)
    digits = [kind for _kind, kind in pieces if _kind == "digit"]
    if not digits:
        raise ValueError(code)
    if "0" not in digits[:-1] and all(kind == "digit" for kind, _piece in pieces):
        return None
    return lambda value: _fill(pieces, digits, value)


def _fill(pieces: list[tuple[str, str]], digits: list[str], value: int) -> str:
    text = str(abs(value))
    spare = len(digits) - len(text)
    slots: list[str] = []
    for place, kind in enumerate(digits):
        slots.append(text[place - spare] if place >= spare else "0" if kind == "0" else "")
    if spare < 0:
        slots[0] = text[: 1 - spare]
        slots[1:] = list(text[1 - spare :])
    filled = iter(slots)
    shown = "".join(next(filled) if kind == "digit" else piece for kind, piece in pieces)
    return f"-{shown}" if value < 0 else shown
