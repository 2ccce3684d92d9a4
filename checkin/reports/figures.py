"""The figures of one post at one moment, as the dashboard shows them: frozen values, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from checkin.domain.attendee import Attendee
from checkin.reports.forecast import Forecast

SLOT_MIN: Final = 5
SLOTS: Final = 24 * 60 // SLOT_MIN
"""A day in slots of five minutes, by the event's own clock."""

Matter = Literal["double", "unknown", "clock", "print"]


@dataclass(frozen=True, slots=True)
class Share:
    """A group: how many of it came, of how many that are expected. Walk-ins came and were not expected."""

    name: str
    """Category key, country or organisation; empty: not known."""
    came: int
    expected: int
    expected_came: int
    """How many of those who are expected came."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """One checkpoint of the day."""

    key: str
    came: int
    inside: int | None
    """How many are in the room; None where exits are not counted."""
    expected: int


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk: how many people it was the first to let in at the post, and what is known of its journal."""

    name: str
    number: int
    here: bool
    came: int
    walk_in: int
    heard: datetime | None
    waiting: int
    """Entries that the hub does not have yet."""
    missing: int
    """Entries that the desk is known to have and that are not here."""
    closed: bool
    cut_off: bool


@dataclass(frozen=True, slots=True)
class Delegation:
    """People of one organisation of a country that are expected together: "3 of 5"."""

    organisation: str
    country: str
    here: int
    expected: int


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that a person has to look at."""

    matter: Matter
    text: str
    """A badge code, a desk's name, the name of whose badge did not come out; empty where `person` says it."""
    times: int = 1
    person: Attendee | None = None
    person_id: str = ""
    """Whose badge did not come out."""
    at: datetime | None = None
    first_desk: str = ""
    second_desk: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown. The totals are those of `counts`."""

    day: str
    checkpoint: str
    at: datetime
    """The moment, by the event's own clock."""
    came: int
    expected: int
    walk_in: int
    inside: int
    expected_came: int
    """How many of those who are expected came."""
    last_ten: int
    """People who came within the last ten minutes, at any desk."""
    categories: tuple[Share, ...]
    """In the order of the event's file; those of nobody are left out."""
    countries: tuple[Share, ...]
    organisations: tuple[Share, ...]
    """The largest first, at most `live.LISTED`."""
    arrivals: tuple[int, ...]
    """People who came first in each of the SLOTS of the day."""
    before: tuple[int, ...]
    """The same of the checkpoint of this kind the day before; empty where there is none, or nobody came."""
    before_day: str
    forecast: Forecast | None
    posts: tuple[PostLine, ...]
    desks: tuple[DeskLine, ...]
    waited_for: tuple[Attendee, ...]
    """Guests for whom the desk is to be told something (VIPs, speakers, a note), expected and not here; at most LISTED."""
    waited_for_total: int
    delegations: tuple[Delegation, ...]
    """Two and more who are expected together; incomplete ones first. At most LISTED."""
    looks: tuple[Look, ...]
    doubles: int
    unknown: int
    """So many codes that nobody answers to were refused more than once."""
