"""From the command to the first paint, beside an empty PySide6 window; from there to a live camera.

    .venv/bin/python benchmarks/first_paint.py

Times in milliseconds, the median of several starts of a whole new process each, both kinds in turn. Runs offscreen where
there is no display.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._report import report  # noqa: E402

STARTS = 7
LIMIT_S = 60

EMPTY = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
            QTimer.singleShot(0, app.quit)
        return False
app = QApplication([])
window, watch = QMainWindow(), Watch()
window.resize(1366, 768)
window.installEventFilter(watch)
window.show()
sys.exit(app.exec())
"""

OURS = """
import sys
from pathlib import Path
from checkin import settings
from checkin.cli._common import Options
from checkin.cli._window import _DemoOpener
from checkin.ui.start import run_window
from PySide6.QtWidgets import QApplication
folder = Path(sys.argv[1])
last = sys.argv[2]
def milestone(name):
    print(name, flush=True)
    if name == last:
        QApplication.exit(0)
opener = _DemoOpener(Options(folder, "", "", None), folder)
run_window(opener, settings.load(folder).settings, source=sys.argv[3], milestone=milestone)
"""


def start(code: str, *args: str, until: str = "painted") -> dict[str, float]:
    """Run a program and return when it printed each of its milestones, in ms from the start of the process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not environment.get("DISPLAY") and sys.platform == "linux":
        environment["QT_QPA_PLATFORM"] = "offscreen"
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *args], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment, cwd=ROOT,
    )  # fmt: skip
    times: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        times.setdefault(line.strip(), (time.perf_counter() - began) * 1000)
        if line.strip() == until:
            break
    process.stdout.close()
    process.wait(LIMIT_S)
    return times


def main() -> None:
    recording = next((ROOT / "resources" / "demo").glob("recording.[!j]*"), None)
    with tempfile.TemporaryDirectory() as folder:
        start(OURS, folder, "filled", "none", until="filled")  # the demo is made once; a start opens it
        floors, paints, lives = [], [], []
        for _turn in range(STARTS):
            floors.append(start(EMPTY)["painted"])
            times = start(OURS, folder, "live" if recording else "painted", str(recording or "none"), until="live")
            paints.append(times["painted"])
            if "live" in times:
                lives.append(times["live"] - times["painted"])
    floor = statistics.median(floors)
    report("start: command to first paint", statistics.median(paints), unit="ms", floor=floor, target=2)
    if lives:
        report("start: first paint to camera live", statistics.median(lives), unit="ms", target=1500)


if __name__ == "__main__":
    main()
