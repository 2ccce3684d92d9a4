"""Every file says how sure it is: complete, INCOMPLETE with the desks that are behind, or a correction (export-029)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from checkin.domain.closing import Difference, ReportState
from checkin.i18n import set_language
from checkin.reports.export import Exported, export, proposed_name
from checkin.reports.standing import standing
from checkin.reports.words import correction_lines, long_day, thai_digits, where_from
from tests.small_event import EVENT, Place, make_place

DAY = EVENT.days[0].date
CLOSED = ReportState(True, digest="7f3a91c2" + "0" * 56, desks=(("Desk 1", 2), ("Desk 2", 1)))


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Place]:
    """Desk 2 let one in and has three more entries that are not here."""
    other = make_place(tmp_path, now="08:51", desk="Desk 2", number=2)
    other.desk.admit(other.token(1))
    with other.database.write_fast() as raw:
        raw.execute("UPDATE journal SET mine = 0, announced = 4, confirmed = 4")
    other.database.close()
    place = make_place(tmp_path, now="09:00")
    place.desk.admit(place.token(2))
    yield place
    place.database.close()


def write(place: Place, file: Path, report: str = "attendance", state: ReportState | None = None) -> Exported:
    return export(place.database, EVENT, report, file, DAY, state=state)  # type: ignore[arg-type]


def test_a_file_says_which_desk_is_behind_and_how_far_it_is(behind: Place, tmp_path: Path) -> None:
    """bad_inputs export-029"""
    said = "INCOMPLETE (Desk 2: 1 of 4 entries, last 2014-07-08T08:51:00+07:00); not closed"
    for report in ("attendance", "counts", "journal"):
        assert write(behind, tmp_path / f"{report}.csv", report).incomplete
        with (tmp_path / f"{report}.csv").open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.DictReader(text))
        assert rows
        assert {row["report"] for row in rows} == {said}
    write(behind, tmp_path / "who.json")
    assert {row["report"] for row in json.loads((tmp_path / "who.json").read_text("utf-8"))} == {said}
    write(behind, tmp_path / "who.xlsx")
    book = openpyxl.load_workbook(tmp_path / "who.xlsx")
    texts = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value is not None]
    assert "INCOMPLETE" in texts
    assert "Desk 2: 1 of 4 entries are here, the last of 8 Jul 2014, 08:51." in texts
    assert "INCOMPLETE" in book["Attendance"].oddHeader.center.text


def test_a_day_that_is_not_closed_says_so_without_alarm(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    place.desk.admit(place.token(1))
    written = write(place, tmp_path / "who.json")
    place.database.close()
    assert not written.incomplete
    assert [row["report"] for row in json.loads((tmp_path / "who.json").read_text("utf-8"))] == ["not closed"]


def test_a_closing_gives_its_digest_and_a_correction_what_it_changed(behind: Place, tmp_path: Path) -> None:
    assert not write(behind, tmp_path / "who.json", state=CLOSED).incomplete
    assert {row["report"] for row in json.loads((tmp_path / "who.json").read_text("utf-8"))} == {"final 7f3a91c2"}
    state = ReportState(
        False, ("Desk 3",), 2, CLOSED.digest, CLOSED.desks,
        (Difference("door-1", "delegate", 149, 151),), (("Desk 2", 12),),
    )  # fmt: skip
    with behind.database.read() as connection:
        found = standing(connection, EVENT, state)
    assert found.mark() == "INCOMPLETE (Desk 3); correction 2 7f3a91c2"
    assert found.missing_sentences() == ["Desk 3 has not confirmed that all its scans are in."]
    assert correction_lines(EVENT, found) == [
        "Main entrance, Delegate: 149 → 151",
        "Entries that came late: Desk 2 (12)",
    ]
    assert where_from(found) == "INCOMPLETE: Desk 3 not all in (2 desks, 3 entries)"
    assert where_from(found, thai_digits) == "INCOMPLETE: Desk 3 not all in (๒ desks, ๓ entries)", "names keep theirs"


def test_the_proposed_name_says_it_too() -> None:
    assert (
        proposed_name(EVENT, "counts", ".csv", DAY, incomplete=True)
        == "Small event - counts - 2014-07-08 - INCOMPLETE.csv"
    )


def test_days_are_written_out_with_the_year_of_the_language() -> None:
    assert long_day(DAY) == "Tuesday 8 July 2014"
    set_language("th")
    try:
        assert thai_digits(long_day(DAY)) == "วันอังคารที่ ๘ กรกฎาคม ๒๕๕๗"
    finally:
        set_language("en")
