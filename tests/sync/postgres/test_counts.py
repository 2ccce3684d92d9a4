"""The hub's own numbers are those that the desks compute: domain.journal.fold, and what was said of the people."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterable

import pytest

from checkin.domain.journal import Body, Entry, Kind, fold, one_person
from checkin.sync.counted import CountRow
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.records import Chunk, Edition, PublicPerson
from tests.sync.postgres.place import Journal, Place, push_all

LIST = {f"p{n}": (("vip", "delegate")[n % 2], ("TH", "KH", "")[n % 3]) for n in range(8)}


def entries(journals: Iterable[Journal]) -> list[Entry]:
    return [
        Entry(journal.id, record.seq, Body.from_bytes(record.body), record.body, record.hash)
        for journal in journals
        for record in journal.records
    ]


def expected(journals: Iterable[Journal], listed: dict[str, tuple[str, str]]) -> list[CountRow]:
    """Count as the desks do: the fold, and of each field the newest standing word (db.edits)."""
    unique: dict[str, Entry] = {}
    for entry in sorted(entries(journals), key=lambda e: (e.journal_id, e.seq)):
        unique.setdefault(entry.body.entry_id, entry)
    folded = fold(unique.values())
    said = {uid: list(values) for uid, values in listed.items()}
    latest: dict[tuple[str, str], int] = {}
    words = []
    for entry in sorted(unique.values(), key=lambda e: (e.journal_id, e.seq)):
        body = entry.body
        if body.kind in {Kind.WALK_IN, Kind.ATTENDEE, Kind.UNDO}:
            key = (body.subject, entry.journal_id)
            latest[key] = max(latest.get(key, -(2**62)), body.at_ms + body.offset_ms)
            if body.kind is Kind.WALK_IN or (body.kind is Kind.ATTENDEE and body.entry_id not in folded.undone):
                words.append((body.kind is Kind.ATTENDEE, latest[key], entry.journal_id, entry.seq, body))
    for *_order, body in sorted(words, key=lambda word: word[:4]):
        values = said.setdefault(body.subject, ["", ""])
        values[:] = [new or old for new, old in zip((body.category, body.country), values, strict=True)]
    rows = Counter((day, checkpoint, *said.get(who, ["", ""])) for who, day, checkpoint in folded.present)
    return sorted(CountRow(*key, came) for key, came in rows.items())


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
    assert admin.counts(place.url, place.keys) == expected(journals, LIST)


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
