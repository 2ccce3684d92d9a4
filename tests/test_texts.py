"""Text from outside, made safe to show."""

from __future__ import annotations

import pytest

from checkin.texts import breakable, tidy


@pytest.mark.parametrize(
    "text", ["Maria Santos", "https://example.org/x", "กรมสวัสดิการและคุ้มครองแรงงาน" * 5, "ສົມໃຈ" * 20]
)
def test_a_text_that_wraps_by_itself_is_left_alone(text: str) -> None:
    assert breakable(text) is text


def test_a_run_without_a_space_gets_places_to_wrap_and_no_letter_loses_its_accent() -> None:
    text = "Ann " + "e\u0301x" * 100
    wrapped = breakable(text)
    assert wrapped.replace("\u200b", "") == text
    assert max(map(len, wrapped.split("\u200b"))) <= 4 + 20 + 1
    assert "\u200b\u0301" not in wrapped


def test_a_tidy_name_is_one_line_of_what_can_be_seen() -> None:
    assert tidy(" Desk\u202e\n\t 3\x00\u200b ", 60) == "Desk 3"
    assert tidy("x" * 100, 60) == "x" * 60
