"""Photographs of codes held before a camera: each shown 15 times to a fresh `Reader`, with noise and a pixel of shake.

    python -m benchmarks.steady [--frames 15] [--noise 3] [--seed 1] [--wechat MODELS]

The pictures and what counts as the same text are those of `photographs.py`. Every frame is the picture shifted by up to
one pixel each way (fractions of it: a hand is not on the sensor's grid) with fresh normal noise, in gray levels. A picture
is read when one of its texts is, by the last frame. Floor: the peers, and `decode`, on the same frames in the same run,
each given as many tries. Names of the pictures that are not read go to standard error. Processor time.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from benchmarks._peers import Read, peers
from benchmarks._report import report
from benchmarks._simulator import folder, percentile, timed
from benchmarks.photographs import pictures, texts
from checkin.scan import Image, Reader

OURS = "Reader"
UNREAD_PERCENT = 4.0


@dataclass
class Figures:
    """What one reader made of the pictures."""

    first: list[int | None] = field(default_factory=list)
    """By picture with a code: the number of the first frame that was read, from 0."""
    wrong: int = 0
    ms: list[float] = field(default_factory=list)

    def unread(self, frames: int) -> float:
        """Return the percentage that was not read within so many frames."""
        read = sum(number is not None and number < frames for number in self.first)
        return 100 - 100 * read / max(1, len(self.first))


def shaken(gray: Image, count: int, noise: float, rng: np.random.Generator) -> Iterator[Image]:
    """Yield `count` frames of a picture with normal noise of `noise` gray levels, up to one pixel beside its place."""
    height, width = gray.shape
    for _number in range(count):
        dx, dy = rng.uniform(-1, 1, 2)
        warp = np.array(((1, 0, dx), (0, 1, dy)), np.float32)
        moved = cv2.warpAffine(gray, warp, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        grain = rng.standard_normal(gray.shape, np.float32) * np.float32(noise)
        yield np.clip(np.rint(moved + grain), 0, 255).astype(np.uint8)


def show(
    frames: Iterator[Image], truths: list[str], readers: dict[str, Read], same: Callable[[str, str], bool]
) -> dict[str, tuple[int | None, int, list[float]]]:
    """Show one picture's frames to every reader, in turn; return first frame read, frames with a wrong text, times."""
    first: dict[str, int | None] = dict.fromkeys(readers)
    wrong = dict.fromkeys(readers, 0)
    took: dict[str, list[float]] = {name: [] for name in readers}
    names = list(readers)
    for number, frame in enumerate(frames):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            found, ms = timed(readers[name], frame)
            right = [any(same(text, truth) for truth in truths) for text in found]
            wrong[name] += not all(right)
            took[name].append(ms)
            if any(right) and first[name] is None:
                first[name] = number
    return {name: (first[name], wrong[name], took[name]) for name in names}


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=15)
    parser.add_argument("--noise", type=float, default=3.0, help="standard deviation, gray levels")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wechat", type=Path, help="folder of its four models; needs opencv-contrib-python 4")
    asked = parser.parse_args()
    shared = folder()
    sys.path.insert(0, str(shared))
    from bench import equiv

    cv2.setNumThreads(1)
    others: dict[str, Read] = {"decode": texts, **peers(asked.wechat)}
    figures: dict[str, Figures] = defaultdict(Figures)
    for index, (name, _kind, truths, gray) in enumerate(pictures(shared.parent, more=False)):
        reader = Reader()
        readers: dict[str, Read] = {OURS: lambda image, eye=reader: [code.text for code in eye.read(image)], **others}
        rng = np.random.default_rng((asked.seed, index))
        seen = show(shaken(gray, asked.frames, asked.noise, rng), truths, readers, equiv)
        for which, (first, wrong, ms) in seen.items():
            if truths:
                figures[which].first.append(first)
            figures[which].wrong += wrong
            figures[which].ms += ms
        if truths and seen[OURS][0] is None:
            by = [which for which in others if seen[which][0] is not None]
            print(f"not read: {name}; by {', '.join(by) or 'nobody'}", file=sys.stderr)
    for which, each in figures.items():
        target = UNREAD_PERCENT if which == OURS else None
        for count in sorted({1, 5, asked.frames}):
            limit = target if count == asked.frames else None
            report(f"{which}: photographs not read by frame {count}", each.unread(count), unit="%", target=limit)
        report(f"{which}: wrong texts", each.wrong, unit="frames", target=0 if which == OURS else None)
        report(f"{which}: a frame, p95", percentile(each.ms, 95), unit="ms")


if __name__ == "__main__":
    main()
