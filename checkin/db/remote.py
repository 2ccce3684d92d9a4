"""Take entries that other desks wrote: verified, stored as they are, and brought into the projection.

An entry is the same fact wherever it stands. One that was re-appended in another journal (after a fork, or because its
writer was lost) is kept at both addresses, so that both chains verify, and counts at the lesser one; the other row is a
COPY. What cannot be understood (a newer program wrote it) is kept and blocks nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db import erase, people
from checkin.db.badges import number_of
from checkin.db.facts import kept, stored
from checkin.db.journal import OwnJournal, project_check_in, recompute
from checkin.db.merging import remerge
from checkin.db.models import RARE
from checkin.domain.badge import holder_uid
from checkin.domain.changes import read_private
from checkin.domain.journal import GENESIS, Body, Kind, chain_hash, commitment

COPY: Final = "COPY"
UNKNOWN: Final = "?"
"""The `kind` of an entry that this program does not understand."""
_MOVES: Final = frozenset({Kind.CHECK_IN, Kind.CHECK_OUT})


@dataclass(frozen=True, slots=True)
class Arrived:
    """One entry as another desk has it."""

    seq: int
    entry_id: bytes
    body: bytes
    hash: bytes
    private: tuple[bytes, str] | None = None
    """Salt and text, where the text could be opened."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some entries."""

    new: int
    """Entries that were not here before."""
    unknown: int
    """Those of them that only a newer program understands."""
    changed_people: bool
    """Whether somebody on the list is new or looks different now."""
    erased: bool = False
    """Whether somebody was erased: `db.forgetting.finish` has to follow, after the commit."""


class ForkedError(Exception):
    """Another entry stands here under the same number: `seq` is the first."""

    def __init__(self, seq: int) -> None:
        """Name the place."""
        super().__init__(f"another entry stands under number {seq}")
        self.seq = seq


class BrokenChainError(Exception):
    """Numbers are left out, or a hash does not follow: the sender is damaged or lies."""

    def __init__(self, seq: int) -> None:
        """Name the place."""
        super().__init__(f"the chain does not hold at number {seq}")
        self.seq = seq


def head(raw: Any, journal_pk: int) -> tuple[int, bytes]:
    """Return how far a journal goes here: its last number and hash."""
    row = raw.execute(
        "SELECT seq, hash FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT 1", (journal_pk,)
    ).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)


def take(connection: Connection, journal_pk: int, arrived: Sequence[Arrived]) -> Taken:
    """Store entries of one journal, in their order, in the caller's transaction; what is here already is skipped.

    Raises ForkedError or BrokenChainError with nothing stored.
    """
    raw = people.raw_of(connection)
    new = _following(raw, journal_pk, arrived)
    if not new:
        return Taken(0, 0, changed_people=False)
    bodies = [(one, _understood(one)) for one in new]
    projection = _Projection(connection)
    for one, body in bodies:
        counts = _store(raw, journal_pk, one, body)
        if body is not None and counts:
            projection.add(journal_pk, body)
    projection.finish()
    unknown = sum(body is None for _one, body in bodies)
    return Taken(len(new), unknown, projection.changed_people, projection.erased)


def reread(connection: Connection) -> int:
    """Bring into the projection what an older program could not understand and this one does; return how many."""
    raw = people.raw_of(connection)
    rows = raw.execute("SELECT journal, seq, entry_id, body, hash FROM entry WHERE kind = ?", (UNKNOWN,)).fetchall()
    projection = _Projection(connection)
    understood = 0
    for journal_pk, *columns in rows:
        one = Arrived(*columns)
        body = _understood(one)
        if body is None:
            continue
        understood += 1
        raw.execute("DELETE FROM entry WHERE journal = ? AND seq = ?", (journal_pk, one.seq))
        if _store(raw, journal_pk, one, body):
            projection.add(journal_pk, body)
    projection.finish()
    return understood


def own(connection: Connection, uid: str, issuer: int, serial: int) -> bool:
    """Note whose badge a number is, in the caller's transaction: whoever was let in with it unknown is this person.

    Return whether somebody was.
    """
    raw = people.raw_of(connection)
    row = raw.execute("SELECT id, COALESCE(merged, id) FROM attendee WHERE uid = ?", (uid,)).fetchone()
    pk, root = int(row[0]), int(row[1])
    holder = holder_uid(issuer, serial)
    unnamed = None
    if holder != uid:
        raw.execute(
            "INSERT INTO alias (uid, owner) VALUES (?1, ?2) ON CONFLICT (uid) DO UPDATE SET owner = min(owner, ?2)",
            (holder, uid),
        )
        unnamed = raw.execute("SELECT id FROM attendee WHERE uid = ?", (holder,)).fetchone()
        if unnamed is not None:
            _hand_over(raw, issuer, serial, int(unnamed[0]), pk)
            remerge(raw, [int(unnamed[0]), pk])
    raw.execute(
        "INSERT OR IGNORE INTO badge (issuer, serial, attendee, owner, revision) VALUES (?, ?, ?, ?, 0)",
        (issuer, serial, root, pk if root != pk else None),
    )
    return unnamed is not None


def _hand_over(raw: Any, issuer: int, serial: int, unnamed: int, pk: int) -> None:
    """Let a badge that was known by its number only belong to its owner."""
    raw.execute(
        "UPDATE badge SET attendee = (SELECT COALESCE(merged, id) FROM attendee WHERE id = ?1),"
        " owner = (SELECT CASE WHEN merged IS NOT NULL THEN id END FROM attendee WHERE id = ?1)"
        " WHERE issuer = ?2 AND serial = ?3 AND COALESCE(owner, attendee) = ?4",
        (pk, issuer, serial, unnamed),
    )


def placeholder(raw: Any, uid: str, at_ms: int) -> int:
    """Return the row of somebody of whom nothing is known but the id, made where there is none."""
    row = raw.execute("SELECT id FROM attendee WHERE uid = ?", (uid,)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = raw.execute(
        "INSERT INTO attendee (uid, name, name_local, organisation, country, category, status, status_reason, note, email,"
        " phone, badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
        " VALUES (?, '', '', '', '', '', 'provisional', '', '', '', '', '', '', '', 0, '', 0, '', ?)",
        (uid, at_ms),
    )
    owner = raw.execute(
        "SELECT o.id FROM alias l JOIN attendee o ON o.uid = l.owner WHERE l.uid = ?", (uid,)
    ).fetchone()
    if owner is not None:
        remerge(raw, [int(cursor.lastrowid), int(owner[0])])
    return int(cursor.lastrowid)


def _following(raw: Any, journal_pk: int, arrived: Sequence[Arrived]) -> list[Arrived]:
    """Return those of the entries that are new here; all others must be the same as ours."""
    seq, previous = head(raw, journal_pk)
    journal_id = raw.execute("SELECT journal_id FROM journal WHERE id = ?", (journal_pk,)).fetchone()[0]
    new: list[Arrived] = []
    for one in arrived:
        if one.seq <= seq and not new:
            ours = raw.execute("SELECT hash FROM entry WHERE journal = ? AND seq = ?", (journal_pk, one.seq)).fetchone()
            if ours is None or bytes(ours[0]) != one.hash:
                raise ForkedError(one.seq)
            continue
        if one.seq != seq + 1 or chain_hash(previous, journal_id, one.seq, one.entry_id.hex(), one.body) != one.hash:
            raise BrokenChainError(one.seq)
        seq, previous = one.seq, one.hash
        new.append(one)
    return new


def _understood(one: Arrived) -> Body | None:
    try:
        body = Body.from_bytes(one.body)
    except (ValueError, KeyError, TypeError):
        return None
    return body if body.entry_id.replace("-", "") == one.entry_id.hex() else None


def _store(raw: Any, journal_pk: int, one: Arrived, body: Body | None) -> bool:
    """Put one entry in its place; say whether it is this address that counts."""
    kind, counts = (UNKNOWN, True) if body is None else (body.kind.value, True)
    twin = raw.execute(
        "SELECT e.journal, e.seq, j.journal_id, (SELECT journal_id FROM journal WHERE id = ?) FROM entry e"
        " JOIN journal j ON j.id = e.journal WHERE e.entry_id = ? AND e.kind <> 'COPY'",
        (journal_pk, one.entry_id),
    ).fetchone()
    if twin is not None:
        if (twin[2], twin[1]) < (twin[3], one.seq):
            kind, counts = COPY, False
        else:
            raw.execute(
                "UPDATE entry SET kind = 'COPY', attendee = NULL WHERE journal = ? AND seq = ?", (twin[0], twin[1])
            )
    raw.execute(
        "INSERT INTO entry (journal, seq, entry_id, kind, attendee, body, hash) VALUES (?, ?, ?, ?, NULL, ?, ?)",
        (journal_pk, one.seq, one.entry_id, kind, one.body, one.hash),
    )
    keep_private(raw, one)
    return counts


def _text_to_keep(raw: Any, one: Arrived, body: Body | None) -> tuple[bytes, str] | None:
    """Return the text beside an entry if it is what the entry is tied to, and of nobody who was erased."""
    if body is None or one.private is None or commitment(*one.private) != body.commitment:
        return None
    return None if is_erased(raw, body.subject) else one.private


class _Projection:
    """Brings the projection up to date with some entries: persons at once, scans together at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw = people.raw_of(connection)
        self._posts: dict[tuple[int, str, str], None] = {}
        self.changed_people = False
        self.erased = False

    def add(self, journal_pk: int, body: Body) -> None:
        """Let one entry that was just stored have its effect."""
        pk = self._subject(body)
        entry_id = bytes.fromhex(body.entry_id.replace("-", ""))
        if pk is not None:
            self._raw.execute(
                "UPDATE entry SET attendee = (SELECT COALESCE(merged, id) FROM attendee WHERE id = ?)"
                " WHERE entry_id = ? AND kind <> 'COPY'",
                (pk, entry_id),
            )
        if body.kind in _MOVES:
            self._move(journal_pk, body, entry_id)
        elif body.kind is Kind.UNDO:
            self._undo(body, entry_id)
        elif body.kind is Kind.WALK_IN:
            self._walk_in(body, entry_id)
        elif body.kind is Kind.ERASE:
            self._erase(body)
        elif body.kind in {Kind.ATTENDEE, Kind.MERGE, Kind.BADGE_ISSUED, Kind.BADGE_REVOKED}:
            if body.kind in {Kind.BADGE_ISSUED, Kind.BADGE_REVOKED} and (number := number_of(body.target)) is not None:
                own(self._connection, body.subject, *number[:2])
            people.project(self._connection, body)
            self.changed_people = True
            if body.kind is Kind.MERGE and is_erased(self._raw, body.subject):
                erase.erase(self._connection, [body.subject])  # who is one person with somebody erased is erased too
                self.erased = True

    def finish(self) -> None:
        """Count everybody anew who came or went."""
        for pk, day, checkpoint in self._posts:
            root = self._raw.execute("SELECT COALESCE(merged, id) FROM attendee WHERE id = ?", (pk,)).fetchone()[0]
            recompute(self._raw, stored(self._raw, root), day, checkpoint)

    def _subject(self, body: Body) -> int | None:
        if body.kind is Kind.MERGE:
            placeholder(self._raw, body.target, body.at_ms)
        if not body.subject or body.kind is Kind.ERASE:
            return None
        return placeholder(self._raw, body.subject, body.at_ms)

    def _move(self, journal_pk: int, body: Body, entry_id: bytes) -> None:
        person = kept(self._raw, body.subject)
        assert person is not None
        post = (person.pk, body.day, body.checkpoint)
        known = self._raw.execute(
            "SELECT EXISTS (SELECT 1 FROM presence WHERE attendee = ? AND day = ? AND checkpoint = ?)"
            " OR EXISTS (SELECT 1 FROM undone WHERE target = ?)"
            " OR (SELECT count(*) FROM entry WHERE attendee = ?1 AND kind IN ('CHECK_IN', 'CHECK_OUT')) > 1",
            (*post, entry_id),
        ).fetchone()[0]
        if known or body.kind is Kind.CHECK_OUT or post in self._posts:
            self._posts[post] = None
        else:
            project_check_in(self._raw, journal_pk, body, person)

    def _undo(self, body: Body, entry_id: bytes) -> None:
        target = bytes.fromhex(body.target.replace("-", ""))
        self._raw.execute("INSERT OR IGNORE INTO undone (target, by_entry) VALUES (?, ?)", (target, entry_id))
        row = self._raw.execute(
            "SELECT body FROM entry WHERE entry_id = ? AND kind NOT IN ('COPY', '?')", (target,)
        ).fetchone()
        if row is None:
            return  # it comes later, and is then found undone
        meant = Body.from_bytes(row[0])
        if meant.kind in _MOVES:
            person = kept(self._raw, meant.subject)
            assert person is not None
            self._posts[person.pk, meant.day, meant.checkpoint] = None
        elif meant.kind in {Kind.WALK_IN, Kind.ATTENDEE, Kind.MERGE, Kind.BADGE_ISSUED, Kind.BADGE_REVOKED}:
            people.project(self._connection, meant)
            self.changed_people = True

    def _walk_in(self, body: Body, entry_id: bytes) -> None:
        """Give the row of a walk-in what its form says, where nothing is known of the person yet."""
        row = self._raw.execute("SELECT text FROM private WHERE entry_id = ?", (entry_id,)).fetchone()
        fields = read_private(Kind.WALK_IN, row[0] if row else "").fields
        people.become_walk_in(
            self._connection, body.subject, {"category": body.category, "country": body.country, **fields}, body.at_ms
        )
        people.project(self._connection, body)
        self.changed_people = True

    def _erase(self, body: Body) -> None:
        known = not body.subject or kept(self._raw, body.subject) is not None
        if known:
            erase.erase(self._connection, [body.subject] if body.subject else [])
            self.erased = True
        self.changed_people = True


def erased(raw: Any) -> set[str]:
    """Return the ids of those of whom nothing may be kept any more, with all who were put together with one of them; ""
    among them: of nobody."""
    rows = raw.execute(f"SELECT body FROM entry WHERE {RARE} AND kind = 'ERASE'").fetchall()  # noqa: S608 - constant
    named = {Body.from_bytes(row[0]).subject for row in rows}
    if not named:
        return named
    same = raw.execute(
        "SELECT uid FROM attendee WHERE COALESCE(merged, id) IN (SELECT COALESCE(merged, id) FROM attendee"
        " WHERE uid IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(named)),),
    )
    return named | {row[0] for row in same.fetchall()}


def is_erased(raw: Any, uid: str) -> bool:
    """Say whether nothing may be kept of this person any more, or of whoever they were put together with."""
    row = raw.execute(
        f"SELECT EXISTS (SELECT 1 FROM entry WHERE {RARE} AND kind = 'ERASE'"  # noqa: S608 - constant
        " AND (json_extract(CAST(body AS TEXT), '$.s') IS NULL OR json_extract(CAST(body AS TEXT), '$.s') IN (SELECT ?1"
        " UNION ALL SELECT uid FROM attendee WHERE COALESCE(merged, id)"
        " = (SELECT COALESCE(merged, id) FROM attendee WHERE uid = ?1))))",
        (uid,),
    ).fetchone()
    return bool(row[0])


def set_aside(connection: Connection, journal_pk: int, after: int) -> list[tuple[bytes, bytes]]:
    """Take the end of a journal away, from number `after` + 1 on, because another one stands there elsewhere.

    It is kept as evidence; return (entry_id, body) of those that count nowhere else now: re-append them at once.
    """
    raw = people.raw_of(connection)
    rows = raw.execute(
        "SELECT seq, hash, entry_id, body, kind FROM entry WHERE journal = ? AND seq > ? ORDER BY seq",
        (journal_pk, after),
    ).fetchall()
    raw.executemany(
        "INSERT OR IGNORE INTO forked (journal, seq, hash, entry_id, body) VALUES (?, ?, ?, ?, ?)",
        [(journal_pk, *row[:4]) for row in rows],
    )
    raw.execute("DELETE FROM entry WHERE journal = ? AND seq > ?", (journal_pk, after))
    projection = _Projection(connection)
    lost = []
    for _seq, _hash, entry_id, data, kind in rows:
        if not stands(raw, entry_id):
            lost.append((bytes(entry_id), bytes(data)))
        elif kind != COPY:
            _count_the_next(raw, projection, entry_id)
    projection.finish()
    return lost


def _count_the_next(raw: Any, projection: _Projection, entry_id: bytes) -> None:
    """Let a fact whose counting address is gone count at the least of the others."""
    pk, journal_seq, data = raw.execute(
        "SELECT e.journal, e.seq, e.body FROM entry e JOIN journal j ON j.id = e.journal WHERE e.entry_id = ?"
        " ORDER BY j.journal_id, e.seq LIMIT 1",
        (entry_id,),
    ).fetchone()
    one = Arrived(journal_seq, bytes(entry_id), bytes(data), b"")
    body = _understood(one)
    kind = UNKNOWN if body is None else body.kind.value
    raw.execute("UPDATE entry SET kind = ? WHERE journal = ? AND seq = ?", (kind, pk, journal_seq))
    if body is not None:
        projection.add(pk, body)


def reappend(connection: Connection, journal: OwnJournal, facts: Sequence[tuple[bytes, bytes]]) -> int:
    """Write (entry_id, body) of facts whose journal is lost or forked into ours, as they are; return how many."""
    raw = people.raw_of(connection)
    projection = _Projection(connection)
    seq, previous = head(raw, journal.pk)
    for entry_id, data in facts:
        seq, previous = seq + 1, chain_hash(previous, journal.journal_id, seq + 1, entry_id.hex(), data)
        one = Arrived(seq, entry_id, data, previous)
        body = _understood(one)
        if _store(raw, journal.pk, one, body) and body is not None:
            projection.add(journal.pk, body)
    projection.finish()
    return len(facts)


def stands(raw: Any, entry_id: bytes) -> bool:
    """Say whether a fact is in a journal here."""
    return raw.execute("SELECT 1 FROM entry WHERE entry_id = ? LIMIT 1", (entry_id,)).fetchone() is not None


def keep_private(raw: Any, one: Arrived) -> None:
    """Keep the text beside an entry that is about to be re-appended."""
    text = _text_to_keep(raw, one, _understood(one))
    if text is not None:
        raw.execute("INSERT OR IGNORE INTO private (entry_id, salt, text) VALUES (?, ?, ?)", (one.entry_id, *text))


def keep_forked(raw: Any, journal_pk: int, rows: Iterable[tuple[int, bytes, bytes, bytes]]) -> None:
    """Keep entries that lost their place elsewhere: (seq, hash, entry_id, body)."""
    raw.executemany(
        "INSERT OR IGNORE INTO forked (journal, seq, hash, entry_id, body) VALUES (?, ?, ?, ?, ?)",
        [(journal_pk, *row) for row in rows],
    )
