"""Read an event from the TOML file that an organiser writes (docs/event-file.md shows one with every field)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checkin.domain.event import Category, Checkpoint, Day, Event, Names
from checkin.errors import EventFileError
from checkin.i18n import _
from checkin.texts import tidy

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGES = ("en", "th")
_NAME_LIMIT = 500
_BUDDHIST = 2400
"""A year from here on is one of the Buddhist era (2014 is 2557)."""
FIELDS = {
    "": {"event", "day", "category", "checkpoint"},
    "event": {"id", "name", "venue", "timezone", "languages", "retention", "practice", "practice_start"},
    "day": {"date", "name"},
    "category": {"key", "name", "colour", "attention"},
    "checkpoint": {"key", "name", "kind", "day", "start", "end", "grace_minutes", "expected", "exits"},
}
"""Every field there is: a misspelt one would be left out silently, and let the wrong people in."""
_T = TypeVar("_T")


def parse_event(text: str) -> Event:
    """Read an event from TOML text. Raises EventFileError with one sentence that names the place and the cure."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EventFileError(_("The event file is not valid TOML: {detail}.").format(detail=error)) from error
    except RecursionError as error:
        raise EventFileError(_("The event file nests lists or tables too deeply. No event needs that.")) from error
    _known_fields(data, "", "")
    head = _table(data, "event", "")
    _known_fields(head, "event", "[event]")
    zone = _zone(_text(head, "timezone", "[event]"))
    days = tuple(_day(entry, n) for n, entry in enumerate(_tables(data, "day"), 1))
    _no_repeats((d.date.isoformat() for d in days), "day")
    categories = tuple(_category(entry, n) for n, entry in enumerate(_tables(data, "category"), 1))
    _no_repeats((c.key for c in categories), "category")
    checkpoints = tuple(_checkpoint(entry, n) for n, entry in enumerate(_tables(data, "checkpoint"), 1))
    _no_repeats((c.key for c in checkpoints), "checkpoint")
    _check_references(days, categories, checkpoints)
    retention = _date(head, "retention", "[event]")
    if retention is not None and days and retention < max(d.date for d in days):
        raise EventFileError(_("[event]: “retention” is before the last day of the event."))
    return Event(
        id=_key(head, "id", "[event]"),
        name=_names(head, "name", "[event]"),
        venue=_names(head, "venue", "[event]", required=False),
        timezone=zone,
        languages=_languages(head),
        days=tuple(sorted(days, key=lambda d: d.date)),
        categories=categories,
        checkpoints=checkpoints,
        retention=retention,
        practice=_flag(head, "practice", "[event]"),
        practice_start=_practice_start(head, zone),
    )


def _day(entry: dict[str, Any], number: int) -> Day:
    place = f"[[day]] {number}"
    _known_fields(entry, "day", place)
    day = _date(entry, "date", place)
    if day is None:
        raise EventFileError(_("{place}: “date” is missing; write it as 2014-07-08.").format(place=place))
    return Day(day, _names(entry, "name", place, required=False))


def _category(entry: dict[str, Any], number: int) -> Category:
    place = f"[[category]] {number}"
    _known_fields(entry, "category", place)
    colour = entry.get("colour", "#4b5563")
    if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
        raise EventFileError(_("{place}: “colour” must be written as #1d5fbf.").format(place=place))
    attention = _names(entry, "attention", place, required=False)
    return Category(
        key=_key(entry, "key", place),
        name=_names(entry, "name", place),
        colour=colour,
        attention=attention if attention.by_language else None,
        number=min(number - 1, 15),
    )


def _checkpoint(entry: dict[str, Any], number: int) -> Checkpoint:
    place = f"[[checkpoint]] {number}"
    _known_fields(entry, "checkpoint", place)
    day = _date(entry, "day", place)
    if day is None:
        raise EventFileError(_("{place}: “day” is missing; write it as 2014-07-08.").format(place=place))
    kind = entry.get("kind", "door")
    if kind not in ("door", "session"):  # a tuple: a list in the file cannot be looked up in a set
        raise EventFileError(_("{place}: “kind” must be door or session.").format(place=place))
    start, end = _typed(entry, "start", time, place), _typed(entry, "end", time, place)
    if start and end and end <= start:
        raise EventFileError(_("{place}: it ends before it starts.").format(place=place))
    grace = entry.get("grace_minutes")
    if grace is not None and (not isinstance(grace, int) or isinstance(grace, bool) or not 0 <= grace <= 1440):
        raise EventFileError(_("{place}: “grace_minutes” must be a whole number from 0 to 1440.").format(place=place))
    expected = entry.get("expected")
    if expected not in (None, "all", "listed") and not isinstance(expected, list):
        raise EventFileError(
            _('{place}: “expected” must be "all", "listed" or a list of category keys.').format(place=place)
        )
    return Checkpoint(
        key=_key(entry, "key", place),
        name=_names(entry, "name", place),
        kind=kind,
        day=day,
        start=start,
        end=end,
        grace=None if grace is None else timedelta(minutes=grace),
        expected=frozenset(str(key) for key in expected) if isinstance(expected, list) else None,
        exits=_flag(entry, "exits", place),
        listed_only=expected == "listed",
    )


def _check_references(
    days: tuple[Day, ...], categories: tuple[Category, ...], checkpoints: tuple[Checkpoint, ...]
) -> None:
    known_days = {d.date for d in days}
    known_categories = {c.key for c in categories}
    for checkpoint in checkpoints:
        if checkpoint.day not in known_days:
            raise EventFileError(
                _("Checkpoint “{key}” is on {day}, which is no [[day]] of the event.").format(
                    key=checkpoint.key, day=checkpoint.day.isoformat()
                )
            )
        for key in sorted((checkpoint.expected or frozenset()) - known_categories):
            raise EventFileError(
                _("Checkpoint “{key}” expects the category “{category}”, which is not defined.").format(
                    key=checkpoint.key, category=key
                )
            )


def _table(data: dict[str, Any], name: str, place: str) -> dict[str, Any]:
    value = data.get(name)
    if not isinstance(value, dict):
        raise EventFileError(_("The event file has no [{name}] part.").format(name=f"{place}{name}"))
    return value


def _tables(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = data.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise EventFileError(_("The event file needs at least one [[{name}]].").format(name=name))
    return value


def _text(entry: dict[str, Any], name: str, place: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise EventFileError(_("{place}: “{name}” is missing.").format(place=place, name=name))
    return value.strip()


def _key(entry: dict[str, Any], name: str, place: str) -> str:
    value = _text(entry, name, place)
    if not _KEY.fullmatch(value):
        raise EventFileError(
            _("{place}: “{name}” may hold small letters, digits, - and _ only, 40 at most.").format(
                place=place, name=name
            )
        )
    return value


def _names(entry: dict[str, Any], name: str, place: str, *, required: bool = True) -> Names:
    value = entry.get(name)
    if isinstance(value, str):
        value = {"en": value}
    if isinstance(value, dict):
        cleaned = ((str(key), tidy(str(text), _NAME_LIMIT)) for key, text in value.items())
        names = tuple((key, text) for key, text in cleaned if text)
        if names:
            return Names(names)
    if required or value is not None:
        raise EventFileError(
            _('{place}: “{name}” is missing; write {name} = {{ en = "...", th = "..." }}.').format(
                place=place, name=name
            )
        )
    return Names(())


def _typed(entry: dict[str, Any], name: str, kind: type[_T], place: str) -> _T | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
        raise EventFileError(
            _("{place}: “{name}” must be written without quotes, a date as 2014-07-08, a time as 08:30:00.").format(
                place=place, name=name
            )
        )
    return value


def _date(entry: dict[str, Any], name: str, place: str) -> date | None:
    day = _typed(entry, name, date, place)
    if day is not None and day.year >= _BUDDHIST:
        western = f"{day.year - 543:04d}-{day.month:02d}-{day.day:02d}"  # 29 February may not be one in the other era
        raise EventFileError(
            _("{place}: {day} is a year of the Buddhist era; write it as {western}.").format(
                place=place, day=day.isoformat(), western=western
            )
        )
    return day


def _flag(entry: dict[str, Any], name: str, place: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise EventFileError(
            _("{place}: “{name}” must be true or false, without quotes.").format(place=place, name=name)
        )
    return value


def _practice_start(head: dict[str, Any], zone: ZoneInfo) -> datetime | None:
    """Return when the practice clock starts: a time of the event's own zone where the file names no other."""
    start = head.get("practice_start")
    if start is None:
        return None
    if not isinstance(start, datetime):
        raise EventFileError(_("[event]: “practice_start” must be written without quotes, as 2014-07-08T07:45:00."))
    return start if start.tzinfo else start.replace(tzinfo=zone)


def _known_fields(entry: dict[str, Any], kind: str, place: str) -> None:
    for name in entry:
        if name not in FIELDS[kind]:
            raise EventFileError(
                _("{place}: there is no field “{name}”. The fields are: {fields}.").format(
                    place=place or _("The event file"), name=name, fields=", ".join(sorted(FIELDS[kind]))
                )
            )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise EventFileError(
            _("[event]: there is no time zone “{name}”; write for example Asia/Bangkok.").format(name=name)
        ) from error


def _languages(head: dict[str, Any]) -> tuple[str, ...]:
    value = head.get("languages", list(_LANGUAGES))
    if not isinstance(value, list) or not value or any(item not in _LANGUAGES for item in value):
        raise EventFileError(_("[event]: “languages” must be a list of en and th."))
    return tuple(value)


def _no_repeats(keys: Iterable[str], name: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise EventFileError(_("[[{name}]]: “{key}” stands twice.").format(name=name, key=key))
        seen.add(key)
