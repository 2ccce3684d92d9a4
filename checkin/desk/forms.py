"""What may stand in the fields of a person, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checkin.desk.results import WalkIn
from checkin.domain.attendee import Attendee
from checkin.domain.cleaning import LIMITS, clean
from checkin.domain.event import FORM_FIELDS, Event
from checkin.errors import FormError
from checkin.i18n import _, mark

FIELD_WORDS: Final = {
    "name": mark("Name on the badge"),
    "name_local": mark("Name in local script"),
    "organisation": mark("Organisation"),
    "country": mark("Country"),
    "category": mark("Category"),
    "email": mark("E-mail"),
    "phone": mark("Phone"),
    "note": mark("Note for the desk"),
    "status": mark("Status"),
    "status_reason": mark("Reason of the status"),
    "code": mark("Badge code"),
}
"""What each field is called, for sentences; looked up in the language of the moment where it is shown."""
_NAMES: Final = ("name", "name_local")


def check_walk_in(event: Event, form: WalkIn) -> dict[str, str]:
    """Return the fields as they are stored, empty ones too. Raises FormError, which names the first wrong field."""
    rules = event.walk_in
    given = {name: getattr(form, name) for name in FORM_FIELDS}
    given["category"] = given["category"].strip() or rules.category
    values = {name: check_field(event, name, text) for name, text in given.items()}
    for name, value in values.items():
        if value and name not in rules.asked:
            raise FormError(name, _("This event does not ask for “{field}”. Leave it empty.").format(field=word(name)))
    for name in rules.required:
        if not (any(values[one] for one in _NAMES) if name in _NAMES else values[name]):
            raise FormError(name, _("“{field}” is missing. Fill it in.").format(field=word(name)))
    _require_name(values["name"], values["name_local"])
    return values


def check_changes(event: Event, person: Attendee, changes: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return field -> (old, new) of what is really changed. Raises FormError."""
    found: dict[str, tuple[str, str]] = {}
    for name, text in changes.items():
        if name not in FORM_FIELDS:
            raise FormError(
                name,
                _("There is no field “{name}”. The fields are: {fields}.").format(
                    name=name, fields=", ".join(FORM_FIELDS)
                ),
            )
        old, new = getattr(person, name), check_field(event, name, text)
        if new != old:
            found[name] = (old, new)
    now = {name: found[name][1] if name in found else getattr(person, name) for name in _NAMES}
    if found.keys() & set(_NAMES):
        _require_name(now["name"], now["name_local"])
    return found


def check_field(event: Event, name: str, text: str) -> str:
    """Return one field's text without what cannot be seen. Raises FormError where it cannot stay as it is."""
    limit = LIMITS[name]
    cleaned = clean(text, limit, letters=name in _NAMES)
    if "cut" in cleaned.changes:
        raise FormError(
            name,
            _("“{field}” has {length} characters, and {limit} are possible. Shorten it.").format(
                field=word(name), length=len(text), limit=limit
            ),
        )
    if "marks_only" in cleaned.changes:
        raise FormError(
            name, _("There is no letter in “{field}”, only accents or signs. Type it again.").format(field=word(name))
        )
    if name == "category" and cleaned.text and event.category(cleaned.text) is None:
        raise FormError(
            name,
            _("There is no category “{key}”. This event has: {keys}.").format(
                key=cleaned.text, keys=", ".join(one.key for one in event.categories)
            ),
        )
    return cleaned.text


def check_consents(event: Event, form: WalkIn) -> tuple[tuple[str, bool], ...]:
    """Return the choices in the order of the event's file. Raises FormError for a consent that it does not ask."""
    known = [one.key for one in event.walk_in.consents]
    choices = dict(form.consents)
    for key in choices:
        if key not in known:
            raise FormError(
                "consents",
                _("This event does not ask for the consent “{key}”. It asks for: {keys}.").format(
                    key=key, keys=", ".join(known) or "–"
                ),
            )
    return tuple((key, choices[key]) for key in known if key in choices)


def check_reason(text: str) -> str:
    """Return a reason as it is kept. Raises FormError where it is longer than a note."""
    cleaned = clean(text, LIMITS["note"])
    if "cut" in cleaned.changes:
        raise FormError(
            "reason", _("The reason is longer than {limit} characters. Shorten it.").format(limit=LIMITS["note"])
        )
    return cleaned.text


def word(name: str) -> str:
    """Return what a field is called, in the language of the moment."""
    return _(FIELD_WORDS[name])


def _require_name(name: str, local: str) -> None:
    if not name and not local:
        raise FormError("name", _("“{field}” is missing. Fill it in.").format(field=word("name")))
