"""The protocol's bytes: what is sent is what RFC 8010 shows, what is broken is refused and never endless."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.printing.ipp import Answer, Attribute, MalformedError, Tag, decode, encode

# RFC 8010, appendix A.1, shortened to its first attributes and with one integer of the job's.
RFC = bytes.fromhex(
    "010100020000000101"
    "470012617474726962757465732d6368617273657400057574662d38"
    "48001b617474726962757465732d6e61747572616c2d6c616e67756167650005656e2d7573"
    "02210006636f7069657300040000001403"
)  # fmt: skip


def test_a_request_is_written_as_the_rfc_shows_it() -> None:
    first = [
        Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en-us",)),
    ]
    assert encode(2, [(Tag.OPERATION, first), (Tag.JOB, [Attribute(Tag.INTEGER, "copies", (20,))])]) == RFC


def test_every_kind_of_value_comes_back() -> None:
    size = (Attribute(Tag.INTEGER, "x-dimension", (8600,)), Attribute(Tag.INTEGER, "y-dimension", (12400,)))
    media = (Attribute(Tag.BEGIN_COLLECTION, "media-size", (size,)), Attribute(Tag.KEYWORD, "media-type", ("labels",)))
    sent = [
        Attribute(Tag.NAME, "job-name", ("ป้ายชื่อ",)),
        Attribute(Tag.KEYWORD, "reasons", ("media-empty-error", "paused")),
        Attribute(Tag.BOOLEAN, "accepting", (False,)),
        Attribute(Tag.ENUM, "state", (-3,)),
        Attribute(Tag.BEGIN_COLLECTION, "media-col", (media, media)),
        Attribute(Tag.URI, "after", ("ipp://localhost/",)),
    ]
    answer = decode(encode(0, [(Tag.PRINTER, sent)]))
    col = {"media-size": [{"x-dimension": [8600], "y-dimension": [12400]}], "media-type": ["labels"]}
    assert answer == Answer(0, [(Tag.PRINTER, {
        "job-name": ["ป้ายชื่อ"], "reasons": ["media-empty-error", "paused"], "accepting": [False], "state": [-3],
        "media-col": [col, col], "after": ["ipp://localhost/"],
    })])  # fmt: skip


def test_groups_of_one_kind_stay_apart() -> None:
    one, two = ([Attribute(Tag.NAME, "printer-name", (name,))] for name in ("A", "B"))
    found = decode(encode(0, [(Tag.PRINTER, one), (Tag.PRINTER, two)])).found(Tag.PRINTER)
    assert found == [{"printer-name": ["A"]}, {"printer-name": ["B"]}]


def test_an_answer_that_was_cut_anywhere_is_refused() -> None:
    for length in range(1, len(RFC)):
        with pytest.raises(MalformedError):
            decode(RFC[:length])


def test_collections_inside_each_other_without_end_are_refused() -> None:
    level = b"\x34\x00\x00\x00\x00"
    with pytest.raises(MalformedError):
        decode(RFC[:8] + b"\x01" + b"\x34\x00\x01m\x00\x00" + (b"\x4a\x00\x00\x00\x01m" + level) * 100_000)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_refused(data: bytes) -> None:
    with suppress(MalformedError):
        assert isinstance(decode(RFC[:8] + data), Answer)
