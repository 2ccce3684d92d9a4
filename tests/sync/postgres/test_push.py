"""What a push may be and what comes of it, where PostgreSQL itself decides."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace

import pytest

from checkin.errors import HubError, HubRefusedError, RollbackError
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.keys import new_keys
from checkin.sync.records import Chunk, Edition, Head, PublicPerson
from tests.sync.postgres.place import Journal, Place, push_all, seqs


def test_a_push_is_all_or_none_and_repeating_it_changes_nothing(place: Place) -> None:
    """hub-007."""
    hub, journal = place.hub(), Journal()
    journal.write(7, sealed=b"text")
    first = hub.push(journal.id, journal.records[:5])
    assert (first.status, first.head) == ("ok", Head(5, journal.records[4].hash))
    again = hub.push(journal.id, journal.records[:5])
    overlapping = hub.push(journal.id, journal.records[3:])
    assert (again.status, again.head.seq, overlapping.status, overlapping.head) == ("ok", 5, "ok", journal.head)
    assert hub.pull(journal.id, 1, 500) == journal.records
    assert hub.heads() == {journal.id: journal.head}
    broken = [*Journal().write(1), journal.write(1)[0]]
    assert hub.push(journal.id, broken).status == "refused"
    assert place.entries(journal.id) == [1, 2, 3, 4, 5, 6, 7]


def test_a_gap_a_wrong_hash_and_too_much_are_told_apart_and_keep_nothing(place: Place) -> None:
    """hub-011."""
    hub, journal = place.hub(), Journal()
    journal.write(510)
    hub.push(journal.id, journal.records[:2])
    assert hub.push(journal.id, journal.records[3:5]).status == "gap"
    assert hub.push(journal.id, [replace(journal.records[2], body=b'{"v":1}')]).status == "refused"
    assert hub.push(journal.id, [replace(journal.records[2], hash=bytes(32))]).status == "refused"
    assert hub.push(journal.id, [replace(journal.records[2], hash=b"short")]).status == "refused"
    assert hub.push(journal.id, [replace(journal.records[2], entry_id=b"")]).status == "refused"
    assert hub.push(journal.id, journal.records[2:503]).status == "refused"  # 501
    large = replace(journal.records[2], sealed=bytes(65537))
    assert hub.push(journal.id, [large]).status == "refused"
    middle = [journal.records[2], replace(journal.records[3], hash=bytes(32)), journal.records[4]]
    assert hub.push(journal.id, middle).status == "refused"
    assert hub.push(journal.id, []).head == Head(2, journal.records[1].hash)
    assert place.entries(journal.id) == [1, 2]
    assert hub.push(journal.id, journal.records[2:502]).head.seq == 502


@pytest.mark.parametrize("known", [3, 5])
def test_another_entry_under_a_number_is_kept_as_evidence(place: Place, known: int) -> None:
    """hub-009. `known`: what the copied laptop knows of the hub when it sends: it may start before the fork, or behind it."""
    hub, journal = place.hub(), Journal()
    journal.write(8)
    clone = journal.clone(3)
    clone.write(4)
    push_all(hub, journal)
    answer = hub.push(clone.id, clone.records[known:])
    assert (answer.status, answer.head) == ("fork", journal.head)
    assert hub.pull(journal.id, 1, 500) == journal.records
    forks = hub.forks()
    assert [fork.record for fork in forks] == clone.records[known:]
    assert hub.push(clone.id, clone.records[known:]).status == "fork"
    assert len(hub.forks()) == len(forks)


def test_a_body_that_nobody_can_read_blocks_nothing(place: Place) -> None:
    """The chain holds over any bytes; they are kept, not counted, and what comes with them is."""
    hub, journal = place.hub(), Journal()
    journal.write(1)
    for body in (
        b"\xff\xfe",
        b"[1]",
        b'{"k":"CHECK_IN","s":"\\u0000"}',
        b'{"at":1e999}',
        b"null",
        b'{"at":"soon"}',
        b'"',
    ):
        journal.take(str(uuid.uuid4()), body)
    journal.write(1)
    assert hub.push(journal.id, journal.records).head == journal.head
    assert hub.pull(journal.id, 1, 500) == journal.records
    assert sum(row.came for row in admin.counts(place.url, place.keys)) == 2


def test_two_that_push_one_journal_at_once_leave_it_whole(place: Place) -> None:
    """hub-013."""
    journal = Journal()
    journal.write(400)
    hubs = [place.hub() for _number in range(4)]
    answers: list[str] = []

    def send(number: int) -> None:
        for start in range(0, 400, 10):
            answers.append(hubs[number].push(journal.id, journal.records[start : start + 10]).status)  # noqa: PERF401

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {"ok"}
    assert place.entries(journal.id) == list(range(1, 401))


def test_a_journal_belongs_to_the_desk_that_named_it_first(place: Place) -> None:
    mine, theirs, journal = place.hub("Desk 1"), place.hub("Desk 2"), Journal()
    journal.write(3, sealed=b"names")
    mine.push(journal.id, journal.records[:2])
    answer = theirs.push(journal.id, journal.records[2:])
    assert (answer.status, answer.head.seq) == ("refused", 2)
    with pytest.raises(HubRefusedError):
        theirs.forget(journal.id, [journal.records[0].entry_id])
    with pytest.raises(HubRefusedError):
        theirs.announce(journal.card(place.keys_of("Desk 2"), name="Desk 2"))
    assert seqs(theirs.pull(journal.id, 1, 10)) == [1, 2]
    assert theirs.pull(journal.id, 1, 1)[0].sealed == b"names"


def test_what_was_forgotten_is_gone_and_the_chain_holds(place: Place) -> None:
    hub, journal = place.hub(), Journal()
    journal.write(3, sealed=b"names")
    clone = journal.clone(2)
    clone.write(1, sealed=b"more names")
    push_all(hub, journal)
    hub.push(clone.id, clone.records[2:])
    hub.forget(journal.id, [journal.records[1].entry_id, clone.records[2].entry_id])
    assert [record.sealed for record in hub.pull(journal.id, 1, 9)] == [b"names", b"", b"names"]
    assert [fork.record.sealed for fork in hub.forks()] == [b""]
    assert hub.push(journal.id, journal.records).status == "ok"
    assert hub.pull(journal.id, 2, 2)[0].sealed == b""


def test_the_newest_card_stays(place: Place) -> None:
    hub, journal, keys = place.hub(), Journal(), place.keys_of("Desk 1")
    new = journal.card(keys, 20, state="closed 2014-07-08", program="0.1", sealed=b"\x00\xff")
    hub.announce(new)
    hub.announce(journal.card(keys, 10))
    assert [(one.card, one.revoked) for one in hub.desks()] == [(new, False)]
    with pytest.raises(HubRefusedError):
        hub.announce(replace(new, at_ms=30))  # no longer what was signed
    stranger = new_keys("small-2014", "Desk 1")
    with pytest.raises(HubRefusedError):
        hub.announce(journal.card(stranger, 40))
    assert hub.heads() == {}


def _edition(place: Place, journal: Journal, version: int, chunks: list[Chunk], at_ms: int = 1) -> Edition:
    digests = tuple(chunk.digest for chunk in chunks)
    made = Edition(journal.id, version, at_ms, b"pack", digests, (bytes(96),), b"", b"")
    return place.keys_of("Desk 1").signed_edition(made)


def test_an_edition_replaces_an_older_one_and_never_a_newer(place: Place) -> None:
    hub, journal = place.hub(), Journal()
    old, kept, new = (
        Chunk(seal, (PublicPerson(uid, "vip", "TH"), PublicPerson(f"{uid}2", "", "")))
        for seal, uid in ((b"\\ab\x00", "a"), (b"{}\"'", "ü"), (b"", "c"))
    )
    first, second = _edition(place, journal, 1, [old, kept]), _edition(place, journal, 2, [kept, new])
    assert hub.missing_chunks(first.chunks) == [old.digest, kept.digest]
    with pytest.raises(HubError, match="lacks a part"):
        hub.publish(first, {})
    hub.publish(first, {chunk.digest: chunk for chunk in (old, kept)})
    hub.publish(first, {})  # its answer was lost
    assert hub.editions() == [first]
    assert hub.missing_chunks(second.chunks) == [new.digest]
    hub.publish(second, {new.digest: new})
    assert hub.editions() == [second]
    assert (hub.chunk(kept.digest), hub.chunk(new.digest)) == (kept, new)
    with pytest.raises(HubError):
        hub.chunk(old.digest)  # nobody names it any more: somebody may have been erased from it
    with pytest.raises(RollbackError):
        hub.publish(first, {old.digest: old})
    with pytest.raises(RollbackError):
        hub.publish(_edition(place, journal, 2, [kept]), {})
    with pytest.raises(HubRefusedError):
        place.hub("Desk 2").publish(second, {})
    assert hub.editions() == [second]
