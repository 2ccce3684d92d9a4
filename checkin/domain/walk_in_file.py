"""The part [walk_in] of an event's file: what the walk-in counter asks, and the notice that it shows first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from checkin.domain import toml_fields as fields
from checkin.domain.event import FORM_FIELDS, REQUIRED, Consent, Names, WalkInRules
from checkin.domain.walk_in import BUILT_IN_VERSION, CONSENTS, built_in_notice
from checkin.errors import EventFileError
from checkin.i18n import _

FIELDS: Final = {
    "walk_in": {"asked", "required", "category", "notice", "notice_version", "consent"},
    "consent": {"key", "text"},
}
_PLACE = "[walk_in]"
_NAMES = frozenset({"name", "name_local"})


def read(data: Any, event: Names, retention: date | None, categories: frozenset[str]) -> WalkInRules:
    """Return the rules; what the file leaves out is as everywhere. Raises EventFileError."""
    if not isinstance(data, dict):
        raise EventFileError(_("The event file may have one [walk_in] part only."))
    fields.known_fields(data, FIELDS["walk_in"], _PLACE)
    asked = _form_fields(data, "asked", FORM_FIELDS)
    required = _form_fields(data, "required", tuple(one for one in REQUIRED if one in asked))
    if not _NAMES & set(asked):
        raise EventFileError(_("[walk_in]: “asked” has neither name nor name_local; nobody could be registered."))
    for one in required:
        if one not in asked and not (one in _NAMES and _NAMES & set(asked)):
            raise EventFileError(_("[walk_in]: “{name}” is required but not asked.").format(name=one))
    category = data.get("category", "")
    if category and category not in categories:
        raise EventFileError(_("[walk_in]: there is no [[category]] “{key}”.").format(key=category))
    notice = fields.names(data, "notice", _PLACE, required=False, longest=None)
    return WalkInRules(
        asked=tuple(one for one in FORM_FIELDS if one in asked),
        required=tuple(one for one in FORM_FIELDS if one in required),
        category=category,
        notice=notice if notice.by_language else built_in_notice(event, retention),
        notice_version=_version(data, own=bool(notice.by_language) or "consent" in data),
        consents=_consents(data),
    )


def _form_fields(data: dict[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = data.get(name, list(default))
    if not isinstance(value, list) or any(item not in FORM_FIELDS for item in value):
        raise EventFileError(
            _("[walk_in]: “{name}” must be a list of these fields: {fields}.").format(
                name=name, fields=", ".join(FORM_FIELDS)
            )
        )
    return tuple(value)


def _version(data: dict[str, Any], *, own: bool) -> str:
    """Return the version of what is shown. A text of one's own needs one: the journal keeps which was agreed to."""
    if "notice_version" in data:
        return fields.key(data, "notice_version", _PLACE)
    if own:
        raise EventFileError(
            _("[walk_in]: a notice or consents of your own need a “notice_version”, for example 2014-07.")
        )
    return BUILT_IN_VERSION


def _consents(data: dict[str, Any]) -> tuple[Consent, ...]:
    value = data.get("consent")
    if value is None:
        return CONSENTS
    if value == []:
        return ()
    found = []
    for number, entry in enumerate(fields.tables(data, "consent"), 1):
        place = f"[[walk_in.consent]] {number}"
        fields.known_fields(entry, FIELDS["consent"], place)
        found.append(Consent(fields.key(entry, "key", place), fields.names(entry, "text", place, longest=None)))
    fields.no_repeats((one.key for one in found), "walk_in.consent")
    return tuple(found)
