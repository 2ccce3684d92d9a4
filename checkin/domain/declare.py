"""Day and checkpoint are declared by staff, and only proposed by the clock and the timetable."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """Staff are to say which day a desk counts for; badges count for `counting` meanwhile."""

    today: date
    """By the clock; a day of the event."""
    other: date
    """The day that the clock does not say: the declared one, or the one of the last use."""
    counting: date

    @property
    def proposed(self) -> date:
        """Return the day that is probably right: the later one. A clock goes wrong backwards (a dead battery), and days
        of an event go forward."""
        return max(self.today, self.other)

    @property
    def refused(self) -> date:
        """Return the other one."""
        return min(self.today, self.other)


def day_question(event: Event, today: date, counting: date, last: str, asked: str) -> DayQuestion | None:
    """Return what staff are to be asked; None where day and clock agree, or staff said it today already.

    `counting`: the declared day. `last`: the day (ISO) that was declared last in this data folder, "" for none. `asked`:
    the clock's date when staff last said which day it is. On a date that is no day of the event nothing is proposed.
    """
    days = {day.date.isoformat(): day.date for day in event.days if event.at_day(day.date)}
    if today.isoformat() not in days or asked == today.isoformat():
        return None
    if counting != today:
        return DayQuestion(today, counting, counting)
    if last in days and last != today.isoformat():
        return DayQuestion(today, days[last], counting)
    return None
