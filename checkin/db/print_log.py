"""The print log of this desk: who printed which badge when, in which revision, and what became of it.

A row is written before anything is sent, so that no print is without one and the same revision is not sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, update

from checkin.db.engine import Database
from checkin.db.models import attendee, entry, print_job, staff, undone
from checkin.domain.journal import Kind
from checkin.errors import StorageError
from checkin.i18n import _

OPEN: Final = ("waiting", "printing", "stuck")
"""States in which something may still come out of the printer."""
ON_PAPER: Final = (*OPEN, "printed")


@dataclass(frozen=True, slots=True)
class NewPrint:
    """What is to be printed, before it is."""

    at_ms: int
    attendee_id: str
    """Empty for a test label."""
    issuer: int
    serial: int
    revision: int
    layout: str
    printer: str
    operator: str
    """domain.journal.operator_hash of who prints."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One line of the log."""

    id: int
    at_ms: int
    attendee_id: str
    name: str
    issuer: int
    serial: int
    revision: int
    layout: str
    printer: str
    staff: str
    state: str
    detail: str
    """Why, as a key; after a line break the printer's own words."""
    spool: str
    """The spooler's key of the job; empty: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The row of a new print, or the one that stands in its way."""

    row: PrintRow
    fresh: bool


def begin(database: Database, new: NewPrint, *, again: bool = False) -> Begun:
    """Write the row of a new print, unless this revision is on paper already or on its way there.

    `again`: on paper is no hindrance, on its way still is. Raises StorageError: nothing was printed.
    """
    with database.write() as connection:
        number = _number(connection, new.attendee_id)
        if new.attendee_id and (other := _in_the_way(connection, number, new, OPEN if again else ON_PAPER)):
            return Begun(other, False)
        made = connection.execute(
            insert(print_job).values(
                at_ms=new.at_ms, attendee=number, issuer=new.issuer, serial=new.serial, revision=new.revision,
                layout=new.layout, printer=new.printer, operator=new.operator, state="waiting", detail="", spool="",
            )
        )  # fmt: skip
        assert made.inserted_primary_key is not None
        return Begun(_one(connection, int(made.inserted_primary_key[0])), True)


def change(
    database: Database, job: int, state: str | None = None, detail: str | None = None, spool: str | None = None
) -> PrintRow:
    """Write what became of a print and return its row. Raises StorageError."""
    values = {"state": state, "detail": detail, "spool": spool}
    with database.write() as connection:
        given = {name: value for name, value in values.items() if value is not None}
        connection.execute(update(print_job).where(print_job.c.id == job).values(given))
        return _one(connection, job)


def last(database: Database, limit: int) -> list[PrintRow]:
    """Return the newest prints, newest first."""
    with database.read() as connection:
        rows = connection.execute(_rows().order_by(print_job.c.id.desc()).limit(limit)).all()
    return [_row(row) for row in rows]


def unfinished(database: Database) -> list[PrintRow]:
    """Return the prints of which something may still come out, oldest first."""
    with database.read() as connection:
        rows = connection.execute(_rows().where(print_job.c.state.in_(OPEN)).order_by(print_job.c.id)).all()
    return [_row(row) for row in rows]


def one(database: Database, job: int) -> PrintRow:
    """Return one print."""
    with database.read() as connection:
        return _one(connection, job)


def newest(database: Database, attendee_id: str) -> PrintRow | None:
    """Return the newest print of somebody's badge at this desk."""
    with database.read() as connection:
        query = _rows().where(attendee.c.uid == attendee_id).order_by(print_job.c.id.desc()).limit(1)
        row = connection.execute(query).first()
    return _row(row) if row else None


def was_issued(database: Database, attendee_id: str) -> bool:
    """Say whether a badge of this person was made at any desk that this one knows of: printed, or written to a file."""
    with database.read() as connection:
        query = (
            select(entry.c.entry_id)
            .join(attendee, attendee.c.id == entry.c.attendee)
            .outerjoin(undone, undone.c.target == entry.c.entry_id)
            .where(attendee.c.uid == attendee_id, entry.c.kind == Kind.BADGE_ISSUED.value, undone.c.target.is_(None))
            .limit(1)
        )
        return connection.execute(query).first() is not None


def not_printed(database: Database, limit: int = 500) -> list[PrintRow]:
    """Return the newest print of everybody whose badge is stuck or did not come out, newest first."""
    newest_of = select(func.max(print_job.c.id)).where(print_job.c.attendee.is_not(None)).group_by(print_job.c.attendee)
    missing = and_(print_job.c.id.in_(newest_of), print_job.c.state.in_(("failed", "stuck")))
    with database.read() as connection:
        rows = connection.execute(_rows().where(missing).order_by(print_job.c.id.desc()).limit(limit)).all()
    return [_row(row) for row in rows]


def _in_the_way(connection: Connection, number: int | None, new: NewPrint, states: tuple[str, ...]) -> PrintRow | None:
    same = and_(
        print_job.c.attendee == number,
        print_job.c.issuer == new.issuer,
        print_job.c.serial == new.serial,
        print_job.c.revision == new.revision,
        print_job.c.state.in_(states),
    )
    row = connection.execute(_rows().where(same).order_by(print_job.c.id.desc()).limit(1)).first()
    return _row(row) if row else None


def _number(connection: Connection, uid: str) -> int | None:
    if not uid:
        return None
    number = connection.execute(select(attendee.c.id).where(attendee.c.uid == uid)).scalar()
    if number is None:
        raise StorageError(_("This person is not on the list any more. Nothing was printed."))
    return int(number)


def _rows() -> Select[Any]:
    return (
        select(print_job, attendee.c.uid, attendee.c.name, attendee.c.name_local, staff.c.name.label("staff_name"))
        .outerjoin(attendee, attendee.c.id == print_job.c.attendee)
        .outerjoin(staff, staff.c.operator == print_job.c.operator)
    )


def _one(connection: Connection, job: int) -> PrintRow:
    return _row(connection.execute(_rows().where(print_job.c.id == job)).one())


def _row(row: Row[Any]) -> PrintRow:
    return PrintRow(
        id=row.id, at_ms=row.at_ms, attendee_id=row.uid or "", name=row.name or row.name_local or "", issuer=row.issuer,
        serial=row.serial, revision=row.revision, layout=row.layout, printer=row.printer, staff=row.staff_name or "",
        state=row.state, detail=row.detail, spool=row.spool,
    )  # fmt: skip
