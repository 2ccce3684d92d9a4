"""Run the program as a user does: its own process, its own data folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def checkin(folder: Path, *args: str, stdin: str | bytes = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run one command on a data folder and check its exit code; no traceback may ever reach a person."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    raw = subprocess.run(command(folder, *args), cwd=ROOT, input=data, capture_output=True, timeout=110, check=False)
    done = subprocess.CompletedProcess(raw.args, raw.returncode, raw.stdout.decode(), raw.stderr.decode())
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == code, f"exit {done.returncode}: {done.stderr}"
    return done


def command(folder: Path, *args: str) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", "checkin", "--data", str(folder), *args]


def objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the JSON objects on standard output; anything else there is a defect."""
    return [json.loads(line) for line in done.stdout.splitlines()]
