"""Which journal this data folder may append to, decided at opening.

A journal whose tail was lost (its write-ahead log deleted after a crash) or damaged on disk is never continued: a
sequence number would be used twice. It is kept as it is, and a new journal begins with a PARENT entry that names it.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import uuid6

from checkin.clock import BOOT_ID, Clock
from checkin.db.badges import skip_serials
from checkin.db.engine import Database
from checkin.db.journal import OwnJournal, append
from checkin.domain.journal import GENESIS, Body, Kind, chain_hash

TAIL = 500
"""So many of the newest entries are verified at each opening; `checkin doctor` verifies all."""

Trouble = Literal["", "lost", "damaged", "moved"]
"""moved: the file was last open on another laptop, which may write on in the same journal."""
_MACHINE: Final = "machine"


@dataclass(frozen=True, slots=True)
class Opened:
    """Our journal, and what was found wrong with the one before it."""

    journal: OwnJournal
    trouble: Trouble = ""


class OpenMarker:
    """A file that stands while the database is open, so that the next opening knows how the last one ended."""

    def __init__(self, database: Path) -> None:
        """Look at the files beside `database` before it is opened."""
        self._path = database.with_suffix(".open")
        wal = database.with_name(database.name + "-wal")
        self.log_lost = database.exists() and self._path.exists() and not wal.exists()

    def set(self) -> None:
        """Note that the database is open now. A folder that cannot be written to is reported by the database itself."""
        try:
            self._path.touch()
        except OSError:
            return

    def clear(self) -> None:
        """Note that it was closed in order."""
        self._path.unlink(missing_ok=True)


def open_own(database: Database, clock: Clock, name: str, number: int, *, log_lost: bool, machine: str = "") -> Opened:
    """Return the journal to append to; a renamed desk keeps its journal.

    `machine`: which laptop this is. On another one than the last time a new journal begins, under a new desk number.
    """
    with database.write_fast() as raw:
        moved = _moved(raw, machine)
        row = raw.execute("SELECT id, journal_id, desk, desk_number FROM journal WHERE mine = 1").fetchone()
        if row is None:
            return Opened(_new(raw, name, number))
        old = OwnJournal(row[0], row[1], name or row[2], row[3])
        trouble: Trouble = (
            "lost" if log_lost else "damaged" if not tail_verifies(raw, old) else "moved" if moved else ""
        )
        if trouble:
            new = _succeed(raw, old, clock, new_number() if moved else old.desk_number)
            return Opened(new, trouble)
        if old.desk != row[2]:
            raw.execute("UPDATE journal SET desk = ? WHERE id = ?", (old.desk, old.pk))
        return Opened(old)


def rename(raw: Any, journal: OwnJournal, name: str) -> OwnJournal:
    """Give this desk another name; a renamed desk keeps its journal, and what it wrote shows the new name."""
    raw.execute("UPDATE journal SET desk = ? WHERE id = ?", (name, journal.pk))
    return replace(journal, desk=name)


def succeed_own(raw: Any, clock: Clock) -> None:
    """End the journal of this data folder and begin its successor: a restored copy must not use a number twice."""
    row = raw.execute("SELECT id, journal_id, desk, desk_number FROM journal WHERE mine = 1").fetchone()
    if row is not None:
        old = OwnJournal(*row)
        _succeed(raw, old, clock, old.desk_number)


def new_number() -> int:
    """Return a desk number that no other desk is likely to have: two bytes, the low thousand is left to organisers."""
    return secrets.randbelow(64_000) + 1_000


def _moved(raw: Any, machine: str) -> bool:
    """Say whether the file was last open on another laptop, and remember this one."""
    row = raw.execute("SELECT value FROM desk_state WHERE key = ?", (_MACHINE,)).fetchone()
    if not machine or (row and row[0] == machine):
        return False
    raw.execute("INSERT OR REPLACE INTO desk_state (key, value) VALUES (?, ?)", (_MACHINE, machine))
    return row is not None


def _succeed(raw: Any, old: OwnJournal, clock: Clock, number: int) -> OwnJournal:
    """Begin a journal whose first entry names its parent."""
    new = begin(raw, old, number)
    now = round(clock.now().timestamp() * 1000)
    append(raw, new, Body(Kind.PARENT, str(uuid6.uuid7()), target=old.journal_id, at_ms=now, boot=BOOT_ID), None)
    return new


def begin(raw: Any, old: OwnJournal, number: int) -> OwnJournal:
    """Begin the journal that is written from now on, under a desk number; the old one is only read. PARENT has to follow."""
    raw.execute("UPDATE journal SET mine = 0 WHERE id = ?", (old.pk,))
    new = _new(raw, old.desk, number)
    raw.execute("UPDATE journal SET key = (SELECT key FROM journal WHERE id = ?) WHERE id = ?", (old.pk, new.pk))
    skip_serials(raw)
    return new


def tail_verifies(raw: Any, journal: OwnJournal, limit: int = TAIL) -> bool:
    """Say whether the newest entries follow each other without a gap and with the hashes they must have."""
    rows = raw.execute(
        "SELECT seq, entry_id, body, hash FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT ?",
        (journal.pk, limit + 1),
    ).fetchall()[::-1]
    if not rows:
        return True
    seq, previous = (0, GENESIS) if rows[0][0] == 1 else (rows[0][0], bytes(rows[0][3]))
    for row in rows if rows[0][0] == 1 else rows[1:]:
        expected = chain_hash(previous, journal.journal_id, row[0], bytes(row[1]).hex(), bytes(row[2]))
        if row[0] != seq + 1 or expected != bytes(row[3]):
            return False
        seq, previous = row[0], expected
    return True


def _new(raw: Any, name: str, number: int) -> OwnJournal:
    journal_id = str(uuid.uuid4())
    cursor = raw.execute(
        "INSERT INTO journal (journal_id, desk, desk_number, mine) VALUES (?, ?, ?, 1)", (journal_id, name, number)
    )
    return OwnJournal(cursor.lastrowid, journal_id, name, number)
