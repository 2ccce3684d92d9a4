"""What the desk answers with. Frozen, so that it may cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from checkin.domain.attendee import Attendee
from checkin.domain.badge import IssuedBadge
from checkin.domain.event import Direction
from checkin.domain.verdict import FirstSeen, Verdict

Mode = Literal["camera", "scanner", "typed", "picked"]
"""How a badge reached us: webcam, hand scanner, typed by a person, or picked from a search."""


@dataclass(frozen=True, slots=True)
class Admission:
    """The verdict on one badge, after it was committed."""

    verdict: Verdict
    attendee: Attendee | None
    record: str
    """Entry id of the journal entry; empty for a refusal."""
    seq: int
    """Place in this desk's journal; 0 for a refusal."""
    desk: str
    staff: str
    day: date
    checkpoint: str
    direction: Direction
    at: datetime
    """Aware, in the event's time zone."""
    mode: Mode
    first: FirstSeen | None = None
    """The admission that stands, where the verdict is already_in."""
    attention: str = ""
    """What staff are to be told of a VIP, a speaker or somebody with a note; in the language of the moment."""
    detail: str = ""
    """Judgement.detail: newer_version, unknown_key, issued_elsewhere."""
    issuer: int = 0
    """Number of the desk that issued the badge, where the person is not known here."""
    payload: str = ""
    """What was read, escaped and shortened: safe to show."""
    thing: str = ""
    """not_a_badge: what it is instead (payload.Thing)."""
    repaired: str = ""
    """The keyboard layout that was undone; the desk shows a hint."""
    clock_disagrees: bool = False
    """The clock's date is not the declared day."""
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """An undo, after it was committed."""

    record: str
    """Entry id of the undo itself."""
    target: str
    attendee: Attendee | None
    """As the person stands after it."""
    seq: int
    at: datetime
    kind: str = "CHECK_IN"
    """What was taken back, as the journal calls it (domain.journal.Kind)."""


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What the form of the walk-in counter was filled with."""

    name: str = ""
    name_local: str = ""
    organisation: str = ""
    country: str = ""
    category: str = ""
    """Category key; empty: the one that the event's rules propose."""
    email: str = ""
    phone: str = ""
    note: str = ""
    notice_version: str = ""
    """Version of the privacy notice that was shown; empty: the event's own."""
    consents: tuple[tuple[str, bool], ...] = ()
    """(consent key, agreed)."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A walk-in, after the commit."""

    admission: Admission
    """Judged as a scan of the new badge would be; a refusal does not take the registration back."""
    badge: IssuedBadge
    record: str
    """Entry id of the WALK_IN: undoing it takes back the registration and its check-in."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change to somebody on the list, after the commit."""

    record: str
    attendee: Attendee
    """As the person stands now."""
    seq: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of "last scans" or of a person's history."""

    at: datetime
    kind: str
    """A verdict key for scans ("checked_in", "already_in" ...), else what was done: "undo", "walk_in", "edited",
    "registration_cancelled", "reinstated", "code_learned", "badge_issued", "badge_revoked", "merged", "erased"."""
    attendee: Attendee | None
    record: str
    """Entry id; empty for a refused scan."""
    desk: str
    staff: str
    checkpoint: str
    day: str
    undone: bool
    mode: str = ""
    reason: str = ""
    payload: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    """(field, old, new) of an edit; personal, like the attendee."""
    revision: int = 0
    """Which print a badge entry is about; 0 is the first."""
    about: str = ""
    """undo: the kind of what was taken back, where it is known. merged: the name of the other one."""


@dataclass(frozen=True, slots=True)
class Counters:
    """The status bar: what a desk wants to know at a glance."""

    came: int
    expected: int
    inside: int
    walk_in: int
    this_desk: int
    last_ten_minutes: int
