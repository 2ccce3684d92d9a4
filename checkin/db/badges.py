"""Which badges have been issued: the newest print of each, free numbers, and what the journals make of both."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from checkin.db.attendees import COLUMNS, WIDTH, to_attendee
from checkin.db.facts import facts_of
from checkin.db.models import attendee, badge
from checkin.domain.attendee import Attendee
from checkin.domain.badge import MAX_REVISION, MAX_SERIAL, holder_uid
from checkin.domain.journal import Kind
from checkin.errors import StorageError
from checkin.i18n import ngettext

NEXT_SERIAL: Final = "next_serial"
"""Key of desk_state: the next badge number of this desk."""
REVOKED: Final = MAX_REVISION + 1
"""The `revision` of a badge that was revoked: every print of it is older."""
_GAP: Final = 1000
_HALF: Final = (MAX_SERIAL + 1) // 2
"""Lists get their numbers below, single badges above."""


@dataclass(frozen=True, slots=True)
class Issued:
    """One badge of one person, in its newest print."""

    attendee: Attendee
    issuer: int
    serial: int
    revision: int


@dataclass(frozen=True, slots=True)
class Held:
    """The badge that somebody has now."""

    issuer: int
    serial: int
    revision: int
    ever: int
    """The highest revision that was ever printed, taken back or not; -1: it was never printed."""


def issued(connection: Connection, uids: Sequence[str] = ()) -> Iterator[Issued]:
    """Yield the badges of the roster in the order they were issued, or those of the named people only."""
    query = (
        select(*COLUMNS, badge.c.issuer, badge.c.serial, badge.c.revision)
        .select_from(badge.join(attendee, attendee.c.id == badge.c.attendee))
        .where(badge.c.owner.is_(None), badge.c.revision < REVOKED)
        .order_by(badge.c.issuer, badge.c.serial)
    )
    if uids:
        query = query.where(attendee.c.uid.in_(uids))
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield Issued(to_attendee(row), *row[WIDTH : WIDTH + 3])


def held(raw: Any, pk: int) -> Held | None:
    """Return the badge of somebody who is kept: one that is not revoked, the person's own before a double's."""
    row = raw.execute(
        "SELECT issuer, serial, revision FROM badge WHERE attendee = ?"
        " ORDER BY revision = ?, owner IS NOT NULL, issuer, serial DESC LIMIT 1",
        (pk, REVOKED),
    ).fetchone()
    if row is None:
        return None
    prints = [_revision(fact.body.target, row[0], row[1]) for fact in facts_of(raw, pk, Kind.BADGE_ISSUED)]
    return Held(row[0], row[1], row[2], max(prints, default=-1))


def add(raw: Any, issuer: int, serial: int, pk: int) -> None:
    """Give somebody a badge in its first print."""
    raw.execute(
        "INSERT OR IGNORE INTO alias (uid, owner) SELECT ?1, uid FROM attendee WHERE id = ?2 AND uid <> ?1",
        (holder_uid(issuer, serial), pk),
    )
    raw.execute("INSERT INTO badge (issuer, serial, attendee, revision) VALUES (?, ?, ?, 0)", (issuer, serial, pk))


def refresh_badge(raw: Any, issuer: int, serial: int) -> None:
    """Bring one badge to what its entries say: the newest print that stands, or revoked."""
    row = raw.execute("SELECT attendee FROM badge WHERE issuer = ? AND serial = ?", (issuer, serial)).fetchone()
    if row is None:
        return
    revision = 0
    for fact in facts_of(raw, row[0], Kind.BADGE_ISSUED, Kind.BADGE_REVOKED):
        found = _revision(fact.body.target, issuer, serial)
        if found >= 0 and not fact.undone:
            revision = max(revision, REVOKED if fact.body.kind is Kind.BADGE_REVOKED else found)
    raw.execute(
        "UPDATE badge SET revision = ? WHERE issuer = ? AND serial = ? AND revision <> ?",
        (revision, issuer, serial, revision),
    )


def target(issuer: int, serial: int, revision: int) -> str:
    """Return how a print is named in the journal: "issuer-serial-revision"."""
    return f"{issuer}-{serial}-{revision}"


def number_of(name: str) -> tuple[int, int, int] | None:
    """Read `target` back; None where it is none."""
    parts = name.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def new_serial(raw: Any, issuer: int) -> int:
    """Return a free badge number for one more badge of this desk, out of the upper half.

    By chance and not the next one: if somebody copied this laptop, both go on issuing under the same desk number, and two
    guests must not get the same badge.
    """
    while True:
        serial = _HALF + secrets.randbelow(_HALF)
        if raw.execute("SELECT 1 FROM badge WHERE issuer = ? AND serial = ?", (issuer, serial)).fetchone() is None:
            return serial


def free_serials(raw: Any, issuer: int, wanted: int) -> int:
    """Return the first of `wanted` free badge numbers in a row for a list. Raises StorageError where there are not so many."""
    row = raw.execute("SELECT value FROM desk_state WHERE key = ?", (NEXT_SERIAL,)).fetchone()
    used = raw.execute(
        "SELECT coalesce(max(serial), 0) FROM badge WHERE issuer = ? AND serial < ?", (issuer, _HALF)
    ).fetchone()[0]
    serial = max(int(row[0]) if row else 1, int(used) + 1)
    if serial + wanted > _HALF:
        raise StorageError(
            ngettext(
                "This desk has no badge number left for {count} person. Nothing was written; work on at another desk.",
                "This desk has no badge numbers left for {count} people. Nothing was written; work on at another desk.",
                wanted,
            ).format(count=wanted)
        )
    return serial


def take_serials(raw: Any, issuer: int, wanted: int) -> int:
    """Return the first of `wanted` free badge numbers in a row for a list, which are then taken. Raises StorageError."""
    serial = free_serials(raw, issuer, wanted)
    _set_next(raw, serial + wanted)
    return serial


def skip_serials(raw: Any) -> None:
    """Leave out the numbers that this desk may have given since the copy was made that it goes on from now."""
    row = raw.execute("SELECT value FROM desk_state WHERE key = ?", (NEXT_SERIAL,)).fetchone()
    _set_next(raw, min((int(row[0]) if row else 1) + _GAP, _HALF))


def _set_next(raw: Any, serial: int) -> None:
    raw.execute(
        "INSERT INTO desk_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (NEXT_SERIAL, str(serial)),
    )


def _revision(name: str, issuer: int, serial: int) -> int:
    """Return the revision that an entry names of this badge; -1 where it is about another one."""
    number = number_of(name)
    return number[2] if number is not None and number[:2] == (issuer, serial) else -1
