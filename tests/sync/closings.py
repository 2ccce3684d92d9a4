"""Days that are closed in the midst of a story, and what a complete closing may lack: nothing that was scanned before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from checkin.domain.closing import StepKey, StepState
from checkin.domain.journal import Kind
from checkin.evening.evening import Evening
from checkin.evening.state import Heard, Step
from checkin.sync.card_state import CardState
from tests.small_event import EVENT

if TYPE_CHECKING:
    from tests.sync.world import OneDesk, World

DAY: Final = date(2014, 7, 8)
PRACTICE: Final = replace(EVENT, practice=True)  # the hub's clock is not the desks'


@dataclass
class Told:
    """What became of the closings of a story."""

    complete: int = 0
    incomplete: int = 0
    sent: dict[OneDesk, set[str]] = field(default_factory=dict)
    """What a desk had scanned when its program was ended last."""


def scanned(desk: OneDesk) -> set[str]:
    """Return what was scanned for the day in the journal that this desk writes now."""
    own = desk.desk.scribe.journal.journal_id
    return {
        one.body.entry_id
        for one in desk.entries()
        if one.journal_id == own
        and one.body.kind in {Kind.CHECK_IN, Kind.CHECK_OUT}
        and one.body.day == DAY.isoformat()
    }


def leave(world: World, desk: OneDesk) -> None:
    """End the program after a last round."""
    had = scanned(desk)
    desk.syncer.round(leaving=DAY.isoformat())
    world.told.sent[desk] = had


def close_day(world: World, desk: OneDesk, chance: int) -> None:
    """Close the day here while some of the others scan and sync; `chance` says which of them."""
    before = {other: scanned(other) for other in world.desks if other is not desk}
    shut = _shut(world)
    turns: list[str] = []

    def show(steps: tuple[Step, ...], _done: int, _total: int) -> None:
        step = next(one for one in steps if one.key is StepKey.DESKS)
        if step.state is not StepState.RUNNING or not isinstance(step.found, Heard):
            return
        for number, other in enumerate(before):
            if turns.count("round") < 2 and chance >> number & 1:
                world.sync(other)
                if chance & 64:
                    world.admit(other, f"guest {1 + (chance + number) % 12}")
        turns.append("round")

    evening = Evening(desk.database, PRACTICE, desk.clock, desk.desk, desk.folder, desk.syncer)
    evening._rounds.poll_s = 0.0
    state = evening.reconcile(
        DAY, backup_to=desk.folder / "no such stick", wait_s=9, enough=lambda: len(turns) > 2, progress=show
    )
    evening.close(state, anyway=True)  # the stick is not there: that is another matter
    evening.tell_hub()
    if not state.complete:
        world.told.incomplete += 1
        return
    world.told.complete += 1
    here = {one.body.entry_id for one in desk.entries()}
    for other, had in before.items():
        journal = other.desk.scribe.journal.journal_id
        if not _heard(desk, journal) or sum(_journal(one) == journal for one in world.desks) > 1:
            continue  # nobody here knows of it, or a clone that nobody can see yet speaks for it
        needed = world.told.sent.get(other, set()) & had if journal in shut else had
        assert needed <= here, f"a complete closing lacks scans of {other.name} from before it gave its word"


def _journal(desk: OneDesk) -> str:
    return desk.desk.scribe.journal.journal_id


def _heard(desk: OneDesk, journal_id: str) -> bool:
    with desk.database.read() as connection:
        known = connection.exec_driver_sql("SELECT journal_id FROM journal WHERE heard_ms IS NOT NULL").scalars()
        return journal_id in set(known)


def _shut(world: World) -> set[str]:
    """Return the journals whose card says that their desk is shut."""
    hub = world.desks[0].hub
    return {one.card.journal_id for one in hub.desks() if CardState.from_text(one.card.state).shut}
