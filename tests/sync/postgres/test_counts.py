"""The hub's own numbers are those that the desks compute: domain.journal.fold, and what was said of the people."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable

import pytest

from checkin.domain.journal import Body, Kind, one_person
from checkin.sync.counted import CountRow
from checkin.sync.counting import count_rows
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.records import Chunk, Edition, PublicPerson
from tests.sync.postgres.place import Journal, Place, push_all

LIST = {f"p{n}": (("vip", "delegate")[n % 2], ("TH", "KH", "")[n % 3]) for n in range(8)}


def expected(journals: Iterable[Journal], listed: dict[str, tuple[str, str]]) -> list[CountRow]:
    """Count as sync.counting does, which is the desks' fold."""
    records = [(journal.id, record) for journal in journals for record in journal.records]
    return count_rows(records, [PublicPerson(uid, *values) for uid, values in listed.items()])


def publish(place: Place, journal: Journal, people: dict[str, tuple[str, str]], version: int, at_ms: int) -> None:
    hub, keys = place.hub(), place.keys_of("Desk 1")
    chunk = Chunk(b"sealed %d" % version, tuple(PublicPerson(uid, *values) for uid, values in people.items()))
    edition = keys.signed_edition(Edition(journal.id, version, at_ms, b"", (chunk.digest,), (), b"", b""))
    hub.publish(edition, {chunk.digest: chunk})
    hub.close()


@pytest.mark.parametrize("seed", range(6))
def test_the_hub_counts_as_the_desks_do(place: Place, seed: int) -> None:
    """Everything at once, drawn at random: undos, merges in circles, edits under a clock that was set back, walk-ins,
    entries that stand in two journals."""
    chance = random.Random(seed)
    people = [*LIST, "w1", "w2", "1-17"]
    journals = [Journal() for _number in range(3)]
    publish(place, journals[0], LIST, 1, 10)
    written: list[tuple[str, bytes]] = []
    for _step in range(150):
        journal, kind = chance.choice(journals), chance.choice([*[Kind.CHECK_IN] * 6, *Kind])
        entry_id = str(uuid.uuid4())
        body = Body(
            kind, entry_id, subject=chance.choice(people), checkpoint=chance.choice(["door-1", "opening"]),
            day=chance.choice(["2014-07-08", "2014-07-09"]), at_ms=1000 + chance.randrange(500),
            offset_ms=chance.choice([0, 0, -300, 300]),
        ).to_bytes()  # fmt: skip
        if kind is Kind.UNDO and written:
            target = str(uuid.UUID(chance.choice(written)[0]))
            body = Body(kind, entry_id, subject=chance.choice(people), target=target, at_ms=1200).to_bytes()
        elif kind is Kind.MERGE:
            keep, other = chance.sample(people, 2)
            body = Body(kind, entry_id, subject=keep, target=other, at_ms=1000 + chance.randrange(500)).to_bytes()
        elif kind in {Kind.ATTENDEE, Kind.WALK_IN}:
            body = Body(
                kind, entry_id, subject=chance.choice(people), at_ms=1000 + chance.randrange(500), change="edit",
                category=chance.choice(["", "press", "staff"]), country=chance.choice(["", "LA", "VN"]),
            ).to_bytes()  # fmt: skip
        elif chance.random() < 0.15 and written:
            entry_id, body = chance.choice(written)  # the same fact once more
        if not any(record.body == body for record in journal.records):
            journal.take(entry_id, body)
            written.append((entry_id, body))
    for number, journal in enumerate(journals, 1):
        push_all(place.hub(f"Desk {number}"), journal)
    common = len(journals[0].records) // 2
    clone = journals[0].clone(common)
    for uid in people[:5]:
        clone.write(1, subject=uid, checkpoint="panel-1")
    assert place.hub("Desk 1").push(clone.id, clone.records[common:]).status == "fork"
    assert admin.counts(place.url, place.keys) == expected([*journals, clone], LIST)


def test_the_newest_word_of_a_list_holds_and_who_left_it_still_counts(place: Place) -> None:
    journal = Journal()
    for uid in LIST:
        journal.write(1, subject=uid)
    publish(place, journal, LIST, 1, 10)
    publish(place, journal, {"p0": ("staff", "TH")}, 2, 20)
    push_all(place.hub(), journal)
    now = {**LIST, "p0": ("staff", "TH")}
    assert admin.counts(place.url, place.keys) == expected([journal], now)
    assert sum(row.came for row in admin.counts(place.url, place.keys)) == len(LIST)


def test_many_merges_are_quick_and_right(place: Place) -> None:
    """A forest, an array of numbers: not a copy of everything for each of ten thousand."""
    journal, chance = Journal(), random.Random(1)
    pairs = [(f"m{chance.randrange(1500)}", f"m{chance.randrange(1500)}") for _number in range(2000)]
    for keep, other in pairs:
        journal.write(1, Kind.MERGE, subject=keep, target=other, checkpoint="", day="")
    push_all(place.hub(), journal)
    assert dict(place.sql("SELECT * FROM hub.one_person()")) == one_person(pairs)
