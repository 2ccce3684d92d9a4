"""How a day stands, as values that may cross threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from checkin.domain.closing import Closing, Counts, DeskReport, Share, Statement, StepKey, StepState


class RoundSeen(Protocol):
    """What the evening needs to know of a round of sync."""

    @property
    def verified(self) -> bool:
        """Both sides hold the same entries."""


class Syncing(Protocol):
    """Does one round with the hub. Raises HubError, CancelledError, StorageError."""

    asks: str
    """The question of a closing that is under way (sync.card_state); empty: none is."""

    @property
    def last(self) -> RoundSeen | None:
        """The last round that came about."""

    def round(
        self,
        url: str = "",
        *,
        progress: Callable[[str, int, int], None] = ...,
        cancelled: Callable[[], bool] = ...,
        leaving: str = ...,
    ) -> RoundSeen:
        """Send what is new, take what is new. `leaving`: the program ends with it, and the day it worked on."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Step 1: what this laptop holds of the day."""

    scans: int
    walk_ins: int
    undos: int
    entries: int
    """Of our journal, all days."""
    broken_at: int | None
    """Number of the first entry that does not verify; None: the journal is whole, or was not looked at yet."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Step 2: how much of our journal the hub has."""

    total: int
    confirmed: int
    verified: bool
    """The last round ended with the same fingerprint on both sides."""
    trouble: str = ""
    """One sentence: why the last round did not come about."""
    ahead: tuple[str, ...] = ()
    """Desks of which a stick brought more than the hub has: why the fingerprints differ, and no reason to wait."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Step 3: the other desks."""

    desks: tuple[DeskReport, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of those that the report lacks, each once."""
        return tuple(dict.fromkeys(one.desk for one in self.desks if one.missing))

    @property
    def coming(self) -> tuple[str, ...]:
        """Return the names of those that are missing and worth waiting for, each once."""
        return tuple(dict.fromkeys(one.desk for one in self.desks if one.coming))


@dataclass(frozen=True, slots=True)
class Settled:
    """Step 4: badges that were let in at two desks."""

    doubles: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Step 5: the backup."""

    file: Path
    entries: int
    same_disk: bool
    """It lies on the disk that holds the event too."""
    trouble: str = ""
    """One sentence: why it was not made."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step and what was found. `found` is None while nothing is known yet."""

    key: StepKey
    state: StepState
    found: Saved | Sent | Heard | Settled | Kept | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A day that this desk closed and whose report is no longer true."""

    day: date
    late: tuple[tuple[str, int], ...]
    """(desk, entries) that came after the report; empty where a correction of somebody on the list changed the counts."""


@dataclass(frozen=True, slots=True)
class DayState:
    """Everything that the page and the command show of a day."""

    day: date
    steps: tuple[Step, ...]
    closing: Closing | None
    """The statement that stands; None: the day was never closed."""
    report: Closing | None
    """The closing whose report is out; the same, unless the day was reopened."""
    number: int
    """Which number the next report has: 0 the first one, n correction n."""
    digest: str
    """D of everything that is here now."""
    content: str
    counts: Counts
    came: int
    shares: tuple[Share, ...]
    late: tuple[tuple[str, int], ...]
    """(desk, entries) for this day that came after the report."""
    unused: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Say whether the day is closed."""
        return self.closing is not None and self.closing.closes

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the desks that the report would lack."""
        found = self.step(StepKey.DESKS).found
        return found.missing if isinstance(found, Heard) else ()

    @property
    def complete(self) -> bool:
        """Say whether a report now would hold everything: our journal whole, the hub's word for it, and the word of every
        desk (evening.others)."""
        return self._ready and self.step(StepKey.DESKS).state is StepState.DONE

    @property
    def hopeful(self) -> bool:
        """Say whether it is complete, or would probably be if the desks were asked."""
        return self._ready and self.step(StepKey.DESKS).state in {StepState.DONE, StepState.WAITING}

    @property
    def _ready(self) -> bool:
        return all(self.step(key).state is StepState.DONE for key in (StepKey.SAVED, StepKey.SENT))

    @property
    def hindered(self) -> bool:
        """Say whether a step failed that staff should put right before the day is closed, or close it anyway."""
        return any(step.state is StepState.FAILED for step in self.steps)

    @property
    def said(self) -> Statement | None:
        """Return what the report that is out states."""
        return self.report.statement if self.report is not None else None

    @property
    def restated(self) -> bool:
        """Say whether a report now would state what the one that is out states. One that was complete stays so: that a desk
        was switched off since changes nothing."""
        said = self.said
        return said is not None and self._same and (said.complete or not self.complete)

    @property
    def unchanged(self) -> bool:
        """Say whether there is no reason for another report: nothing came, and asking the desks would bring no news."""
        said = self.said
        return said is not None and self._same and (said.complete or not self.hopeful)

    @property
    def _same(self) -> bool:
        return not self.late and self.said is not None and self.said.content == self.content

    @property
    def due(self) -> bool:
        """Say whether the report that is out is no longer true: a correction is to be made."""
        return self.closed and self.said is not None and not self.unchanged

    def step(self, key: StepKey) -> Step:
        """Return one step."""
        return next(step for step in self.steps if step.key is key)

    def with_step(self, step: Step) -> tuple[Step, ...]:
        """Return the steps with this one in its place."""
        return put(self.steps, step)


def put(steps: Iterable[Step], step: Step) -> tuple[Step, ...]:
    """Return the steps with this one in the place of the one with its key."""
    return tuple(step if step.key is old.key else old for old in steps)
