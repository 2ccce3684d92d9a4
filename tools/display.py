"""Say whether a window can be opened here: ends with 0 if so, else tells why on standard error and ends with 1.

Qt aborts the whole process where it finds no screen, so a child tries it.
"""

from __future__ import annotations

import os
import subprocess
import sys

TRIAL = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def main() -> int:
    """Try, and return the exit code."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("No display here (DISPLAY is not set): the demo runs without a window.", file=sys.stderr)
        return 1
    trial = subprocess.run([sys.executable, "-c", TRIAL], capture_output=True, text=True, check=False)
    if trial.returncode == 0:
        return 0
    why = (trial.stderr.strip().splitlines() or ["no reason given"])[0]
    print(f"No window can be opened here: {why}\nThe demo runs without one.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
