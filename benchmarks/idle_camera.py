"""What an idle desk costs: the whole camera loop on a scene in which nothing happens, beside taking its frames alone.

A film stands in for the camera: 720p, 30 frames a second, the same room with a sensor's noise, played at its own pace.
Figures are shares of one core (CPU time of the process over wall time). `--minutes 60` is the soak for memory.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks._report import report

HALF_A_CORE = 0.5
FLAT_MB = 8.0


def idle_film(path: Path, seconds: int = 4, height: int = 720, width: int = 1280) -> None:
    """Write a film of a room with noise, as a webcam sees it while nobody is there."""
    import cv2
    import numpy as np

    rng = np.random.default_rng(1)
    room = np.full((height, width, 3), 120, np.uint8)
    for _shape in range(20):
        x, y, w, h = (int(v) for v in rng.integers((0, 0, 40, 40), (width, height, 300, 300)))
        cv2.rectangle(room, (x, y), (x + w, y + h), tuple(int(c) for c in rng.integers(40, 220, 3)), -1)
    noise = rng.normal(0, 3, (height + 64, width + 64, 3)).round().astype(np.int16)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (width, height))
    for _frame in range(seconds * 30):
        y, x = (int(v) for v in rng.integers(0, 64, 2))
        writer.write(cv2.add(room, noise[y : y + height, x : x + width], dtype=cv2.CV_8U))
    writer.release()


def share_of_a_core(run: Callable[[threading.Event], None], seconds: float) -> float:
    """Run something on a thread for so long and return the share of one core that the process used."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    time.sleep(1.0)  # imports and the first frames are not idling
    cpu, wall = time.process_time(), time.monotonic()
    time.sleep(seconds)
    share = (time.process_time() - cpu) / (time.monotonic() - wall)
    stop.set()
    thread.join()
    return share


def memory_growth_mb(run: Callable[[threading.Event], None], seconds: float) -> float:
    """Return by how many MB the process grew, from the first tenth of the time (at least 5 s) to the end."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    process = psutil.Process()
    warm = max(5.0, seconds / 10)
    time.sleep(warm)
    gc.collect()
    before = process.memory_info().rss
    time.sleep(max(1.0, seconds - warm))
    gc.collect()
    grown = process.memory_info().rss - before
    stop.set()
    thread.join()
    return grown / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each share is measured")
    parser.add_argument("--minutes", type=float, default=0.5, help="how long memory is watched")
    arguments = parser.parse_args()
    from checkin.scan import CameraLoop, open_source
    from checkin.scan.opencv import cv2

    cv2().setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        film = str(Path(folder) / "idle.avi")
        idle_film(Path(film))

        def capture(stop: threading.Event) -> None:
            source = open_source(film, paced=True, loop=True)
            while source.read(stop) is not None:
                pass
            source.close()

        def desk(stop: threading.Event) -> None:
            CameraLoop(lambda: open_source(film, paced=True, loop=True), on_code=lambda _code: None).run(stop)

        alone = share_of_a_core(capture, arguments.seconds)
        whole = share_of_a_core(desk, arguments.seconds)
        report("idle camera: capture alone", alone, unit="cores")
        report("idle camera: whole loop", whole, unit="cores")
        report("idle camera: beyond capture", whole - alone, unit="cores", target=HALF_A_CORE)
        grown = memory_growth_mb(desk, arguments.minutes * 60)
        report("idle camera: memory grown", grown, unit="MB", target=FLAT_MB)
    return 0


if __name__ == "__main__":
    sys.exit(main())
