"""What every hub does, whatever it is made of. A hub's test file subclasses `HubConformance` and gives it a `place`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import Protocol
from uuid import uuid4

import pytest

from checkin.domain.journal import GENESIS, MAX_BODY, chain_hash
from checkin.errors import HubError, HubRefusedError, RollbackError
from checkin.sync.hub import Hub
from checkin.sync.keys import SyncKeys, new_keys
from checkin.sync.records import BATCH, Chunk, Edition, Head, PublicPerson, Pushed, Record, chain_breaks, fingerprint
from tests.sync.journals import DeskJournal, card, desk_keys, event_keys


class HubPlace(Protocol):
    """A hub that was made for one event, empty."""

    keys: SyncKeys
    """Of the authority, who made the hub."""

    def connect(self, keys: SyncKeys) -> Hub:
        """Open the hub as the desk with these keys; enrols the desk at the hub first where the hub asks for that.

        Called again with the same keys it is a second connection of the same desk. With keys of another event it tries
        to open this very hub with them.
        """

    def revoke(self, name: str) -> None:
        """Cut a desk off, by the name in its certificate, as `hub revoke-desk` does."""

    def remake(self) -> None:
        """Lose the hub and make it anew, empty. Hubs that are open need not go on working."""


class HubConformance:
    """The suite."""

    @pytest.fixture
    def place(self) -> Iterator[HubPlace]:
        yield from ()  # a hub's own test file gives it

    @pytest.fixture
    def hubs(self) -> Iterator[ExitStack]:
        with ExitStack() as stack:
            yield stack

    @pytest.fixture
    def keys(self, place: HubPlace) -> SyncKeys:
        """Return the keys of an ordinary desk."""
        return desk_keys(place.keys, "Desk 2")

    @pytest.fixture
    def hub(self, place: HubPlace, hubs: ExitStack, keys: SyncKeys) -> Hub:
        return self.opened(place, hubs, keys)

    def opened(self, place: HubPlace, hubs: ExitStack, keys: SyncKeys) -> Hub:
        hub = place.connect(keys)
        hubs.callback(hub.close)
        return hub

    # -- who it is

    def test_says_whose_hub_it_is_and_what_time(self, hub: Hub, keys: SyncKeys) -> None:
        hello = hub.hello()
        assert hello.event == keys.event_hash
        assert hello.epoch
        assert abs(hello.now_ms - time.time() * 1000) < 60_000

    def test_the_epoch_stays_and_changes_when_the_hub_is_made_anew(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        epoch = hub.hello().epoch
        assert hub.hello().epoch == epoch
        assert self.opened(place, hubs, keys).hello().epoch == epoch
        journal = DeskJournal()
        assert hub.push(journal.journal_id, journal.add(3)).epoch == epoch
        hub.close()
        place.remake()
        again = self.opened(place, hubs, keys)
        assert again.hello().epoch != epoch
        assert again.heads().get(journal.journal_id, Head(0, GENESIS)) == Head(0, GENESIS)
        assert again.push(journal.journal_id, journal.records).status == "ok"

    def test_refuses_another_event(self, place: HubPlace) -> None:
        with pytest.raises(HubError) as error:
            place.connect(new_keys("another-event", "Desk 9")).hello()
        assert len(str(error.value)) > 20

    def test_a_closed_hub_says_so(self, hub: Hub) -> None:
        hub.close()
        hub.close()
        for call in (hub.hello, hub.heads, hub.desks, hub.forks, hub.editions):
            with pytest.raises(HubError):
                call()

    # -- push

    def test_takes_entries_and_gives_them_back(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        journal = DeskJournal()
        journal.add(5, keys=keys, text="Art said so")
        pushed = hub.push(journal.journal_id, journal.records)
        assert (pushed.status, pushed.head) == ("ok", journal.head)
        for reader in (hub, self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))):
            assert reader.heads()[journal.journal_id] == journal.head
            assert reader.pull(journal.journal_id, 1, 5) == journal.records

    def test_a_replay_changes_nothing(self, hub: Hub) -> None:
        """hub-007."""
        journal = DeskJournal()
        journal.add(9)
        hub.push(journal.journal_id, journal.records)
        before = fingerprint(hub.heads())
        for part in (journal.records, journal.part(1, 3), journal.part(4, 6), journal.part(9, 9)):
            pushed = hub.push(journal.journal_id, part)
            assert (pushed.status, pushed.head) == ("ok", journal.head)
        assert fingerprint(hub.heads()) == before
        assert hub.pull(journal.journal_id, 1, BATCH) == journal.records
        assert hub.forks() == []

    def test_what_overlaps_is_skipped_and_the_rest_taken(self, hub: Hub) -> None:
        journal = DeskJournal()
        journal.add(10)
        hub.push(journal.journal_id, journal.part(1, 6))
        pushed = hub.push(journal.journal_id, journal.part(4, 10))
        assert (pushed.status, pushed.head) == ("ok", journal.head)
        assert hub.pull(journal.journal_id, 1, 10) == journal.records

    def test_says_gap_and_takes_nothing(self, hub: Hub) -> None:
        journal = DeskJournal()
        journal.add(10)
        assert hub.push(journal.journal_id, journal.part(2, 4)).status == "gap"
        hub.push(journal.journal_id, journal.part(1, 3))
        pushed = hub.push(journal.journal_id, journal.part(5, 10))
        assert (pushed.status, pushed.head) == ("gap", journal.before(4))
        assert hub.heads()[journal.journal_id] == journal.before(4)
        assert hub.pull(journal.journal_id, 1, 10) == journal.part(1, 3)

    def test_nothing_to_push_tells_the_head(self, hub: Hub) -> None:
        journal = DeskJournal()
        assert (pushed := hub.push(journal.journal_id, [])).status == "ok"
        assert pushed.head == Head(0, GENESIS)
        journal.add(2)
        hub.push(journal.journal_id, journal.records)
        assert hub.push(journal.journal_id, []).head == journal.head

    def test_keeps_a_clones_entries_as_a_fork(self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys) -> None:
        """hub-009, db_file-015."""
        journal = DeskJournal()
        journal.add(3)
        clone = journal.clone()
        journal.add(2)
        theirs = clone.add(4, keys=keys)
        hub.push(journal.journal_id, journal.records)
        for _again in range(2):
            pushed = hub.push(journal.journal_id, clone.records)
            assert (pushed.status, pushed.head) == ("fork", journal.head)
        assert hub.pull(journal.journal_id, 1, 10) == journal.records
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        for reader in (hub, other):
            forks = reader.forks()
            assert {fork.journal_id for fork in forks} == {journal.journal_id}
            assert sorted((fork.record for fork in forks), key=lambda r: r.seq) == theirs

    def test_a_fork_far_back_is_seen_in_a_later_batch(self, hub: Hub) -> None:
        journal = DeskJournal()
        journal.add(3)
        clone = journal.clone(2)
        journal.add(7)
        theirs = clone.add(8)
        hub.push(journal.journal_id, journal.records)
        pushed = hub.push(journal.journal_id, clone.part(5, 10))
        assert (pushed.status, pushed.head) == ("fork", journal.head)
        assert {fork.record.entry_id for fork in hub.forks()} >= {r.entry_id for r in theirs if r.seq in range(5, 11)}
        assert hub.heads()[journal.journal_id] == journal.head

    @pytest.mark.parametrize("bad", ["too many", "hash", "entry id", "body", "order", "hash length", "seq"])
    def test_refuses_what_is_malformed_and_keeps_none_of_it(self, hub: Hub, bad: str) -> None:
        """hub-011."""
        journal = DeskJournal()
        journal.add(2)
        hub.push(journal.journal_id, journal.records)
        records = journal.add(BATCH + 1 if bad == "too many" else 4)
        middle = records[2]
        if bad == "hash":
            records[2] = replace(middle, hash=bytes(32))
        elif bad == "entry id":
            records[2] = replace(middle, entry_id=middle.entry_id[:15])
        elif bad == "body":
            records[2] = _with_body(journal, middle, records[1], b"x" * (MAX_BODY + 1))
        elif bad == "order":
            records[1], records[2] = records[2], records[1]
        elif bad == "hash length":
            records[2] = replace(middle, hash=middle.hash[:31])
        elif bad == "seq":
            records = [Record(0, middle.entry_id, middle.body, middle.hash)]
        pushed = hub.push(journal.journal_id, records)
        assert (pushed.status, pushed.head) == ("refused", journal.before(3))
        assert hub.heads()[journal.journal_id] == journal.before(3)
        assert len(hub.pull(journal.journal_id, 1, 10)) == 2
        assert hub.forks() == []

    def test_a_body_of_4_kb_is_taken(self, hub: Hub) -> None:
        journal = DeskJournal()
        first = journal.add(1)[0]
        whole = _with_body(journal, first, None, bytes(range(256)) * (MAX_BODY // 256))
        assert hub.push(journal.journal_id, [whole]).status == "ok"
        assert hub.pull(journal.journal_id, 1, 1) == [whole]

    def test_a_journal_id_that_is_none_is_refused(self, hub: Hub) -> None:
        records = DeskJournal().add(1)
        for name in ("", "../../etc/passwd", "x' OR '1'='1", "ü" * 16):
            try:
                assert hub.push(name, records).status == "refused"
            except HubError:
                continue
        assert hub.heads() == {}

    def test_another_desks_journal_is_not_to_be_written(self, place: HubPlace, hubs: ExitStack, hub: Hub) -> None:
        journal = DeskJournal()
        journal.add(2)
        hub.push(journal.journal_id, journal.records)
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        more = journal.clone().add(1)
        with suppress(HubRefusedError):
            assert other.push(journal.journal_id, more).status == "refused"
        assert hub.heads()[journal.journal_id] == journal.head

    # -- pull

    def test_pulls_ranges(self, hub: Hub) -> None:
        journal = DeskJournal()
        journal.add(BATCH + 20)
        hub.push(journal.journal_id, journal.part(1, BATCH))
        for seq in range(BATCH + 1, BATCH + 21, 4):  # as a desk does: a few at a time
            hub.push(journal.journal_id, journal.part(seq, seq + 3))
        assert hub.pull(journal.journal_id, 1, BATCH) == journal.part(1, BATCH)
        assert hub.pull(journal.journal_id, 498, 510) == journal.part(498, 510)
        assert hub.pull(journal.journal_id, 7, 7) == journal.part(7, 7)
        assert hub.pull(journal.journal_id, 515, 999) == journal.part(515, 520)
        assert hub.pull(journal.journal_id, 521, 600) == []
        assert len(hub.pull(journal.journal_id, 1, 10_000)) <= BATCH
        assert hub.pull(str(uuid4()), 1, 10) == []
        pulled = hub.pull(journal.journal_id, 1, BATCH) + hub.pull(journal.journal_id, BATCH + 1, 2 * BATCH)
        assert chain_breaks(Head(0, GENESIS), journal.journal_id, pulled) is None

    def test_every_journal_has_its_head(self, place: HubPlace, hubs: ExitStack, hub: Hub) -> None:
        mine = [DeskJournal(), DeskJournal()]
        for journal in mine:
            hub.push(journal.journal_id, journal.add(3))
        other, theirs = self.opened(place, hubs, desk_keys(place.keys, "Desk 3")), DeskJournal()
        other.push(theirs.journal_id, theirs.add(1))
        expected = {j.journal_id: j.head for j in (*mine, theirs)}
        assert {k: v for k, v in hub.heads().items() if v.seq} == expected
        assert fingerprint(hub.heads()) == fingerprint(other.heads()) == fingerprint(expected)

    def test_two_writers_at_once_leave_one_chain(self, place: HubPlace, hubs: ExitStack, keys: SyncKeys) -> None:
        """hub-013. Two windows of one desk, each with all entries and batches of its own size; then two clones."""
        journal = DeskJournal()
        journal.add(60)
        _at_once([partial(_push_all, self.opened(place, hubs, keys), journal, size) for size in (7, 11)])
        reader = self.opened(place, hubs, keys)
        assert reader.heads()[journal.journal_id] == journal.head
        assert reader.pull(journal.journal_id, 1, 60) == journal.records
        assert reader.forks() == []

    def test_two_clones_at_once_lose_nothing(self, place: HubPlace, hubs: ExitStack, keys: SyncKeys) -> None:
        start = DeskJournal()
        start.add(2)
        clones = [start.clone(), start.clone()]
        for clone in clones:
            clone.add(30)
        _at_once([partial(_push_all, self.opened(place, hubs, keys), clone, 5) for clone in clones])
        reader = self.opened(place, hubs, keys)
        for clone in clones:  # the one that was told FORK offers the rest as evidence too
            for first in range(1, 33, 8):
                reader.push(clone.journal_id, clone.part(first, first + 7))
        head = reader.heads()[start.journal_id]
        pulled = reader.pull(start.journal_id, 1, BATCH)
        assert chain_breaks(Head(0, GENESIS), start.journal_id, pulled) is None
        assert pulled[-1].hash == head.hash
        known = {r.entry_id for r in pulled} | {f.record.entry_id for f in reader.forks()}
        assert known == {r.entry_id for clone in clones for r in clone.records}

    # -- desks

    def test_keeps_the_newest_card(self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys) -> None:
        journal = DeskJournal()
        journal.add(4)
        hub.push(journal.journal_id, journal.records)
        new = card(
            keys, journal, 2000, desk="เคาน์เตอร์ ๒", state="closed 2014-07-08", sealed=b"\x00\xff", program="0.1.0"
        )
        hub.announce(new)
        hub.announce(card(keys, journal, 1000))
        hub.announce(new)
        for reader in (hub, self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))):
            (heard,) = reader.desks()
            assert heard.card == new
            assert keys.believes(heard.card)
            assert not heard.revoked
            assert abs(heard.heard_ms - time.time() * 1000) < 60_000

    def test_a_journal_may_be_announced_before_it_has_entries(self, hub: Hub, keys: SyncKeys) -> None:
        hub.announce(card(keys, DeskJournal()))
        assert [heard.card.head.seq for heard in hub.desks()] == [0]

    @pytest.mark.parametrize("bad", ["signature", "altered", "unknown desk"])
    def test_a_card_that_is_not_signed_as_it_should_is_refused(self, hub: Hub, keys: SyncKeys, bad: str) -> None:
        journal = DeskJournal()
        if bad == "unknown desk":
            made = card(event_keys("Desk 2"), journal)
        else:
            made = card(keys, journal)
            made = replace(made, signature=bytes(64)) if bad == "signature" else replace(made, desk="VIP")
        with pytest.raises(HubError):
            hub.announce(made)
        assert hub.desks() == []

    def test_a_revoked_desk_is_shut_out_and_what_it_sent_stays(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        journal = DeskJournal()
        journal.add(3)
        hub.push(journal.journal_id, journal.records)
        hub.announce(card(keys, journal))
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        place.revoke("Desk 2")
        with pytest.raises(HubRefusedError):
            hub.push(journal.journal_id, journal.add(1))
        with pytest.raises(HubRefusedError):
            hub.announce(card(keys, journal, 2**40))
        assert other.heads()[journal.journal_id] == journal.before(4)
        assert [heard.revoked for heard in other.desks()] == [True]
        assert other.pull(journal.journal_id, 1, 10) == journal.part(1, 3)

    def test_an_enrolment_is_used_by_one_laptop(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        assert hub.enter("laptop a") == "laptop a"
        assert hub.enter("laptop a") == "laptop a", "its answer was lost, so it comes again"
        second = self.opened(place, hubs, keys)
        assert second.enter("laptop b") == "laptop a"
        assert hub.enter("laptop a") == "laptop a"
        assert self.opened(place, hubs, desk_keys(place.keys, "Desk 3")).enter("laptop b") == "laptop b"
        place.revoke("Desk 2")
        with pytest.raises(HubRefusedError):
            hub.enter("laptop a")

    # -- people

    def test_editions_go_up_and_bring_their_chunks(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        chunks = [_chunk(keys, n) for n in range(3)]
        first, second = _edition(keys, 1, chunks[:2]), _edition(keys, 2, chunks[1:])
        assert set(hub.missing_chunks([c.digest for c in chunks])) == {c.digest for c in chunks}
        hub.publish(first, {c.digest: c for c in chunks[:2]})
        assert hub.missing_chunks([c.digest for c in chunks]) == [chunks[2].digest]
        hub.publish(second, {chunks[2].digest: chunks[2]})
        hub.publish(second, {})  # the answer was lost, so it comes again
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        assert other.editions() == [second]
        assert keys.believes(other.editions()[0])
        assert [other.chunk(digest) for digest in second.chunks] == chunks[1:]

    def test_an_older_edition_is_a_rollback(self, hub: Hub, keys: SyncKeys) -> None:
        """bundle-015."""
        nine = _edition(keys, 9, [])
        hub.publish(nine, {})
        for version in (7, 8):
            with pytest.raises(RollbackError):
                hub.publish(replace(_edition(keys, version, []), journal_id=nine.journal_id), {})
        with pytest.raises(RollbackError):  # the same number, something else in it
            hub.publish(keys.signed_edition(replace(nine, sealed=b"other")), {})
        assert hub.editions() == [nine]

    @pytest.mark.parametrize("bad", ["signature", "mixed", "unknown desk", "chunk missing", "chunk altered"])
    def test_an_edition_that_does_not_hold_together_is_refused(self, hub: Hub, keys: SyncKeys, bad: str) -> None:
        """bundle-017."""
        chunk = _chunk(keys, 1)
        edition, chunks = _edition(keys, 1, [chunk]), {chunk.digest: chunk}
        if bad == "signature":
            edition = replace(edition, signature=bytes(64))
        elif bad == "mixed":  # the revoked desks of another version under this one's signature
            edition = replace(edition, revoked=(bytes(32),))
        elif bad == "unknown desk":
            edition = event_keys().signed_edition(edition)
        elif bad == "chunk missing":
            chunks = {}
        else:
            chunks = {chunk.digest: replace(chunk, public=(PublicPerson("p1", "vip", "KH"),))}
        with pytest.raises(HubError):
            hub.publish(edition, chunks)
        assert hub.editions() == []

    def test_a_chunk_that_is_not_there(self, hub: Hub) -> None:
        with pytest.raises(HubError):
            hub.chunk(bytes(32))

    # -- forgetting

    def test_forgets_sealed_texts_and_nothing_else(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        journal = DeskJournal()
        journal.add(6, keys=keys, text="a name")
        hub.push(journal.journal_id, journal.records)
        gone = journal.part(2, 3)
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        assert other.pull(journal.journal_id, 1, 6) == journal.records
        for _again in range(2):
            hub.forget(journal.journal_id, [r.entry_id for r in gone])
        expected = [replace(r, sealed=b"") if r in gone else r for r in journal.records]
        for reader in (hub, other, self.opened(place, hubs, keys)):
            assert reader.pull(journal.journal_id, 1, 6) == expected
            assert reader.heads()[journal.journal_id] == journal.head
        journal.add(3)
        assert hub.push(journal.journal_id, journal.records).status == "ok"
        assert hub.pull(journal.journal_id, 1, 6) == expected

    def test_another_desks_texts_are_not_ours_to_forget(
        self, place: HubPlace, hubs: ExitStack, hub: Hub, keys: SyncKeys
    ) -> None:
        journal = DeskJournal()
        journal.add(2, keys=keys)
        hub.push(journal.journal_id, journal.records)
        other = self.opened(place, hubs, desk_keys(place.keys, "Desk 3"))
        with suppress(HubRefusedError):
            other.forget(journal.journal_id, [r.entry_id for r in journal.records])
        assert hub.pull(journal.journal_id, 1, 2) == journal.records


def _with_body(journal: DeskJournal, record: Record, previous: Record | None, body: bytes) -> Record:
    before = previous.hash if previous else GENESIS
    return replace(
        record, body=body, hash=chain_hash(before, journal.journal_id, record.seq, record.entry_id.hex(), body)
    )


def _push_all(hub: Hub, journal: DeskJournal, size: int) -> Pushed | None:
    pushed = None
    for first in range(1, len(journal.records) + 1, size):
        pushed = hub.push(journal.journal_id, journal.part(first, first + size - 1))
        if pushed.status == "fork":
            break
    return pushed


def _at_once(works: Sequence[Callable[[], object]]) -> None:
    failed: list[BaseException] = []
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def _chunk(keys: SyncKeys, number: int) -> Chunk:
    people = (PublicPerson(f"p{number}", "speaker", "TH"), PublicPerson(f"q{number}", "guest", ""))
    return Chunk(keys.seal(b"chunk", b"%d" % number), people)


def _edition(keys: SyncKeys, version: int, chunks: list[Chunk]) -> Edition:
    made = Edition(
        _JOURNAL, version, 1_404_781_200_000 + version, keys.seal(b"edition", b"event"),
        tuple(c.digest for c in chunks), (), b"", b"",
    )  # fmt: skip
    return keys.signed_edition(made)


_JOURNAL = "0b9bba4e-6f3c-4a40-9d0f-0c4f1c5f7a11"
