"""Read journals for sending, remember what desks say of themselves, and begin a successor where one forked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import uuid6
from sqlalchemy import Connection

from checkin.clock import BOOT_ID
from checkin.db import people
from checkin.db.journal import OwnJournal, append
from checkin.db.models import RARE
from checkin.db.own_journal import begin, new_number
from checkin.db.remote import reappend, set_aside
from checkin.domain.journal import Body, Kind


@dataclass(frozen=True, slots=True)
class Known:
    """A journal that is known here."""

    pk: int
    journal_id: str
    mine: bool
    key: bytes
    seq: int
    hash: bytes
    heard_ms: int | None
    confirmed: int
    """How far the hub has it."""

    @property
    def head(self) -> tuple[int, bytes]:
        """Return its last number and hash."""
        return self.seq, self.hash


def number(connection: Connection, journal_pk: int) -> int:
    """Return the number of the desk that writes, or wrote, a journal."""
    row = people.raw_of(connection).execute("SELECT desk_number FROM journal WHERE id = ?", (journal_pk,)).fetchone()
    return int(row[0])


def known(connection: Connection) -> dict[str, Known]:
    """Return every journal with its head, empty ones included."""
    raw = people.raw_of(connection)
    rows = raw.execute(
        "SELECT j.id, j.journal_id, j.mine, j.key, e.seq, e.hash, j.heard_ms, j.confirmed FROM journal j LEFT JOIN entry e"
        " ON e.journal = j.id AND e.seq = (SELECT max(seq) FROM entry WHERE journal = j.id) ORDER BY j.id"
    ).fetchall()
    return {
        row[1]: Known(
            row[0], row[1], bool(row[2]), bytes(row[3]), row[4] or 0, bytes(row[5] or bytes(32)), row[6], row[7]
        )
        for row in rows
    }


def entries(
    connection: Connection, journal_pk: int, first: int, limit: int
) -> list[tuple[int, bytes, bytes, bytes, bytes | None, str | None]]:
    """Return (seq, entry_id, body, hash, salt, private text) from a number on."""
    raw = people.raw_of(connection)
    rows = raw.execute(
        "SELECT e.seq, e.entry_id, e.body, e.hash, v.salt, v.text FROM entry e LEFT JOIN private v ON v.entry_id = e.entry_id"
        " WHERE e.journal = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?",
        (journal_pk, first, limit),
    ).fetchall()
    return [(row[0], bytes(row[1]), bytes(row[2]), bytes(row[3]), row[4], row[5]) for row in rows]


def hash_at(connection: Connection, journal_pk: int, seq: int) -> bytes | None:
    """Return the hash of one entry; 32 zero bytes before the first, None where it is not here."""
    if seq == 0:
        return bytes(32)
    raw = people.raw_of(connection)
    row = raw.execute("SELECT hash FROM entry WHERE journal = ? AND seq = ?", (journal_pk, seq)).fetchone()
    return bytes(row[0]) if row else None


def add_journal(connection: Connection, journal_id: str) -> int:
    """Return the row of somebody else's journal, made where it is new."""
    raw = people.raw_of(connection)
    row = raw.execute("SELECT id FROM journal WHERE journal_id = ?", (journal_id,)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = raw.execute(
        "INSERT INTO journal (journal_id, desk, desk_number, mine) VALUES (?, '', 0, 0)", (journal_id,)
    )
    return int(cursor.lastrowid)


def heard(
    connection: Connection, journal_id: str, *, desk: str, number: int, key: bytes, announced: int, heard_ms: int,
    state: str, revoked: bool,
) -> None:  # fmt: skip
    """Remember what a hub says of a desk's journal; of our own only when it was heard."""
    pk = add_journal(connection, journal_id)
    people.raw_of(connection).execute(
        "UPDATE journal SET heard_ms = ?1, revoked = ?2, desk = iif(mine = 1, desk, ?3), desk_number = iif(mine = 1,"
        " desk_number, ?4), key = ?5, announced = max(announced, ?6), state = iif(mine = 1, state, ?7) WHERE id = ?8",
        (heard_ms, int(revoked), desk, number, key, announced, state, pk),
    )


def confirm(connection: Connection, journal_pk: int, seq: int) -> None:
    """Remember how far the hub has a journal."""
    people.raw_of(connection).execute(
        "UPDATE journal SET confirmed = ? WHERE id = ? AND confirmed <> ?", (seq, journal_pk, seq)
    )


def mark_own(raw: Any, journal_pk: int, key: bytes) -> None:
    """Note under which desk key our journal is announced."""
    raw.execute("UPDATE journal SET key = ? WHERE id = ? AND key <> ?", (key, journal_pk, key))


def succeed_fork(connection: Connection, old: OwnJournal, common: int, now_ms: int) -> OwnJournal:
    """Leave our journal to whoever else writes it, and re-append what stands after `common` in a new one.

    The facts keep their entry_ids, so nothing is lost or counted twice. The desk number is new too: the other laptop
    issues badges under the old one.
    """
    raw = people.raw_of(connection)
    tail = set_aside(connection, old.pk, common)
    new = begin(raw, old, new_number())
    append(raw, new, Body(Kind.PARENT, str(uuid6.uuid7()), target=old.journal_id, at_ms=now_ms, boot=BOOT_ID), None)
    reappend(connection, new, tail)
    return new


def append_mark(connection: Connection, journal: OwnJournal, kind: Kind, target: str, now_ms: int) -> None:
    """Write why what follows is in our journal: RESCUE, with the journal it was taken from."""
    append(
        people.raw_of(connection),
        journal,
        Body(kind, str(uuid6.uuid7()), target=target, at_ms=now_ms, boot=BOOT_ID),
        None,
    )


def texts_erased(connection: Connection, journal_pk: int) -> list[bytes]:
    """Return the entry_ids of a journal beside which a text lay that is no longer here."""
    rows = people.raw_of(
        connection
    ).execute(
        "SELECT entry_id FROM (SELECT entry_id, body FROM entry WHERE journal = ?1"
        " UNION SELECT entry_id, body FROM forked WHERE journal = ?1) e"  # what lost its place lies at a hub as evidence
        " WHERE json_extract(CAST(body AS TEXT), '$.c') IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM private v WHERE v.entry_id = e.entry_id)",
        (journal_pk,),
    )
    return [bytes(row[0]) for row in rows.fetchall()]


def erasures(connection: Connection) -> int:
    """Return how many ERASE entries there are."""
    query = f"SELECT count(*) FROM entry WHERE {RARE} AND kind = 'ERASE'"  # noqa: S608 - constant
    return int(people.raw_of(connection).execute(query).fetchone()[0])


def last_erasure_ms(connection: Connection) -> int:
    """Return when the newest ERASE was made, corrected, milliseconds since 1970 UTC; 0 where nobody was erased."""
    query = f"SELECT body FROM entry WHERE {RARE} AND kind = 'ERASE'"  # noqa: S608 - constant
    bodies = (Body.from_bytes(row[0]) for row in people.raw_of(connection).execute(query).fetchall())
    return max((body.at_ms + body.offset_ms for body in bodies), default=0)
