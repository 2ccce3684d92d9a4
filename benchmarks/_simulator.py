"""The webcam simulator of the shared folder, the readers beside which ours stands, and time in which frames are missed.

Nothing of it is in this repository: `$CHECKIN_SHARED/qr` (else the folder `shared` beside the checkout) has it.
"""

from __future__ import annotations

import csv
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from checkin.scan.code import Image

Read = Callable[[Image], list[str]]


def folder() -> Path:
    """Return the shared folder's part about codes. Exits with a sentence where there is none."""
    shared = Path(os.environ.get("CHECKIN_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "qr"
    if not (shared / "simulate.py").exists():
        sys.exit(f"There is no webcam simulator in {shared}: set CHECKIN_SHARED.")
    return shared


def simulator() -> Any:
    """Return the simulator's module, which is not ours."""
    if str(folder()) not in sys.path:
        sys.path.append(str(folder()))
    cv2.setNumThreads(1)
    return importlib.import_module("simulate")


def seeds(path: Path) -> list[tuple[str, int]]:
    """Return scenario and seed of each line of a file."""
    with path.open(encoding="utf-8") as lines:
        return [(row["scenario"], int(row["seed"])) for row in csv.DictReader(lines)]


def own_seeds(each: int, first: int = 700_000) -> list[tuple[str, int]]:
    """Return `each` sequences of every scenario, none of them in the shared folder's list."""
    names = simulator().SCENARIOS
    return [(name, first + 100 * turn + index) for turn in range(each) for index, name in enumerate(names)]


def frames(spec: dict[str, Any]) -> Iterator[Image]:
    """Yield the frames of one approach, gray."""
    for frame, _truth, _meta in simulator().Sequence(spec):
        yield cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def timed(read: Read, gray: Image) -> tuple[list[str], float]:
    """Return what a reader says of its own copy of a frame, and the milliseconds of processor time."""
    frame = gray.copy()
    before = time.process_time()
    texts = [text for text in read(frame) if text]
    return texts, 1000 * (time.process_time() - before)


def percentile(values: list[float], share: float) -> float:
    """Return a percentile, or not-a-number of nothing."""
    return float(np.percentile(values, share)) if values else float("nan")
