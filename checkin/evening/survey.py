"""Look at a day without changing anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from checkin.db import closings as rows
from checkin.db.desks import DeskRow, desks
from checkin.db.doubles import doubles
from checkin.domain.closing import (
    Counts,
    DeskReport,
    Share,
    StepKey,
    StepState,
    last_number,
    last_report,
    standing,
)
from checkin.domain.event import Event
from checkin.domain.journal import GENESIS
from checkin.evening.others import NOBODY, Asked, others
from checkin.evening.state import DayState, Heard, Saved, Sent, Settled, Step
from checkin.sync.records import Head, fingerprint

if TYPE_CHECKING:
    from sqlalchemy import Connection


def survey(
    connection: Connection,
    event: Event,
    day: date,
    now_ms: int,
    *,
    asked: Asked = NOBODY,
    verified: bool = False,
    trouble: str = "",
    verify: Callable[[int, int], object] | None = None,
) -> DayState:
    """Return how a day stands, by one consistent state of the event.

    `now_ms`: the hub's time. `asked`: what the other desks are asked, and what is known of them; desks that were not in
    use are those that were said last, where it names none. `verified`, `trouble`: how the last round of sync ended.
    `verify`: verify our journal from its first entry on, and call this on the way.
    """
    iso = day.isoformat()
    told = rows.closings(connection, iso)
    last, report = standing(told), last_report(told)
    said = report.statement if report else None
    asked = asked if asked.unused is not None or said is None else replace(asked, unused=said.unused)
    known = desks(connection)
    mine = next((row for row in known if row.mine), None)
    ends = rows.journal_ends(connection)
    shares = tuple(Share(end.journal_id, end.desk, end.seq) for end in ends)
    content, counts = rows.who_came(connection, iso)
    found = others(known, rows.followed_journals(connection), day, now_ms, asked)
    pairs = doubles(connection, iso)
    broken = rows.first_break(connection, mine.pk, mine.journal_id, verify) if mine and verify else None
    steps = (
        _saved(connection, mine, iso, broken),
        _sent(mine, known, asked.carried, verified=verified, trouble=trouble),
        Step(StepKey.DESKS, _asked(found), Heard(found)),
        _settled(len(pairs), sum(not one.settled for one in pairs)),
        Step(StepKey.BACKUP, StepState.WAITING),
    )
    state = DayState(
        day=day,
        steps=steps,
        closing=last,
        report=report,
        number=0,
        digest=fingerprint({end.journal_id: Head(end.seq, end.hash or GENESIS) for end in ends}),
        content=content,
        counts=counts,
        came=at_the_door(event, day, counts),
        shares=shares,
        late=tuple(rows.late_entries(connection, iso, {s.journal_id: s.entries for s in said.desks})) if said else (),
        unused=tuple(sorted(asked.unused or ())),
    )
    return _numbered(state, last_number(told))


def at_the_door(event: Event, day: date, counts: Counts) -> int:
    """Return how many unique people came to the day's door (or first checkpoint): the number of the day."""
    door = event.propose_on(day).key
    return sum(came for (place, _category), came in counts.items() if place == door)


def _numbered(state: DayState, highest: int) -> DayState:
    """Give the next report its number: the one of the report that is out, where it would say the same."""
    said = state.said
    return replace(state, number=said.number if said is not None and state.unchanged else highest + 1)


def _saved(connection: Connection, mine: DeskRow | None, day: str, broken: int | None) -> Step:
    if mine is None:
        return Step(StepKey.SAVED, StepState.DONE, Saved(0, 0, 0, 0, None))
    own = rows.own_day(connection, mine.pk, day)
    found = Saved(own.scans, own.walk_ins, own.undos, mine.seq, broken)
    return Step(StepKey.SAVED, StepState.DONE if broken is None else StepState.FAILED, found)


def _sent(
    mine: DeskRow | None, known: list[DeskRow], brought: Mapping[str, int], *, verified: bool, trouble: str
) -> Step:
    total, confirmed = (mine.seq, min(mine.confirmed, mine.seq)) if mine else (0, 0)
    ahead = tuple(row.desk for row in known if row.journal_id in brought and row.seq > row.confirmed)
    ready = (verified or ahead) and confirmed >= total and not trouble
    return Step(StepKey.SENT, _attention(not ready), Sent(total, confirmed, verified, trouble, ahead))


def _settled(found: int, unsettled: int) -> Step:
    return Step(StepKey.DOUBLES, _attention(bool(unsettled)), Settled(found, unsettled))


def _asked(found: tuple[DeskReport, ...]) -> StepState:
    if any(one.missing for one in found):
        return StepState.ATTENTION
    return StepState.WAITING if any(one.standing == "heard" for one in found) else StepState.DONE


def _attention(needed: object) -> StepState:
    return StepState.ATTENTION if needed else StepState.DONE
