"""Photographs of codes that others took, in 720p frames: what `decode` reads, beside its peers, and what each step adds.

    python -m benchmarks.photographs [--wechat MODELS]            decode beside pyzbar, zxing-cpp and WeChat
    python -m benchmarks.photographs --order [--kept FILE]        every step that was thought of: the table of the order
    python SHARED/qr/bench.py benchmarks.photographs:texts SHARED/qr --frame 720

The pictures, their truths and what counts as the same text are the shared folder's (`qr/bench.py`); a picture is read
when one of its texts is. Times are processor time of one thread. `--order` also takes each picture turned, smaller,
darker and noisier, and the shared simulated stills, so that the order is not that of 204 pictures; the figures of the
cross-validation are of photographs that had no say in the order they are read with.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks._peers import peers
from benchmarks._report import report
from benchmarks._steps import candidates
from checkin.scan import decode
from checkin.scan.cascade import steps
from checkin.scan.code import Image

ROUNDS, FOLDS = 4, 5
KINDS = ("photograph", "turned", "simulated")


def texts(image: Image) -> list[str]:
    """Return what `decode` reads, for the shared folder's bench.py."""
    return [code.text for code in decode(image)]


@dataclass(frozen=True)
class Picture:
    """A picture, and what each reader made of it: whether a right text, whether a wrong one, and in how many ms."""

    name: str
    kind: str
    truths: list[str]
    read: dict[str, tuple[bool, bool, float]]


Reads = Callable[[Image], Sequence[str]]


def pictures(shared: Path, *, more: bool) -> Iterator[tuple[str, str, list[str], Image]]:
    """Yield name, kind ("photograph", "turned", "simulated", "empty"), truths and the gray 720p frame."""
    from bench import to_frame

    for folder, kind in (("", "photograph"), ("frames", "simulated")):
        if folder and not more:
            continue
        with (shared / "qr" / folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            truths = json.loads(row["expected"])
            frame = to_frame(cv2.imread(str(shared / "qr" / folder / row["file"])), "720")
            gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
            yield row["file"], kind if truths else "empty", truths, gray
            if more and not folder:
                yield row["file"], "turned" if truths else "empty", truths, _worse(gray, number)


def _worse(gray: Image, seed: int) -> Image:
    """The picture turned somehow, smaller, softer, in other light, with noise and a JPEG's traces."""
    rng = np.random.default_rng(seed)
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(0, 360)), float(rng.uniform(0.5, 0.9)))
    soft = cv2.GaussianBlur(gray, (0, 0), 0.7)
    turned = cv2.warpAffine(soft, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    noisy = turned * float(rng.uniform(0.5, 1.1)) + rng.normal(0, 4, gray.shape)
    _ok, jpeg = cv2.imencode(".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [1, int(rng.integers(50, 90))])
    return cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE)


def measure(shared: Path, readers: dict[str, Reads], *, more: bool) -> list[Picture]:
    """Show every picture to every reader, in an order that goes round."""
    from bench import equiv

    seen: list[Picture] = []
    names = list(readers)
    for number, (name, kind, truths, gray) in enumerate(pictures(shared, more=more)):
        if number == 0:
            for reader in readers.values():
                reader(gray.copy())
        read: dict[str, tuple[bool, bool, float]] = {}
        turn = number % len(names)
        for which in names[turn:] + names[:turn]:
            picture = gray.copy()
            began = time.thread_time()
            found = [text for text in readers[which](picture) if text]
            spent = 1000 * (time.thread_time() - began)
            right = [any(equiv(text, truth) for truth in truths) for text in found]
            read[which] = any(right), not all(right), spent
        seen.append(Picture(name, kind, truths, read))
    return seen


def beside_peers(shared: Path, wechat: Path | None) -> None:
    """Report `decode` and the others on the photographs."""
    readers: dict[str, Reads] = {"decode": texts, **peers(wechat)}
    seen = measure(shared, readers, more=False)
    for name in readers:
        coded = [picture.read[name] for picture in seen if picture.truths]
        empty = [picture.read[name] for picture in seen if not picture.truths]
        times = [ms for _right, _wrong, ms in coded]
        is_ours = name == "decode"
        share = 100 * statistics.fmean(right for right, _wrong, _ms in coded)
        report(f"{name}: photographs not read", 100 - share, unit="%", target=6 if is_ours else None)
        wrong = sum(wrong for _right, wrong, _ms in coded + empty)
        report(f"{name}: with a wrong text", wrong, unit="pictures", target=0 if is_ours else None)
        report(f"{name}: mean", statistics.fmean(times), unit="ms", target=6 if is_ours else None)
        report(f"{name}: p95", float(np.percentile(times, 95)), unit="ms", target=40 if is_ours else None)
        report(f"{name}: without a code, mean", statistics.fmean(ms for _, _, ms in empty), unit="ms")


def order(seen: Sequence[Picture], names: Sequence[str], most: int) -> list[str]:
    """Return the steps that pay, in turn the one that reads most of what is left for its time there."""
    chosen, left = [names[0]], [picture for picture in seen if not picture.read[names[0]][0]]
    while left and len(chosen) < most:
        worth = {name: _worth(left, name) for name in names if name not in chosen}
        best = max(worth, key=lambda name: worth[name])
        if worth[best] <= 0:
            break
        chosen.append(best)
        left = [picture for picture in left if not picture.read[best][0]]
    return chosen


def _worth(left: Sequence[Picture], name: str) -> float:
    """Pictures that a step reads, by the root of its time: by the time itself, cheap steps that read one come first."""
    gain = sum(picture.read[name][0] for picture in left)
    return gain / (statistics.fmean(picture.read[name][2] for picture in left) + 0.2) ** 0.5


def outcome(seen: Sequence[Picture], chosen: Sequence[str]) -> tuple[float, float, float]:
    """Return what a cascade reads (%), and its mean and p95 (ms)."""
    times, hits = [], 0
    for picture in seen:
        spent = 0.0
        for name in chosen:
            right, _wrong, ms = picture.read[name]
            spent += ms
            if right:
                hits += 1
                break
        times.append(spent)
    return 100 * hits / len(seen), statistics.fmean(times), float(np.percentile(times, 95))


def show_order(seen: Sequence[Picture], names: Sequence[str]) -> None:
    """Print the table of the order, that of the steps as they are, and the cross-validation."""
    kinds = {kind: [picture for picture in seen if picture.kind == kind] for kind in (*KINDS, "empty")}
    coded = [picture for picture in seen if picture.truths]
    print("\nalone:")
    for name in names:
        wrong = sum(picture.read[name][1] for picture in seen)
        shares = "".join(f"{outcome(kinds[kind], [name])[0]:8.1f}" for kind in KINDS)
        print(f"{name:28s}{shares}   {outcome(coded, [name])[1]:6.2f} ms, wrong {wrong}")
    ours = [name for name in names if name.startswith("* ")]
    for title, chosen in (("as it is", ours), ("greedy", order(coded, names, 12))):
        print(f"\n{title}: step, read of photographs / turned / simulated so far (%), ms mean / p95, ms of empty ones")
        for count in range(1, len(chosen) + 1):
            shares = "".join(f"{outcome(kinds[kind], chosen[:count])[0]:8.1f}" for kind in KINDS)
            _share, mean, p95 = outcome(kinds["photograph"], chosen[:count])
            empty = outcome(kinds["empty"], chosen[:count])[1]
            print(f"{chosen[count - 1]:28s}{shares}   {mean:5.2f} {p95:6.2f}   {empty:6.2f}")
    print(f"\ncross-validated, {ROUNDS} x {FOLDS} folds: steps, photographs read (%), ms mean")
    rng = random.Random(1)
    shuffled = [rng.sample(kinds["photograph"], len(kinds["photograph"])) for _ in range(ROUNDS)]
    for most in (4, 5, 6, 7, 8, 10):
        results = []
        for photographs in shuffled:
            for fold in range(FOLDS):
                held_out = {picture.name for picture in photographs[fold::FOLDS]}
                learned = order([picture for picture in coded if picture.name not in held_out], names, most)
                results.append(outcome(photographs[fold::FOLDS], learned))
        print(f"{most:3d}{statistics.fmean(r[0] for r in results):8.1f}{statistics.fmean(r[1] for r in results):8.2f}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CHECKIN_SHARED", "../shared")))
    parser.add_argument("--order", action="store_true")
    parser.add_argument("--wechat", type=Path, help="folder of its four models; needs opencv-contrib-python 4")
    parser.add_argument("--kept", type=Path, help="where --order keeps what it measured, to look at it again")
    asked = parser.parse_args()
    if not (asked.shared / "qr" / "bench.py").is_file():
        print(f"no photographs in {asked.shared.name}/qr", file=sys.stderr)
        return
    sys.path.insert(0, str(asked.shared / "qr"))
    cv2.setNumThreads(1)
    if not asked.order:
        beside_peers(asked.shared, asked.wechat)
        return
    ours = {f"* {number} {type(step).__name__}": step for number, step in enumerate(steps(), 1)}
    every = {**ours, **candidates()}
    if asked.kept and asked.kept.is_file():
        seen = [Picture(*kept) for kept in json.loads(asked.kept.read_text(encoding="utf-8"))]
    else:
        readers: dict[str, Reads] = {
            name: lambda gray, step=step: [code.text for code in step.read(gray).codes] for name, step in every.items()
        }
        seen = measure(asked.shared, readers, more=True)
        if asked.kept:
            asked.kept.write_text(json.dumps([astuple(picture) for picture in seen]), encoding="utf-8")
    show_order(seen, list(every))


if __name__ == "__main__":
    main()
