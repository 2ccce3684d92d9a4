"""What the recording's script knows: each badge that is held up and its true verdict, and the counts at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checkin.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Shown:
    """One badge, held up once."""

    first_frame: int
    """The first frame, from 0, in which something of the badge can be seen."""
    last_frame: int
    """The last such frame."""
    payload: str
    """What its code holds."""
    verdict: Verdict
    external_id: str
    """Registration number of the person; empty where the badge belongs to nobody of the roster."""
    name: str
    """The name that the desk shows; empty where there is none."""
    attention: bool
    """Whether the desk is told something besides (VIP, speaker, a note)."""
    remark: str
    """What is special about it, in English, for people who read the file."""


@dataclass(frozen=True, slots=True)
class TrueCounts:
    """The numbers after the recording was played once from its beginning, at its day and checkpoint."""

    expected: int
    came: int
    walk_in: int
    inside: int
    by_category: Mapping[str, int]
    """People who came, by category key; categories of which nobody came are left out."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The whole recording."""

    event: str
    day: date
    checkpoint: str
    fps: int
    frames: int
    width: int
    height: int
    shown: tuple[Shown, ...]
    counts: TrueCounts


def load_truth(path: Path) -> Truth:
    """Read the truth file that tools/make_demo.py wrote beside the recording."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Truth(
        event=data["event"],
        day=date.fromisoformat(data["day"]),
        checkpoint=data["checkpoint"],
        fps=data["fps"],
        frames=data["frames"],
        width=data["width"],
        height=data["height"],
        shown=tuple(Shown(**{**entry, "verdict": Verdict(entry["verdict"])}) for entry in data["shown"]),
        counts=TrueCounts(**data["counts"]),
    )
