"""How small the squares of a code may be: the smallest size read at 90 %, in good and in poor light, webcam-like.

    python -m benchmarks.smallest_module [--each 20] [--frames 6] [--wechat MODELS]

A version 2 code (28 letters and digits, level M) on the simulator's card, up to 3.0 px a square in steps of 0.1, in
focus, held by a hand that trembles, up to 12 degrees askew: the simulator's lens, noise, sharpening and JPEG. Poor light:
the light, noise, gain and long exposure of its `lowlight`. Frames are 640 x 360 of a 720p webcam's pixels, to save time.
`decode` and the peers see each frame alone; a share is of all frames. `Reader` and, beside it, each of the others is given
all frames of an approach: a share is of approaches read by the last. A size is read where it and all larger ones are
read at 90 %. Sizes beyond the third that everybody reads are left out. Processor time is not measured here.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks._peers import Read, peers
from benchmarks._report import report
from benchmarks._simulator import frames, simulator
from checkin.scan import Image, Reader, decode

OURS = "Reader"
SHARE = 0.9
SIZES = {"good": (1.2, 3.0), "poor": (1.4, 3.0)}
"""Pixels a square, from and to, by light; smaller ones nobody read in any frame."""
TARGETS = {"decode": 1.8, OURS: 1.6}
"""Pixels a square, in good light."""
FIRST_SEED = 820_000
WIDTH, HEIGHT = 640, 360
DISTANCE_MM = 225.0
"""Half as far with half the pixels: as many pixels a millimetre as a 720p webcam has at 45 cm."""


def approach(seed: int, module_px: float, light: str) -> Iterator[tuple[Image, str]]:
    """Yield frames without end of a code whose squares are so many pixels wide, and its text."""
    sim = simulator()
    spec: dict[str, Any] = sim.make_spec(seed, "easy")
    if light == "poor":
        dark = sim.make_spec(seed, "lowlight")
        spec |= {name: dark[name] for name in ("light", "noise", "exposure")}
    rng = np.random.default_rng(seed)
    text = "".join(rng.choice(list(sim.ALNUM), 28))
    modules = len(sim.qr_matrix(text, "M"))
    focal = np.hypot(WIDTH, HEIGHT) / 2 / np.tan(sim.FOV_DIAG / 2)
    spec |= {
        "res": [WIDTH, HEIGHT],
        "psf": spec["psf"] * (1280 / WIDTH) ** 0.5,  # the simulator makes it narrower for a smaller picture
        "z0": DISTANCE_MM,
        "z1": DISTANCE_MM,
        "z_focus": DISTANCE_MM,
        "approach": 0.01,  # it is there from the second frame on
        "frames": 60,
        "qr_mm": module_px * modules * DISTANCE_MM / focal,
        "text": text,
        "ecc": "M",
        "truth": [text],
    }
    for gray in islice(frames(spec), 1, None):
        yield gray, text


class Shares:
    """What the readers read of one size in one light."""

    def __init__(self) -> None:
        self.single: dict[str, list[bool]] = defaultdict(list)
        """By reader: each frame."""
        self.several: dict[str, list[bool]] = defaultdict(list)
        """By reader: each approach."""

    def show(self, seed: int, module_px: float, light: str, count: int, others: dict[str, Read]) -> None:
        """Show one approach to everybody."""
        reader, ours = Reader(), False
        hits: dict[str, list[bool]] = defaultdict(list)
        for gray, text in islice(approach(seed, module_px, light), count):
            for name, read in others.items():
                hits[name].append(text in read(gray.copy()))
            ours = ours or any(code.text == text for code in reader.read(gray.copy()))
        self.several[OURS].append(ours)
        for name, each in hits.items():
            self.single[name] += each
            self.several[name].append(any(each))


def smallest(shares: dict[float, list[bool]]) -> float:
    """Return the size from which on at least 90 % is read; beyond the largest where that one is not."""
    found = max(shares) + 0.1
    for size in sorted(shares, reverse=True):
        if np.mean(shares[size]) < SHARE:
            break
        found = size
    return found


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=20, help="approaches of each size and light")
    parser.add_argument("--frames", type=int, default=6)
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--wechat", type=Path, help="folder of its four models; needs opencv-contrib-python 4")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    others: dict[str, Read] = {"decode": lambda gray: [code.text for code in decode(gray)], **peers(asked.wechat)}
    for light, (first, last) in SIZES.items():
        by_size: dict[float, Shares] = {}
        for size in (tenths / 10 for tenths in range(round(10 * first), round(10 * last) + 1)):
            by_size[size] = shares = Shares()
            for seed in range(asked.seed, asked.seed + asked.each):
                shares.show(seed, size, light, asked.frames, others)
            row = [f"{name} {np.mean(each):.2f}" for name, each in shares.single.items()]
            row += [f"{name} x{asked.frames} {np.mean(each):.2f}" for name, each in shares.several.items()]
            print(f"{light} light, {size} px: {', '.join(row)}", flush=True)
            three = list(by_size.values())[-3:]
            if len(three) == 3 and all(np.mean(each) >= SHARE for one in three for each in one.single.values()):
                break
        for name in others:
            least = smallest({size: shares.single[name] for size, shares in by_size.items()})
            target = TARGETS.get(name) if light == "good" else None
            report(f"{name}: smallest square, one frame, {light} light", least, unit="px", target=target)
        for name in (OURS, *others):
            least = smallest({size: shares.several[name] for size, shares in by_size.items()})
            target = TARGETS[OURS] if light == "good" and name == OURS else None
            report(f"{name}: smallest square, {asked.frames} frames, {light} light", least, unit="px", target=target)


if __name__ == "__main__":
    main()
