"""Texts that a person takes for the same are the same; a list is sorted as its readers expect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.folding import bare_name, fold, thai_sort_key, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn", "nguyen"), ("ĐỨC", "duc"), ("Łukasz Søren", "lukasz soren"), ("Straße", "STRASSE"), ("José", "Jose\u0301"),
        ("ก่ิ", "กิ่"), ("น้ำ", "นํ้า"), ("น้ำ", "นำ้"), ("น้ํา", "น้ำ"), ("แสง", "เเสง"), ("ເເ", "ແ"), ("ນ້ຳ", "ນໍ້າ"), ("ศิริ", "ศิริ์"),
        ("๒๕๕๗", "2557"), ("O’Brien", "O'Brien"), ("an\u200bn", "ann"), ("Ａｎｎ", "ann"),
    ],
)  # fmt: skip
def test_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("มา", "มี"), ("ทำ", "ทา"), ("ဝင်း", "ဝန်း"), ("សុខ", "សខ"), ("ann", "ana")])
def test_not_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(fold(text)) == words(text)


def test_words() -> None:
    assert words("Dr. Anne-Marie O’Neil (ILO)") == ["dr", "anne", "marie", "oneil", "ilo"]
    assert words("ทองดี ใจดี") == ["ทองดี", "ใจดี"]
    assert words("🙂_=\ue001") == []


def test_a_thai_title_written_onto_the_name() -> None:
    assert [bare_name(w) for w in words("นายสมชาย นางสาวสมศรี คุณกมล")] == ["สมชาย", "สมศรี", "กมล"]
    assert bare_name("นาย") == "นาย"


def test_thai_names_sort_as_in_a_dictionary() -> None:
    expected = ["กมล", "เกรียง", "แก้ว", "ไก่", "ขวัญ", "เขียว", "คำ", "ใจดี", "ปา", "ป่า", "ป้า", "ปาน", "เพ็ญ", "ภูมิ", "เอก"]
    reversed_list = list(reversed(expected))
    assert sorted(reversed_list, key=thai_sort_key) == expected
    assert sorted(expected) != expected


def test_a_mixed_list_is_sorted_without_regard_to_titles_case_or_accents() -> None:
    expected = ["Ann Lee", "Dr Ánna Berg", "anna Zed", "Mr Đỗ An", "Eve", "นายกมล", "นางสาวขวัญ"]
    reversed_list = list(reversed(expected))
    assert sorted(reversed_list, key=thai_sort_key) == expected


@given(st.text(max_size=300))
def test_a_sort_key_is_short_and_always_the_same(text: str) -> None:
    assert len(thai_sort_key(text)) <= 200
    assert thai_sort_key(text) == thai_sort_key(text)
