"""Take what we lack of every journal, verified; and keep alive what would be lost with its writer."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from checkin.db import journals, remote
from checkin.db.people import raw_of
from checkin.domain.journal import Kind
from checkin.i18n import _
from checkin.sync.exchange import NOTHING, Exchange, arrived
from checkin.sync.records import BATCH, Forked, Head, Heard, chain_breaks
from checkin.sync.sending import send_journal

log = logging.getLogger(__name__)


def receive(x: Exchange, heard: Mapping[str, Heard]) -> None:
    """Ask for all heads and fetch the ranges that are missing here. Never by a number or time of the hub's: what it
    commits late would be lost (SYNC.md)."""
    known = x.known()
    own = {one.journal_id for one in x.own_journals()}
    wanted = {
        journal_id: head
        for journal_id, head in x.hub.heads().items()
        if head.seq
        and journal_id != x.own.journal_id
        and not (journal_id in known and known[journal_id].head == (head.seq, head.hash))
        and not (journal_id in own and known[journal_id].seq >= head.seq)
    }
    total = sum(max(head.seq - (known[j].seq if j in known else 0), 0) for j, head in wanted.items())
    for journal_id, head in wanted.items():
        with x.database.write() as connection:
            pk = journals.add_journal(connection, journal_id)
        if not _fetch(x, journal_id, pk, head, total) and _follow(x, journal_id, pk):
            _fetch(x, journal_id, pk, x.hub.heads().get(journal_id, NOTHING), total)
    _compare_with_cards(x, heard)


def rescue(x: Exchange, alive_since_ms: int, heard: Mapping[str, Heard]) -> int:
    """Re-append to our journal what stands at no hub any more: the tail of a lost writer's journal, and what lost its
    place in a fork. Return how many entries were sent for it.

    Their journal goes back here to what the hub has of it, so that all come to the same; if its writer returns after all
    and sends it again, everything stands twice and counts once.

    `alive_since_ms`: a desk that was heard since, by the hub's clock, sends its own again.
    """
    heads = x.hub.heads()
    own = {one.journal_id for one in x.own_journals()}
    done = 0
    for one in x.known().values():
        there = heads.get(one.journal_id, NOTHING)
        last = max(one.heard_ms or 0, heard[one.journal_id].heard_ms if one.journal_id in heard else 0)
        if one.journal_id in own or one.seq <= there.seq or last > alive_since_ms:
            continue
        with x.database.write() as connection:
            journals.append_mark(connection, x.own, Kind.RESCUE, one.journal_id, x.writer.now_ms())
            done += remote.reappend(connection, x.own, remote.set_aside(connection, one.pk, there.seq)) + 1
    done += sum(_rescue_forked(x, one) for one in x.hub.forks())
    if not done:
        return 0
    return send_journal(x, x.known()[x.own.journal_id], heads.get(x.own.journal_id, NOTHING))


def _fetch(x: Exchange, journal_id: str, pk: int, head: Head, total: int) -> bool:
    """Fetch the end of a journal; return False where ours and the hub's are different branches."""
    here = x.head(pk)
    if here.seq >= head.seq:
        return x.hash_at(pk, head.seq) == head.hash  # the hub is behind: it was restored, or we had it by bundle
    while here.seq < head.seq:
        x.go_on()
        x.progress("receive", x.pulled, total)
        records = x.hub.pull(journal_id, here.seq + 1, min(here.seq + BATCH, head.seq))
        if not records:
            return True
        if chain_breaks(here, journal_id, records) is not None:
            if here.seq and not _same(x, journal_id, here):
                return False
            _refuse(x, journal_id)
            return True
        x.take(pk, records)
        here = Head(records[-1].seq, records[-1].hash)
    return here.hash == head.hash


def _same(x: Exchange, journal_id: str, here: Head) -> bool:
    records = x.hub.pull(journal_id, here.seq, here.seq)
    return bool(records) and records[0].hash == here.hash


def _refuse(x: Exchange, journal_id: str) -> None:
    x.blocked.add(journal_id)
    log.warning("the chain of a journal does not hold at the hub")
    x.notices.append(
        _("What the hub sent of one desk is damaged and was left out. Everything else is up to date; ask that desk to bring"
          " a bundle.")
    )  # fmt: skip


def _follow(x: Exchange, journal_id: str, pk: int) -> bool:
    """Somebody's journal forked, and we had the branch that lost: take the hub's, and re-append what only we have."""
    one = x.known()[journal_id]
    common = x.common(one)
    if common == one.seq:
        return False
    with x.database.write() as connection:
        remote.reappend(connection, x.own, remote.set_aside(connection, pk, common))
    return True


def _compare_with_cards(x: Exchange, heard: Mapping[str, Heard]) -> None:
    """Compare what each desk signed of its own head with what we were given: a hub can neither invent nor swap entries."""
    known = x.known()
    for journal_id, one in heard.items():
        head = one.card.head
        if journal_id == x.own.journal_id or journal_id not in known or not 0 < head.seq <= known[journal_id].seq:
            continue
        if x.hash_at(known[journal_id].pk, head.seq) != head.hash and not _forked_here(x, known[journal_id].pk):
            x.blocked.add(journal_id)
            log.warning("a desk signed another journal than the hub has")


def _forked_here(x: Exchange, pk: int) -> bool:
    with x.database.read() as connection:
        row = raw_of(connection).execute("SELECT 1 FROM forked WHERE journal = ? LIMIT 1", (pk,)).fetchone()
    return row is not None


def _rescue_forked(x: Exchange, one: Forked) -> int:
    with x.database.read() as connection:
        if remote.stands(raw_of(connection), one.record.entry_id):
            return 0
    with x.database.write() as connection:
        raw, record = raw_of(connection), one.record
        pk = journals.add_journal(connection, one.journal_id)
        remote.keep_forked(raw, pk, [(record.seq, record.hash, record.entry_id, record.body)])
        remote.keep_private(raw, arrived(x.keys, record))
        journals.append_mark(connection, x.own, Kind.RESCUE, one.journal_id, x.writer.now_ms())
        return remote.reappend(connection, x.own, [(record.entry_id, record.body)])
