"""How the other desks stand when a day is closed: who confirmed, who is waited for, who is missing.

The rule. A day is complete only where each other desk that is known here has given its word for everything that it
scanned before the closing began:

- **confirmed**: its card repeats the question that this closing put on ours (sync.card_state), so it was signed after the
  closing began, and every entry up to the head that it states is here. Clocks play no part in it.
- **shut**: the last card that it left says that its program was ended on this day, or on a later one, with everything
  sent, and all of that is here. Staff who went home keep nobody waiting. A desk that is opened again takes that back with
  its first round; if it has no network then, what it scans is scanned after its word, and makes a correction.
- **carried**: somebody brought a stick or bundle of it and read it here for this closing, a short while ago; the person who
  fetched it vouches for it.
- **unused**, **revoked**: staff said that it was not in use on this day, or it was cut off.
- The journal that a desk left for another one (after a repair, say) needs no word of its own, unless it is still heard:
  then another laptop writes on in it.

That a desk was heard a minute ago is no word: it may have let people in since. It is asked, and while it is heard it is
waited for. What a complete closing lacks was therefore always scanned after the word of the desk that scanned it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from checkin.db.desks import DeskRow
from checkin.domain.closing import DeskReport, Standing
from checkin.sync.card_state import CardState

RECENT_MS: Final = 10 * 60_000
"""A desk that was heard so short a time ago is asked and waited for: desks sync every few seconds."""
ALIVE_MS: Final = 60_000
"""Somebody writes in a journal that was heard so short a time ago, though its desk goes on in another one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What this desk knows of the others beside what they say of themselves."""

    question: str = ""
    """Of the closing that is under way; empty: none is."""
    unused: Collection[str] | None = None
    """Names of desks that were not in use on the day, as staff said; None: nobody said anything."""
    carried: Mapping[str, int] = field(default_factory=dict)
    """How far journals go, by id, that were brought on a stick for this closing."""


NOBODY: Final = Asked()


def others(
    known: list[DeskRow], followed: Collection[str], day: date, now_ms: int, asked: Asked
) -> tuple[DeskReport, ...]:
    """Return how each other desk stands. `now_ms`: the hub's time; `followed`: journals that a later one goes on from."""
    found = []
    for row in known:
        if row.mine:
            continue
        here = max(row.seq, asked.carried.get(row.journal_id, 0))
        stands = _standing(row, day, now_ms, here, asked)
        left = row.journal_id in followed and not _heard_within(row, now_ms, ALIVE_MS)
        if left and stands != "behind":
            continue  # an earlier journal of a desk that goes on with another one
        coming = stands == "waiting" or (stands == "behind" and _heard_within(row, now_ms, RECENT_MS))
        found.append(DeskReport(row.desk, row.journal_id, here, row.announced, row.heard_ms, stands, coming))
    return tuple(found)


def _standing(row: DeskRow, day: date, now_ms: int, here: int, asked: Asked) -> Standing:
    card = CardState.from_text(row.state)
    if row.revoked:
        return "revoked"
    if here < row.announced:
        return "behind"
    if row.desk in (asked.unused or ()):
        return "unused"
    if asked.question and asked.question in card.confirms:
        return "confirmed"
    if card.shut >= day.isoformat():
        return "shut"
    if row.journal_id in asked.carried:
        return "carried"
    if row.heard_ms is None:
        return "never"
    if not _heard_within(row, now_ms, RECENT_MS):
        return "silent"
    return "waiting" if asked.question else "heard"


def _heard_within(row: DeskRow, now_ms: int, span_ms: int) -> bool:
    return row.heard_ms is not None and row.heard_ms >= now_ms - span_ms
