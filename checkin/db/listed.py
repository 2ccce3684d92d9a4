"""The people on the list, as they go to other desks and come from them: what the roster says of each, without edits.

Edits, walk-ins and prints travel as journal entries. Of two words on one person the later one holds; whoever hears both
in any order ends with the same list. Of somebody who was erased only what is counted travels, and only that is taken,
whatever a desk that has not heard of it still sends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db import people
from checkin.db.edits import rebase
from checkin.db.erase import NO_LIST, PERSONAL
from checkin.db.facts import stored
from checkin.db.recount import recount, withdraw
from checkin.db.remote import erased, own
from checkin.db.roster_store import FIELDS
from checkin.db.search import enqueue, index
from checkin.db.state import people_changed
from checkin.domain.folding import thai_sort_key

LISTED: Final = (*FIELDS, "source", "source_row", "updated_ms")
"""What a row says after its uid; then follow the badges, [[issuer, serial], ...]."""
_WIDTH: Final = len(LISTED)
_FORGOTTEN: Final = tuple(name for name in PERSONAL if name in LISTED)

Row = Sequence[Any]


def listed(connection: Connection) -> Iterator[list[Any]]:
    """Yield [uid, *LISTED, badges] of everybody whom a roster brought, in the order of uid."""
    raw = people.raw_of(connection)
    before: dict[int, dict[str, str]] = {}
    for pk, field, value in raw.execute("SELECT attendee, field, value FROM before_edit").fetchall():
        before.setdefault(pk, {})[field] = value
    rows = raw.execute(
        f"SELECT id, uid, {', '.join(LISTED)} FROM attendee WHERE source <> '' ORDER BY uid"  # noqa: S608 - constants
    )
    while batch := rows.fetchmany(1000):
        marks = ",".join("?" * len(batch))
        pks = [row[0] for row in batch]
        badges: dict[int, list[list[int]]] = {}
        found = raw.execute(
            "SELECT COALESCE(owner, attendee), issuer, serial FROM badge"  # noqa: S608 - marks only
            f" WHERE attendee IN ({marks}) AND owner IS NULL OR owner IN ({marks}) ORDER BY issuer, serial",
            (*pks, *pks),
        )
        for pk, issuer, serial in found.fetchall():
            badges.setdefault(pk, []).append([issuer, serial])
        for pk, uid, *values in batch:
            original = before.get(pk, {})
            shown = [original.get(name, value) for name, value in zip(LISTED, values, strict=True)]
            yield [uid, *shown, badges.get(pk, [])]


def public_part(row: Row) -> tuple[str, str, str]:
    """Return (uid, category, country) of a row of `listed`: what a hub may know."""
    return row[0], row[1 + LISTED.index("category")], row[1 + LISTED.index("country")]


def take_listed(connection: Connection, rows: Sequence[Row]) -> int:
    """Bring rows of `listed` from another desk into the list, in the caller's transaction; return how many were news."""
    raw = people.raw_of(connection)
    gone = erased(raw)
    added: list[int] = []
    changed: list[int] = []
    joined = 0
    for row in rows:
        uid, values, badges = row[0], dict(zip(LISTED, row[1 : 1 + _WIDTH], strict=True)), row[1 + _WIDTH]
        known = raw.execute(
            f"SELECT id, status = 'provisional' AND source = '', {', '.join(LISTED)} FROM attendee WHERE uid = ?",  # noqa: S608
            (uid,),
        ).fetchone()
        blank = uid in gone or "" in gone
        if blank:
            values.update(dict.fromkeys(_FORGOTTEN, ""), source=NO_LIST, source_row=0)
        if known is None:
            added.append(_insert(raw, uid, values))
        elif known[1] or (not blank and _later(values, _base(raw, known))):
            _update(raw, int(known[0]), values)
            changed.append(int(known[0]))
        for issuer, serial in badges:
            joined += own(connection, uid, int(issuer), int(serial))
    if added:
        enqueue(connection, min(added), max(added))
    if changed:
        index(connection, changed)
    if added or changed or joined:
        people_changed(connection)
    return len(added) + len(changed)


def _base(raw: Any, known: Sequence[Any]) -> dict[str, Any]:
    """Return what the roster said of a row that an edit may cover."""
    before = dict(raw.execute("SELECT field, value FROM before_edit WHERE attendee = ?", (known[0],)).fetchall())
    return {**dict(zip(LISTED, known[2:], strict=True)), **before}


def _later(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether `one` is the later word; of two at the same time the greater text, so that all desks agree."""
    return _rank(one) > _rank(other)


def _rank(values: Mapping[str, Any]) -> tuple[int, list[str]]:
    return int(values["updated_ms"]), [str(values[name]) for name in LISTED]


def _insert(raw: Any, uid: str, values: Mapping[str, Any]) -> int:
    cursor = raw.execute(
        f"INSERT INTO attendee (uid, {', '.join(LISTED)}, sort_key, walk_in) VALUES (?, {', '.join('?' * _WIDTH)}, ?, 0)",  # noqa: S608
        (uid, *(values[name] for name in LISTED), thai_sort_key(values["name"] or values["name_local"])),
    )
    pk = int(cursor.lastrowid)
    _code(raw, pk, "", values["badge_code"])
    return pk


def _update(raw: Any, pk: int, values: Mapping[str, Any]) -> None:
    root = int(raw.execute("SELECT COALESCE(merged, id) FROM attendee WHERE id = ?", (pk,)).fetchone()[0])
    withdraw(raw, stored(raw, root))
    old = raw.execute("SELECT badge_code FROM attendee WHERE id = ?", (pk,)).fetchone()[0]
    raw.execute(
        f"UPDATE attendee SET {', '.join(f'{name} = ?' for name in LISTED)}, sort_key = ? WHERE id = ?",  # noqa: S608
        (*(values[name] for name in LISTED), thai_sort_key(values["name"] or values["name_local"]), pk),
    )
    _code(raw, pk, old, values["badge_code"])
    rebase(raw, [pk])
    recount(raw, root)


def _code(raw: Any, pk: int, old: str, new: str) -> None:
    """Bind a foreign code of the roster; of two who claim one code the one who is known here keeps it."""
    if old and old != new:
        raw.execute("DELETE FROM code WHERE text = ? AND learned IS NULL AND COALESCE(owner, attendee) = ?", (old, pk))
    if new:
        raw.execute(
            "INSERT OR IGNORE INTO code (text, attendee, owner)"
            " SELECT ?, COALESCE(merged, id), CASE WHEN merged IS NOT NULL THEN id END FROM attendee WHERE id = ?",
            (new, pk),
        )
