"""What happened to a person, in words: one line each, and what exactly was changed."""

from __future__ import annotations

from typing import Final

from checkin.desk.forms import FIELD_WORDS
from checkin.desk.results import LogLine
from checkin.domain.event import Event
from checkin.domain.verdict import Verdict
from checkin.i18n import _, language, mark
from checkin.texts import escape, isolate
from checkin.wording.verdicts import word

_DONE: Final = {
    "checked_in": mark("Checked in"),
    "checked_out": mark("Checked out"),
    "walk_in": mark("Registered as a walk-in"),
    "edited": mark("Details changed"),
    "registration_cancelled": mark("Registration cancelled"),
    "reinstated": mark("Registration reinstated"),
    "code_learned": mark("Badge code learned"),
    "badge_issued": mark("Badge made"),
    "badge_revoked": mark("Badge made void"),
    "merged": mark("Put together with a double"),
    "erased": mark("Personal data erased"),
    "undo": mark("Undone"),
}
_STATUS: Final = {
    "registered": mark("registered"),
    "cancelled": mark("cancelled"),
    "blocked": mark("blocked"),
    "provisional": mark("name follows"),
}
UNDOABLE: Final = frozenset(
    {
        "checked_in", "checked_out", "walk_in", "edited", "registration_cancelled", "reinstated", "code_learned",
        "badge_issued", "badge_revoked", "merged",
    }
)  # fmt: skip
"""Kinds of lines that can be taken back."""


def is_undoable(line: LogLine) -> bool:
    """Say whether a line is an act that still stands and can be taken back."""
    return bool(line.record) and not line.undone and line.kind in UNDOABLE


def happened(line: LogLine, event: Event) -> str:
    """Return what happened, in a few words; what was undone says so."""
    if line.kind == "already_in":
        return _("Scanned again, told “already in”")
    if line.kind not in _DONE:
        return (
            _("Not let in: {word}").format(word=word(line.kind, language())) if line.kind in set(Verdict) else line.kind
        )
    text = _done(line, event)
    return _("{what} — undone").format(what=text) if line.undone else text


def done(line: LogLine) -> str:
    """Return what was done, without where: for a log of one desk. Only of what is no refusal."""
    return _(_DONE[line.kind]) if line.kind in _DONE else line.kind


def details(line: LogLine, event: Event) -> str:
    """Return what exactly was changed, field by field, or nothing."""
    return " · ".join(
        _change(event, name, old, new) for name, old, new in line.changes if not (name == "status_reason" and not new)
    )


def _done(line: LogLine, event: Event) -> str:
    text = _(_DONE[line.kind])
    if line.kind in {"checked_in", "checked_out"}:
        place = next((c.name.get(language()) for c in event.checkpoints if c.key == line.checkpoint), line.checkpoint)
        return f"{text} · {place}" if place else text
    if line.kind == "badge_issued" and line.revision:
        return _("Badge made again: print {number}").format(number=line.revision + 1)
    if line.kind == "merged" and line.about:
        return _("Put together with {name}").format(name=isolate(line.about))
    if line.kind == "undo" and line.about in _DONE:
        return _("Undone: {what}").format(what=_(_DONE[line.about]))
    return text


def _change(event: Event, name: str, old: str, new: str) -> str:
    field = _(FIELD_WORDS[name])
    if name == "code":
        return _("{field}: {new}").format(field=field, new=isolate(escape(new)))
    before, after = _value(event, name, old), _value(event, name, new)
    if not before:
        return _("{field}: {new}").format(field=field, new=after)
    return _("{field}: {old} → {new}").format(field=field, old=before, new=after or _("empty"))


def _value(event: Event, name: str, value: str) -> str:
    if name == "category":
        category = event.category(value)
        return category.name.get(language()) if category else value
    if name == "status":
        return _(_STATUS[value]) if value in _STATUS else value
    return isolate(f"“{value}”") if value else ""
