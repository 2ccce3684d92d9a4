"""Run the benchmarks one after the other and show what they measured beside its floor (`make bench`).

    run_bench.py [NAME...]        all of benchmarks/*.py, or those whose names begin so

Each prints JSON objects, one a line, on standard output: `what`, `value` and `unit`; where there is a floor measured in
the same run, `floor` and `ratio`; `target`, for the ratio where there is one, and `met` (benchmarks/_report.py). The
table goes to standard output, all lines to out/bench.json. Ends with 1 where a target was missed or a benchmark failed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ("what", "value", "floor", "ratio", "target", "met")


def main(names: Sequence[str]) -> int:
    """Run, print, write; return the exit code."""
    lines: list[dict[str, Any]] = []
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        if "__main__" in script.read_text(encoding="utf-8") and (not names or script.stem.startswith(tuple(names))):
            lines.extend(measure(script))
    out = ROOT / "out" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    print("\n".join(table(lines)))
    return 0 if all(line.get("met") is not False for line in lines) else 1


def measure(script: Path) -> Iterator[dict[str, Any]]:
    """Run one benchmark and yield its lines as they come; one that fails yields a line that says so."""
    print(f"--- {script.stem}", file=sys.stderr, flush=True)
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{script.stem}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                yield {"benchmark": script.stem, **json.loads(line)}
            else:
                print(line, end="", file=sys.stderr)
    print(f"--- {script.stem}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    if process.returncode != 0:
        yield {"benchmark": script.stem, "what": f"{script.stem} failed with code {process.returncode}", "met": False}


def table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the table, columns as wide as what stands in them."""
    rows = [COLUMNS, *(tuple(cell(line, column) for column in COLUMNS) for line in lines)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(COLUMNS))]
    for row in rows:
        what, *others = (text.rjust(width) for text, width in zip(row, widths, strict=True))
        yield "  ".join([what.strip().ljust(widths[0]), *others]).rstrip()


def cell(line: dict[str, Any], column: str) -> str:
    """Return what stands in a column: numbers with three digits, a unit beside what was measured."""
    content = line.get(column)
    if content is None:
        return ""
    if isinstance(content, bool):
        return "yes" if content else "NO"
    text = number(content) if isinstance(content, (int, float)) else str(content)
    return f"{text} {line['unit']}" if column in {"value", "floor"} and line.get("unit") else text


def number(content: float) -> str:
    """Return a number with three digits that count, large ones in full."""
    return f"{content:,.0f}" if isinstance(content, int) or abs(content) >= 1000 else f"{content:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
