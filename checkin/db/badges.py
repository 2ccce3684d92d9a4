"""Which badges have been issued, for printing and for `checkin badges`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from checkin.db.attendees import COLUMNS, WIDTH, to_attendee
from checkin.db.models import attendee, badge
from checkin.domain.attendee import Attendee


@dataclass(frozen=True, slots=True)
class Issued:
    """One badge of one person, in its newest print."""

    attendee: Attendee
    issuer: int
    serial: int
    revision: int


def issued(connection: Connection, uids: Sequence[str] = ()) -> Iterator[Issued]:
    """Yield the badges of the roster in the order they were issued, or those of the named people only."""
    query = (
        select(*COLUMNS, badge.c.issuer, badge.c.serial, badge.c.revision)
        .select_from(badge.join(attendee, attendee.c.id == badge.c.attendee))
        .order_by(badge.c.issuer, badge.c.serial)
    )
    if uids:
        query = query.where(attendee.c.uid.in_(uids))
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield Issued(to_attendee(row), *row[WIDTH : WIDTH + 3])
