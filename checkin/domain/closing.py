"""Closing a day: what was stated when, which statement stands, and what has changed since.

A closing is an entry like any other (DAY_CLOSED): it is never changed or deleted. A day is reopened by another entry, and
scans that arrive for a closed day make a correction, one more entry and one more report. Each entry names the one before
it as far as its desk knew (`Body.target`), so that a desk with a slow clock can still reopen what another one closed; of
statements that did not know of each other the latest by corrected time stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal

from checkin.domain.journal import Body

Change = Literal["closed", "corrected", "reopened"]
CLOSED: Final[Change] = "closed"
CORRECTED: Final[Change] = "corrected"
REOPENED: Final[Change] = "reopened"

SHORT: Final = 8
"""So many hex digits of D are printed: enough to compare two sheets by eye."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How many came in one group at one checkpoint, before a correction and after it."""

    checkpoint: str
    category: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ReportState:
    """How sure a report of a day is: goes onto every page of it."""

    complete: bool
    """Every desk was heard and everything it wrote is in the report. False: the report says INCOMPLETE."""
    missing: tuple[str, ...] = ()
    """Names of the desks that were not heard; may be empty though the report is incomplete (the hub did not answer)."""
    correction: int = 0
    """0: the first report of this day; n: it takes the place of the one before ("correction n")."""
    digest: str = ""
    """D, 64 hex digits (sync.records.fingerprint); the footer shows the first SHORT. Empty: the day is not closed."""
    desks: tuple[tuple[str, int], ...] = ()
    """(name, entries) of each desk that is in the report."""
    differences: tuple[Difference, ...] = ()
    """What a correction changed; empty where nobody more or less came, and in a first report."""
    brought: tuple[tuple[str, int], ...] = ()
    """(name, entries) of the desks that brought what the correction is about."""

    @property
    def short_digest(self) -> str:
        """Return D as it is printed."""
        return self.digest[:SHORT]


NOT_CLOSED: Final = ReportState(complete=False)
"""Of a report that is written before the day was closed: it names no desk and no digest."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far one journal went when the day was closed."""

    journal_id: str
    desk: str
    entries: int


Counts = Mapping[tuple[str, str], int]
"""How many came, by (checkpoint key, category key)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a closing states; travels as the entry's private text, encrypted under the event's key."""

    digest: str
    """D over all journals that the desk had, before the entry itself."""
    content: str
    """SHA-256, hex, over `counts`."""
    desks: tuple[Share, ...]
    came: int
    """Unique people at the day's door."""
    complete: bool
    missing: tuple[str, ...] = ()
    number: int = 0
    """Which correction it is; 0: the first report."""
    counts: Counts = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    """Desks that staff said were not in use on this day: not waited for."""

    @property
    def entries(self) -> int:
        """Return how many entries D is about."""
        return sum(share.entries for share in self.desks)

    def to_text(self) -> str:
        """Return the JSON that is kept beside the entry."""
        return json.dumps(
            {
                "digest": self.digest,
                "content": self.content,
                "desks": [[one.journal_id, one.desk, one.entries] for one in self.desks],
                "entries": self.entries,
                "came": self.came,
                "complete": self.complete,
                "missing": list(self.missing),
                "number": self.number,
                "counts": [[place, category, came] for (place, category), came in sorted(self.counts.items())],
                "unused": list(self.unused),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str) -> Statement | None:
        """Read what `to_text` wrote. None where it is not there (yet, or any more) or not to be understood."""
        try:
            data: dict[str, Any] = json.loads(text)
            return cls(
                digest=str(data["digest"]),
                content=str(data.get("content", "")),
                desks=tuple(Share(str(one[0]), str(one[1]), int(one[2])) for one in data["desks"]),
                came=int(data["came"]),
                complete=bool(data["complete"]),
                missing=tuple(str(name) for name in data["missing"]),
                number=int(data["number"]),
                counts={(str(one[0]), str(one[1])): int(one[2]) for one in data.get("counts", [])},
                unused=tuple(str(name) for name in data.get("unused", [])),
            )
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Closing:
    """One DAY_CLOSED entry as it was read: a closing, a correction or a reopening."""

    record: str
    """entry_id, UUID text."""
    day: str
    change: Change
    after: str
    """Record of the statement that it follows; empty: the first one that its desk knew."""
    at_ms: int
    """Corrected time, milliseconds since 1970 UTC."""
    journal_id: str
    seq: int
    desk: str
    staff: str
    statement: Statement | None
    """None: a reopening; or the text has not come from that desk, or was erased."""

    @property
    def closes(self) -> bool:
        """Say whether the day is closed where this one stands."""
        return self.change != REOPENED


def read_change(body: Body) -> Change:
    """Return what a DAY_CLOSED entry does; one of a newer program that we do not know closes the day."""
    return REOPENED if body.change == REOPENED else CORRECTED if body.change == CORRECTED else CLOSED


def standing(closings: Iterable[Closing]) -> Closing | None:
    """Return the statement about a day that stands; None where the day was never closed.

    Of those that no other one follows, the latest by (corrected time, journal, seq): every desk that knows the same
    entries says the same.
    """
    known = {one.record: one for one in closings}
    followed = {one.after for one in known.values()}
    last = [one for one in known.values() if one.record not in followed] or list(known.values())
    return max(last, key=lambda one: (one.at_ms, one.journal_id, one.seq), default=None)


def last_report(closings: Iterable[Closing]) -> Closing | None:
    """Return the closing whose report is out: the one that stands, or the one that was reopened last."""
    return standing(one for one in closings if one.closes)


def last_number(closings: Iterable[Closing]) -> int:
    """Return the highest number of a report of the day; -1 where none was written."""
    return max((one.statement.number if one.statement else 0 for one in closings if one.closes), default=-1)


def differences(before: Counts, after: Counts) -> tuple[Difference, ...]:
    """Return where two counts are not the same, by checkpoint and category."""
    return tuple(
        Difference(*key, before.get(key, 0), after.get(key, 0))
        for key in sorted({*before, *after})
        if before.get(key, 0) != after.get(key, 0)
    )


class StepKey(StrEnum):
    """The steps of an evening, in their order."""

    SAVED = "saved"
    SENT = "sent"
    DESKS = "desks"
    DOUBLES = "doubles"
    BACKUP = "backup"


class StepState(StrEnum):
    """How a step stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ATTENTION = "attention"
    """Somebody should look; the day can be closed all the same, perhaps as INCOMPLETE."""
    FAILED = "failed"


Standing = Literal["confirmed", "shut", "carried", "waiting", "heard", "behind", "silent", "never", "unused", "revoked"]
"""How another desk stands (evening.others says what makes it so): it confirmed since the closing began · its program was
ended with everything sent · a stick brought everything · asked, and has not confirmed yet · heard a short while ago,
and nobody asks yet · entries are missing · not heard since · never heard · not in use on this day, staff said · cut off."""
MISSING: Final = frozenset({"waiting", "behind", "silent", "never"})


@dataclass(frozen=True, slots=True)
class DeskReport:
    """One other desk at closing time."""

    desk: str
    journal_id: str
    here: int
    """Entries of it that are here."""
    announced: int
    """Entries that it is known to have."""
    heard_ms: int | None
    standing: Standing
    coming: bool = False
    """It is missing, and was heard so short a time ago that it is worth waiting for."""

    @property
    def missing(self) -> bool:
        """Say whether the report is INCOMPLETE because of this desk."""
        return self.standing in MISSING
