"""Send what the hub lacks of every journal that this desk writes or wrote.

The hub's own head says from where, and an answer is believed only where our chain has the same hash there: so a cut, a
lost answer, a replay or a hub put back from an older copy need nothing of their own.
"""

from __future__ import annotations

import logging
from typing import Final

from checkin.db import journals, remote, state
from checkin.errors import HubError
from checkin.i18n import _
from checkin.sync.exchange import NOTHING, Exchange, record
from checkin.sync.records import BATCH, Head, Record, chain_breaks

log = logging.getLogger(__name__)

_FORGOTTEN: Final = "sync.forgotten "
"""With a hub's URL, which must hold no password: its epoch, and how many erasures it was told of."""
_STILL: Final = 3
"""So many answers without progress are enough."""


def send(x: Exchange) -> int:
    """Send everything; return how many entries were new at the hub. Raises HubError."""
    heads = x.hub.heads()
    return sum(send_journal(x, one, heads.get(one.journal_id, NOTHING)) for one in x.own_journals())


def send_journal(x: Exchange, journal: journals.Known, there: Head) -> int:
    """Send one journal of ours, of which the hub has `there`."""
    pushed, still = 0, 0
    while True:
        x.go_on()
        here = x.head(journal.pk)
        ours = x.hash_at(journal.pk, there.seq)
        if ours is None and _recover(x, journal, here, there):
            return pushed
        if ours != there.hash:
            return pushed + _leave(x, journal)
        _confirm(x, journal, there.seq)
        if there.seq >= here.seq:
            return pushed
        x.progress("send", pushed, here.seq)
        answer = x.hub.push(journal.journal_id, _batch(x, journal, there.seq + 1))
        if answer.status == "fork":
            return pushed + _leave(x, journal)
        if answer.status == "refused":
            log.warning("the hub refused entries")
            raise HubError(
                _(
                    "The hub did not take this desk’s entries. They are safe on this laptop; tell the supervisor, scan on."
                )
            )
        still = 0 if answer.head.seq > there.seq else still + 1
        if still > _STILL:
            raise HubError(
                _("The hub does not say what became of this desk’s entries. They are safe here and are sent again.")
            )
        pushed += max(answer.head.seq - there.seq, 0)
        there = answer.head


def forget(x: Exchange, epoch: str) -> None:
    """Let the hub delete the sealed texts of people who were erased, as far as they lie beside our entries. The chain
    holds without them. A hub that was put back from an older copy (another epoch) is told of all again."""
    with x.database.read() as connection:
        erasures = f"{epoch}/{journals.erasures(connection)}"
        if erasures.endswith("/0") or erasures == state.get(connection, _FORGOTTEN + x.hub.url):
            return
        texts = {one.journal_id: journals.texts_erased(connection, one.pk) for one in x.own_journals()}
    for journal_id, entry_ids in texts.items():
        for start in range(0, len(entry_ids), BATCH):
            x.go_on()
            x.hub.forget(journal_id, entry_ids[start : start + BATCH])
    with x.database.write() as connection:
        state.put(connection, _FORGOTTEN + x.hub.url, erasures)


def _confirm(x: Exchange, journal: journals.Known, seq: int) -> None:
    """Remember how far the hub has a journal of ours; a round in which nothing happened writes nothing."""
    if journal.confirmed != seq:
        with x.database.write() as connection:
            journals.confirm(connection, journal.pk, seq)


def _batch(x: Exchange, journal: journals.Known, first: int) -> list[Record]:
    with x.database.read() as connection:
        rows = journals.entries(connection, journal.pk, first, BATCH)
    return [record(x.keys, *row) for row in rows]


def _recover(x: Exchange, journal: journals.Known, here: Head, there: Head) -> bool:
    """Take back the end of our own journal that only the hub has: this file was put back from an older copy."""
    while here.seq < there.seq:
        records = x.hub.pull(journal.journal_id, here.seq + 1, min(here.seq + BATCH, there.seq))
        if not records or chain_breaks(here, journal.journal_id, records) is not None:
            return False
        x.take(journal.pk, records)
        here = Head(records[-1].seq, records[-1].hash)
    x.notices.append(_came_back(x, journal))
    _confirm(x, journal, there.seq)
    return True


def _came_back(x: Exchange, journal: journals.Known) -> str:
    """Say why the hub had more of a journal of ours than we: what differs is how this data folder came here."""
    if journal.mine:  # nothing was restored by the program: the folder itself was copied, one way or the other
        return _(
            "The hub had scans of this desk that this laptop did not have; they are here now, and each counts once. If this"
            " data folder was not put back from an older copy, a copy of it is in use elsewhere: tell the supervisor."
        )
    with x.database.read() as connection:
        moved = journals.number(connection, journal.pk) != journals.number(connection, x.own.pk)
    if moved:
        return _(
            "The laptop that this data folder was copied from went on scanning: its scans came from the hub, and nothing was"
            " lost. This laptop is a desk of its own. If that is not meant, tell the supervisor."
        )
    return _("Scans of this desk that this laptop had lost came back from the hub.")


def _leave(x: Exchange, journal: journals.Known) -> int:
    """Somebody else wrote on in this journal: leave it at what both have and go on in a new one, with nothing lost."""
    common = x.common(journal)
    with x.database.write() as connection:
        if journal.mine:
            x.writer.journal = journals.succeed_fork(connection, x.own, common, x.writer.now_ms())
        else:
            remote.reappend(connection, x.own, remote.set_aside(connection, journal.pk, common))
    log.warning("a journal of this desk forked after entry %d", common)
    x.notices.append(
        _("Another laptop wrote in this desk’s journal: it was probably copied. Nothing is lost and nobody counts twice;"
          " this desk goes on in a journal of its own. Tell the supervisor.")
    )  # fmt: skip
    if not journal.mine:
        return 0  # what was re-appended goes with our own journal, which comes last
    return send_journal(x, x.known()[x.own.journal_id], x.hub.heads().get(x.own.journal_id, NOTHING))
