"""Entries as bytes: what is hashed, sent and verified must be the same on every desk and in every version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.journal import Body, Kind, chain_hash

TEXTS = {field.name: st.text(max_size=30) for field in fields(Body) if field.type == "str"}
NUMBERS = {field.name: st.integers(-(2**60), 2**60) for field in fields(Body) if field.type == "int"}
TEXTS["entry_id"] = st.text(min_size=1, max_size=36)
BODIES = st.builds(Body, kind=st.sampled_from(Kind), must_understand=st.booleans(), **TEXTS, **NUMBERS)


@given(BODIES)
def test_the_bytes_are_canonical_and_read_back(body: Body) -> None:
    """Sorted keys, no spaces, ASCII: what any JSON library makes of the same facts."""
    data = body.to_bytes()
    assert data == json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    assert Body.from_bytes(data) == body


def test_the_bytes_of_an_entry_stay_what_they_are() -> None:
    """A journal that was written by an earlier version must verify for ever."""
    body = Body(
        Kind.CHECK_IN, "0197e7a0-0000-7000-8000-000000000001", subject="11111111-2222-4333-8444-555555555555",
        checkpoint="door-1", direction="in", day="2014-07-08", at_ms=1_404_783_900_000, monotonic_ms=5, boot="01234567",
        operator="0123456789abcdef", flags="t",
    )  # fmt: skip
    data = (
        b'{"at":1404783900000,"boot":"01234567","cp":"door-1","day":"2014-07-08","dir":"in","f":"t",'
        b'"id":"0197e7a0-0000-7000-8000-000000000001","k":"CHECK_IN","mono":5,"mu":1,"op":"0123456789abcdef",'
        b'"s":"11111111-2222-4333-8444-555555555555","v":1}'
    )
    assert body.to_bytes() == data
    journal_id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
    hashed = hashlib.sha256(
        bytes(32)
        + bytes.fromhex("aaaaaaaabbbb4ccc8dddeeeeeeeeeeee")
        + (7).to_bytes(8, "big")
        + bytes.fromhex("0197e7a0000070008000000000000001")
        + data
    )
    assert chain_hash(bytes(32), journal_id, 7, body.entry_id, data) == hashed.digest()
