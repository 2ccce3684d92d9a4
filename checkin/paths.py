"""Where things lie on disk, on each system its own way."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

DATABASE = "checkin.sqlite"
KEYS = "event-keys.json"
SETTINGS = "settings.json"
LOCK = "window.lock"
LOGS = "logs"
BACKUPS = "backups"
HUB = "hub"
"""The hub that comes with every event: a folder beside the database."""


@cache
def resources() -> Path:
    """Return the folder of fonts, icons, sounds, texts and the demo: inside the installed package, else the checkout's."""
    bundled = Path(__file__).parent / "_resources"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent / "resources"


def user_data() -> Path:
    """Return the folder that holds this user's events where `--data` names none."""
    return Path(platformdirs.user_data_dir("checkin", appauthor=False))


def machine_id() -> str:
    """Return what tells this laptop from others: random, kept outside every data folder. Empty where it cannot be kept."""
    path = Path(platformdirs.user_config_dir("checkin", appauthor=False)) / "machine"
    with suppress(OSError, ValueError):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_hex(16), "ascii")
        return path.read_text("ascii").strip()[:64]
    return ""
