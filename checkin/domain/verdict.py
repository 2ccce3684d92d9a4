"""One badge, one verdict. `judge` is the only place that decides, and every case of it is a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from checkin.domain.attendee import Attendee
from checkin.domain.badge import Flaw
from checkin.domain.event import Checkpoint, Direction, Event


class Verdict(StrEnum):
    """The keys that other programs rely on (COMMANDS.md)."""

    CHECKED_IN = "checked_in"
    CHECKED_OUT = "checked_out"
    ALREADY_IN = "already_in"
    NOT_INSIDE = "not_inside"
    WRONG_DAY = "wrong_day"
    WRONG_SESSION = "wrong_session"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_EXPECTED = "not_expected"
    UNKNOWN = "unknown"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"
    OTHER_EVENT = "other_event"
    FORGED = "forged"
    NOT_A_BADGE = "not_a_badge"

    @property
    def accepted(self) -> bool:
        """Whether a journal entry is written for it."""
        return self is Verdict.CHECKED_IN or self is Verdict.CHECKED_OUT


Tone = Literal["green", "amber", "red", "blue", "grey"]

TONES: dict[Verdict, Tone] = {
    Verdict.CHECKED_IN: "green",
    Verdict.CHECKED_OUT: "blue",
    Verdict.ALREADY_IN: "amber",
    Verdict.NOT_INSIDE: "amber",
    Verdict.WRONG_DAY: "amber",
    Verdict.WRONG_SESSION: "amber",
    Verdict.TOO_EARLY: "amber",
    Verdict.TOO_LATE: "amber",
    Verdict.NOT_EXPECTED: "amber",
    Verdict.UNKNOWN: "red",
    Verdict.REPLACED: "red",
    Verdict.CANCELLED: "red",
    Verdict.BLOCKED: "red",
    Verdict.OTHER_EVENT: "red",
    Verdict.FORGED: "red",
    Verdict.NOT_A_BADGE: "grey",
}

FORCEABLE = frozenset(
    {
        Verdict.ALREADY_IN,
        Verdict.NOT_INSIDE,
        Verdict.WRONG_DAY,
        Verdict.WRONG_SESSION,
        Verdict.TOO_EARLY,
        Verdict.TOO_LATE,
        Verdict.NOT_EXPECTED,
    }
)
"""Amber verdicts that staff may overrule with a reason ("let in again", "let in anyway")."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where a desk stands, as staff declared it: day, checkpoint and direction."""

    day: date
    checkpoint: Checkpoint
    direction: Direction = "in"


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The admission that made somebody present: when, at which desk, by whom."""

    at: datetime
    desk: str
    staff: str


@dataclass(frozen=True, slots=True)
class Presence:
    """What the journal says of one person at one checkpoint on one day."""

    inside: bool = False
    first: FirstSeen | None = None
    """None: not admitted there, or every admission was undone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a verdict depends on."""

    event: Event
    post: Post
    now: datetime
    attendee: Attendee | None = None
    presence: Presence = Presence()
    flaw: Flaw | None = None
    """What is wrong with a text of our token's shape."""
    not_a_badge: bool = False
    replaced: bool = False
    """The badge is an older print than the newest one issued."""
    issued_elsewhere: int | None = None
    """Number of the desk that issued a genuine badge whose person is not known here yet."""
    forced: bool = False
    """Staff let this person in again or anyway, and gave a reason."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and what the desk is to be told besides."""

    verdict: Verdict
    attention: str = ""
    """A VIP's, speaker's or roster's note. English category texts are looked up by the wording layer."""
    detail: Literal["", "newer_version", "unknown_key", "issued_elsewhere", "clock_disagrees"] = ""


def judge(facts: Facts) -> Judgement:
    """Return the verdict on one badge. Pure: the same facts give the same verdict on every desk."""
    refusal = _refusal(facts)
    if refusal is not None and not (facts.forced and refusal.verdict in FORCEABLE):
        return refusal
    going_out = facts.post.direction == "out" and facts.post.checkpoint.exits
    verdict = Verdict.CHECKED_OUT if going_out else Verdict.CHECKED_IN
    attention = facts.attendee.note if facts.attendee else ""
    return Judgement(verdict, attention=attention, detail="issued_elsewhere" if facts.issued_elsewhere else "")


def _refusal(facts: Facts) -> Judgement | None:
    """Return the first reason not to let the badge pass, in the order of SYNC.md."""
    if facts.flaw == "other_event":
        return Judgement(Verdict.OTHER_EVENT)
    if facts.flaw in {"newer_version", "unknown_key"}:
        return Judgement(Verdict.FORGED, detail=facts.flaw)
    if facts.flaw == "forged":
        return Judgement(Verdict.FORGED)
    if facts.not_a_badge:
        return Judgement(Verdict.NOT_A_BADGE)
    if facts.replaced:
        return Judgement(Verdict.REPLACED)
    if facts.attendee is None:
        return Judgement(Verdict.UNKNOWN)
    if facts.attendee.status == "cancelled":
        return Judgement(Verdict.CANCELLED)
    if facts.attendee.status == "blocked":
        return Judgement(Verdict.BLOCKED)
    verdict = _not_here(facts, facts.attendee) or _not_now(facts) or _already(facts)
    return Judgement(verdict) if verdict else None


def _not_here(facts: Facts, attendee: Attendee) -> Verdict | None:
    """Say whether this person is expected at another day, another session, or not at all."""
    checkpoint, event = facts.post.checkpoint, facts.event
    if attendee.status == "provisional":
        return None  # neither category nor list is known yet
    if attendee.walk_in:
        pass  # no list could have named what they are expected at: by category only
    elif attendee.expected:
        days = expected_days(attendee, event)
        if facts.post.day not in days:
            return Verdict.WRONG_DAY
        if checkpoint.kind == "session":
            listed = sessions_of(attendee, event)
            if checkpoint.key in attendee.expected:
                return None
            if any(other.day == facts.post.day and _overlap(other, checkpoint) for other in listed):
                return Verdict.WRONG_SESSION
            if checkpoint.listed_only:
                return Verdict.NOT_EXPECTED
    elif checkpoint.listed_only:
        return Verdict.NOT_EXPECTED
    unknown = attendee.walk_in and not attendee.category
    if checkpoint.expected is not None and attendee.category not in checkpoint.expected and not unknown:
        return Verdict.NOT_EXPECTED
    return None


def _not_now(facts: Facts) -> Verdict | None:
    if facts.post.checkpoint.grace is None or facts.post.direction == "out":
        return None
    window = facts.event.window(facts.post.checkpoint, facts.now)
    return {"early": Verdict.TOO_EARLY, "late": Verdict.TOO_LATE}.get(window)


def _already(facts: Facts) -> Verdict | None:
    if facts.post.direction == "out" and facts.post.checkpoint.exits:
        return None if facts.presence.inside else Verdict.NOT_INSIDE
    if facts.post.checkpoint.exits:
        return Verdict.ALREADY_IN if facts.presence.inside else None
    return Verdict.ALREADY_IN if facts.presence.first else None


def expected_days(attendee: Attendee, event: Event) -> frozenset[date]:
    """Return the days that the roster names for this person, by day or by a checkpoint of that day."""
    by_key = {c.key: c.day for c in event.checkpoints}
    days = {d.date.isoformat(): d.date for d in event.days}
    return frozenset(by_key.get(word) or days[word] for word in attendee.expected if word in by_key or word in days)


def sessions_of(attendee: Attendee, event: Event) -> tuple[Checkpoint, ...]:
    """Return the sessions that the roster names for this person."""
    return tuple(c for c in event.checkpoints if c.kind == "session" and c.key in attendee.expected)


def is_expected(attendee: Attendee, checkpoint: Checkpoint, event: Event) -> bool:
    """Say whether somebody belongs to the number a checkpoint waits for ("came 212 of 350"): no list named a walk-in."""
    if attendee.status != "registered" or attendee.walk_in:
        return False
    if attendee.expected:
        if checkpoint.day not in expected_days(attendee, event):
            return False
        if checkpoint.kind == "session" and (checkpoint.listed_only or sessions_of(attendee, event)):
            return checkpoint.key in attendee.expected
    elif checkpoint.listed_only:
        return False
    return checkpoint.expected is None or attendee.category in checkpoint.expected


def _overlap(one: Checkpoint, other: Checkpoint) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.start < other.end and other.start < one.end
