"""The recording's timetable: who stands at the desk from which frame to which, and what is true of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from checkin.domain.event import Event

from .motion import Motion
from .people import Person
from .storyboard import FPS, STORY, Cue, Prop, prop

SIZE: Final = (1280, 720)
LEAD: Final = 16
"""Empty frames before the first guest, and after the last, so that the recording can be played in a circle."""
GAP: Final = 6
DAY: Final = "2014-07-08"
CHECKPOINT: Final = "door-1"


@dataclass(frozen=True, slots=True)
class Scene:
    """One guest at the desk."""

    cue: Cue
    prop: Prop
    start: int
    """First frame in which something of the card may be seen."""
    motion: Motion

    @property
    def end(self) -> int:
        """The frame after the card's last."""
        return self.start + self.motion.length


def make_scenes(people: Sequence[Person], event: Event, seed: int) -> tuple[tuple[Scene, ...], int]:
    """Return the guests in order, and how many frames the recording has."""
    by_cue = {person.cue: person for person in people if person.cue}
    scenes: list[Scene] = []
    start = LEAD
    for number, cue in enumerate(STORY):
        scenes.append(Scene(cue, prop(cue, by_cue, event), start, Motion(cue, seed + number)))
        start = scenes[-1].end + GAP
    return tuple(scenes), start + LEAD


def truth(scenes: Sequence[Scene], count: int, people: Sequence[Person], event: Event) -> str:
    """Return the truth file of the recording: JSON, one badge a line."""
    shown = [_shown(one) for one in scenes]
    came = Counter(one.prop.person.category for one in scenes if one.cue.verdict == "checked_in" and one.prop.person)
    here = [p for p in people if p.status == "registered" and (not p.expected or CHECKPOINT in p.expected)]
    head: dict[str, Any] = {
        "event": event.id,
        "day": DAY,
        "checkpoint": CHECKPOINT,
        "fps": FPS,
        "frames": count,
        "width": SIZE[0],
        "height": SIZE[1],
        "counts": {
            "expected": len(here),
            "came": sum(came.values()),
            "walk_in": 0,
            "inside": sum(came.values()),
            "by_category": dict(sorted(came.items())),
        },
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    rows = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in shown)
    return "{\n" + "\n".join(lines) + f'\n "shown": [\n{rows}\n ]\n}}\n'


def _shown(one: Scene) -> dict[str, Any]:
    person = one.prop.person
    return {
        "first_frame": one.start,
        "last_frame": one.end - 1,
        "payload": one.prop.payload,
        "verdict": one.cue.verdict,
        "external_id": person.external_id if person else "",
        "name": person.shown_name if person else "",
        "attention": bool(person and (person.note or person.category in {"vip", "speaker"})),
        "remark": one.cue.remark,
    }
