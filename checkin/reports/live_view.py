"""Make the frozen figures out of the sums."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from checkin.db import arrivals
from checkin.db.desks import desks
from checkin.domain.event import Event
from checkin.reports.figures import SLOT_MIN, SLOTS, Delegation, DeskLine, Figures, PostLine, Share
from checkin.reports.forecast import forecast
from checkin.reports.live_arrays import (
    CATEGORY,
    COUNTRY,
    DELEGATION,
    MINUTE_MS,
    ORGANISATION,
    People,
    PostSums,
)
from checkin.reports.live_looks import Looks

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

LISTED: Final = 200
"""Longer lists are cut: nobody reads on, and the totals say how many there are."""
TOGETHER: Final = 2
RECENT_MIN: Final = 10


def figures_of(
    connection: Connection, event: Event, now: datetime, people: People, here: PostSums, day: list[PostSums],
    before: PostSums | None, looks: Looks,
) -> Figures:  # fmt: skip
    """Return the figures of the post `here`; `day`: all posts of its day; `before`: its like on the day before."""
    local = event.local(now)
    now_min = _minute(now)
    curve = _slots(event, here)
    earlier = _slots(event, before) if before is not None and before.came else ()
    today = local.date() == here.checkpoint.day
    known = desks(connection)
    found, twice, unknown = looks.found(connection, event, {row.pk: row.desk for row in known})
    waited = here.waited_for()
    return Figures(
        day=here.day,
        checkpoint=here.checkpoint.key,
        at=local,
        came=here.came,
        expected=here.expected,
        walk_in=here.walk_in,
        inside=here.inside_now,
        expected_came=here.expected_came,
        last_ten=sum(here.minutes[minute] for minute in range(now_min - RECENT_MIN + 1, now_min + 1)),
        categories=_categories(event, people, here),
        countries=_largest(people, here, COUNTRY),
        organisations=_largest(people, here, ORGANISATION),
        arrivals=curve,
        before=earlier,
        before_day=before.day if before is not None and earlier else "",
        forecast=forecast(
            curve, earlier, now_min=local.hour * 60 + local.minute, expected=here.expected, came=here.expected_came,
            slot_min=SLOT_MIN,
        )
        if today
        else None,
        posts=tuple(
            PostLine(
                post.checkpoint.key, post.came, post.inside_now if post.checkpoint.exits else None, post.expected
            )
            for post in day
        ),
        desks=tuple(
            DeskLine(
                row.desk, row.number, row.mine, here.by_journal[row.pk], here.walk_in_by_journal[row.pk],
                datetime.fromtimestamp(row.heard_ms / 1000, event.timezone) if row.heard_ms else None,
                row.waiting, max(row.announced - row.seq, 0), row.state.startswith("closed"), row.revoked,
            )
            for row in known
        ),
        waited_for=tuple(arrivals.named(connection, [int(pk) for pk in waited[:LISTED]])),
        waited_for_total=len(waited),
        delegations=_delegations(people, here),
        looks=found,
        doubles=twice,
        unknown=unknown,
    )  # fmt: skip


def _categories(event: Event, people: People, post: PostSums) -> tuple[Share, ...]:
    came, expected, both = post.shares(CATEGORY)
    shares = {
        name: Share(name, int(came[number]), int(expected[number]), int(both[number]))
        for number, name in enumerate(people.names[CATEGORY].all)
        if came[number] or expected[number]
    }
    order = [category.key for category in event.categories]
    return tuple(shares[key] for key in [*order, *sorted(shares.keys() - set(order))] if key in shares)


def _largest(people: People, post: PostSums, dimension: int) -> tuple[Share, ...]:
    came, expected, both = post.shares(dimension)
    names = people.names[dimension].all
    size = np.maximum(came, expected)
    shares = [Share(names[n], int(came[n]), int(expected[n]), int(both[n])) for n in _first(-size) if size[n]]
    return tuple(sorted(shares, key=lambda share: (not share.name, -max(share.came, share.expected), share.name)))


def _delegations(people: People, post: PostSums) -> tuple[Delegation, ...]:
    """Return them: some here first, then nobody yet, then complete; in each the largest first."""
    _came, expected, both = post.shares(DELEGATION)
    names = people.names[DELEGATION].all
    missing = expected - both
    stage = np.where(missing == 0, 2, np.where(both == 0, 1, 0))
    order = stage * (1 << 40) - expected
    order[expected < TOGETHER] = 1 << 60
    found = [
        (int(order[n]), Delegation(names[n][1], names[n][0], int(both[n]), int(expected[n])))
        for n in _first(order)
        if expected[n] >= TOGETHER and any(names[n])
    ]
    return tuple(one for _order, one in sorted(found, key=lambda f: (f[0], f[1].country, f[1].organisation)))


def _first(order: NDArray[np.int64]) -> list[int]:
    """Return the numbers of the LISTED least, in no order."""
    if len(order) <= LISTED:
        return list(range(len(order)))
    return [int(number) for number in np.argpartition(order, LISTED)[:LISTED]]


def _slots(event: Event, post: PostSums) -> tuple[int, ...]:
    """Return how many came in each slot of the day: by the time of day alone, as `counts --by hour` has it, since what is
    counted for a day may have been scanned under a clock that says another."""
    slots = [0] * SLOTS
    for minute, number in post.minutes.items():
        at = datetime.fromtimestamp(minute * 60, event.timezone)
        slots[(at.hour * 60 + at.minute) // SLOT_MIN] += number
    return tuple(slots)


def _minute(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000) // MINUTE_MS
