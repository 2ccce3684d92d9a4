"""A whole event runs without Qt, and a command loads neither Qt nor the pictures' libraries before it needs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOADED = "import sys; print(*sorted({'PySide6', 'cv2', 'pyzbar', 'zxingcpp', 'alembic'} & set(sys.modules)))"


def _loaded_after(statement: str) -> list[str]:
    child = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{LOADED}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


def test_everything_below_the_window_is_free_of_qt() -> None:
    packages = [
        "app",
        "cli",
        "desk.desk",
        "roster",
        "reports.counts",
        "db.engine",
        "scan",
        "domain.verdict",
        "wording.verdicts",
    ]

    assert "PySide6" not in _loaded_after("\n".join(f"import checkin.{name}" for name in packages))


def test_starting_the_program_loads_no_large_library() -> None:
    assert _loaded_after("import checkin.__main__") == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="LANG is how Linux says it")
def test_help_is_printed_whatever_the_locale() -> None:
    plain = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, "LANG": "C", "PYTHONUTF8": "0"}
    child = subprocess.run(
        [sys.executable, "-m", "checkin", "--help"], cwd=ROOT, env=plain, capture_output=True, check=False
    )

    assert child.returncode == 0, child.stderr
    assert b"Usage" in child.stdout
