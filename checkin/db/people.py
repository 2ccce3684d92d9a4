"""The projection of persons: who is on the list, and as what, after an entry that is about more than a scan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from checkin.db import search
from checkin.db.attendees import SQL_FIELDS, WIDTH, Stored, to_attendee
from checkin.db.badges import number_of, refresh_badge
from checkin.db.edits import rebase, refresh, refresh_codes
from checkin.db.facts import stored
from checkin.db.merging import remerge
from checkin.db.recount import recount, withdraw
from checkin.domain.changes import CODE
from checkin.domain.folding import thai_sort_key
from checkin.domain.journal import Body, Kind


def raw_of(connection: Connection) -> Any:
    """Return the bare driver's connection, in the same transaction."""
    raw = connection.connection.driver_connection
    assert raw is not None
    return raw


def insert_walk_in(raw: Any, uid: str, fields: Mapping[str, str], at_ms: int) -> int:
    """Make the row of somebody who is on no list; return its number. It is findable once it is indexed."""
    columns = ("name", "name_local", "organisation", "country", "category", "note", "email", "phone")
    cursor = raw.execute(
        f"INSERT INTO attendee (uid, {', '.join(columns)}, status, status_reason, badge_code, external_id, expected, walk_in,"  # noqa: S608
        f" source, source_row, sort_key, updated_ms) VALUES (?, {', '.join('?' * len(columns))}, 'registered', '', '', '',"
        " '', 1, '', 0, ?, ?)",
        (
            uid,
            *(fields.get(name, "") for name in columns),
            thai_sort_key(fields.get("name") or fields.get("name_local", "")),
            at_ms,
        ),
    )
    return int(cursor.lastrowid)


def become_walk_in(connection: Connection, uid: str, fields: Mapping[str, str], at_ms: int) -> None:
    """Let a row of whom nothing is known yet be the walk-in that another desk registered; a known one stays as it is."""
    raw = raw_of(connection)
    row = raw.execute(
        "SELECT id, COALESCE(merged, id) FROM attendee WHERE uid = ? AND status = 'provisional'", (uid,)
    ).fetchone()
    if row is None:
        return
    pk, root = int(row[0]), int(row[1])
    withdraw(raw, stored(raw, root))
    columns = ("name", "name_local", "organisation", "country", "category", "note", "email", "phone")
    raw.execute(
        f"UPDATE attendee SET {', '.join(f'{name} = ?' for name in columns)}, status = 'registered', walk_in = 1,"  # noqa: S608 - constants
        " sort_key = ?, updated_ms = ? WHERE id = ?",
        (
            *(fields.get(name, "") for name in columns),
            thai_sort_key(fields.get("name") or fields.get("name_local", "")),
            at_ms,
            pk,
        ),
    )
    rebase(raw, [pk])  # an edit may have come before the registration that it corrects
    recount(raw, root)


def everybody(raw: Any) -> list[Stored]:
    """Return all whose name is known, in the order their badges were issued."""
    rows = raw.execute(
        f"SELECT {SQL_FIELDS}, a.id FROM attendee a WHERE a.merged IS NULL AND a.status <> 'provisional'"  # noqa: S608
        " AND (a.name <> '' OR a.name_local <> '') ORDER BY a.id"
    ).fetchall()
    return [Stored(row[WIDTH], to_attendee(row)) for row in rows]


def project(connection: Connection, body: Body) -> None:
    """Bring the projection up to date after this entry was appended, or undone, in the caller's transaction."""
    raw = raw_of(connection)
    if body.kind in {Kind.BADGE_ISSUED, Kind.BADGE_REVOKED}:
        number = number_of(body.target)
        if number is not None:
            refresh_badge(raw, *number[:2])
        return
    named = [body.subject, body.target] if body.kind is Kind.MERGE else [body.subject]
    marks = ",".join("?" * len(named))
    pks = [int(row[0]) for row in raw.execute(f"SELECT id FROM attendee WHERE uid IN ({marks})", named).fetchall()]  # noqa: S608
    if body.kind is Kind.MERGE:
        search.index(connection, remerge(raw, pks))
        return
    for pk in pks:
        if body.change == CODE:
            refresh_codes(raw, pk)
        else:
            _refresh_fields(raw, pk)
    search.index(connection, pks)


def _refresh_fields(raw: Any, pk: int) -> None:
    counts = raw.execute("SELECT merged IS NULL FROM attendee WHERE id = ?", (pk,)).fetchone()[0]
    if counts:
        withdraw(raw, stored(raw, pk))
    refresh(raw, pk)
    if counts:
        recount(raw, pk)
