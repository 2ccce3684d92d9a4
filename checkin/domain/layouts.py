"""Undo what a foreign keyboard layout does to a hand scanner.

A hand scanner types the keys of a US keyboard; the laptop translates them by its current layout, so that `REG-00123`
arrives as `ฑฎฌขจจๅ/-`. Each table lists, for the 47 printing keys in US order, what the layout types without and with
Shift. Source: xkeyboard-config (`us`, `th` basic = Kedmanee, `th(pat)`, `fr` basic, `de` basic; a test compares them with
the installed one). Windows' layouts of these names have the same letters, digits and hyphen.

Caps Lock: on US it swaps the case of letters. On Windows it swaps the two levels of every Thai key, digits included, and
of the digit row of AZERTY; on X11 it changes only letters that have a case, so Thai stays as it is.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterator
from functools import cache

_US = ("`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?')
_KEDMANEE = ("_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ", '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ')
_PATTACHOTE = ("_=๒๓๔๕ู๗๘๙๐๑๖็ตยอร่ดมวแใฌๅ้ทงกัีานเไขบปลหิคสะจพ", '฿+"/,?ุ_.()-%๊ฤๆญษึฝซถฒฯฦํ๋ธำณ์ืผชโฆฑฎฏฐภฺศฮฟฉฬ')
_AZERTY = ("²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!", "~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§")
_QWERTZ = ("^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-", "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_")

_LAYOUTS = {"thai-kedmanee": _KEDMANEE, "thai-pattachote": _PATTACHOTE, "azerty": _AZERTY, "qwertz": _QWERTZ}

_LONGEST = 600  # characters; the longest ticket code that is known has half of that
_MOST_ORDERS = 64
_SPLIT_SARA_AM = "\u0e4d\u0e32"
"""What NFKC makes of SARA AM (the key "e"): it looks like the keys "Yk", and whose badge it was cannot be told."""


def unmap(text: str) -> Iterator[tuple[str, str]]:
    """Yield (layout, text as the scanner meant it) for every layout under which all of `text` can have been typed.

    Nothing is yielded where a layout would leave the text as it is. The caller tries each against signature and roster
    and refuses when two of them name different people. `text` must be as it was typed: Unicode normalisation reorders
    Thai marks, so that J6B6 would arrive as B66J. If it was normalised on the way (an input method), all orders that it
    can have had are yielded, so that it is right or ambiguous, never simply another badge.
    """
    if not text or len(text) > _LONGEST:
        return
    seen = {text}
    orders = tuple(_orders(text))
    for name, table in _tables():
        if not all(ord(char) in table for char in text):
            continue
        if name.startswith("thai") and _SPLIT_SARA_AM in text:
            continue
        for order in orders:
            meant = order.translate(table)
            if meant not in seen:
                seen.add(meant)
                yield name, meant


@cache
def _tables() -> tuple[tuple[str, dict[int, str]], ...]:
    """Return, for each layout as it may be (Caps Lock off or on), what each typed character's key means on US."""
    tables = [("us+caps", _inverse(*(_swap_case(row) for row in _US)))]
    for name, (low, high) in _LAYOUTS.items():
        tables.append((name, _inverse(low, high)))
        tables.append((f"{name}+caps", _inverse(high, low)))  # Windows: as if Shift were held
        if not name.startswith("thai"):
            tables.append((f"{name}+caps", _inverse(_swap_case(low), _swap_case(high))))  # letters only
    return tuple(tables)


def _inverse(low: str, high: str) -> dict[int, str]:
    """Return typed character -> US character; where a character stands on two keys, the one without Shift is meant."""
    table = {ord(" "): " "}
    table.update({ord(typed): key for typed, key in zip(high, _US[1], strict=True)})
    table.update({ord(typed): key for typed, key in zip(low, _US[0], strict=True)})
    return table


def _swap_case(row: str) -> str:
    """Return what Caps Lock makes of a row of keys. A letter whose other case is two letters (ß) has none on a key."""
    return "".join(swapped if len(swapped := char.swapcase()) == 1 else char for char in row)


def _orders(text: str) -> Iterator[str]:
    """Yield every text that was this one before it was normalised, itself first; nothing where there are too many."""
    if unicodedata.normalize("NFD", text) != text:
        yield text  # not in canonical order: nothing has normalised it
        return
    runs = [
        list(_interleavings("".join(group))) if marks else ["".join(group)]
        for marks, group in itertools.groupby(text, key=lambda char: unicodedata.combining(char) > 0)
    ]
    if math.prod(map(len, runs)) <= _MOST_ORDERS:
        yield from map("".join, itertools.product(*runs))


def _interleavings(marks: str) -> Iterator[str]:
    """Yield the orders of a run of marks that normalisation makes one of: marks of one class keep theirs."""
    if not marks:
        yield ""
        return
    first_of_class: dict[int, int] = {}
    for position, mark in enumerate(marks):
        first_of_class.setdefault(unicodedata.combining(mark), position)
    for position in first_of_class.values():
        for rest in itertools.islice(_interleavings(marks[:position] + marks[position + 1 :]), _MOST_ORDERS + 1):
            yield marks[position] + rest
