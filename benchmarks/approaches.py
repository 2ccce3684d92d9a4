"""A badge comes up to a webcam, 21 ways, 60 frames each: how soon is it read, beside other readers in the same run?

Time is that of a live camera: a reader that is busy misses frames (processor time of each call). The free oracle is any
of the readers, ours and `decode` among them, on every frame and at no cost. `--seeds FILE` (scenario, seed) takes other
approaches than the 21 x `--each` of our own; without `--full` the others are left out of frames on which time is not
counted. Also: processor time of empty frames, and whether hints are right where nothing is read and silent elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._hints import FPS, Hints
from benchmarks._peers import Read, peers
from benchmarks._report import report
from benchmarks._simulator import frames, own_seeds, percentile, seeds, simulator, timed
from checkin.scan import Hint, HintFilter, Image, Reader, decode

OURS, FREE = "Check-in", "decode"


@dataclass
class Figures:
    """What one reader did."""

    soon: dict[str, list[float | None]] = field(default_factory=lambda: defaultdict(list))
    """By scenario: seconds to the first right text of each approach."""
    behind_ms: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    empty_ms: list[float] = field(default_factory=list)
    wrong: int = 0

    def share(self, within_s: float, scenario: str = "") -> float:
        """Return the share of approaches that were read within so many seconds."""
        times = self.soon[scenario] if scenario else [one for many in self.soon.values() for one in many]
        return sum(one is not None and one <= within_s for one in times) / max(1, len(times))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=Path, help="a CSV file with the columns scenario and seed")
    parser.add_argument("--each", type=int, default=1, help="approaches of each scenario, without --seeds")
    parser.add_argument("--alone", action="store_true", help="our reader alone, without oracle (quick)")
    parser.add_argument("--wechat", type=Path, help="folder of its four models; needs opencv-contrib-python 4")
    parser.add_argument("--only", default="", help="one scenario")
    arguments = parser.parse_args()
    chosen = seeds(arguments.seeds) if arguments.seeds else own_seeds(arguments.each)
    others = {} if arguments.alone else peers(arguments.wechat) | {FREE: _decoded}
    figures: dict[str, Figures] = defaultdict(Figures)
    hints = Hints()
    for scenario, seed in chosen:
        if arguments.only in {"", scenario}:
            approach(simulator().make_spec(seed, scenario), figures, hints, others)
    print("\n".join(hints.lines), file=sys.stderr)
    table(figures)
    rows(figures, hints)
    return 0


def approach(spec: dict[str, Any], figures: dict[str, Figures], hints: Hints, others: dict[str, Read]) -> None:
    """Show one approach to every reader, in an order that changes from frame to frame."""
    reader, calm = Reader(), HintFilter()
    readers: dict[str, Read] = {OURS: lambda gray: [code.text for code in reader.read(gray)], **others}
    hits: dict[str, list[bool]] = defaultdict(list)
    took: dict[str, list[float]] = defaultdict(list)
    shown: list[Hint | None] = []
    names = list(readers)
    for number, gray in enumerate(frames(spec)):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            texts, ms = timed(readers[name], gray)
            hits[name].append(any(text in spec["truth"] for text in texts))
            took[name].append(ms)
            figures[name].wrong += any(text not in spec["truth"] for text in texts)
        shown.append(calm.see(reader.hint, number / FPS, read=hits[OURS][-1]))
    free = next((number / FPS for number in range(len(shown)) if any(hit[number] for hit in hits.values())), None)
    for name in names:
        if spec["res"][0] == 1280:
            figures[name].ms += took[name]
        if spec["nocode"]:
            figures[name].empty_ms += took[name] if spec["res"][0] == 1280 else []
            continue
        first = simulator().realtime(hits[name], took[name])
        figures[name].soon[spec["scenario"]].append(first)
        if free is not None:
            figures[name].behind_ms.append(1000 * ((len(shown) / FPS if first is None else first) - free))
    hints.judge(spec, hits[OURS], shown)


def _decoded(gray: Image) -> list[str]:
    return [code.text for code in decode(gray)]


def table(figures: dict[str, Figures]) -> None:
    """Print by scenario what was read within 1 s / 2 s, of how many."""
    print(f"{'scenario':14s}" + "".join(f"{name:>16s}" for name in figures))
    for scenario in figures[OURS].soon:
        cells = ""
        for each in figures.values():
            many = len(each.soon[scenario])
            cell = f"{each.share(1, scenario) * many:.0f}/{each.share(9, scenario) * many:.0f}/{many}"
            cells += f"{cell:>16s}"
        print(f"{scenario:14s}{cells}")


def rows(figures: dict[str, Figures], hints: Hints) -> None:
    """Print the rows of the table of issue 5, ours and the others'."""
    for name, each in figures.items():
        ours = name == OURS
        report(
            f"{name}: approaches not read within 1 s", 100 - 100 * each.share(1), unit="%", target=20 if ours else None
        )
        report(
            f"{name}: approaches not read within 2 s", 100 - 100 * each.share(9), unit="%", target=9 if ours else None
        )
        for share, target in ((50, 6.0), (90, 35.0)):
            behind = percentile(each.behind_ms, share)
            report(f"{name}: behind the free oracle, p{share}", behind, unit="ms", target=target if ours else None)
        report(f"{name}: wrong texts", each.wrong, unit="frames", target=0 if ours else None)
        report(f"{name}: a 720p frame, p95", percentile(each.ms, 95), unit="ms", target=25 if ours else None)
        if each.empty_ms:
            mean = sum(each.empty_ms) / len(each.empty_ms)
            share_of_core = mean * FPS / 10
            report(f"{name}: empty moving 720p", share_of_core, unit="% of a core", target=15 if ours else None)
    worst = [
        scenario
        for scenario in figures[OURS].soon
        for within in (1.0, 9.0)
        if any(each.share(within, scenario) > figures[OURS].share(within, scenario) for each in figures.values())
    ]
    report(
        "scenarios in which another reads more: " + (", ".join(sorted(set(worst))) or "none"),
        len(worst),
        unit="",
        target=0,
    )
    if hints.right:
        wrong = 100 - 100 * sum(hints.right) / len(hints.right)
        report(f"hints wrong or missing, {len(hints.right)} failing", wrong, unit="%", target=10)
    if hints.silent:
        spoke = 100 - 100 * sum(hints.silent) / len(hints.silent)
        report(f"hints in {len(hints.silent)} good ones", spoke, unit="%", target=1)


if __name__ == "__main__":
    sys.exit(main())
