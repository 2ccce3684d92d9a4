"""Thai and English, switched live: gettext for texts, Babel for plurals and month names, the Buddhist era for years.

`_` looks the text up when it is called, so a page that calls it again after `set_language` speaks the new language.
The language is the one piece of state that the whole program shares; it is set by the window and by `--lang`.
"""

from __future__ import annotations

import gettext as _gettext
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Final, Literal

from checkin.paths import resources

Language = Literal["en", "th"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "th")

_active: list[Language] = ["en"]
_here = threading.local()
_breaks: list[bool] = [True]
_WORD_BREAK: Final = "\u200b"
"""Stands between Thai words so that a window may wrap there. A terminal may draw it as a box; JSON has no use for it."""

_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "th": ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
}
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "th": ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
}


@cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    return _gettext.translation("checkin", resources() / "locale", [language], fallback=True)


def language() -> Language:
    """Return the language that texts are shown in now, on this thread."""
    return getattr(_here, "tongue", None) or _active[0]


@contextmanager
def speaking(other: Language) -> Iterator[None]:
    """Let texts be in this language on this thread, as long as the block lasts: a Thai report from an English window."""
    before = getattr(_here, "tongue", None)
    _here.tongue = other
    try:
        yield
    finally:
        _here.tongue = before


def set_language(new: Language) -> None:
    """Show texts in this language from now on."""
    _active[0] = new


def for_terminal() -> None:
    """Leave the marks between Thai words out from now on: what is printed is not wrapped by us."""
    _breaks[0] = False


def _(text: str) -> str:
    """Return `text` in the language of the moment."""
    return _shown(_catalogue(language()).gettext(text))


def _shown(text: str) -> str:
    return text if _breaks[0] else text.replace(_WORD_BREAK, "")


def mark(text: str) -> str:
    """Mark a text of a table for translation; it is looked up where it is shown."""
    return text


def in_language(text: str, other: Language) -> str:
    """Return `text` in a named language, for the second line under a verdict."""
    return _catalogue(other).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits `count` (Thai has one form for all)."""
    return _shown(_catalogue(language()).ngettext(one, many, count))


def day_text(day: date, *, weekday: bool = True, year: bool = True) -> str:
    """Return a day as people of the language write it: "Tue 8 Jul 2014", "อ. 8 ก.ค. 2557"."""
    tongue = language()
    parts = [_WEEKDAYS[tongue][day.weekday()]] if weekday else []
    parts += [str(day.day), _MONTHS[tongue][day.month - 1]]
    if year:
        parts.append(str(day.year + 543 if tongue == "th" else day.year))
    return " ".join(parts)


def time_text(at: datetime, *, seconds: bool = False) -> str:
    """Return a time of day, 24 hours: "09:14", with " น." in Thai where seconds are left out."""
    text = at.strftime("%H:%M:%S" if seconds else "%H:%M")
    return f"{text} น." if language() == "th" and not seconds else text
