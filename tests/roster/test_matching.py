"""Importing again: who is who, what is updated, what is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.db.search import Search
from checkin.desk.desk import Desk
from checkin.domain.verdict import Verdict
from checkin.errors import RosterFileError
from tests.roster.place import Roster, reasons, roster, told, write
from tests.small_event import add_person, make_place, someone


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Roster]:
    with roster(tmp_path) as made:
        yield made


def desk_at(place: Roster) -> tuple[Desk, object]:
    made = make_place(place.folder)
    return made.desk, made.database


def test_an_update_keeps_attendance_badge_and_id(place: Roster) -> None:
    place.text("id,code,name,organisation\n1,T-0001,Ann,ILO\n")
    desk, database = desk_at(place)
    assert desk.admit("T-0001").verdict is Verdict.CHECKED_IN
    before = place.rows("SELECT a.uid, b.serial, b.revision, p.first_ms FROM attendee a JOIN badge b ON b.attendee = a.id"
                        " JOIN presence p ON p.attendee = a.id")  # fmt: skip
    result = place.text("id,code,name,organisation\n1,T-0001,Ann Lee,International Labour Organization\n")
    assert (result.added, result.updated) == (0, 1)
    assert place.column("name") == ["Ann Lee"]
    after = place.rows("SELECT a.uid, b.serial, b.revision, p.first_ms FROM attendee a JOIN badge b ON b.attendee = a.id"
                       " JOIN presence p ON p.attendee = a.id")  # fmt: skip
    assert after == before
    assert desk.admit("T-0001").verdict is Verdict.ALREADY_IN
    database.close()  # type: ignore[attr-defined]


def test_an_updated_name_is_found_and_the_old_one_is_not(place: Roster) -> None:
    place.text("id,name\n1,Annabel\n")
    place.text("id,name\n1,Beatrice\n")
    search = Search(place.database)
    assert [hit.attendee.name for hit in search.find("beatr")] == ["Beatrice"]
    assert search.find("annabel") == []


def test_a_column_that_is_not_there_takes_nothing_away(place: Roster) -> None:
    place.text("id,code,name,note,country\n1,T1,Ann,VIP car,Lao PDR\n")
    result = place.text("id,name\n1,Ann\n")
    assert result.unchanged == 1
    assert place.people()[0]["note"] == "VIP car"


def test_an_emptied_note_is_emptied_but_an_empty_code_keeps_the_badge(place: Roster) -> None:
    place.text("id,code,name,note\n1,T1,Ann,call me\n")
    place.text("id,code,name,note\n1,,Ann,\n")
    person = place.people()[0]
    assert (person["note"], person["badge_code"]) == ("", "T1")
    assert place.rows("SELECT text FROM code") == [("T1",)]


def test_a_new_code_replaces_the_old_one(place: Roster) -> None:
    place.text("id,code,name\n1,OLD-1,Ann\n")
    place.text("id,code,name\n1,NEW-1,Ann\n")
    assert place.rows("SELECT text FROM code") == [("NEW-1",)]


def test_two_people_may_swap_their_codes(place: Roster) -> None:
    place.text("id,code,name\n1,A-1,Ann\n2,B-2,Bo\n")
    result = place.text("id,code,name\n1,B-2,Ann\n2,A-1,Bo\n")
    assert (result.updated, result.rejected) == (2, 0)
    assert place.rows("SELECT c.text, a.name FROM code c JOIN attendee a ON a.id = c.attendee ORDER BY 1") == [
        ("A-1", "Bo"), ("B-2", "Ann")
    ]  # fmt: skip


def test_a_code_of_somebody_else_in_the_roster_is_left_out_and_told(place: Roster) -> None:
    place.text("code,name\nT1,Ann Lee\n", source="first")
    result = place.text("code,name\nT1,Somsak Jaidee\nT2,Bo\n", source="second")
    assert (result.added, result.rejected) == (1, 1)
    assert "Ann Lee" in reasons(result, 2, "rejected")
    assert place.column("name") == ["Ann Lee", "Bo"]


@pytest.mark.parametrize("name", ["ann lee", "Lee Ann", "Dr Ann Lee", "Anne Lee"])
def test_a_code_with_another_spelling_is_the_same_person(place: Roster, name: str) -> None:
    place.text("code,name\nT1,Ann Lee\n")
    result = place.text(f"code,name\nT1,{name}\n")
    assert (result.added, result.updated, result.rejected) == (0, 1, 0)
    assert place.column("name") == [name]


def test_people_of_another_list_are_recognised_and_stay_in_theirs(place: Roster) -> None:
    place.text("id,name,email,organisation\n1,Ann Lee,ann@x.th,ILO\n", source="ministry")
    result = place.text("id,name,email,organisation\n77,Ann Lee,ANN@x.th,I.L.O.\n", source="tickets")
    assert (result.added, result.updated) == (0, 1)
    assert place.people()[0]["source"] == "ministry"
    assert place.people()[0]["external_id"] == "1"
    assert place.text("id,name,email,organisation\n77,Ann Lee,ANN@x.th,I.L.O.\n", source="tickets").unchanged == 1


def test_namesakes_with_different_codes_are_two_people(place: Roster) -> None:
    place.text("code,name,organisation\nT1,Ann Lee,ILO\nT2,Ann Lee,ILO\n")
    again = place.text("code,name,organisation\nT1,Ann Lee,ILO\nT2,Ann Lee,ILO\nT3,Ann Lee,ILO\n")
    assert (again.added, again.unchanged) == (1, 2)
    assert "this is a new person" in reasons(again, 4)


def test_a_walk_in_who_is_on_a_later_list_stays_a_walk_in(place: Roster) -> None:
    with place.database.write_fast() as raw:
        add_person(raw, someone(1, name="Ann Lee", organisation="ILO", walk_in=True), 1)
    result = place.text("name,organisation,country\nAnn Lee,ILO,Thailand\n")
    assert (result.added, result.updated) == (0, 1)
    person = place.people()[0]
    assert (person["walk_in"], person["country"]) == (1, "Thailand")


def test_badges_are_numbered_in_the_order_of_the_file_and_never_twice(place: Roster) -> None:
    place.text("name\nAnn\n\nBo\n", source="a")
    place.text("name\nCy\n", source="b")
    assert place.rows("SELECT a.name, b.issuer, b.serial FROM badge b JOIN attendee a ON a.id = b.attendee") == [
        ("Ann", 1, 1), ("Bo", 1, 2), ("Cy", 1, 3)
    ]  # fmt: skip
    assert place.rows("SELECT value FROM desk_state WHERE key = 'next_serial'") == [("4",)]


def test_a_roster_that_changed_after_the_dry_run_is_not_overwritten(place: Roster) -> None:
    preview = place.preview(write(place.folder / "list.csv", "code,name\nT1,Ann\n"))
    with place.database.write_fast() as raw:
        add_person(raw, someone(1, badge_code="T1"), 1)
    with pytest.raises(RosterFileError, match="has changed"):
        place.importer.apply(preview)
    assert place.column("name") == ["Person 1"]


def test_a_dry_run_writes_nothing(place: Roster) -> None:
    preview = place.preview(write(place.folder / "list.csv", "code,name\nT1,Ann\n"))
    assert (preview.added, place.people()) == (1, [])
    preview.discard()
    assert not preview.folder.exists()


def test_categories_statuses_and_sessions_of_both_languages(place: Roster) -> None:
    place.text(
        "ชื่อ-นามสกุล,ประเภท,สถานะ,หัวข้อ\n"
        "Ann,VIP,ยืนยัน,Panel 1; พิธีเปิด\n"
        "Bo,ผู้แทน,ยกเลิก,2014-07-09\n"
        "Cy,delegates,Cancelled - flight delayed,8 ก.ค. 2557\n"
        "Di,press,Blocked: protocol,all\n"
    )
    found = [(p["category"], p["status"], p["status_reason"], p["expected"]) for p in place.people()]
    assert found == [
        ("vip", "registered", "", "panel-1 opening"),
        ("delegate", "cancelled", "", "2014-07-09"),
        ("delegate", "cancelled", "flight delayed", "2014-07-08"),
        ("press", "blocked", "protocol", ""),
    ]


def test_words_that_the_event_does_not_know_are_told_and_nobody_is_lost(place: Roster) -> None:
    result = place.text("name,category,status,sessions\nAnn,Sponsor,perhaps,Karaoke\n")
    person = place.people()[0]
    assert (person["category"], person["status"], person["expected"]) == ("", "registered", "")
    for word in ("Sponsor", "perhaps", "Karaoke"):
        assert word in reasons(result, 2)


def test_a_default_category_is_given_where_none_is_named(place: Roster) -> None:
    place.text("name,category\nAnn,\nBo,VIP\n", category="press")
    assert place.column("category") == ["press", "vip"]


def test_a_country_with_spaces_is_trimmed_and_told(place: Roster) -> None:
    result = place.text("name,country\nAnn,Lao PDR \n")
    assert place.column("country") == ["Lao PDR"]
    assert "Lao PDR" in reasons(result, 2)


PRETIX = """Order code,Position ID,Attendee name,Attendee email,Ticket secret,Product,Status
ABC12,1,Ann Lee,a@x.th,abcdefghijklmnopqrstuvwxyz234567,Delegate,Paid
"""
EVENTBRITE = """Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Barcode #,Attendee Status
9,2014-01-01,Ann,Lee,a@x.th,1,VIP,551,98765432109876543210,Attending
"""
INDICO = """ID,Name,Email Address,Affiliation,Registration date,Registration state
12,Ann Lee,a@x.th,ILO,2014-01-01,Completed
"""


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (PRETIX, ("Ann Lee", "abcdefghijklmnopqrstuvwxyz234567", "delegate", "1")),
        (EVENTBRITE, ("Ann Lee", "98765432109876543210", "vip", "551")),
        (INDICO, ("Ann Lee", "", "", "12")),
    ],
)
def test_exports_of_known_systems_need_no_mapping(place: Roster, text: str, person: tuple[str, ...]) -> None:
    result = place.text(text)
    stored = place.people()[0]
    assert (stored["name"], stored["badge_code"], stored["category"], stored["external_id"]) == person
    assert result.rejected == 0, told(result)
