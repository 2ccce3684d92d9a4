"""What can happen to a `World`, each as one step of a story that Hypothesis or a seed tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.sync.world import OneDesk, World

Step = Callable[[World, OneDesk, int], None]
"""(world, the desk it happens to, a number that decides the rest)"""

_CALLS: Final = ("hello", "desks", "editions", "heads", "push", "pull", "forks", "publish", "announce")


def _badge(world: World, chance: int) -> str:
    return list(world.badges)[chance % len(world.badges)]


def _cut(world: World, desk: OneDesk, chance: int, when: str) -> None:
    world.sync_cut(desk, _CALLS[chance % len(_CALLS)], when)


STEPS: Final[dict[str, Step]] = {
    # what people do
    "admit": lambda w, d, n: w.admit(d, _badge(w, n)),
    "let in again": lambda w, d, n: w.admit(d, _badge(w, n), force=True),
    "undo": lambda w, d, n: w.undo(d, n),
    "walk-in": lambda w, d, n: w.walk_in(d),
    "edit": lambda w, d, n: w.edit(d, n),
    "merge": lambda w, d, n: w.merge(d, n),
    "reprint": lambda w, d, n: w.reprint(d, n),
    "new number": lambda w, d, n: w.new_number(d, n),
    "a list": lambda w, d, n: w.list_says(d, n),
    "sync": lambda w, d, n: w.sync_quietly(d),
    "end of work": lambda w, d, _n: w.leave(d),
    "close the day": lambda w, d, n: w.close_day(d, n),
}
"""Without a fault."""

FAULTS: Final[dict[str, Step]] = {
    "cut push": lambda w, d, n: w.sync_cut(d, "push", "before"),
    "lost acknowledgement": lambda w, d, n: w.sync_cut(d, "push", "after"),
    "cut pull": lambda w, d, n: w.sync_cut(d, "pull", "before"),
    "cut anywhere": lambda w, d, n: _cut(w, d, n, "before"),
    "answer lost anywhere": lambda w, d, n: _cut(w, d, n, "after"),
    "altered answer": lambda w, d, n: w.sync_cut(d, "pull", "altered"),
    "blind push": lambda w, d, n: w.push_blindly(d),
    "a new journal": lambda w, d, n: w.begin_journal(d),
    "replay": lambda w, d, n: w.replay(d),
    "clone": lambda w, d, n: w.clone(d) if len(w.desks) < 8 else None,
    "back up a desk": lambda w, d, n: w.back_up(d),
    "put a desk's backup back": lambda w, d, n: w.put_back(d),
    "back up the hub": lambda w, d, n: w.save_hub(),
    "put the hub's backup back": lambda w, d, n: w.restore_hub(),
    "put both back": lambda w, d, n: w.put_both_back(d),
    "bundle instead of net": lambda w, d, n: w.carry_bundle(d, w.desks[n % len(w.desks)]),
    "a newer program's entry": lambda w, d, n: w.newer_entry(d),
    "clock shift": lambda w, d, n: d.shift_clock((-86_400, -3600, -60, 60, 3600, 86_400)[n % 6]),
    "kill": lambda w, d, n: w.kill(d),
    "laptop lost": lambda w, d, n: w.lose(d),
}


def tell(world: World, story: list[tuple[str, int, int]]) -> None:
    """Let a story happen: (step, number of the desk, a number that decides the rest)."""
    for name, desk, chance in story:
        step = STEPS.get(name) or FAULTS[name]
        step(world, world.desks[desk % len(world.desks)], chance)
