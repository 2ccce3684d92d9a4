"""The event: its days, categories and checkpoints, and the timetable's answers. Read from TOML by event_file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from checkin.errors import DeclarationError
from checkin.i18n import _

Kind = Literal["door", "session"]
Direction = Literal["in", "out"]
Window = Literal["early", "open", "late", "other_day"]

FORM_FIELDS: Final = ("name", "name_local", "organisation", "country", "category", "email", "phone", "note")
"""Every field that the walk-in form can ask, in its order."""
REQUIRED: Final = ("name", "organisation", "country", "category")
"""Required where the event's file says nothing. `name` is met by a name in either script."""
SYMBOLOGIES: Final = ("Aztec", "DataMatrix", "PDF417", "Code128")
"""Kinds of codes that an event's tickets may have besides QR codes, which are always read."""


@dataclass(frozen=True, slots=True)
class Names:
    """One thing's name in each language of the event; English stands in for a missing one."""

    by_language: tuple[tuple[str, str], ...]

    def get(self, language: str) -> str:
        """Return the name in `language`, else in English, else the first there is."""
        names = dict(self.by_language)
        return names.get(language) or names.get("en") or next(iter(names.values()), "")

    def as_dict(self) -> dict[str, str]:
        """Return {"en": ..., "th": ...}."""
        return dict(self.by_language)


@dataclass(frozen=True, slots=True)
class Category:
    """A group of attendees that is counted and coloured by itself."""

    key: str
    name: Names
    colour: str
    attention: Names | None = None
    """What the desk is told when one of them comes ("VIP: call the protocol officer"); None: nothing."""
    number: int = 0
    """Its place in the file; goes into the badge's class nibble (0..15)."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A place and time where badges are judged: the door of a day, or one session."""

    key: str
    name: Names
    kind: Kind
    day: date
    start: time | None
    end: time | None
    grace: timedelta | None
    """How long before start and after end a badge is still taken; None: the times only propose the checkpoint."""
    expected: frozenset[str] | None
    """Category keys that are expected here; None: everybody."""
    exits: bool
    """Whether badges are scanned on the way out too."""
    listed_only: bool = False
    """Whether only people whose roster row names this checkpoint are expected (a session by registration)."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the event."""

    date: date
    name: Names


@dataclass(frozen=True, slots=True)
class Consent:
    """One thing that a guest may agree to or refuse; refusing never keeps anybody out."""

    key: str
    text: Names


@dataclass(frozen=True, slots=True)
class WalkInRules:
    """What the walk-in form asks, which of it is required, and the privacy notice that is shown before it."""

    asked: tuple[str, ...] = FORM_FIELDS
    required: tuple[str, ...] = REQUIRED
    category: str = ""
    """Key of the category that is chosen at first; empty: staff choose."""
    notice: Names = Names(())
    notice_version: str = ""
    """Goes into the journal with the choices: which text somebody agreed to."""
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Everything that is fixed before the doors open."""

    id: str
    name: Names
    venue: Names
    timezone: ZoneInfo
    languages: tuple[str, ...]
    days: tuple[Day, ...]
    categories: tuple[Category, ...]
    checkpoints: tuple[Checkpoint, ...]
    retention: date | None
    """After this day personal data is to be erased."""
    practice: bool = False
    """Practice data: watermarked, with a clock of its own, never mixed with a real event."""
    practice_start: datetime | None = None
    colour: str = ""
    """The event's own colour as "#rrggbb", for its badges; empty: the program's."""
    walk_in: WalkInRules = WalkInRules()
    symbologies: tuple[str, ...] = ()
    """Of SYMBOLOGIES those that are read too; none where nobody asked, as each costs time and may be found in clutter."""

    def category(self, key: str) -> Category | None:
        """Return the category with this key."""
        return next((c for c in self.categories if c.key == key), None)

    def checkpoint(self, key: str) -> Checkpoint:
        """Return the checkpoint with this key. Raises DeclarationError, listing the keys there are."""
        for checkpoint in self.checkpoints:
            if checkpoint.key == key:
                return checkpoint
        keys = ", ".join(c.key for c in self.checkpoints)
        raise DeclarationError(_("There is no checkpoint “{key}”. This event has: {keys}.").format(key=key, keys=keys))

    def day(self, day: date) -> Day:
        """Return the day. Raises DeclarationError, listing the days there are."""
        for candidate in self.days:
            if candidate.date == day:
                return candidate
        raise DeclarationError(
            _("{day} is no day of this event. Its days are: {days}. Choose one of them with --day.").format(
                day=day.isoformat(), days=", ".join(d.date.isoformat() for d in self.days)
            )
        )

    def local(self, at: datetime) -> datetime:
        """Return `at` (aware) in the event's own time zone, whatever zone the laptop is set to."""
        return at.astimezone(self.timezone)

    def at_day(self, day: date) -> tuple[Checkpoint, ...]:
        """Return the checkpoints of a day in the order of the timetable."""
        found = [c for c in self.checkpoints if c.day == day]
        return tuple(sorted(found, key=lambda c: (c.start or time.min, c.kind != "door", c.key)))

    def propose(self, at: datetime) -> Checkpoint:
        """Return the checkpoint that the timetable proposes at `at`: the day's door.

        A desk normally stands at the door; sessions are proposed by `sessions_now` and chosen by staff.
        Raises DeclarationError on a date that is no day of the event.
        """
        day = self.day(self.local(at).date())
        return self.propose_on(day.date)

    def propose_on(self, day: date) -> Checkpoint:
        """Return the door of `day`, or its first checkpoint where a day has no door."""
        self.day(day)
        here = self.at_day(day)
        if not here:
            raise DeclarationError(
                _("No checkpoint is set up on {day}. Add one to the event's file.").format(day=day.isoformat())
            )
        return next((c for c in here if c.kind == "door"), here[0])

    def sessions_now(self, at: datetime) -> tuple[Checkpoint, ...]:
        """Return the sessions that take badges at `at`, by clock and grace."""
        return tuple(c for c in self.checkpoints if c.kind == "session" and self.window(c, at) == "open")

    def window(self, checkpoint: Checkpoint, at: datetime) -> Window:
        """Return where `at` lies relative to the checkpoint's times and grace.

        On another date than the checkpoint's own the answer is "other_day": then the clock or the declared day is
        wrong, and nobody is refused for a time of day that may not be true (invariant I15).
        """
        local = self.local(at)
        if local.date() != checkpoint.day:
            return "other_day"
        grace = checkpoint.grace or timedelta()
        moment = local.replace(tzinfo=None)
        if checkpoint.start and moment < datetime.combine(checkpoint.day, checkpoint.start) - grace:
            return "early"
        if checkpoint.end and moment > datetime.combine(checkpoint.day, checkpoint.end) + grace:
            return "late"
        return "open"
