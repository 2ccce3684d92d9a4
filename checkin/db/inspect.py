"""Look into an event's file without changing it: is it whole, does every journal verify, do the counts follow from it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from checkin.db.engine import driver
from checkin.db.migrate import KNOWN
from checkin.domain.journal import Body, Break, Entry, Kind, verify

Trouble = str
"""How a file can be unfit: "missing", "no_database", "damaged", "no_event", "newer"."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an event's file holds, as far as it can be read."""

    trouble: Trouble = ""
    detail: str = ""
    """What SQLite said; for the log and the doctor."""
    definition: str = ""
    """The event's TOML."""
    people: int = 0
    entries: int = 0
    heads: tuple[tuple[str, int], ...] = ()
    """(journal id, number of entries) of each journal."""
    breaks: tuple[Break, ...] = ()
    """Places where a journal's chain does not verify."""
    given_up: tuple[Break, ...] = ()
    """The same in journals that were damaged, noticed, and followed by a new one: known, and kept as they are."""
    differences: int = 0
    """People and posts for which the projection is not what the journal says; not looked for where a journal is broken."""


@contextmanager
def reading(path: Path, *, alone: bool = False) -> Iterator[Any]:
    """Open a file with the bare driver, for reading only. `alone`: nobody writes to it and no log lies beside it.

    Raises the driver's errors.
    """
    mode = "mode=ro&immutable=1" if alone else "mode=ro"
    connection = driver().connect(
        f"file:{quote(path.absolute().as_posix())}?{mode}", uri=True, isolation_level=None, timeout=5
    )
    try:
        yield connection
    finally:
        connection.close()


def inspect_file(path: Path, *, alone: bool = False, projection: bool = True) -> Contents:
    """Return what the file holds and what is wrong with it. Never fails on what is in the file."""
    if not path.is_file():
        return Contents("missing")
    # Where no log lies beside it nobody has it open; SQLite would leave an empty log behind.
    alone = alone or not path.with_name(path.name + "-wal").exists()
    try:
        with reading(path, alone=alone) as raw:
            raw.execute("BEGIN")
            return inspect_open(raw, projection=projection)
    except driver().Error as error:
        text = str(error)
        return Contents("no_database" if "not a database" in text else "damaged", text)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
    ) as error:  # values that no program of ours wrote
        return Contents("damaged", str(error))


def inspect_open(raw: Any, *, projection: bool = True) -> Contents:
    """Like `inspect_file`, on an open connection in a transaction of its own. Raises the driver's errors."""
    check = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    if check != "ok":
        return Contents("damaged", str(check))
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "event", "entry", "journal"} <= tables:
        return Contents("no_event")
    version = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    if version is None or version[0] not in KNOWN:
        return Contents("newer" if version else "no_event")
    definition = raw.execute("SELECT definition FROM event").fetchone()
    if definition is None:
        return Contents("no_event")
    heads = raw.execute(
        "SELECT j.journal_id, COUNT(e.seq) FROM journal j LEFT JOIN entry e ON e.journal = j.id GROUP BY j.id ORDER BY j.id"
    ).fetchall()
    broken = tuple(verify_journals(raw))
    parents = _parents(raw)
    return Contents(
        definition=definition[0],
        people=raw.execute("SELECT COUNT(*) FROM attendee").fetchone()[0],
        entries=sum(head[1] for head in heads),
        heads=tuple((head[0], head[1]) for head in heads),
        breaks=tuple(found for found in broken if found.journal_id not in parents),
        given_up=tuple(found for found in broken if found.journal_id in parents),
        differences=projection_differences(raw) if projection and not broken else 0,
    )


def verify_journals(raw: Any) -> Iterator[Break]:
    """Yield every gap and every wrong hash of every journal, from its first entry on."""
    rows = raw.execute(
        "SELECT j.journal_id, e.seq, e.kind, e.entry_id, e.body, e.hash FROM entry e JOIN journal j ON j.id = e.journal"
        " ORDER BY e.journal, e.seq"
    )
    return verify(
        # The hash covers number, id and body as they are stored; what the body says need not be understood here.
        Entry(row[0], row[1], Body(_kind(row[2]), _blob(row[3]).hex()), _blob(row[4]), _blob(row[5]))
        for row in rows
    )


def _parents(raw: Any) -> set[str]:
    """Return the journals that a later one names as its parent in its first entry."""
    rows = raw.execute(
        "SELECT body FROM entry WHERE seq = 1 AND kind = 'PARENT' AND journal IN (SELECT id FROM journal)"
    )
    return {Body.from_bytes(row[0]).target for row in rows}


def projection_differences(raw: Any) -> int:
    """Return for how many people and posts the projection is not what the journal says, and likewise the counters.

    Person by person, so that a journal of millions needs no memory: who is present is what counts; who is still inside
    also depends on clocks and is not compared.
    """
    moves = raw.execute(
        "SELECT e.attendee, e.body, u.target IS NOT NULL FROM entry e LEFT JOIN undone u ON u.target = e.entry_id"
        " WHERE e.kind = 'CHECK_IN' AND e.attendee IS NOT NULL ORDER BY e.attendee"
    )
    projected = raw.execute("SELECT attendee, day, checkpoint, admissions FROM presence ORDER BY attendee")
    wrong = 0
    told = _by_person((row[0], _post(row[1])) for row in moves if not row[2])
    kept = _by_person((row[0], (row[1], row[2])) for row in projected for _time in range(row[3]))
    one, other = next(told, None), next(kept, None)
    while one or other:
        if other is None or (one is not None and one[0] < other[0]):
            wrong += len(set(one[1])) if one else 0
            one = next(told, None)
        elif one is None or other[0] < one[0]:
            wrong += len(set(other[1]))
            other = next(kept, None)
        else:
            wrong += len({post for post in {*one[1], *other[1]} if one[1].count(post) != other[1].count(post)})
            one, other = next(told, None), next(kept, None)
    return wrong + _wrong_marks(raw) + _wrong_counters(raw)


def _wrong_marks(raw: Any) -> int:
    """Return how many undo entries left no mark, and how many marks have no undo entry."""
    undos = raw.execute("SELECT body FROM entry WHERE kind = 'UNDO'")
    targets = {Body.from_bytes(row[0]).target.replace("-", "") for row in undos}
    marked = {bytes(row[0]).hex() for row in raw.execute("SELECT target FROM undone")}
    return len(targets ^ marked)


def _wrong_counters(raw: Any) -> int:
    """Return at how many posts the counters are not the number of people present."""
    tallied = raw.execute("SELECT day, checkpoint, SUM(came), SUM(inside) FROM tally GROUP BY 1, 2")
    counted = raw.execute("SELECT day, checkpoint, COUNT(*), SUM(inside) FROM presence GROUP BY 1, 2")
    left = {tuple(row) for row in tallied if row[2] or row[3]}
    return len({row[:2] for row in left ^ {tuple(row) for row in counted}})


def _by_person(pairs: Iterator[tuple[int, tuple[str, str]]]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    for person, group in groupby(pairs, key=lambda pair: pair[0]):
        yield person, [pair[1] for pair in group]


def _post(data: bytes) -> tuple[str, str]:
    body = Body.from_bytes(data)
    return body.day, body.checkpoint


def _blob(value: Any) -> bytes:
    """Return the bytes of a column; a text in its place was put there by somebody else, and will not verify."""
    return value.encode() if isinstance(value, str) else bytes(value)


def _kind(text: str) -> Kind:
    return Kind(text) if text in Kind.__members__ else Kind.NOTE
