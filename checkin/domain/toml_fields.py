"""The fields of an event's TOML file: each is what it must be, or one sentence names the place and the cure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from checkin.domain.event import Names
from checkin.errors import EventFileError
from checkin.i18n import _
from checkin.texts import tidy

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_BUDDHIST = 2400
"""A year from here on is one of the Buddhist era (2014 is 2557)."""
_T = TypeVar("_T")


def table(data: dict[str, Any], name: str, place: str) -> dict[str, Any]:
    """Return the part [name]."""
    value = data.get(name)
    if not isinstance(value, dict):
        raise EventFileError(_("The event file has no [{name}] part.").format(name=f"{place}{name}"))
    return value


def tables(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return every [[name]], at least one."""
    value = data.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise EventFileError(_("The event file needs at least one [[{name}]].").format(name=name))
    return value


def text(entry: dict[str, Any], name: str, place: str) -> str:
    """Return a text that must be there."""
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise EventFileError(_("{place}: “{name}” is missing.").format(place=place, name=name))
    return value.strip()


def key(entry: dict[str, Any], name: str, place: str) -> str:
    """Return a key: small letters, digits, - and _."""
    value = text(entry, name, place)
    if not _KEY.fullmatch(value):
        raise EventFileError(
            _("{place}: “{name}” may hold small letters, digits, - and _ only, 40 at most.").format(
                place=place, name=name
            )
        )
    return value


def names(entry: dict[str, Any], name: str, place: str, *, required: bool = True, longest: int | None = 500) -> Names:
    """Return a name in one language or more, one line of at most `longest` letters each; None: as written."""
    value = entry.get(name)
    if isinstance(value, str):
        value = {"en": value}
    if isinstance(value, dict):
        tidied = ((str(k), tidy(str(v), longest) if longest else str(v).strip()) for k, v in value.items())
        given = tuple((k, v) for k, v in tidied if v)
        if given:
            return Names(given)
    if required or value is not None:
        raise EventFileError(
            _('{place}: “{name}” is missing; write {name} = {{ en = "...", th = "..." }}.').format(
                place=place, name=name
            )
        )
    return Names(())


def typed(entry: dict[str, Any], name: str, kind: type[_T], place: str) -> _T | None:
    """Return a value of TOML's own kind, None where there is none."""
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


def day_of(entry: dict[str, Any], name: str, place: str) -> date | None:
    """Return a date; one of the Buddhist era is refused, and the western one named."""
    day = typed(entry, name, date, place)
    if day is not None and day.year >= _BUDDHIST:
        western = f"{day.year - 543:04d}-{day.month:02d}-{day.day:02d}"  # 29 February may not be one in the other era
        raise EventFileError(
            _("{place}: {day} is a year of the Buddhist era; write it as {western}.").format(
                place=place, day=day.isoformat(), western=western
            )
        )
    return day


def flag(entry: dict[str, Any], name: str, place: str) -> bool:
    """Return true or false."""
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise EventFileError(
            _("{place}: “{name}” must be true or false, without quotes.").format(place=place, name=name)
        )
    return value


def known_fields(entry: dict[str, Any], fields: Collection[str], place: str) -> None:
    """Raise EventFileError for a misspelt field: it would be left out silently, and let the wrong people in."""
    for name in entry:
        if name not in fields:
            raise EventFileError(
                _("{place}: there is no field “{name}”. The fields are: {fields}.").format(
                    place=place or _("The event file"), name=name, fields=", ".join(sorted(fields))
                )
            )


def no_repeats(keys: Iterable[str], name: str) -> None:
    """Raise EventFileError where a key stands twice."""
    seen: set[str] = set()
    for one in keys:
        if one in seen:
            raise EventFileError(_("[[{name}]]: “{key}” stands twice.").format(name=name, key=one))
        seen.add(one)
