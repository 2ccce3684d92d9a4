"""What to print where no font of the computer has a letter: never a box, and never a name with a letter silently lost."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from checkin.badges.content import BadgeContent
from checkin.ui.painting.fonts import family_for
from checkin.ui.painting.paragraph import Style, is_right_to_left, missing

TEXTS: Final = ("name", "name_local", "organisation", "country", "category", "category_local", "event", "event_local",
                "venue", "days", "practice")  # fmt: skip
_SECOND: Final = {"name_local", "category_local", "event_local"}
"""Said in another script too: left out where a letter is missing."""


@dataclass(frozen=True, slots=True)
class Presentable:
    """A content whose every letter can be drawn, and the characters that could not."""

    content: BadgeContent
    missing: str
    """Each once, in the order they come."""


def presentable(content: BadgeContent) -> Presentable:
    """Replace what no font has: a letter of a name by “?”, a sign (emoji, private use) by nothing.

    A text that says in a second script what stands there in the first is left out whole: half a name is a wrong one.
    """
    changed: dict[str, str] = {}
    lost: dict[str, None] = {}
    for field in TEXTS:
        text = content.shown(field)
        absent = _absent(text)
        if absent:
            lost |= dict.fromkeys(char for char in text if char in absent)
            changed[field] = _without(text, absent, second=field in _SECOND)
    return Presentable(replace(content, **changed) if changed else content, "".join(lost))


def drawable(text: str) -> str:
    """Return one text so that every letter of it can be drawn: “?” stands for a letter that no font has."""
    if not any(char > "\u0e7f" and not "\u1e00" <= char <= "\u206f" for char in text):
        return text  # Latin, Vietnamese and Thai: the shipped font has them
    absent = _absent(text)
    return _without(text, absent, second=False) if absent else text


def _without(text: str, absent: frozenset[str], *, second: bool) -> str:
    letters = {char for char in absent if unicodedata.category(char)[0] in "LN"}
    if second and letters:
        return ""
    made = "".join("?" if char in letters else "" if char in absent else char for char in text)
    return " ".join(made.split())


@lru_cache(maxsize=512)
def _absent(text: str) -> frozenset[str]:
    """Return the characters of a text that cannot be drawn: those no font has, and marks that stand on nothing."""
    if text.isascii():
        return frozenset()
    absent = missing(text, Style(family_for(text), "regular", spaced=False, right_to_left=is_right_to_left(text)))
    if text and unicodedata.category(text[0])[0] == "M":
        absent |= {char for char in text if unicodedata.category(char)[0] == "M"}
    return frozenset(absent)
