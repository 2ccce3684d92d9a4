"""Where somebody stands today, at the declared checkpoint, in one word."""

from __future__ import annotations

from typing import Final, Literal

from checkin.db.listing import ListRow
from checkin.domain.event import Event
from checkin.i18n import _, time_text
from checkin.texts import isolate

State = Literal["in", "left", "not_yet", "cancelled", "blocked"]

TONES: Final[dict[State, str]] = {
    "in": "green",
    "left": "blue",
    "not_yet": "grey",
    "cancelled": "red",
    "blocked": "red",
}
ICONS: Final[dict[State, str]] = {"in": "tick", "left": "out", "not_yet": "", "cancelled": "cross", "blocked": "stop"}


def state_of(row: ListRow) -> State:
    """Return where this person stands. Somebody who came and was cancelled later is shown as in: that is what counts."""
    if row.first_at is not None:
        return "in" if row.inside else "left"
    if row.attendee.status == "cancelled":
        return "cancelled"
    return "blocked" if row.attendee.status == "blocked" else "not_yet"


def state_word(state: State) -> str:
    """Return the word on the pill."""
    return {
        "in": _("in"),
        "left": _("left"),
        "not_yet": _("not yet"),
        "cancelled": _("cancelled"),
        "blocked": _("blocked"),
    }[state]


def first_scan_text(row: ListRow, event: Event) -> str:
    """Return "08:42 · Desk 1", or a dash."""
    if row.first_at is None:
        return "—"
    when = time_text(event.local(row.first_at))
    return f"{when} · {isolate(row.first_desk)}" if row.first_desk else when
