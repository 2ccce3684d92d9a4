"""Where the demonstration's files lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkin.paths import resources


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The four files that the demonstration consists of."""

    event: Path
    """The event, TOML."""
    roster: Path
    """The 350 people, XLSX."""
    recording: Path
    """The video of badges being held up; takes the camera's place."""
    truth: Path
    """What each badge of the recording must come to, JSON (checkin.demo.truth)."""


def demo_files() -> DemoFiles:
    """Return the demonstration's files as they were shipped."""
    folder = resources() / "demo"
    return DemoFiles(
        event=folder / "event.toml",
        roster=folder / "roster.xlsx",
        recording=folder / "recording.webm",
        truth=folder / "recording.json",
    )
