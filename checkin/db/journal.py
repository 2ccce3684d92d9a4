"""The journal on disk: append an entry and bring the projection up to date, in the caller's transaction.

These statements run on the bare driver connection (Database.write_fast): an admission is five of them, and SQLAlchemy's
share of each would cost more than the disk (benchmarks/admit.py). Everything else in db uses SQLAlchemy.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from checkin.db.attendees import SQL_FIELDS, WIDTH, Stored, to_attendee
from checkin.domain.attendee import Attendee
from checkin.domain.journal import GENESIS, Body, Kind, chain_hash, commitment, find_doubles


@dataclass(frozen=True, slots=True)
class OwnJournal:
    """The journal that this data folder appends to."""

    pk: int
    journal_id: str
    desk: str
    desk_number: int


@dataclass(frozen=True, slots=True)
class FirstRow:
    """The admission that stands, as the projection has it."""

    at_ms: int
    desk: str
    staff: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person as a scan finds one: with newest print and presence at one post."""

    pk: int
    attendee: Attendee
    revision: int
    """Newest print of the badge that was scanned; 0 for a foreign code or a person picked by name."""
    inside: bool
    first: FirstRow | None


_SELECT = f"""
SELECT {SQL_FIELDS}, a.id, {{revision}}, p.inside, p.first_ms, j.desk, s.name
FROM {{table}}
LEFT JOIN presence p ON p.day = ? AND p.checkpoint = ? AND p.attendee = a.id
LEFT JOIN journal j ON j.id = p.first_journal
LEFT JOIN staff s ON s.operator = p.first_operator
WHERE {{where}}
"""  # noqa: S608 - built from constants of this package only
_BY_BADGE = _SELECT.format(
    revision="b.revision", table="badge b JOIN attendee a ON a.id = b.attendee", where="b.issuer = ? AND b.serial = ?"
)
_BY_CODE = _SELECT.format(revision="0", table="code c JOIN attendee a ON a.id = c.attendee", where="c.text = ?")
_BY_UID = _SELECT.format(
    revision="0", table="attendee a", where="a.id = (SELECT COALESCE(merged, id) FROM attendee WHERE uid = ?)"
)


def find_by_badge(raw: Any, day: str, checkpoint: str, issuer: int, serial: int) -> Found | None:
    """Return the person of one of our badges, with presence at the post."""
    return _found(raw.execute(_BY_BADGE, (day, checkpoint, issuer, serial)).fetchone())


def find_by_code(raw: Any, day: str, checkpoint: str, text: str) -> Found | None:
    """Return the person of a foreign code, matched exactly."""
    return _found(raw.execute(_BY_CODE, (day, checkpoint, text)).fetchone())


def find_by_uid(raw: Any, day: str, checkpoint: str, uid: str) -> Found | None:
    """Return the person with this id, or the one with whom they were put together."""
    return _found(raw.execute(_BY_UID, (day, checkpoint, uid)).fetchone())


def _found(row: Any) -> Found | None:
    if row is None:
        return None
    pk, revision, inside, first_ms, desk, staff = row[WIDTH : WIDTH + 6]
    first = FirstRow(first_ms, desk or "", staff or "") if first_ms is not None else None
    return Found(pk, to_attendee(row), revision, bool(inside), first)


def append(raw: Any, journal: OwnJournal, body: Body, attendee_pk: int | None, private_text: str = "") -> int:
    """Append one entry to our journal and return its seq.

    `private_text` (a reason, say) is kept beside the chain; only a salted commitment to it goes into the body.
    """
    if private_text:
        salt = secrets.token_bytes(16)
        body = replace(body, commitment=commitment(salt, private_text))
        raw.execute(
            "INSERT INTO private (entry_id, salt, text) VALUES (?, ?, ?)", (_bytes(body.entry_id), salt, private_text)
        )
    last = raw.execute(
        "SELECT seq, hash FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT 1", (journal.pk,)
    ).fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    data = body.to_bytes()
    raw.execute(
        "INSERT INTO entry (journal, seq, entry_id, kind, attendee, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            journal.pk,
            seq,
            _bytes(body.entry_id),
            body.kind.value,
            attendee_pk,
            data,
            chain_hash(previous, journal.journal_id, seq, body.entry_id, data),
        ),
    )
    return int(seq)


def project_check_in(raw: Any, journal_pk: int, body: Body, person: Stored) -> None:
    """Count the first CHECK_IN of somebody at a post; for a later one there is `recompute`."""
    raw.execute(
        "INSERT INTO presence (day, checkpoint, attendee, inside, admissions, first_ms, first_entry, first_journal,"
        " first_operator) VALUES (?, ?, ?, 1, 1, ?, ?, ?, ?)",
        (
            body.day, body.checkpoint, person.pk, body.at_ms + body.offset_ms, _bytes(body.entry_id), journal_pk,
            body.operator,
        ),
    )  # fmt: skip
    _count(raw, body, person, came=1, inside=1)


def project_check_out(raw: Any, body: Body, person: Stored) -> None:
    """Count one CHECK_OUT: the person is no longer in the room. Staff may have let somebody out who was not in it."""
    left = raw.execute(
        "UPDATE presence SET inside = 0 WHERE day = ? AND checkpoint = ? AND attendee = ? AND inside = 1",
        (body.day, body.checkpoint, person.pk),
    )
    if left.rowcount:
        _count(raw, body, person, came=0, inside=-1)


def _count(raw: Any, body: Body, person: Stored, *, came: int, inside: int) -> None:
    walk_in = came if person.attendee.walk_in else 0
    raw.execute(
        "INSERT INTO tally (day, checkpoint, category, came, inside, walk_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT DO UPDATE SET came = came + ?4, inside = inside + ?5, walk_in = walk_in + ?6",
        (body.day, body.checkpoint, person.attendee.category, came, inside, walk_in),
    )


def mark_undone(raw: Any, undo: Body, target: Body) -> None:
    """Note that an entry does not stand any more. Whatever followed from it is then to be computed anew."""
    raw.execute(
        "INSERT OR IGNORE INTO undone (target, by_entry) VALUES (?, ?)",
        (_bytes(target.entry_id), _bytes(undo.entry_id)),
    )


def recompute(raw: Any, person: Stored, day: str, checkpoint: str) -> None:
    """Fold one person's entries at one post into the projection."""
    place = (day, checkpoint, person.pk)
    before = raw.execute(
        "SELECT inside FROM presence WHERE day = ? AND checkpoint = ? AND attendee = ?", place
    ).fetchone()
    moves = sorted(_standing(raw, person.pk, day, checkpoint), key=lambda move: move[:3])
    admissions = [move for move in moves if move[3].kind is Kind.CHECK_IN]
    inside = bool(moves) and moves[-1][3].kind is Kind.CHECK_IN
    raw.execute("DELETE FROM presence WHERE day = ? AND checkpoint = ? AND attendee = ?", place)
    raw.execute("DELETE FROM double WHERE day = ? AND checkpoint = ? AND attendee = ?", place)
    for one, two in find_doubles(moves):
        raw.execute(
            "INSERT OR IGNORE INTO double (day, checkpoint, attendee, first, second) VALUES (?, ?, ?, ?, ?)",
            (*place, _bytes(one.entry_id), _bytes(two.entry_id)),
        )
    if admissions:
        at_ms, _journal_id, _seq, first, journal_pk = admissions[0]
        raw.execute(
            "INSERT INTO presence (day, checkpoint, attendee, inside, admissions, first_ms, first_entry, first_journal,"
            " first_operator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, inside, len(admissions), at_ms, _bytes(first.entry_id), journal_pk, first.operator),
        )
    was_present, was_inside = before is not None, bool(before and before[0])
    came, moved = bool(admissions) - was_present, (inside and bool(admissions)) - was_inside
    if came or moved:
        post = Body(Kind.NOTE, "", day=day, checkpoint=checkpoint)
        _count(raw, post, person, came=came, inside=moved)


def _standing(raw: Any, pk: int, day: str, checkpoint: str) -> list[tuple[int, str, int, Body, int]]:
    """Return (corrected ms, journal id, seq, body, journal pk) of a person's moves at a post that are not undone."""
    rows = raw.execute(
        "SELECT j.journal_id, e.seq, e.body, e.journal FROM entry e JOIN journal j ON j.id = e.journal"
        " LEFT JOIN undone u ON u.target = e.entry_id"
        " WHERE e.attendee = ? AND e.kind IN ('CHECK_IN', 'CHECK_OUT') AND u.target IS NULL",
        (pk,),
    ).fetchall()
    found = []
    for journal_id, seq, data, journal_pk in rows:
        body = Body.from_bytes(data)
        if body.day == day and body.checkpoint == checkpoint:
            found.append((body.at_ms + body.offset_ms, journal_id, seq, body, journal_pk))
    return found


def add_staff(raw: Any, operator: str, name: str) -> None:
    """Remember whose hash this is, so that "by Art" can be shown."""
    raw.execute("INSERT OR IGNORE INTO staff (operator, name) VALUES (?, ?)", (operator, name))


def staff_of(raw: Any, journal_pk: int) -> dict[str, str]:
    """Return the names of those who wrote the last entries of a journal, by their hash."""
    rows = raw.execute(
        "SELECT operator, name FROM staff WHERE operator IN (SELECT json_extract(CAST(body AS TEXT), '$.op')"
        " FROM (SELECT body FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT 5000))",
        (journal_pk,),
    ).fetchall()
    return dict(rows)


def add_refusal(
    raw: Any,
    *,
    at_ms: int,
    verdict: str,
    detail: str,
    payload: str,
    attendee_pk: int | None,
    day: str,
    checkpoint: str,
    operator: str,
    mode: str,
) -> None:
    """Keep a refused scan: a local table, not the journal (it is no fact about presence)."""
    raw.execute(
        "INSERT INTO refused (at_ms, verdict, detail, payload, attendee, day, checkpoint, operator, mode)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (at_ms, verdict, detail, payload, attendee_pk, day, checkpoint, operator, mode),
    )


def add_provisional(raw: Any, uid: str, issuer: int, serial: int, at_ms: int) -> int:
    """Make the row of somebody whose badge is genuine but whose name a desk has not sent yet; return its number."""
    cursor = raw.execute(
        "INSERT INTO attendee (uid, name, name_local, organisation, country, category, status, status_reason, note, email,"
        " phone, badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
        " VALUES (?, '', '', '', '', '', 'provisional', '', '', '', '', '', '', '', 0, '', 0, '', ?)",
        (uid, at_ms),
    )
    pk = int(cursor.lastrowid)
    raw.execute("INSERT INTO badge (issuer, serial, attendee, revision) VALUES (?, ?, ?, 0)", (issuer, serial, pk))
    return pk


def _bytes(entry_id: str) -> bytes:
    return bytes.fromhex(entry_id.replace("-", ""))
