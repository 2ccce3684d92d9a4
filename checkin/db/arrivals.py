"""What the live figures read: everybody once, then only those whom new entries concern, on the caller's read snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, to_attendee
from checkin.db.models import RARE
from checkin.db.state import PEOPLE_CHANGED, get
from checkin.domain.attendee import Attendee
from checkin.domain.journal import Body, Kind

STEP: Final = 20_000
"""Rows that are handed over at once."""
_IN: Final = 500
_TAIL: Final = 2000
"""So many of a journal's last entries are looked at for what the clock did before the figures were made."""
_PERSON: Final = "id, merged IS NOT NULL, category, country, organisation, status, expected, walk_in, note <> ''"

PersonRow = tuple[int, int, str, str, str, str, str, int, int]
"""pk, whether put together with somebody else, category, country, organisation, status, expected, walk-in, has a note."""
PresentRow = tuple[int, int, int, int]
"""pk, first admission in ms since 1970 UTC, inside, journal of the first admission."""


class Marks(NamedTuple):
    """What shows that something else than a journal's end changed."""

    people: str
    """Counts the changes of the list that no entry tells of: imports, lists of other desks, erasures."""
    not_understood: int
    """Entries that only a newer program understands; fewer: this one understands them now."""


class NewEntry(NamedTuple):
    """One entry that came since."""

    kind: str
    attendee: int | None
    body: bytes


def heads(connection: Connection) -> dict[int, tuple[int, bytes]]:
    """Return, for each journal, its last number and hash."""
    rows = _raw(
        connection
    ).execute(
        "SELECT j.id, e.seq, e.hash FROM journal j CROSS JOIN entry e ON e.journal = j.id"  # in this order: a million entries
        " AND e.seq = (SELECT max(seq) FROM entry WHERE journal = j.id)"
    )
    return {row[0]: (row[1], bytes(row[2])) for row in rows.fetchall()}


def hash_of(connection: Connection, journal: int, seq: int) -> bytes | None:
    """Return the hash of one entry; None where it is not here."""
    row = _raw(connection).execute("SELECT hash FROM entry WHERE journal = ? AND seq = ?", (journal, seq)).fetchone()
    return bytes(row[0]) if row else None


def marks(connection: Connection) -> Marks:
    """Return the marks of this snapshot."""
    query = f"SELECT count(*) FROM entry WHERE {RARE} AND kind = '?'"  # noqa: S608 - constant
    return Marks(get(connection, PEOPLE_CHANGED), int(_raw(connection).execute(query).fetchone()[0]))


def entries(connection: Connection, journal: int, after: int) -> list[NewEntry]:
    """Return what stands in a journal after a number."""
    rows = _raw(connection).execute(
        "SELECT kind, attendee, body FROM entry WHERE journal = ? AND seq > ? ORDER BY seq", (journal, after)
    )
    return [NewEntry(*row) for row in rows.fetchall()]


def clock_flags(connection: Connection, journal: int, day: str) -> int:
    """Return how many of the last admissions of a journal, on a declared day, were made while its clock was doubtful."""
    rows = _raw(connection).execute(
        "SELECT body FROM (SELECT body FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT ?)"
        ' WHERE instr(body, CAST(\'"f":"\' AS BLOB)) > 0',
        (journal, _TAIL),
    )
    return sum(doubtful(row[0], day) for row in rows.fetchall())


def doubtful(body: bytes, day: str) -> bool:
    """Say whether an admission of this day was flagged: the clock disagreed with the day, or had been set."""
    if b'"f":"' not in body:
        return False
    try:
        read = Body.from_bytes(body)
    except ValueError:
        return False
    return read.day == day and bool(set(read.flags) & {"c", "j"})


def concerned(connection: Connection, new: Iterable[NewEntry]) -> set[int] | None:
    """Return the rows of everybody who may count differently after these entries; None: anybody may."""
    found: set[int] = set()
    named: set[str] = set()
    for entry in new:
        if entry.attendee is not None:
            found.add(entry.attendee)
        if entry.kind not in _WITH_OTHERS:
            continue
        body = Body.from_bytes(entry.body)
        if body.kind is Kind.UNDO:
            undone = _stands(connection, body.target)
            if undone is None:
                continue  # it comes later, and names its own person then
            if undone.attendee is not None:
                found.add(undone.attendee)
            body = Body.from_bytes(undone.body)
        if body.kind is Kind.ERASE and not body.subject:
            return None
        named |= {body.subject, body.target} if body.kind is Kind.MERGE else {body.subject}
    return found | _together(connection, named)


_WITH_OTHERS: Final = frozenset({Kind.UNDO, Kind.MERGE, Kind.BADGE_ISSUED, Kind.BADGE_REVOKED, Kind.ERASE})


def _stands(connection: Connection, entry_id: str) -> NewEntry | None:
    row = _raw(connection).execute(
        "SELECT kind, attendee, body FROM entry WHERE entry_id = ? AND kind NOT IN ('COPY', '?')",
        (bytes.fromhex(entry_id.replace("-", "")),),
    )
    found = row.fetchone()
    return NewEntry(*found) if found else None


def _together(connection: Connection, uids: set[str]) -> set[int]:
    """Return the rows of these persons and of all who are, or just were, one person with them."""
    raw = _raw(connection)
    found: set[int] = set()
    for part in _parts(sorted(uids - {""})):
        query = f"SELECT id, COALESCE(merged, id) FROM attendee WHERE uid IN ({_marks(part)})"  # noqa: S608 - marks only
        for pk, root in raw.execute(query, part).fetchall():
            found |= {pk, root}
            found.update(row[0] for row in raw.execute("SELECT id FROM attendee WHERE merged = ?", (root,)).fetchall())
    return found


def everybody(connection: Connection) -> Iterator[list[PersonRow]]:
    """Yield all rows of the list, in steps."""
    yield from _steps(connection, f"SELECT {_PERSON} FROM attendee ORDER BY id", ())  # noqa: S608 - constants


def people(connection: Connection, pks: Sequence[int]) -> list[PersonRow]:
    """Return these rows of the list."""
    return _by_number(connection, f"SELECT {_PERSON} FROM attendee WHERE id IN ({{marks}})", (), pks)  # noqa: S608


def present(connection: Connection, day: str, checkpoint: str) -> Iterator[list[PresentRow]]:
    """Yield everybody who came to a post, in steps."""
    yield from _steps(connection, _PRESENT, (day, checkpoint))


def present_of(connection: Connection, day: str, checkpoint: str, pks: Sequence[int]) -> list[PresentRow]:
    """Return those of these people who came to a post."""
    return _by_number(connection, f"{_PRESENT} AND attendee IN ({{marks}})", (day, checkpoint), pks)


_PRESENT: Final = "SELECT attendee, first_ms, inside, first_journal FROM presence WHERE day = ? AND checkpoint = ?"


def last_row(connection: Connection) -> int:
    """Return the highest row number of the list."""
    return int(_raw(connection).execute("SELECT coalesce(max(id), 0) FROM attendee").fetchone()[0])


def named(connection: Connection, pks: Sequence[int]) -> list[Attendee]:
    """Return these people in the order of their names."""
    query = f"SELECT {SQL_FIELDS} FROM attendee a WHERE a.id IN ({{marks}}) ORDER BY a.sort_key, a.id"  # noqa: S608
    return [to_attendee(row) for row in _by_number(connection, query, (), pks)]


def unknown_codes(connection: Connection, day: str, after: int) -> list[tuple[int, str]]:
    """Return (number, code) of the refused scans of a day, from a number on, that nobody on the list answers to."""
    rows = _raw(connection).execute(
        "SELECT id, payload FROM refused WHERE id > ? AND day = ? AND verdict = 'unknown' AND payload <> '' ORDER BY id",
        (after, day),
    )
    return [(row[0], row[1]) for row in rows.fetchall()]


def known_codes(connection: Connection, texts: Sequence[str]) -> set[str]:
    """Return those of the codes that somebody has by now."""
    query = "SELECT text FROM code WHERE text IN ({marks})"
    return {row[0] for row in _by_number(connection, query, (), texts)}


def not_printed(connection: Connection) -> list[tuple[str, str]]:
    """Return (id, name) of those whose newest badge print failed or is stuck."""
    rows = _raw(connection).execute(
        "SELECT a.uid, CASE WHEN a.name = '' THEN a.name_local ELSE a.name END FROM print_job p"
        " JOIN attendee a ON a.id = p.attendee WHERE p.state IN ('failed', 'stuck')"
        " AND NOT EXISTS (SELECT 1 FROM print_job n WHERE n.attendee = p.attendee AND n.id > p.id) ORDER BY p.id DESC LIMIT 50"
    )
    return [(row[0], row[1]) for row in rows.fetchall()]


def _raw(connection: Connection) -> Any:
    raw = connection.connection.driver_connection
    assert raw is not None
    return raw


def _steps(connection: Connection, query: str, values: tuple[object, ...]) -> Iterator[list[Any]]:
    cursor = _raw(connection).execute(query, values)
    try:
        while rows := cursor.fetchmany(STEP):
            yield rows
    finally:
        cursor.close()


def _by_number(connection: Connection, query: str, first: tuple[object, ...], wanted: Sequence[Any]) -> list[Any]:
    raw = _raw(connection)
    found: list[Any] = []
    for part in _parts(wanted):
        found += raw.execute(query.format(marks=_marks(part)), (*first, *part)).fetchall()
    return found


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _IN):
        yield values[start : start + _IN]


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
