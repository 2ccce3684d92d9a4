"""Keys as words of the reader's language, for the files that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checkin.domain.event import Event
from checkin.i18n import _, language, mark
from checkin.reports.sheet import Kind

_HOW: Final = {
    "camera": mark("camera"),
    "scanner": mark("hand scanner"),
    "typed": mark("typed"),
    "picked": mark("picked from a search"),
    "walk-in": mark("walk-in"),
}
_WHAT: Final = {
    "checked_in": mark("checked in"),
    "checked_out": mark("checked out"),
    "undo": mark("undo"),
    "walk_in": mark("registered as walk-in"),
    "parent": mark("new journal"),
    "badge_issued": mark("badge issued"),
    "badge_revoked": mark("badge revoked"),
    "attendee edit": mark("details changed"),
    "attendee cancel": mark("registration cancelled"),
    "attendee reinstate": mark("registration reinstated"),
    "attendee code": mark("badge code learned"),
    "merge": mark("put together with a double"),
    "erase": mark("personal data erased"),
    "copy": mark("copy of an entry that counts elsewhere"),
    "day_closed closed": mark("day closed"),
    "day_closed corrected": mark("day closed again with a correction"),
    "day_closed reopened": mark("day reopened"),
    "note": mark("note"),
    "note settled": mark("double admission settled"),
    "clock": mark("clock noted"),
    "rescue": mark("journal rescued"),
    "export attendance": mark("attendance list exported"),
    "export journal": mark("journal exported"),
    "already_in": mark("already in"),
    "not_inside": mark("not inside"),
    "wrong_day": mark("wrong day"),
    "wrong_session": mark("wrong session"),
    "too_early": mark("too early"),
    "too_late": mark("too late"),
    "not_expected": mark("not expected here"),
    "unknown": mark("not on the list"),
    "replaced": mark("badge replaced"),
    "cancelled": mark("registration cancelled"),
    "blocked": mark("registration blocked"),
    "other_event": mark("badge of another event"),
    "forged": mark("forged or damaged badge"),
    "not_a_badge": mark("not a badge"),
}


def words(kind: Kind, event: Event) -> Mapping[str, str]:
    """Return the words for the keys of a column of this kind; empty where its values are shown as they are."""
    tongue = language()
    if kind == "category":
        return {category.key: category.name.get(tongue) for category in event.categories}
    if kind in {"checkpoint", "checkpoints"}:
        return {checkpoint.key: checkpoint.name.get(tongue) for checkpoint in event.checkpoints}
    table = {"how": _HOW, "what": _WHAT}.get(kind, {})
    return {key: _(text) for key, text in table.items()}
