"""Undo what a foreign keyboard layout does to a hand scanner.

A hand scanner types the keys of a US keyboard; the laptop translates them by its current layout, so that `REG-00123`
arrives as `ฑฎฌขจจๅ/-`. Each table lists, for the 47 printing keys in US order, what the layout types without and with
Shift. Source: the X11 symbol files (xkeyboard-config, `th`, `th(pat)`, `fr`, `de`) and Windows KBDTH0/KBDTH2.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_US = ("`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?')
_KEDMANEE = ("_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ", '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ')
_PATTACHOTE = ("_=๒๓๔๕ู๗๘๙๐๑๖็ตยอร่ดมวแใฌๅ้ทงกัีานเไขบปลหิคสะจพ", '฿+"/,?ุ_.()-%๊ฤๆญษึฝซถฒฯฦํ๋ธำณ์ืผชโฆฑฎฏฐภฺศฮฟฉฬ')
_AZERTY = ("²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!", "~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§")
_QWERTZ = ("^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-", "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_")

_PLAIN = {"thai-kedmanee": _KEDMANEE, "thai-pattachote": _PATTACHOTE, "azerty": _AZERTY, "qwertz": _QWERTZ}


@cache
def _tables() -> dict[str, dict[int, str]]:
    """Return, for each layout as it may be (Caps Lock off or on), what each typed character's key means on US."""
    tables: dict[str, dict[int, str]] = {"us+caps": _caps_us()}
    for name, (low, high) in _PLAIN.items():
        tables[name] = _inverse(low, high, _US)
        if name.startswith("thai"):
            # Caps Lock swaps the two levels of every key of a Thai layout, digits included.
            tables[f"{name}+caps"] = _inverse(high, low, _US)
        elif name == "azerty":
            tables[f"{name}+caps"] = _inverse(high, low, _US)
        else:
            tables[f"{name}+caps"] = _inverse(low.swapcase(), high.swapcase(), _US) if "ß" not in low else {}
    return {name: table for name, table in tables.items() if table}


def _caps_us() -> dict[int, str]:
    return {ord(c): c.swapcase() for row in _US for c in row if c.isalpha()}


def _inverse(low: str, high: str, keys: tuple[str, str]) -> dict[int, str]:
    table = {ord(typed): key for typed, key in zip(high, keys[1], strict=True)}
    table.update({ord(typed): key for typed, key in zip(low, keys[0], strict=True)})
    table.setdefault(ord(" "), " ")
    return table


def unmap(text: str) -> Iterator[tuple[str, str]]:
    """Yield (layout, text as the scanner meant it) for every layout under which all of `text` can have been typed.

    Nothing is yielded where a layout would leave the text as it is. The caller tries each against signature and roster
    and refuses when two of them name different people.
    """
    if not text or len(text) > 600:
        return
    seen = {text}
    for name, table in _tables().items():
        if all(ord(char) in table for char in text):
            meant = text.translate(table)
            if meant not in seen:
                seen.add(meant)
                yield name, meant
