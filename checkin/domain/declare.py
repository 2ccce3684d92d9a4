"""Day and checkpoint are declared by staff, and only proposed by the clock and the timetable."""

from __future__ import annotations

from datetime import date, datetime

from checkin.domain.event import Direction, Event
from checkin.domain.verdict import Post
from checkin.errors import DeclarationError
from checkin.i18n import _


def declare(event: Event, at: datetime, day: str = "", checkpoint: str = "", direction: Direction = "in") -> Post:
    """Return the post that is meant: what is named, and for the rest what clock and timetable propose.

    Raises DeclarationError, listing the days or checkpoints there are, where a name is wrong or nothing can be proposed.
    """
    declared = parse_day(event, day) if day else None
    if checkpoint:
        chosen = event.checkpoint(checkpoint)
        if declared is not None and chosen.day != declared:
            raise DeclarationError(
                _("Checkpoint “{key}” is on {day}, not on {declared}. Choose one of that day.").format(
                    key=checkpoint, day=chosen.day.isoformat(), declared=declared.isoformat()
                )
            )
    elif declared is not None:
        chosen = event.propose_on(declared)
    else:
        chosen = event.propose(at)
    if direction == "out" and not chosen.exits:
        raise DeclarationError(
            _("Checkpoint “{key}” does not count exits. Choose direction “in”.").format(key=chosen.key)
        )
    return Post(chosen.day, chosen, direction)


def parse_day(event: Event, text: str) -> date:
    """Read a day as "2014-07-08", with a Buddhist year "2557-07-08", or as its number in the event ("1").

    Raises DeclarationError, listing the days there are.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(event.days):
        return event.days[int(text) - 1].date
    if text.isascii() and text.isdigit() and len(text) < 4:
        listed = ", ".join(day.date.isoformat() for day in event.days)
        raise DeclarationError(
            _("The event has no day {number}. Its days are: {days}.").format(number=text, days=listed)
        )
    try:
        day = date.fromisoformat(text)
        if day.year >= 2400:
            day = day.replace(year=day.year - 543)
    except ValueError as error:
        raise DeclarationError(
            _("“{text}” is no date. Write it as {example}.").format(text=text, example=event.days[0].date.isoformat())
        ) from error
    return event.day(day).date
