"""A stream of payloads as a hand scanner types them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkin.desk.typed import MAX_LINE, payloads


def read(*chunks: bytes) -> list[str]:
    left = iter([*chunks, b""])
    return list(payloads(lambda: next(left)))


def test_any_line_end_and_a_second_enter() -> None:
    assert read(b"one\ntwo\r\nthree\rfour") == ["one", "two", "three", "four"]
    assert read(b"one\r\r", b"\ntwo\n\n\n") == ["one", "two"]


def test_a_line_end_between_two_reads() -> None:
    assert read(b"on", b"e\r", b"\ntwo") == ["one", "two"]


def test_bytes_that_are_no_utf8() -> None:
    assert read(b"\xff\xfe\xfa\n") == ["ÿþú"]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    assert [len(p) for p in read(*[b"a" * MAX_LINE] * 3)] == [MAX_LINE] * 3


@given(st.lists(st.text("ab1é", min_size=1, max_size=5)), st.integers(1, 7))
def test_how_the_bytes_arrive_does_not_matter(lines: list[str], size: int) -> None:
    data = "\n".join(lines).encode()
    assert read(*(data[i : i + size] for i in range(0, len(data), size))) == lines
