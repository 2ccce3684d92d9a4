"""Bugs that somebody might write into the sync code one day. Each is a patch; test_planted_bugs.py sees it caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from checkin.db import edits, journal, journals, listed, merging, people, remote
from checkin.domain.journal import Body, Kind
from checkin.evening import others, rounds
from checkin.sync import cycle, exchange, receiving, sending
from checkin.sync.editions import Publisher
from checkin.sync.exchange import Exchange
from checkin.sync.records import Head

Patch = Callable[[pytest.MonkeyPatch], None]


def _ignores_another_entry_under_the_same_number(patch: pytest.MonkeyPatch) -> None:
    """`ON CONFLICT DO NOTHING`: what differs is swallowed (SYNC.md "Sync")."""
    true = remote._following

    def following(raw: Any, pk: int, arrived: Any) -> Any:
        seq, _hash = remote.head(raw, pk)
        return true(raw, pk, [one for one in arrived if one.seq > seq])

    patch.setattr(remote, "_following", following)
    patch.setattr(receiving, "_follow", lambda x, journal_id, pk: False)


def _counts_a_fact_in_two_journals_twice(patch: pytest.MonkeyPatch) -> None:
    """What was re-appended is another fact."""
    true = remote._store

    def store(raw: Any, pk: int, one: Any, body: Any) -> bool:
        raw.execute("UPDATE entry SET entry_id = CAST(x'00' || entry_id AS BLOB) WHERE entry_id = ?", (one.entry_id,))
        counts = true(raw, pk, one, body)
        raw.execute("UPDATE entry SET entry_id = substr(entry_id, 2) WHERE length(entry_id) = 17")
        return counts

    patch.setattr(remote, "_store", store)


def _forgets_an_undo_that_comes_first(patch: pytest.MonkeyPatch) -> None:
    true = remote._Projection._undo

    def undo(self: Any, body: Body, entry_id: bytes) -> None:
        target = bytes.fromhex(body.target.replace("-", ""))
        if self._raw.execute("SELECT 1 FROM entry WHERE entry_id = ?", (target,)).fetchone():
            true(self, body, entry_id)

    patch.setattr(remote._Projection, "_undo", undo)


def _undo_takes_back_everything_of_that_person(patch: pytest.MonkeyPatch) -> None:
    true = remote._Projection._undo

    def undo(self: Any, body: Body, entry_id: bytes) -> None:
        true(self, body, entry_id)
        self._raw.execute(
            "INSERT OR IGNORE INTO undone SELECT e.entry_id, ? FROM entry e JOIN attendee a ON a.id = e.attendee"
            " WHERE a.uid = ? AND e.kind = 'CHECK_IN'",
            (entry_id, body.subject),
        )

    patch.setattr(remote._Projection, "_undo", undo)


def _sends_from_what_it_remembers(patch: pytest.MonkeyPatch) -> None:
    """From the last acknowledgement, not from the hub's head: a restored hub never gets the rest."""
    true = sending.send_journal
    answered: dict[str, int] = {}

    def send(x: Exchange, one: Any, there: Head) -> int:
        if answered.get(one.journal_id, 0) > there.seq:
            return 0
        pushed = true(x, one, there)
        answered[one.journal_id] = x.head(one.pk).seq
        return pushed

    patch.setattr(sending, "send_journal", send)
    patch.setattr(receiving, "send_journal", send)


def _leaves_the_tail_of_a_fork_behind(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(journals, "reappend", lambda connection, journal, facts: 0)


def _gives_reappended_facts_new_ids(patch: pytest.MonkeyPatch) -> None:
    true = remote.reappend

    def reappend(connection: Any, own: Any, facts: Any) -> int:
        renamed = []
        for entry_id, data in facts:
            other = bytes([entry_id[0] ^ 1]) + entry_id[1:]
            old, new = _text(entry_id).encode(), _text(other).encode()
            renamed.append((other, data.replace(old, new)))
        return true(connection, own, renamed)

    for module in (remote, journals):
        patch.setattr(module, "reappend", reappend)


def _goes_on_in_a_forked_journal(patch: pytest.MonkeyPatch) -> None:
    """FORK is an error like any other: try again later, for ever."""
    patch.setattr(sending, "_leave", lambda x, journal: 0)


def _remembers_heads_before_it_has_fetched(patch: pytest.MonkeyPatch) -> None:
    """A watermark: what a cut round did not bring is never asked for again."""
    true = receiving.receive
    seen: dict[tuple[str, str], Head] = {}

    def receive(x: Exchange, heard: Any) -> None:
        me, hub = x.own.journal_id, x.hub
        heads = hub.heads()

        class Watermarked:
            def __getattr__(self, name: str) -> Any:
                return getattr(hub, name)

            def heads(self) -> dict[str, Head]:
                return {j: h for j, h in heads.items() if seen.get((me, j)) != h}

        x.hub = Watermarked()  # type: ignore[assignment]
        new = dict(x.hub.heads())
        seen.update({(me, j): head for j, head in new.items()})
        try:
            true(x, heard)
        finally:
            x.hub = hub

    patch.setattr(cycle, "receive", receive)


def _never_rescues_a_lost_desk(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cycle, "rescue", lambda x, alive, heard: 0)


def _rescues_but_keeps_the_lost_journal(patch: pytest.MonkeyPatch) -> None:
    """The facts are at the hub, but the desks never hold the same again."""
    patch.setattr(remote, "set_aside", lambda connection, pk, after: [])


def _never_looks_at_forks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receiving, "_rescue_forked", lambda x, one: 0)


def _loses_a_fact_whose_first_address_is_gone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(remote, "_count_the_next", lambda raw, projection, entry_id: None)


def _counts_at_whichever_address_came_first(patch: pytest.MonkeyPatch) -> None:
    """Arrival decides, not the address: two desks then disagree on who let somebody in first."""
    true = remote._store

    def store(raw: Any, pk: int, one: Any, body: Any) -> bool:
        if remote.stands(raw, one.entry_id):
            raw.execute(
                "INSERT INTO entry (journal, seq, entry_id, kind, attendee, body, hash)"
                " VALUES (?, ?, ?, 'COPY', NULL, ?, ?)",
                (pk, one.seq, one.entry_id, one.body, one.hash),
            )
            return False
        return true(raw, pk, one, body)

    patch.setattr(remote, "_store", store)


def _does_not_make_the_walk_in_of_another_desk(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people, "become_walk_in", lambda connection, uid, fields, at_ms: None)


def _stops_at_an_entry_it_cannot_read(patch: pytest.MonkeyPatch) -> None:
    true = remote.take

    def take(connection: Any, pk: int, arrived: Any) -> Any:
        readable = []
        for one in arrived:
            if remote._understood(one) is None:
                break
            readable.append(one)
        return true(connection, pk, readable)

    patch.setattr(remote, "take", take)


def _does_not_know_whose_a_new_badge_is(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(remote, "own", lambda connection, uid, issuer, serial: None)


def _the_edit_that_arrives_last_holds(patch: pytest.MonkeyPatch) -> None:
    true = edits.facts_of

    def facts_of(raw: Any, pk: int, *kinds: Kind) -> Any:
        rows = dict(raw.execute("SELECT journal_id, id FROM journal").fetchall())
        return sorted(true(raw, pk, *kinds), key=lambda fact: rows[fact.order[1]])

    patch.setattr(edits, "facts_of", facts_of)
    patch.setattr(edits, "_newest_last", lambda facts: facts)


def _merges_in_the_order_of_arrival(patch: pytest.MonkeyPatch) -> None:
    true = merging.one_person
    patch.setattr(merging, "one_person", lambda merges: true(reversed(list(merges))))


def _the_admission_that_arrives_first_was_the_first(patch: pytest.MonkeyPatch) -> None:
    def move(self: Any, journal_pk: int, body: Body, entry_id: bytes) -> None:
        person = remote.kept(self._raw, body.subject)
        assert person is not None
        post = (person.pk, body.day, body.checkpoint)
        known = self._raw.execute(
            "SELECT 1 FROM presence WHERE attendee = ? AND day = ? AND checkpoint = ?", post
        ).fetchone()
        if body.kind is Kind.CHECK_IN and known is None:
            journal.project_check_in(self._raw, journal_pk, body, person)

    patch.setattr(remote._Projection, "_move", move)


def _the_list_that_arrives_last_holds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listed, "_later", lambda one, other: True)


def _takes_no_second_edition(patch: pytest.MonkeyPatch) -> None:
    true = Publisher._is_newer
    patch.setattr(Publisher, "_is_newer", lambda self, edition: edition.version == 1 and true(self, edition))


def _loses_the_text_beside_an_entry(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(exchange, "record", lambda keys, *row: exchange.Record(row[0], row[1], row[2], row[3], b""))
    patch.setattr(sending, "record", lambda keys, *row: exchange.Record(row[0], row[1], row[2], row[3], b""))


def _counts_for_the_day_of_the_clock(patch: pytest.MonkeyPatch) -> None:
    """I15: the declared day is what counts, whatever the clock says."""
    true = journal.project_check_in

    def project(raw: Any, pk: int, body: Body, person: Any) -> None:
        from dataclasses import replace
        from datetime import UTC, datetime

        day = datetime.fromtimestamp(body.at_ms / 1000, UTC).date().isoformat()
        true(raw, pk, replace(body, day=day), person)

    for module in (journal, remote):
        patch.setattr(module, "project_check_in", project)


def _believes_a_chain_that_does_not_hold(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receiving, "chain_breaks", lambda previous, journal_id, records: None)
    patch.setattr(remote, "chain_hash", lambda previous, journal_id, seq, entry_id, data: _AnyHash())


class _AnyHash:
    def __ne__(self, other: object) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def _text(entry_id: bytes) -> str:
    text = entry_id.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


Story = list[tuple[str, int, int]]
_CLONE: Final[Story] = [("clone", 0, 0), ("admit", 0, 0), ("admit", 3, 1)]
"""Desk 0 was copied, and both let somebody in: desks[3] is the copy."""
_LOST: Final[Story] = [
    ("sync", 1, 0), ("back up the hub", 0, 0), ("admit", 0, 0), ("sync", 0, 0), ("sync", 1, 0), ("laptop lost", 0, 0),
    ("put the hub's backup back", 0, 0),
]  # fmt: skip
"""Only desks[0], the second one at first, still has what the lost laptop wrote."""


def _believes_a_desk_that_was_heard_a_moment_ago(patch: pytest.MonkeyPatch) -> None:
    """The closing asks nobody: a desk that was heard within ten minutes "is there"."""
    true = others._standing

    def standing(*values: Any) -> Any:
        found = true(*values)
        return "confirmed" if found == "waiting" else found

    patch.setattr(others, "_standing", standing)


def _answers_from_memory(patch: pytest.MonkeyPatch) -> None:
    """The question of a closing is always the same, so that an answer to the last one counts for this one."""
    patch.setattr(rounds, "question", lambda: "0" * 16)


BUGS: Final[dict[str, tuple[Patch, Story]]] = {
    "another entry under the same number is ignored": (
        _ignores_another_entry_under_the_same_number,
        [*_CLONE, ("bundle instead of net", 3, 1), ("sync", 0, 0), ("sync", 1, 0)],
    ),
    "a fact in two journals counts twice": (
        _counts_a_fact_in_two_journals_twice,
        [*_CLONE, ("sync", 0, 0), ("blind push", 3, 0), ("sync", 1, 0)],
    ),
    "an undo that comes first is forgotten": (
        _forgets_an_undo_that_comes_first,
        [("admit", 0, 0), ("sync", 0, 0), ("sync", 1, 0), ("undo", 1, 0), ("bundle instead of net", 1, 2)],
    ),
    "an undo takes back every admission of that person": (
        _undo_takes_back_everything_of_that_person,
        [("admit", 0, 0), ("admit", 1, 0), ("sync", 0, 0), ("sync", 1, 0), ("sync", 0, 0), ("undo", 0, 0)],
    ),
    "it is sent from where an answer said": (
        _sends_from_what_it_remembers,
        [
            ("admit", 0, 0),
            ("sync", 0, 0),
            ("back up the hub", 0, 0),
            ("admit", 0, 1),
            ("sync", 0, 0),
            ("put the hub's backup back", 0, 0),
        ],
    ),
    "the tail of a fork is left behind": (_leaves_the_tail_of_a_fork_behind, [*_CLONE, ("sync", 0, 0)]),
    "re-appended facts get new ids": (_gives_reappended_facts_new_ids, [*_CLONE, ("sync", 0, 0)]),
    "a forked journal is written on": (_goes_on_in_a_forked_journal, [*_CLONE, ("sync", 0, 0)]),
    "heads are remembered before they are fetched": (
        _remembers_heads_before_it_has_fetched,
        [("admit", 0, 0), ("sync", 0, 0), ("cut pull", 1, 0)],
    ),
    "a lost desk is not rescued": (_never_rescues_a_lost_desk, _LOST),
    "what is set aside stays": (_rescues_but_keeps_the_lost_journal, _LOST),
    "forks are not looked at": (
        _never_looks_at_forks,
        [*_CLONE, ("sync", 0, 0), ("blind push", 3, 0), ("laptop lost", 3, 0)],
    ),
    "a fact whose first address is gone is lost": (
        _loses_a_fact_whose_first_address_is_gone,
        [
            ("sync", 1, 0),
            ("back up the hub", 0, 0),
            ("admit", 0, 0),
            ("bundle instead of net", 0, 1),
            ("sync", 1, 0),
            ("sync", 0, 0),
            ("sync", 1, 0),
            ("laptop lost", 0, 0),
            ("put the hub's backup back", 0, 0),
        ],
    ),
    "a fact counts at the address that came first": (
        _counts_at_whichever_address_came_first,
        [
            ("admit", 0, 0),
            ("bundle instead of net", 0, 1),
            ("sync", 1, 0),
            ("sync", 0, 0),
            ("sync", 1, 0),
        ],
    ),
    "another desk's walk-in is not made": (_does_not_make_the_walk_in_of_another_desk, [("walk-in", 0, 0)]),
    "an entry that cannot be read blocks the rest": (
        _stops_at_an_entry_it_cannot_read,
        [("a newer program's entry", 0, 0), ("admit", 0, 0)],
    ),
    "nobody asks whose a new number is": (
        _does_not_know_whose_a_new_badge_is,
        [("new number", 0, 0), ("admit", 1, 12)],
    ),
    "the edit that arrives last holds": (
        _the_edit_that_arrives_last_holds,
        [("edit", 0, 3), ("clock shift", 1, 0), ("edit", 1, 15)],
    ),
    "of two merges the first is not the word": (
        _merges_in_the_order_of_arrival,
        [*[("admit", 0, guest) for guest in range(12)], ("merge", 0, 1), ("merge", 1, 12)],
    ),
    "whoever is heard of first came first": (
        _the_admission_that_arrives_first_was_the_first,
        [("clock shift", 0, 4), ("admit", 0, 0), ("admit", 1, 0), ("sync", 1, 0), ("sync", 0, 0)],
    ),
    "the list that arrives last holds": (
        _the_list_that_arrives_last_holds,
        [("a list", 0, 0), ("clock shift", 1, 4), ("a list", 1, 5)],
    ),
    "a second edition is not taken": (
        _takes_no_second_edition,
        [("a list", 0, 0), ("sync", 0, 0), ("sync", 1, 0), ("a list", 0, 1)],
    ),
    "the text beside an entry is lost": (_loses_the_text_beside_an_entry, [("walk-in", 0, 0)]),
    "the day of the clock counts": (_counts_for_the_day_of_the_clock, [("clock shift", 0, 5), ("admit", 0, 0)]),
    "a desk is believed that was heard a moment ago": (
        _believes_a_desk_that_was_heard_a_moment_ago,
        [("sync", 1, 0), ("sync", 0, 0), ("admit", 1, 0), ("close the day", 0, 2)],
    ),
    "an old answer counts": (
        _answers_from_memory,
        [("sync", 1, 0), ("sync", 2, 0), ("close the day", 0, 3), ("admit", 1, 0), ("close the day", 0, 2)],
    ),
    "a chain that does not hold is believed": (
        _believes_a_chain_that_does_not_hold,
        [("admit", 0, 0), ("sync", 0, 0), ("altered answer", 1, 0)],
    ),
}
"""What somebody might do wrong, and a story in which it shows (three desks)."""
