"""Entries as bytes that never change, what lies beside them, and who of many counts as one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.changes import Private, change_text, consent_text, read_private, walk_in_text
from checkin.domain.journal import Body, Entry, Kind, chain_hash, fold, one_person

ID = "01a2135e-eff0-7c21-8e95-3e693cb884c0"
VECTORS = [
    # As the first version wrote them: a journal that was hashed must go on verifying.
    (
        Body(Kind.CHECK_IN, ID, "00000000-0000-4000-8000-000000000001", "door-1", "in", "2014-07-08", 1404783000000, 12345,
             "0a1b2c3d", 0, "00112233aabbccdd", flags="p"),
        (b'{"at":1404783000000,"boot":"0a1b2c3d","cp":"door-1","day":"2014-07-08","dir":"in","f":"p",'
        b'"id":"01a2135e-eff0-7c21-8e95-3e693cb884c0","k":"CHECK_IN","mono":12345,"mu":1,"op":"00112233aabbccdd",'
        b'"s":"00000000-0000-4000-8000-000000000001","v":1}'),
    ),
    (
        Body(Kind.UNDO, ID, "s", at_ms=1, target="t", commitment="c", must_understand=False),
        b'{"at":1,"c":"c","id":"01a2135e-eff0-7c21-8e95-3e693cb884c0","k":"UNDO","s":"s","t":"t","v":1}',
    ),
    # With what the counter adds.
    (
        Body(Kind.WALK_IN, ID, "s", "door-1", day="2014-07-08", at_ms=1, category="press", country="ประเทศไทย",
             consent="2014-07 photo=1 mailing=0"),
        (b'{"at":1,"cat":"press","co":"\\u0e1b\\u0e23\\u0e30\\u0e40\\u0e17\\u0e28\\u0e44\\u0e17\\u0e22","cp":"door-1",'
        b'"cs":"2014-07 photo=1 mailing=0","day":"2014-07-08","id":"01a2135e-eff0-7c21-8e95-3e693cb884c0","k":"WALK_IN",'
        b'"mu":1,"s":"s","v":1}'),
    ),
    (
        Body(Kind.ATTENDEE, ID, "s", at_ms=1, change="edit"),
        b'{"at":1,"ch":"edit","id":"01a2135e-eff0-7c21-8e95-3e693cb884c0","k":"ATTENDEE","mu":1,"s":"s","v":1}',
    ),
    (
        Body(Kind.BADGE_ISSUED, ID, "s", at_ms=1, target="1-42-0"),
        b'{"at":1,"id":"01a2135e-eff0-7c21-8e95-3e693cb884c0","k":"BADGE_ISSUED","mu":1,"s":"s","t":"1-42-0","v":1}',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "data"), VECTORS, ids=[body.kind for body, _data in VECTORS])
def test_vectors(body: Body, data: bytes) -> None:
    assert body.to_bytes() == data
    assert Body.from_bytes(data) == body


def test_the_hash_of_an_entry_is_a_vector_too() -> None:
    found = chain_hash(bytes(32), "11111111-1111-4111-8111-111111111111", 1, ID, VECTORS[0][1])
    assert found.hex() == "42b2669c041d4b741437e6b534b17fec39b9038cbbf336ba10b2c2d70c83636f"


@given(st.dictionaries(st.sampled_from(["name", "organisation", "note"]), st.text(min_size=1), min_size=1))
def test_what_lies_beside_an_entry_is_read_back(fields: dict[str, str]) -> None:
    assert read_private(Kind.WALK_IN, walk_in_text(fields)) == Private(fields=fields)
    pairs = {name: ("", text) for name, text in fields.items()}
    assert read_private(Kind.ATTENDEE, change_text(pairs, "why")) == Private("why", changes=pairs)
    assert read_private(Kind.UNDO, "a {reason}").reason == "a {reason}"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": 5}', '{"name": ["a"]}', '{"reason": 5}', "null"])
def test_what_was_erased_or_damaged_is_nothing(text: str) -> None:
    for kind in (Kind.WALK_IN, Kind.ATTENDEE):
        assert read_private(kind, text) == Private()


def test_consents_in_the_journal() -> None:
    assert consent_text("2014-07", [("photo", True), ("mailing", False)]) == "2014-07 photo=1 mailing=0"
    assert consent_text("", []) == "-"


def test_all_who_hang_together_are_one() -> None:
    assert one_person([]) == {}
    assert one_person([("a", "b")]) == {"b": "a"}
    assert one_person([("a", "b"), ("b", "a"), ("b", "a")]) == {"b": "a"}
    assert one_person([("b", "c"), ("a", "b")]) == {"b": "a", "c": "a"}
    assert one_person([("a", "b"), ("c", "b")]) == {"b": "c", "a": "c"}
    assert one_person([("a", "a")]) == {}


def test_who_counts_is_the_same_for_every_order_and_repetition() -> None:
    """SYNC.md, I7 and I9, with merges and their undoing among the entries."""
    chance = random.Random(7)
    for _ in range(200):
        known = _entries(chance)
        present = set(fold(known).present)
        for _ in range(3):
            again = [*known, *chance.choices(known, k=5)]
            chance.shuffle(again)
            assert set(fold(again).present) == present


def _entries(chance: random.Random) -> list[Entry]:
    known: list[Entry] = []
    for seq in range(1, 20):
        kind = chance.choice([Kind.CHECK_IN, Kind.CHECK_IN, Kind.MERGE, Kind.UNDO])
        target = chance.choice(known).body.entry_id if kind is Kind.UNDO and known else chance.choice("abcd")
        body = Body(kind, f"{seq:032x}", chance.choice("abcd"), day="d", at_ms=chance.randint(0, 5), target=target)
        known.append(Entry(chance.choice("xy"), seq, body, b"", b""))
    return known
