"""Run every check of the project, the quick ones first, each with its time; ends with pytest's own closing line.

    run_tests.py                      linters, types, contracts, texts, then all tests (`make test`)
    run_tests.py --only lint|tests|window|soak
    run_tests.py --in-window COMMAND  any command on a screen of its own

Most tests draw offscreen, on two workers. Those marked `window` need a real window: they run one after the other, on a
virtual screen of their own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# -noreset: without it the server forgets its settings when the last window closes, and the next client fails.
SCREEN = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1366x768x24 -noreset"]

LINT: dict[str, list[str]] = {
    "ruff check": [f"{BIN}/ruff", "check", "--quiet"],
    "ruff format": [f"{BIN}/ruff", "format", "--check", "--quiet"],
    "mypy": [f"{BIN}/mypy", "--no-error-summary"],
    "import contracts": [f"{BIN}/lint-imports"],
    "texts": [sys.executable, "tools/make_locale.py", "--check"],
}


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; return 0 where everything passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=["lint", "tests", "window", "soak"])
    parser.add_argument("--in-window", nargs=argparse.REMAINDER, metavar="COMMAND")
    options = parser.parse_args(arguments)
    if options.in_window:
        return on_screen(options.in_window)
    steps = {"lint": run_lint, "window": run_window, "tests": run_tests, "soak": run_soak}
    chosen = [options.only] if options.only else ["lint", "window", "tests"]
    failed = [name for name in chosen if not steps[name]()]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run_lint() -> bool:
    """Run every linter, even after one complained; say which did."""
    passed = [timed(name, command) for name, command in LINT.items()]
    return all(passed)


def run_tests() -> bool:
    """Run the tests that need no window."""
    return timed("tests", pytest("-n", "2", "-m", "not window and not soak"), {"QT_QPA_PLATFORM": "offscreen"})


def run_window() -> bool:
    """Run the tests that need a window, on a screen of their own."""
    return timed("window tests", [*SCREEN, *pytest("-m", "window and not soak")], {"QT_QPA_PLATFORM": "xcb"})


def run_soak() -> bool:
    """Run the long tests."""
    return timed("soak", [*SCREEN, *pytest("-m", "soak", "--timeout", "7200")], {"HYPOTHESIS_PROFILE": "explore"})


def on_screen(command: Sequence[str]) -> int:
    """Run a command on a virtual screen; return its exit code."""
    return run([*SCREEN, *command], {"QT_QPA_PLATFORM": "xcb"})


def pytest(*options: str) -> list[str]:
    """Return the command that runs pytest with these options."""
    return [f"{BIN}/pytest", "-q", *options]


def run(command: Sequence[str], settings: dict[str, str]) -> int:
    """Run a command in the checkout, without a desktop that Qt would use instead of the screen given; return its code."""
    inherited = {key: value for key, value in os.environ.items() if key not in {"WAYLAND_DISPLAY", "XDG_SESSION_TYPE"}}
    return subprocess.run(command, cwd=ROOT, env={**inherited, **settings}, check=False).returncode


def timed(name: str, command: Sequence[str], settings: dict[str, str] | None = None) -> bool:
    """Run one step and print how long it took; return whether it passed."""
    print(f"--- {name}", flush=True)
    start = time.monotonic()
    code = run(command, settings or {})
    print(f"--- {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - start:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
