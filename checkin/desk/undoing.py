"""Take an entry back, whatever it says: it stays in the journal, and nothing follows from it any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from checkin.db import journal as rows
from checkin.db import log as log_rows
from checkin.db import people
from checkin.db.facts import kept
from checkin.db.log import EntryRow
from checkin.desk.results import Undone
from checkin.desk.scribe import Scribe
from checkin.domain.event import Event
from checkin.domain.journal import Kind
from checkin.errors import CheckinError
from checkin.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOVES: Final = frozenset({Kind.CHECK_IN, Kind.CHECK_OUT})
UNDOABLE: Final = MOVES | {Kind.WALK_IN, Kind.ATTENDEE, Kind.BADGE_ISSUED, Kind.BADGE_REVOKED, Kind.MERGE}


def undo(connection: Connection, scribe: Scribe, event: Event, record: str, reason: str) -> Undone:
    """Take back one entry, in the caller's transaction; without `record` the last admission of this desk.

    With a registration its own check-in is taken back too; what happened to the person later stands. Raises CheckinError.
    """
    raw = people.raw_of(connection)
    target = log_rows.find_entry(raw, record) if record else log_rows.last_admission(raw, scribe.journal.pk)
    if target is None:
        raise CheckinError(
            _("There is no such record at this desk. Nothing was changed.")
            if record
            else _("There is nothing to undo at this desk.")
        )
    if target.undone:
        raise CheckinError(_("This record was already undone. Nothing was changed."))
    if target.body.kind not in UNDOABLE:
        raise CheckinError(_("This record cannot be undone. Nothing was changed."))
    now = scribe.clock.now()
    undone = _take_back(connection, raw, scribe, now, target, reason)
    if target.body.kind is Kind.WALK_IN:
        admitted = log_rows.came_with(raw, target)
        if admitted is not None and not admitted.undone:
            _take_back(connection, raw, scribe, now, admitted, reason)
    person = kept(raw, target.body.subject)
    return Undone(
        undone[0], target.body.entry_id, person.attendee if person else None, undone[1], event.local(now),
        target.body.kind.value,
    )  # fmt: skip


def _take_back(
    connection: Connection, raw: Any, scribe: Scribe, now: datetime, target: EntryRow, reason: str
) -> tuple[str, int]:
    """Append the UNDO of one entry and let nothing follow from it; return the new entry's id and seq."""
    body = scribe.body(Kind.UNDO, now, subject=target.body.subject, target=target.body.entry_id)
    person = kept(raw, target.body.subject)
    seq = scribe.write(raw, body, person.pk if person else target.attendee_pk, reason)
    rows.mark_undone(raw, body, target.body)
    if target.body.kind not in MOVES:
        people.project(connection, target.body)
    elif person is not None:
        rows.recompute(raw, person, target.body.day, target.body.checkpoint)
    return body.entry_id, seq
