"""A double admission, read and put in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from checkin.db.doubles import Admitted, Double, doubles
from checkin.domain.event import Event
from checkin.i18n import _, time_text
from checkin.texts import isolate

if TYPE_CHECKING:
    from checkin.app import App

KEY: Final = "doubles"
"""Of the notice that tells of them."""


def read_doubles(app: App) -> list[Double]:
    """Read the doubles of all days, those to be looked at first; off the GUI thread."""
    with app.database.read() as connection:
        return sorted(doubles(connection), key=lambda one: one.settled)


def double_sentence(double: Double, event: Event, own_desk: str) -> str:
    """Say who was let in where, twice, with time and staff."""
    return _("{name} was let in {first} and {second}. This counts once.").format(
        name=isolate(double.attendee.display_name),
        first=admitted_words(double.first, event, own_desk),
        second=admitted_words(double.second, event, own_desk),
    )


def admitted_words(one: Admitted, event: Event, own_desk: str) -> str:
    """Say where and when one of the two admissions was: "at Desk 2 at 09:13 (Art)", "here at 09:20"."""
    time = time_text(event.local(datetime.fromtimestamp(one.at_ms / 1000, UTC)))
    if one.desk == own_desk:
        return _("here at {time}").format(time=time)
    if one.staff:
        return _("at {desk} at {time} ({staff})").format(desk=isolate(one.desk), time=time, staff=isolate(one.staff))
    return _("at {desk} at {time}").format(desk=isolate(one.desk), time=time)
