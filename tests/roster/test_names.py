"""The cases of the shared bad inputs, area names, as far as they are the import's and the search's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.db.search import Search
from checkin.texts import isolate
from tests.roster.place import Roster, reasons, roster


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Roster]:
    with roster(tmp_path) as made:
        yield made


def only_name(place: Roster, name: str) -> tuple[str, str]:
    """Import one person of this name; return the name as stored and what is told."""
    quoted = name.replace('"', '""')
    result = place.text(f'code,name,organisation\n1,"{quoted}",ILO\n')
    return place.column("name")[0], reasons(result, 2)


def test_001_nfd_is_stored_as_nfc_and_found_either_way(place: Roster) -> None:
    stored, _told = only_name(place, "Jose\u0301 Nun\u0303ez")
    assert stored == "José Núñez".replace("ú", "u")
    search = Search(place.database)
    for typed in ("jose nunez", "José", "Nun\u0303ez"):
        assert [hit.attendee.name for hit in search.find(typed)] == [stored]


def test_001_nfd_and_nfc_are_one_person(place: Roster) -> None:
    place.text("name,organisation\nJosé,ILO\n")
    again = place.text("name,organisation\nJose\u0301,ILO\n")
    assert (again.added, again.unchanged) == (0, 1)


def test_003_thai_signs_in_a_wrong_order_are_kept_and_found(place: Roster) -> None:
    stored, _told = only_name(place, "ก่ิตติ")
    assert stored == "ก่ิตติ"
    assert Search(place.database).find("กิตติ")


@pytest.mark.parametrize(
    "name",
    [
        "ສົມສັກ ພອນສະຫວັນ", "အောင်ဆန်းစုကြည်", "🙂 Ann 🇹🇭", "=1+1", "محمد علي", "NULL", "សុខ ស្រីមុំ", "Nguyễn Văn An",
        "👩‍👩‍👧 Family", "می‌خواهم", "O'Brien", "-", "@ann", "+66", "\\N", "<b>Ann</b>", "Ann; DROP TABLE attendee",
    ],
)  # fmt: skip
def test_names_are_kept_as_they_are_written(place: Roster, name: str) -> None:
    """names-005 (Lao), names-007 (Burmese), names-013, names-015, names-019, names-025. How they are drawn:
    tests/badges; how they leave in files: tests/reports/test_export.py."""
    stored, _told = only_name(place, name)
    assert stored == name


def test_names_009_a_long_thai_name_is_kept_whole(place: Roster) -> None:
    """How it shrinks and wraps on a badge, beside the code: tests/badges/test_references.py, thai-120."""
    name = "เกรุงเทพมหานครอมรรัตนโกสินทร์กรุงเทพมหานครอมรรัตนโกสินทร์กรุงเทพมหานครอมรรัตนโกสินทร์"
    assert only_name(place, name) == (name, "")


def test_names_011_ten_thousand_characters_are_cut_to_200_and_told(place: Roster) -> None:
    stored, told = only_name(place, "A" * 10_000)
    assert stored == "A" * 200
    assert "10000 characters" in told


def test_011_a_cut_does_not_part_a_letter_from_its_signs(place: Roster) -> None:
    stored, _told = only_name(place, "ก" * 199 + "ก่" * 10)
    assert len(stored) <= 200
    assert not stored.endswith("่") or stored.endswith("ก่")


def test_names_017_two_people_of_one_name_are_told_apart_by_their_organisation(place: Roster) -> None:
    place.text("name,organisation\nAnn Lee,ILO\nAnn Lee,ISSA\n")
    assert {hit.attendee.organisation for hit in Search(place.database).find("ann lee")} == {"ILO", "ISSA"}


def test_019_a_right_to_left_name_is_isolated_where_it_stands_beside_others() -> None:
    assert isolate("محمد علي") == "\u2068محمد علي\u2069"


def test_021_a_name_without_a_letter_is_told(place: Roster) -> None:
    _stored, told = only_name(place, "่้\u0301")
    assert "no letter" in told


def test_023_a_private_character_is_told_and_kept(place: Roster) -> None:
    stored, told = only_name(place, "Ann \ue000")
    assert stored == "Ann \ue000"
    assert "no common meaning" in told


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x00", "\x1b", "\x85", "\u2028"])
def test_what_cannot_be_seen_is_taken_out_of_names(place: Roster, hidden: str) -> None:
    stored, _told = only_name(place, f"An{hidden}n")
    assert stored in {"Ann", "An n"}


def test_text_that_was_once_read_in_a_wrong_encoding_is_told(place: Roster) -> None:
    _stored, told = only_name(place, "สมชาย".encode().decode("cp1252", "replace"))
    assert "look damaged" in told


@pytest.mark.parametrize(
    ("title", "given", "family", "name"),
    [("นาย", "สมชาย", "ใจดี", "นายสมชาย ใจดี"), ("Dr.", "Ann", "Lee", "Dr. Ann Lee"), ("", "Ann", "", "Ann")],
)
def test_a_name_in_parts_is_put_together(place: Roster, title: str, given: str, family: str, name: str) -> None:
    place.text(f"Title,First name,Last name\n{title},{given},{family}\n")
    assert place.column("name") == [name]
