"""Where material lies that is not part of the repository: photographs of codes, bad inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_dir() -> Path:
    """Return the shared folder beside the checkout (or $CHECKIN_SHARED). Skips the test, saying so, where there is none."""
    folder = Path(os.environ.get("CHECKIN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "bad_inputs.jsonl").is_file():
        pytest.skip(f"no shared material at {folder.name}/ beside the checkout: photographs and bad inputs not tried")
    return folder
