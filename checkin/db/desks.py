"""The desks of the event, as far as this data folder knows them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from checkin.db.models import entry, journal


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One journal and the desk that writes it. A laptop may own several over time; `mine` is the one in use here."""

    pk: int
    journal_id: str
    desk: str
    number: int
    mine: bool
    seq: int
    """How many entries of it are here."""
    announced: int
    """How many it has on its own laptop, as that laptop said last; for ours: `seq`."""
    confirmed: int
    """How many of them the hub has."""
    heard_ms: int | None
    """When the hub heard of it last, milliseconds since 1970 UTC by the hub's clock; None: never."""
    state: str
    """What its card says of closings (sync.card_state); ours: "open", or "closed 2014-07-08" after a closing here."""
    revoked: bool

    @property
    def complete(self) -> bool:
        """Say whether everything that the desk is known to have written is here."""
        return self.seq >= self.announced

    @property
    def waiting(self) -> int:
        """Return how many entries of it the hub does not have yet."""
        return max(max(self.seq, self.announced) - self.confirmed, 0)


def desks(connection: Connection) -> list[DeskRow]:
    """Return every journal that is known here, ours first, then by the desk's name. Empty ones of others are left out."""
    head = select(func.max(entry.c.seq)).where(entry.c.journal == journal.c.id).scalar_subquery()
    query = select(
        journal.c.id, journal.c.journal_id, journal.c.desk, journal.c.desk_number, journal.c.mine, func.coalesce(head, 0),
        journal.c.announced, journal.c.confirmed, journal.c.heard_ms, journal.c.state, journal.c.revoked,
    ).order_by(journal.c.mine.desc(), journal.c.desk, journal.c.id)  # fmt: skip
    rows = []
    for pk, journal_id, desk, number, mine, seq, announced, confirmed, heard_ms, state, revoked in connection.execute(
        query
    ):
        row = DeskRow(
            pk, journal_id, desk, number, bool(mine), seq, max(announced, seq) if mine else announced, confirmed, heard_ms,
            state, bool(revoked),
        )  # fmt: skip
        if row.mine or row.seq or row.announced or row.heard_ms is not None:
            rows.append(row)
    return rows
