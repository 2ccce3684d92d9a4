"""One figure as one JSON line, so that `make bench` can collect them (tools/run_bench.py reads these keys)."""

from __future__ import annotations

import json


def report(what: str, value: float, *, unit: str, floor: float | None = None, target: float | None = None) -> None:
    """Print a figure. With a floor the target is a ratio to it, else a bound in the figure's own unit."""
    ratio = value / floor if floor else None
    measured = ratio if ratio is not None else value
    print(
        json.dumps(
            {
                "what": what,
                "value": round(value, 4),
                "unit": unit,
                "floor": None if floor is None else round(floor, 4),
                "ratio": None if ratio is None else round(ratio, 3),
                "target": target,
                "met": None if target is None else measured <= target,
            }
        ),
        flush=True,
    )
