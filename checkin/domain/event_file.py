"""Read an event from the TOML file that an organiser writes (docs/event-file.md shows one with every field)."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checkin.domain import toml_fields as fields
from checkin.domain import walk_in_file
from checkin.domain.event import SYMBOLOGIES, Category, Checkpoint, Day, Event
from checkin.errors import EventFileError
from checkin.i18n import _

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGES = ("en", "th")
# fmt: off
FIELDS = {
    "": {"event", "day", "category", "checkpoint", "walk_in"},
    "event": {
        "id", "name", "venue", "timezone", "languages", "retention", "practice", "practice_start", "colour", "symbologies",
    },
    "day": {"date", "name"},
    "category": {"key", "name", "colour", "attention"},
    "checkpoint": {"key", "name", "kind", "day", "start", "end", "grace_minutes", "expected", "exits"},
    **walk_in_file.FIELDS,
}
# fmt: on
"""Every field there is: a misspelt one would be left out silently, and let the wrong people in."""


def parse_event(text: str) -> Event:
    """Read an event from TOML text. Raises EventFileError with one sentence that names the place and the cure."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EventFileError(_("The event file is not valid TOML: {detail}.").format(detail=error)) from error
    except RecursionError as error:
        raise EventFileError(_("The event file nests lists or tables too deeply. No event needs that.")) from error
    fields.known_fields(data, FIELDS[""], "")
    head = fields.table(data, "event", "")
    fields.known_fields(head, FIELDS["event"], "[event]")
    zone = _zone(fields.text(head, "timezone", "[event]"))
    days = tuple(_day(entry, n) for n, entry in enumerate(fields.tables(data, "day"), 1))
    fields.no_repeats((d.date.isoformat() for d in days), "day")
    categories = tuple(_category(entry, n) for n, entry in enumerate(fields.tables(data, "category"), 1))
    fields.no_repeats((c.key for c in categories), "category")
    checkpoints = tuple(_checkpoint(entry, n) for n, entry in enumerate(fields.tables(data, "checkpoint"), 1))
    fields.no_repeats((c.key for c in checkpoints), "checkpoint")
    _check_references(days, categories, checkpoints)
    retention = fields.day_of(head, "retention", "[event]")
    if retention is not None and days and retention < max(d.date for d in days):
        raise EventFileError(_("[event]: “retention” is before the last day of the event."))
    name = fields.names(head, "name", "[event]")
    return Event(
        id=fields.key(head, "id", "[event]"),
        name=name,
        venue=fields.names(head, "venue", "[event]", required=False),
        timezone=zone,
        languages=_languages(head),
        days=tuple(sorted(days, key=lambda d: d.date)),
        categories=categories,
        checkpoints=checkpoints,
        retention=retention,
        practice=fields.flag(head, "practice", "[event]"),
        practice_start=_practice_start(head, zone),
        colour=_colour(head, "", "[event]"),
        walk_in=walk_in_file.read(data.get("walk_in", {}), name, retention, frozenset(c.key for c in categories)),
        symbologies=_symbologies(head),
    )


def _day(entry: dict[str, Any], number: int) -> Day:
    place = f"[[day]] {number}"
    fields.known_fields(entry, FIELDS["day"], place)
    day = fields.day_of(entry, "date", place)
    if day is None:
        raise EventFileError(_("{place}: “date” is missing; write it as 2014-07-08.").format(place=place))
    return Day(day, fields.names(entry, "name", place, required=False))


def _category(entry: dict[str, Any], number: int) -> Category:
    place = f"[[category]] {number}"
    fields.known_fields(entry, FIELDS["category"], place)
    attention = fields.names(entry, "attention", place, required=False)
    return Category(
        key=fields.key(entry, "key", place),
        name=fields.names(entry, "name", place),
        colour=_colour(entry, "#4b5563", place),
        attention=attention if attention.by_language else None,
        number=min(number - 1, 15),
    )


def _checkpoint(entry: dict[str, Any], number: int) -> Checkpoint:
    place = f"[[checkpoint]] {number}"
    fields.known_fields(entry, FIELDS["checkpoint"], place)
    day = fields.day_of(entry, "day", place)
    if day is None:
        raise EventFileError(_("{place}: “day” is missing; write it as 2014-07-08.").format(place=place))
    kind = entry.get("kind", "door")
    if kind not in ("door", "session"):  # a tuple: a list in the file cannot be looked up in a set
        raise EventFileError(_("{place}: “kind” must be door or session.").format(place=place))
    start, end = fields.typed(entry, "start", time, place), fields.typed(entry, "end", time, place)
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
        key=fields.key(entry, "key", place),
        name=fields.names(entry, "name", place),
        kind=kind,
        day=day,
        start=start,
        end=end,
        grace=None if grace is None else timedelta(minutes=grace),
        expected=frozenset(str(key) for key in expected) if isinstance(expected, list) else None,
        exits=fields.flag(entry, "exits", place),
        listed_only=expected == "listed",
    )


def _colour(entry: dict[str, Any], default: str, place: str) -> str:
    colour = entry.get("colour", default)
    if not isinstance(colour, str) or ("colour" in entry and not _COLOUR.fullmatch(colour)):
        raise EventFileError(_("{place}: “colour” must be written as #1d5fbf.").format(place=place))
    return colour


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


def _practice_start(head: dict[str, Any], zone: ZoneInfo) -> datetime | None:
    """Return when the practice clock starts: a time of the event's own zone where the file names no other."""
    start = head.get("practice_start")
    if start is None:
        return None
    if not isinstance(start, datetime):
        raise EventFileError(_("[event]: “practice_start” must be written without quotes, as 2014-07-08T07:45:00."))
    return start if start.tzinfo else start.replace(tzinfo=zone)


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


def _symbologies(head: dict[str, Any]) -> tuple[str, ...]:
    value = head.get("symbologies", [])
    if not isinstance(value, list) or any(item not in SYMBOLOGIES for item in value):
        raise EventFileError(
            _("[event]: “symbologies” must be a list of these: {names}. QR codes are always read.").format(
                names=", ".join(SYMBOLOGIES)
            )
        )
    return tuple(name for name in SYMBOLOGIES if name in value)
