"""The short form of a new event, and the TOML text that it becomes: the same file that an organiser would write."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MAX_DAYS: Final = 31
MAX_SLUG: Final = 30
RETENTION: Final = timedelta(days=90)
"""How long after the last day names are kept, unless the organiser writes another day into the file."""

CATEGORIES: Final = (
    ("delegate", "Delegate", "ผู้เข้าร่วมประชุม", "#1d5fbf", ("", "")),
    (
        "speaker",
        "Speaker",
        "วิทยากร",
        "#6d28a8",
        ("Speaker: show the way to the speakers’ room", "วิทยากร: เชิญไปห้องพักวิทยากร"),
    ),
    ("vip", "VIP", "แขกผู้มีเกียรติ", "#8a4b00", ("VIP: call the protocol officer", "แขกผู้มีเกียรติ: แจ้งเจ้าหน้าที่พิธีการ")),
    ("organiser", "Organiser", "ผู้จัดงาน", "#0b6e4f", ("", "")),
    ("press", "Press", "สื่อมวลชน", "#4b5563", ("", "")),
    ("guest", "Guest", "ผู้ติดตาม", "#0e7490", ("", "")),
)
"""Groups that nearly every conference has; the TOML file in the data folder is the place to change them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form asks for. Dates are western, as the file's are, however the form shows them."""

    name_en: str
    name_th: str
    venue: str
    first_day: date
    last_day: date
    timezone: str = "Asia/Bangkok"

    def days(self) -> list[date]:
        """Return every day from the first to the last, at most 31."""
        count = min((self.last_day - self.first_day).days + 1, MAX_DAYS)
        return [self.first_day + timedelta(days=n) for n in range(count)]


def event_id(draft: Draft, salt: str = "") -> str:
    """Return an id from the name and the year, with four random letters: two events of one name stay apart."""
    plain = unicodedata.normalize("NFKD", draft.name_en or "event").encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG].strip("-") or "event"
    return f"{slug}-{draft.first_day.year}-{salt or secrets.token_hex(2)}"


def to_toml(draft: Draft, salt: str = "") -> str:
    """Return the event as TOML: its days, the usual categories and one door a day."""
    return "\n".join(_lines(draft, salt)) + "\n"


def _lines(draft: Draft, salt: str) -> Iterator[str]:
    yield "[event]"
    yield f"id = {_quoted(event_id(draft, salt))}"
    yield f"name = {_names(draft.name_en, draft.name_th)}"
    if draft.venue.strip():
        yield f"venue = {_names(draft.venue, draft.venue)}"
    yield f"timezone = {_quoted(draft.timezone)}"
    yield 'languages = ["en", "th"]'
    yield f"retention = {(draft.last_day + RETENTION).isoformat()}  # after this day names are to be erased"
    days = draft.days()
    for number, day in enumerate(days, 1):
        yield ""
        yield "[[day]]"
        yield f"date = {day.isoformat()}"
        yield f"name = {_names(f'Day {number}', f'วันที่ {number}')}"
    for key, english, thai, colour, attention in CATEGORIES:
        yield ""
        yield "[[category]]"
        yield f"key = {_quoted(key)}"
        yield f"name = {_names(english, thai)}"
        yield f"colour = {_quoted(colour)}"
        if attention[0]:
            yield f"attention = {_names(*attention)}"
    for number, day in enumerate(days, 1):
        yield ""
        yield "[[checkpoint]]"
        yield f"key = {_quoted(f'door-{number}')}"
        yield f"name = {_names('Main entrance', 'ประตูทางเข้าหลัก')}"
        yield 'kind = "door"'
        yield f"day = {day.isoformat()}"


def _names(english: str, thai: str) -> str:
    parts = [
        f"{key} = {_quoted(' '.join(text.split()))}" for key, text in (("en", english), ("th", thai)) if text.strip()
    ]
    return f"{{ {', '.join(parts)} }}"


def _quoted(text: str) -> str:
    """Return a TOML basic string. JSON's escapes are TOML's, but for DEL and lone surrogates."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
