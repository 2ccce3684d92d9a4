"""Where things lie on disk, on each system its own way."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import platformdirs

DATABASE = "checkin.sqlite"
KEYS = "event-keys.json"
SETTINGS = "settings.json"
LOCK = "window.lock"
LOGS = "logs"
BACKUPS = "backups"


@cache
def resources() -> Path:
    """Return the folder of fonts, icons, sounds, texts and the demo: inside the installed package, else the checkout's."""
    bundled = Path(__file__).parent / "_resources"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent / "resources"


def user_data() -> Path:
    """Return the folder that holds this user's events where `--data` names none."""
    return Path(platformdirs.user_data_dir("checkin", appauthor=False))
