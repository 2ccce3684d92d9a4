"""Look at a day without changing anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from checkin.db import closings as rows
from checkin.db.desks import DeskRow, desks
from checkin.db.doubles import doubles
from checkin.domain.closing import (
    Counts,
    DeskReport,
    Share,
    Standing,
    StepKey,
    StepState,
    last_number,
    last_report,
    standing,
)
from checkin.domain.event import Event
from checkin.domain.journal import GENESIS
from checkin.evening.state import DayState, Heard, Saved, Sent, Settled, Step
from checkin.sync.records import Head, fingerprint

if TYPE_CHECKING:
    from sqlalchemy import Connection

RECENT_MS: Final = 10 * 60_000
"""A desk that was heard so short a time ago is there: desks sync every few seconds."""


def survey(
    connection: Connection,
    event: Event,
    day: date,
    now_ms: int,
    *,
    unused: Collection[str] | None = None,
    verified: bool = False,
    trouble: str = "",
    verify: Callable[[int, int], object] | None = None,
    brought: Mapping[str, int] = MappingProxyType({}),
) -> DayState:
    """Return how a day stands, by one consistent state of the event.

    `now_ms`: the hub's time. `unused`: names of desks that were not in use; None: as was said last.
    `verified`, `trouble`: how the last round of sync ended. `verify`: verify our
    journal from its first entry on, and call this on the way.
    `brought`: how many entries of other journals, by id, were carried here on a stick. They are here, though sync may have
    put them in a journal of ours meanwhile, and whenever their desk was heard.
    """
    iso = day.isoformat()
    told = rows.closings(connection, iso)
    last, report = standing(told), last_report(told)
    said = report.statement if report else None
    if unused is None:
        unused = said.unused if said else ()
    known = desks(connection)
    mine = next((row for row in known if row.mine), None)
    ends = rows.journal_ends(connection)
    shares = tuple(Share(end.journal_id, end.desk, end.seq) for end in ends)
    content, counts = rows.who_came(connection, iso)
    others = _others(connection, event, day, now_ms, known, frozenset(unused), brought)
    pairs = doubles(connection, iso)
    broken = rows.first_break(connection, mine.pk, mine.journal_id, verify) if mine and verify else None
    steps = (
        _saved(connection, mine, iso, broken),
        _sent(mine, known, brought, verified=verified, trouble=trouble),
        Step(StepKey.DESKS, _attention(any(one.missing for one in others)), Heard(others)),
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
        unused=tuple(sorted(unused)),
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


def _attention(needed: object) -> StepState:
    return StepState.ATTENTION if needed else StepState.DONE


def _others(
    connection: Connection,
    event: Event,
    day: date,
    now_ms: int,
    known: list[DeskRow],
    unused: frozenset[str],
    brought: Mapping[str, int],
) -> tuple[DeskReport, ...]:
    followed = rows.followed_journals(connection)
    in_time = now_ms - RECENT_MS
    if not event.practice:  # its days lie in the past of every clock but its own
        in_time = min(in_time, _end_ms(event, day))
    found = []
    for row in known:
        if row.mine:
            continue
        here = max(row.seq, brought.get(row.journal_id, 0))
        told = row.journal_id in followed or row.journal_id in brought
        stands = _standing(row, day, in_time, here=here, told=told, unused=row.desk in unused)
        if row.journal_id in followed and stands == "here":
            continue  # an earlier journal of a desk that goes on with another one
        found.append(DeskReport(row.desk, row.journal_id, here, row.announced, row.heard_ms, stands))
    return tuple(found)


def _standing(row: DeskRow, day: date, in_time: int, *, here: int, told: bool, unused: bool) -> Standing:
    if row.revoked:
        return "revoked"
    if here < row.announced:
        return "behind"
    if unused:
        return "unused"
    if told or row.state == f"closed {day.isoformat()}":
        return "here"
    if row.heard_ms is None:
        return "never"
    return "here" if row.heard_ms >= in_time else "silent"


def _end_ms(event: Event, day: date) -> int:
    """Return when a day is over: when its last checkpoint ends, else at midnight. A desk that was heard later told all."""
    ends = [place.end for place in event.at_day(day)]
    midnight = datetime.combine(day + timedelta(days=1), time(), event.timezone)
    last = datetime.combine(day, max(end for end in ends if end), event.timezone) if ends and all(ends) else midnight
    return round(last.timestamp() * 1000)
