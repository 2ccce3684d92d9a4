"""Search and list at 1,000,000 people: each keystroke, each jump of the scroll bar.

    python benchmarks/search_keystroke.py [PEOPLE]

Names of the roster are typed letter by letter, as they are, swapped, with one or two errors, with an organisation beside
them; then texts that are unkind to an index. A keystroke is measured from the text to the persons, in the file's own
process; there is no floor, the target is one frame of a 60 Hz screen.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._report import report
from benchmarks.people import cached, rows
from checkin.db.engine import Database
from checkin.db.listing import ListFilter, Listing
from checkin.db.search import Search
from checkin.domain.folding import fold

FRAME_MS = 16
TYPED_NAMES = 120
UNKIND = (
    """
a a a a|a b|s b k|an|an an an an|nguyen|nguyen van|nguyen v|ส nguy|min|mini|minist|co ltd|of|example|asc|asc0|asc00|r-00|r-001|000
0001|12|1 2 3|🙂|🙂 an|_|[a-z]*|zzzz|qqqqqq|somchay thogn|การ|ชัย|วงศ์ ชัย|สม ทอง|กระทรวง|thailand|viet|th|mr|dr nguyen|bin|ahmad bin
siti nguyen|สมชาย nguyen|lee|le|e|u|aung aung|mohd siti ilo
""".strip()
    .replace("\n", "|")
    .split("|")
)
PASTES = ("x" * 200, "lorem ipsum " * 17, "Dr. Ann Lee, International Labour Organization, Switzerland")


def typed_names(people: int) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of what would be typed in full."""
    chance = random.Random(7)
    chosen = sorted(chance.sample(range(min(people, 200_000)), TYPED_NAMES))
    wanted = set(chosen)
    for number, row in enumerate(rows(min(people, 200_000))):
        if number not in wanted:
            continue
        name, local, organisation = str(row[2]), str(row[3]), str(row[4])
        yield "as it is", name
        yield "swapped, without accents", " ".join(reversed(fold(name).split()))
        yield "an error", _with_errors(name, 1, chance)
        yield "two errors", _with_errors(name, 2, chance)
        yield "with organisation", f"{name} {organisation.split(maxsplit=1)[0]}"
        if local:
            yield "local script", local
            yield "local script, an error", _with_errors(local, 1, chance)


def _with_errors(text: str, errors: int, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(errors):
        place = chance.randrange(1, len(letters) - 1)
        kind = chance.randrange(3)
        if kind == 0:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif kind == 1:
            del letters[place]
        else:
            letters.insert(place, chance.choice(text).lower())
    return "".join(letters)


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    database = Database(cached(people))
    try:
        measure_search(database, people)
        measure_listing(database, people)
    finally:
        database.close()


def measure_search(database: Database, people: int) -> None:
    search = Search(database)
    start = time.perf_counter()
    search.find("s")
    report(f"search, first keystroke after the start, {people:,} people", _ms(start), unit="ms")
    start = time.perf_counter()
    search.warm()
    report(f"search, reading the word list (in the background), {people:,} people", _ms(start), unit="ms")
    took: dict[str, list[float]] = {}
    slow: list[tuple[float, str]] = []
    for kind, text in [*typed_names(people), *[("unkind", text) for text in (*UNKIND, *PASTES)]]:
        beginnings = [text[:length] for length in range(1, len(text) + 1)] if kind != "unkind" else [text] * 3
        for typed in beginnings:
            start = time.perf_counter()
            search.find(typed)
            ms = _ms(start)
            took.setdefault(kind, []).append(ms)
            slow.append((ms, typed))
            if len(typed) == 1:
                took.setdefault("one letter", []).append(ms)
    for kind, values in took.items():
        _report(f"search keystroke, {kind}, {people:,} people", values, FRAME_MS)
    _report(f"search keystroke, all, {people:,} people", [ms for ms, _text in slow], FRAME_MS)
    if "--slow" in sys.argv:
        for ms, text in sorted(slow, reverse=True)[:40]:
            print(f"{ms:8.1f} ms  {text!r}", file=sys.stderr)


def measure_listing(database: Database, people: int) -> None:
    listing = Listing(database)
    start = time.perf_counter()
    listing.count(ListFilter())
    report(f"list, first opening, {people:,} people", _ms(start), unit="ms")
    chance = random.Random(7)
    for name, wanted in (
        ("everybody", ListFilter()),
        ("one category", ListFilter(category="vip")),
        ("not in", ListFilter(presence="not_in", day="2014-07-08", checkpoint="door-1")),
        ("with a text", ListFilter(text="nguyen")),
    ):
        start = time.perf_counter()
        total = listing.count(wanted)
        report(f"list, first use of a filter, {name}, {people:,} people", _ms(start), unit="ms")
        values = []
        for _ in range(200):
            offset = chance.randrange(max(total - 128, 1))
            start = time.perf_counter()
            listing.rows(wanted, offset, 128)
            values.append(_ms(start))
        _report(f"list, jump and read 128 rows, {name}, {people:,} people", values, 50)


def _report(name: str, values: list[float], target: float) -> None:
    cuts = statistics.quantiles(values, n=100)
    report(f"{name}, p50", statistics.median(values), unit="ms")
    report(f"{name}, p95", cuts[94], unit="ms", target=target)
    report(f"{name}, max", max(values), unit="ms")


def _ms(start: float) -> float:
    return (time.perf_counter() - start) * 1e3


if __name__ == "__main__":
    main()
