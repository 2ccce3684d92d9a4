"""The words of an event that a roster uses: its categories, sessions and days, and what a status is called."""

from __future__ import annotations

import re
from typing import Final

from checkin.domain.attendee import Status
from checkin.domain.event import Event
from checkin.roster.dates import read_date
from checkin.roster.values import key

_STATUS: Final[dict[Status, tuple[str, ...]]] = {
    "cancelled": (
        "cancelled", "canceled", "cancel", "refunded", "withdrawn", "withdrew", "deleted", "declined", "rejected",
        "not attending", "no longer attending", "void", "c", "ยกเลิก", "ถอนตัว", "ไม่เข้าร่วม", "ไม่มา", "ขอยกเลิก", "คืนเงิน",
    ),
    "blocked": ("blocked", "banned", "barred", "denied", "suspended", "ห้ามเข้า", "ระงับ", "ถูกระงับ", "ห้าม", "ไม่อนุญาต"),
    "registered": (
        "registered", "confirmed", "attending", "paid", "approved", "complete", "completed", "accepted", "active", "valid",
        "yes", "y", "ok", "p", "free order", "checked in", "going", "ลงทะเบียน", "ลงทะเบียนแล้ว", "ยืนยัน", "ยืนยันแล้ว",
        "ตอบรับ", "ตอบรับแล้ว", "เข้าร่วม", "ชำระแล้ว", "ชำระเงินแล้ว", "อนุมัติ", "ปกติ",
    ),
}  # fmt: skip
_EVERYWHERE: Final = frozenset(
    {"all", "all sessions", "all days", "both days", "full", "ทั้งหมด", "ทุกวัน", "ทุกห้อง", "ทุกหัวข้อ"}
)
_LISTED = re.compile(r"[;|\n\r/•]+")
_LISTED_FINER = re.compile(r"[,،、]|\s+(?:and|และ)\s+|\s*&\s*")
_DAY_NUMBER = re.compile(r"(?:day|วันที่|วัน)\s*([0-9]{1,2})")


def read_status(text: str) -> tuple[Status, str] | None:
    """Return the status and the reason that stands with it ("Cancelled - flight"); None for a word nobody knows."""
    plain = key(text)
    if not plain:
        return "registered", ""
    for status, words in _STATUS.items():
        if plain in words:
            return status, ""
    for status in ("cancelled", "blocked"):
        for word in _STATUS[status]:
            if len(word) > 3 and re.match(rf"{re.escape(word)}(?=[\s:;,.()–—-])", plain):
                return status, text.strip()[len(word) :].strip(" :;,.()–—-")
    return None


class Vocabulary:
    """One event's words, looked up without regard to case, in any of its languages."""

    def __init__(self, event: Event) -> None:
        """Collect the words."""
        self._categories: dict[str, str] = {}
        for category in event.categories:
            for word in (category.key, *category.name.as_dict().values()):
                self._categories.setdefault(_word(word), category.key)
        self._places: dict[str, str] = {}
        counted: dict[str, set[str]] = {}
        for checkpoint in event.checkpoints:
            for word in (checkpoint.key, *checkpoint.name.as_dict().values()):
                counted.setdefault(_word(word), set()).add(checkpoint.key)
        for word, keys in counted.items():
            if len(keys) == 1:  # "Main entrance" of two days names neither
                self._places[word] = next(iter(keys))
        for number, day in enumerate(event.days, 1):
            for word in (f"day {number}", f"day{number}", f"วันที่ {number}", *day.name.as_dict().values()):
                self._places.setdefault(_word(word), day.date.isoformat())
        self._days = tuple(day.date for day in event.days)

    def category(self, text: str) -> str | None:
        """Return the key of a category, or None where the event has none of this name."""
        word = _word(text)
        found = self._categories.get(word)
        if found is None and word.endswith("s"):
            found = self._categories.get(word[:-1])
        return found or self._categories.get(f"{word}s")

    def expected(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (checkpoint keys and ISO days in the order named, words that name nothing).

        Nothing named, or "all": no keys, which means "by category".
        """
        if not text.strip() or key(text) in _EVERYWHERE:
            return (), ()
        whole = self._place(text)
        if whole:
            return (whole,), ()
        found: dict[str, None] = {}
        unknown: list[str] = []
        for part in filter(str.strip, _LISTED.split(text)):
            place = self._place(part)
            if place:
                found[place] = None
                continue
            for piece in filter(str.strip, _LISTED_FINER.split(part)):
                place = self._place(piece)
                if place:
                    found[place] = None
                else:
                    unknown.append(piece.strip())
        return tuple(found), tuple(unknown)

    def _place(self, text: str) -> str | None:
        known = self._places.get(_word(text))
        if known:
            return known
        if found := _DAY_NUMBER.fullmatch(key(text)):
            number = int(found[1])
            return self._days[number - 1].isoformat() if 1 <= number <= len(self._days) else None
        day = read_date(text, year=self._days[0].year if self._days else None).day
        return day.isoformat() if day in self._days else None


def _word(text: str) -> str:
    """Return a word for comparing: case, spaces and kinds of dash do not matter."""
    return " ".join(re.sub(r"[‐‑‒–—−_-]+", " ", text.casefold()).split())
