"""Which layouts there are: those that are shipped, and the organiser's own in the folder `badges` of the data folder."""

from __future__ import annotations

from pathlib import Path

from checkin.badges.layout import Layout

DEFAULT = "lanyard"
FOLDER = "badges"


def layouts(folder: Path | None) -> dict[str, Layout]:
    """Return every layout that can be read, by key; an organiser's file stands in for a shipped one of the same name."""
    raise NotImplementedError


def layout(folder: Path | None, key: str) -> Layout:
    """Return one layout. Raises LayoutError: there is none of that name (and which there are), or what is wrong in its file."""
    raise NotImplementedError
