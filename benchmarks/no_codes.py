"""Texts that `decode` invents: frames without a QR code, of kinds that are near to one, and the memory they leave behind.

    python -m benchmarks.no_codes [--frames 10000] [--seed 1] [--shared FOLDER]

100,000 frames take twenty minutes of a core. No text may come out of any.
The growth of memory is taken from the first tenth of the frames to the last.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import psutil

from benchmarks._no_codes import frames
from benchmarks._report import report
from checkin.scan import decode

FLAT_MB = 8.0


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CHECKIN_SHARED", "../shared")))
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    process = psutil.Process()
    wrong = 0
    early = 0.0
    looked_at: Counter[str] = Counter()
    spent: dict[str, float] = defaultdict(float)
    for i, (kind, frame) in enumerate(frames(asked.shared, asked.frames, asked.seed)):
        began = time.thread_time()
        for code in decode(frame):
            wrong += 1
            print(f"frame {i}, {kind}: {code.text!r}", flush=True)
        spent[kind] += time.thread_time() - began
        looked_at[kind] += 1
        if i == asked.frames // 10:
            early = process.memory_info().rss / 1e6
        if i and i % 1000 == 0:
            print(f"{i} frames, {wrong} wrong, {process.memory_info().rss / 1e6:.0f} MB", file=sys.stderr, flush=True)
    grown = process.memory_info().rss / 1e6 - early
    report(f"wrong texts in {asked.frames} frames without a code", wrong, unit="texts", target=0)
    report("memory, from the first tenth of them to the last", grown, unit="MB", target=FLAT_MB)
    for kind, count in looked_at.items():
        report(f"a frame of {kind}, {count} of them", 1000 * spent[kind] / count, unit="ms")


if __name__ == "__main__":
    main()
