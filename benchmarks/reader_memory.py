"""Memory of one `Reader` over 100,000 frames: badges that come and go, movement without a badge, scenes that stand still.

    python -m benchmarks.reader_memory [--frames 100000] [--seed 1]

The frames are 640 x 360 (a quarter of 720p, to save time: what is kept is per frame and not per pixel), approaches of
the webcam simulator, chosen at random, each a little brighter or darker and mirrored or not, so that no two are the same;
after each the last picture stands still for a while. Growth counts from the first tenth of the frames to the last. No
floor: nothing of a frame may stay. Also: how many frames were read, and that no text was wrong.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import cv2
import numpy as np
import psutil

from benchmarks._report import report
from benchmarks._simulator import frames, own_seeds, simulator
from checkin.scan import Image, Reader

FLAT_MB = 8.0
WIDTH, HEIGHT = 640, 360
STILL = 25
"""Frames for which a scene stands still after each approach."""


def films() -> list[tuple[list[Image], list[str]]]:
    """Return one approach of every scenario, and one more without a badge for each third, with their texts."""
    made = []
    for scenario, seed in [*own_seeds(1, 850_000), *(("nocode", 851_000 + number) for number in range(7))]:
        spec: dict[str, Any] = simulator().make_spec(seed, scenario) | {"res": [WIDTH, HEIGHT], "frames": 40}
        if scenario not in {"json", "json_hard"}:
            spec |= {"z0": spec["z0"] / 2, "z1": spec["z1"] / 2, "z_focus": spec["z_focus"] / 2}
        made.append((list(frames(spec)), spec["truth"]))
    return made


def shown(seed: int) -> Iterator[tuple[Image, list[str]]]:
    """Yield frames without end, each with the texts that are right."""
    rng, made = np.random.default_rng(seed), films()
    grain = [rng.normal(0, 1.5, (HEIGHT, WIDTH)).astype(np.int8) for _number in range(8)]
    while True:
        film, truth = made[int(rng.integers(len(made)))]
        gain, mirrored = float(rng.uniform(0.8, 1.15)), bool(rng.integers(2))
        for frame in film + film[-1:] * STILL:
            picture = cv2.convertScaleAbs(frame, alpha=gain)
            picture = cv2.flip(picture, 1) if mirrored else picture
            yield cv2.add(picture, grain[int(rng.integers(8))], dtype=cv2.CV_8U), truth


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    reader, process = Reader(), psutil.Process()
    early, read, wrong = 0.0, 0, 0
    for number, (frame, truth) in enumerate(islice(shown(asked.seed), asked.frames)):
        texts = [code.text for code in reader.read(frame)]
        read += bool(texts)
        wrong += any(text not in truth for text in texts)
        if number % 10_000 == 0 or number == asked.frames // 10:
            gc.collect()
            print(f"{number} frames, {process.memory_info().rss / 1e6:.1f} MB", file=sys.stderr, flush=True)
        if number == asked.frames // 10:
            early = process.memory_info().rss / 1e6
    gc.collect()
    grown = process.memory_info().rss / 1e6 - early
    report(f"memory of Reader, from frame {asked.frames // 10} to {asked.frames}", grown, unit="MB", target=FLAT_MB)
    report("frames that were read", read, unit="frames")
    report("wrong texts", wrong, unit="frames", target=0)


if __name__ == "__main__":
    main()
