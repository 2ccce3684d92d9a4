"""How long another Python thread stands still while `Reader` reads moving frames in its own.

    python -m benchmarks.stalls [--seconds 4] [--rounds 8] [--calls]

A thread sleeps 1 ms and looks at the clock, again and again; what a turn takes beyond the millisecond is a stall. In turn,
for `--seconds` each: beside a main thread that sleeps; beside one that works without the interpreter's lock (zlib); beside
`Reader` on frames of simulated badges in motion, one after the other without a pause, which no camera does. The first two
are the floor: what the machine itself does to a thread. Where Linux says how long a thread waited for a processor
(schedstat), that time is taken off as well, of the thread and of the reader: what is left is the interpreter's lock.
`--calls`: the same beside single calls of the decoders and of OpenCV, each on a picture so large that it takes long: a
call that keeps the lock stalls the thread for as long as it takes.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from benchmarks._report import report
from benchmarks._simulator import frames, own_seeds, percentile, simulator
from checkin.scan import Image, Reader

LONGEST_MS = 10.0
NAP_S = 0.001
SCENARIOS = ("shake", "tilt", "mixed", "two_badges", "occlusion", "nocode")


@dataclass
class Stalls:
    """Milliseconds beyond the nap, one a turn."""

    whole: list[float] = field(default_factory=list)
    lock: list[float] = field(default_factory=list)
    """Without the time in which the thread, or the one it stood beside, waited for a processor."""


def waited_s(thread: int) -> float:
    """Return how long a thread of this process has waited for a processor; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/self/task/{thread}/schedstat").read_bytes().split()[1]) / 1e9
    except OSError:
        return 0.0


class Ticker:
    """A thread that naps and looks at the clock, until it is told to end."""

    def __init__(self, stalls: Stalls, beside: int) -> None:
        self._stalls, self._beside = stalls, beside
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        own = threading.get_native_id()
        before, queued = time.perf_counter(), waited_s(own) + waited_s(self._beside)
        while not self._end.is_set():
            time.sleep(NAP_S)
            now, queued_now = time.perf_counter(), waited_s(own) + waited_s(self._beside)
            beyond = 1000 * (now - before - NAP_S)
            self._stalls.whole.append(beyond)
            self._stalls.lock.append(max(0.0, beyond - 1000 * (queued_now - queued)))
            before, queued = now, queued_now


def beside(work: Callable[[], object], seconds: float, stalls: Stalls) -> None:
    """Repeat some work on this thread for so long, beside a ticker."""
    ends = time.monotonic() + seconds
    with Ticker(stalls, threading.get_native_id()):
        while time.monotonic() < ends:
            work()


def moving() -> list[Image]:
    """Return frames of badges that come up to the camera, 720p, one approach after the other."""
    shown = []
    for scenario, seed in own_seeds(1, first=830_000):
        if scenario in SCENARIOS:
            spec = simulator().make_spec(seed, scenario) | {"res": [1280, 720], "frames": 20}
            shown += list(frames(spec))
    return shown


def reading(shown: list[Image]) -> Callable[[], object]:
    """Return what reads the next frame of a film without end, as a camera's: never twice from the same memory."""
    reader, turn = Reader(), iter(range(sys.maxsize))

    def read() -> object:
        return reader.read(shown[next(turn) % len(shown)].copy())

    return read


def calls(film: list[Image]) -> dict[str, Callable[[], object]]:
    """Return single calls by name, on a picture of 16 frames."""
    import zxingcpp
    from pyzbar.pyzbar import ZBarSymbol
    from pyzbar.pyzbar import decode as pyzbar_decode

    from checkin.scan.decoders.zbar import Zbar
    from checkin.scan.decoders.zxing import Zxing

    gray = np.vstack([np.hstack(film[row : row + 4]) for row in range(0, 16, 4)])
    zxing, zbar, small = Zxing(), Zbar(), gray[:400, :400]
    formats = zxingcpp.BarcodeFormat.QRCodeModel2
    return {
        "zxingcpp.read_barcodes": lambda: zxingcpp.read_barcodes(gray, formats=formats),
        "our Zxing": lambda: zxing.read(gray),
        "pyzbar.decode": lambda: pyzbar_decode(gray, [ZBarSymbol.QRCODE]),
        "our Zbar": lambda: zbar.read(gray),
        "cv2.GaussianBlur": lambda: cv2.GaussianBlur(gray, (0, 0), 8),
        "cv2.resize": lambda: cv2.resize(gray, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC),
        "cv2.adaptiveThreshold": lambda: cv2.adaptiveThreshold(gray, 255, 0, 0, 31, 2),
        "cv2.matchTemplate": lambda: cv2.matchTemplate(gray, small, cv2.TM_CCOEFF_NORMED),
        "cv2.warpAffine": lambda: cv2.warpAffine(gray, np.eye(2, 3), (9000, 6000), flags=cv2.INTER_CUBIC),
        "cv2.connectedComponents": lambda: cv2.connectedComponentsWithStats(gray & 1),
        "numpy copy": lambda: np.ascontiguousarray(gray.T),
        "numpy sum": lambda: gray.astype(np.float32) + np.float32(1),
    }


def show_calls(film: list[Image], seconds: float) -> None:
    """Print for each call how long it takes and how long it stalls the other thread."""
    for name, call in calls(film).items():
        stalls = Stalls()
        began, count = time.thread_time(), 0

        def counted(call: Callable[[], object] = call) -> None:
            nonlocal count
            count += 1
            call()

        beside(counted, seconds, stalls)
        took = 1000 * (time.thread_time() - began) / count
        report(f"{name}, {took:.0f} ms a call: longest stall by the lock", max(stalls.lock), unit="ms")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--calls", action="store_true", help="single calls instead of Reader")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    film = moving()
    if asked.calls:
        show_calls(film, asked.seconds)
        return
    read, block = reading(film), bytes(4_000_000)
    beside(read, 2.0, Stalls())  # imports, the first use of each way
    stalls: dict[str, Stalls] = defaultdict(Stalls)
    for _round in range(asked.rounds):
        beside(lambda: time.sleep(0.05), asked.seconds, stalls["a thread that sleeps"])
        beside(lambda: zlib.crc32(block), asked.seconds, stalls["a thread without the lock"])
        beside(read, asked.seconds, stalls["Reader"])
    for name, each in stalls.items():
        for what, values in (("as the clock has it", each.whole), ("by the lock", each.lock)):
            met = LONGEST_MS if name == "Reader" and what == "by the lock" else None
            for share in (50, 99, 99.9):
                report(f"beside {name}, stalls {what}, p{share}", percentile(values, share), unit="ms")
            over = 1000 * float(np.mean(np.array(values) > LONGEST_MS))
            report(f"beside {name}, stalls {what} above {LONGEST_MS:g} ms", over, unit="in 1,000 turns")
            report(f"beside {name}, longest stall {what}", max(values), unit="ms", target=met)


if __name__ == "__main__":
    main()
