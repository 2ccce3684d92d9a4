"""Reports as files: what an organiser finds in them, what a spreadsheet makes of them, and what never happens to an old one."""

from __future__ import annotations

import csv
import gc
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from checkin.app import create_app
from checkin.domain.event import Names
from checkin.errors import CancelledError, ExportError
from checkin.i18n import set_language
from checkin.reports.export import REPORTS, export, proposed_name, suffixes
from checkin.reports.sheet import Sheet
from tests.shared import shared_dir
from tests.small_event import EVENT, MARIA, SOMYING, TOML, Place, at, make_place, someone


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = make_place(_folder(tmp_path / "data"))
    yield place
    place.database.close()


@pytest.fixture
def thai() -> Iterator[None]:
    set_language("th")
    yield
    set_language("en")


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def exported(place: Place, report: str, file: Path, day: date | None = None) -> list[dict[str, str]]:
    written = export(place.database, EVENT, report, file, day)  # type: ignore[arg-type]
    rows = read_csv(file)
    assert written.rows == len(rows)
    return rows


def test_attendance_has_one_row_per_person_with_first_and_last_time(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    first = make_place(tmp_path / "data", now="13:05", checkpoint="panel-1")
    first.desk.admit(first.token(1), mode="scanner")
    first.database.close()
    out = make_place(tmp_path / "data", now="13:40", checkpoint="panel-1", direction="out")
    out.desk.admit(out.token(1))
    rows = exported(out, "attendance", tmp_path / "who.csv")
    out.database.close()
    assert [(r["name"], r["checkpoint"], r["first_at"][11:16], r["last_at"][11:16], r["how"]) for r in rows] == [
        ("Maria Santos", "panel-1", "13:05", "13:40", "scanner")
    ]
    assert rows[0]["first_at"].endswith("+07:00")
    assert (rows[0]["desk"], rows[0]["staff"], rows[0]["day"]) == ("Desk 1", "Nok", "2014-07-08")


def test_let_in_again_is_still_one_row_and_the_first_time_stays(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(1))
    place.desk.admit(place.token(1), force_reason="lost her pass")
    rows = exported(place, "attendance", tmp_path / "who.csv")
    assert [(r["name"], r["forced"]) for r in rows] == [("Maria Santos", "no")]


def test_what_was_undone_is_in_the_journal_and_not_in_the_attendance(place: Place, tmp_path: Path) -> None:
    """bad_inputs export-027"""
    place.desk.admit(place.token(1))
    wrong = place.desk.admit(place.token(2))
    place.desk.undo(wrong.record, "wrong person")
    place.desk.admit("https://example.org")
    assert [r["name"] for r in exported(place, "attendance", tmp_path / "who.csv")] == ["Maria Santos"]
    audit = exported(place, "journal", tmp_path / "audit.csv")
    assert [(r["what"], r["undone"], r["name"]) for r in audit] == [
        ("checked_in", "no", "Maria Santos"),
        ("checked_in", "yes", "Somying Jaidee"),
        ("undo", "no", "Somying Jaidee"),
        ("not_a_badge", "no", ""),
    ]
    assert audit[2]["target"] == wrong.record
    assert audit[2]["reason"] == "wrong person"
    assert audit[2]["day"] == "2014-07-08", "an undo belongs to the day of what it takes back"
    assert audit[3]["read"] == "https://example.org"


def test_how_tells_a_walk_in_from_somebody_picked(tmp_path: Path) -> None:
    walk_in = replace(someone(3), walk_in=True)
    place = make_place(tmp_path, (MARIA, walk_in))
    place.desk.admit_person(MARIA.id)
    place.desk.admit_person(walk_in.id)
    rows = {r["name"]: r["how"] for r in exported(place, "attendance", tmp_path / "who.csv")}
    place.database.close()
    assert rows == {"Maria Santos": "picked", "Person 3": "walk-in"}


def test_counts_have_expected_and_came_for_each_group(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(1))
    rows = exported(place, "counts", tmp_path / "counts.csv")
    door = {r["category"]: (r["expected"], r["came"], r["inside"]) for r in rows if r["checkpoint"] == "door-1"}
    assert door == {"delegate": ("1", "1", "1"), "vip": ("1", "0", "0")}
    assert {r["checkpoint"] for r in rows} == {"door-1", "door-2", "opening", "panel-1"}, (
        "nobody is expected at panel-2"
    )


@pytest.mark.parametrize("report", REPORTS)
def test_a_day_leaves_the_other_days_out(tmp_path: Path, report: str) -> None:
    (tmp_path / "data").mkdir()
    for now, door in (("08:30", "door-1"), ("2014-07-09 08:30", "door-2")):
        place = make_place(tmp_path / "data", now=now, checkpoint=door)
        place.desk.admit(place.token(1))
        place.desk.admit("nothing of ours")
        place.database.close()
    place = make_place(tmp_path / "data")
    every = exported(place, report, tmp_path / "all.csv")
    second = exported(place, report, tmp_path / "day2.csv", date(2014, 7, 9))
    place.database.close()
    assert {r["day"] for r in every} == {"2014-07-08", "2014-07-09"}
    assert {r["day"] for r in second} == {"2014-07-09"}
    assert [r for r in every if r["day"] == "2014-07-09"] == second


def test_journal_keeps_the_order_of_numbers_where_the_clock_went_back(tmp_path: Path) -> None:
    """bad_inputs clock-001, clock-011"""
    (tmp_path / "data").mkdir()
    for now, serial in (("09:30", 1), ("08:30", 2)):
        place = make_place(tmp_path / "data", now=now)
        place.desk.admit(place.token(serial))
        place.database.close()
    place = make_place(tmp_path / "data")
    rows = exported(place, "journal", tmp_path / "audit.csv")
    place.database.close()
    assert [r["seq"] for r in rows] == ["1", "2"]


def test_two_desks_journals_are_merged_by_time(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(1))
    with place.database.write_fast() as raw:
        raw.execute("UPDATE journal SET mine = 0")
    second = make_place(tmp_path / "data", now="08:00", desk="Desk 2", number=2)
    second.desk.admit(second.token(2))
    second.database.close()
    rows = exported(place, "journal", tmp_path / "audit.csv")
    assert [(r["desk"], r["name"]) for r in rows] == [("Desk 2", "Somying Jaidee"), ("Desk 1", "Maria Santos")]


def test_json_says_the_same_as_csv(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(2))
    export(place.database, EVENT, "attendance", tmp_path / "who.json")
    rows = json.loads((tmp_path / "who.json").read_text("utf-8"))
    assert [row["name_local"] for row in rows] == ["สมหญิง ใจดี"]
    assert rows[0]["forced"] is False
    assert datetime.fromisoformat(rows[0]["first_at"]) == at("08:30")


def test_empty_reports_are_whole_files(place: Place, tmp_path: Path) -> None:
    for suffix in suffixes():
        assert export(place.database, EVENT, "attendance", tmp_path / f"none{suffix}").rows == 0
    assert json.loads((tmp_path / "none.json").read_text()) == []
    book = openpyxl.load_workbook(tmp_path / "none.xlsx")
    assert book.active.max_row == 1
    assert book.sheetnames == ["Attendance", "Summary"]


# --- what a spreadsheet makes of it ----------------------------------------------------------------------------------


def test_xlsx_is_ready_to_read(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(1))
    export(place.database, EVENT, "attendance", tmp_path / "who.xlsx")
    book = openpyxl.load_workbook(tmp_path / "who.xlsx")
    tab = book.active
    assert tab.title == "Attendance"
    assert tab.freeze_panes == "A2"
    assert tab.auto_filter.ref == "A1:R2"
    cells = {heading.value: cell for heading, cell in zip(tab[1], tab[2], strict=True)}
    assert cells["Day"].value == datetime(2014, 7, 8)  # noqa: DTZ001
    assert cells["First time"].value == datetime(2014, 7, 8, 8, 30)  # noqa: DTZ001
    assert cells["First time"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert (cells["Category"].value, cells["Checkpoint"].value) == ("Delegate", "Main entrance")


@pytest.mark.usefixtures("thai")
def test_thai_words_and_christian_years_in_a_thai_export(place: Place, tmp_path: Path) -> None:
    """bad_inputs clock-013"""
    place.desk.admit(place.token(2))
    export(place.database, EVENT, "attendance", tmp_path / "who.xlsx")
    row = [cell.value for cell in openpyxl.load_workbook(tmp_path / "who.xlsx").active[2]]
    assert "แขกสำคัญ" in row
    assert "ประตูหลัก" in row
    assert datetime(2014, 7, 8) in row  # noqa: DTZ001
    csv_row = exported(place, "attendance", tmp_path / "who.csv")[0]
    assert (csv_row["category"], csv_row["day"], csv_row["first_at"][:4]) == ("vip", "2014-07-08", "2014")


def bad_cells() -> list[tuple[str, str]]:
    """Return (id, text) of the shared cases that are one cell's text."""
    with (shared_dir() / "bad_inputs.jsonl").open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    wanted = {f"export-{number:03}" for number in (1, 3, 5, 7, 9, 11, 13, 15)}
    return [(case["id"], case["input"]) for case in cases if case["id"] in wanted]


HOSTILE = [
    "=1+1", "+66 81 234 5678", "-5", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", "＝1+1", "\x00=1", 'a";=1+1;"b', "0012",
    "12345678901234567890", "A\x07nn", "<r><t>x</t></r>", "<b>&amp;", "https://example.org", "1e5", "TRUE", "_x0041_",
    "  two spaces  ", "line\nbreak", "مرحبا", "สมชาย", "𝒜nn", "'quoted", "\ufffe", "null", "a,b;c",
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_hostile_texts_stay_one_literal_cell(tmp_path: Path, suffix: str) -> None:
    """bad_inputs export-001, export-003, export-005, export-007, export-009, export-011, export-013: a formula is a text, a
    phone keeps its plus, nothing illegal is written."""
    texts = HOSTILE + [text for case, text in bad_cells() if case != "export-015"]
    people = [someone(n, name=f"P{n:03}", organisation=text) for n, text in enumerate(texts)]
    place = make_place(tmp_path, people)
    for serial in range(1, len(people) + 1):
        place.desk.admit(place.token(serial))
    file = tmp_path / f"who{suffix}"
    export(place.database, EVENT, "attendance", file)
    place.database.close()
    legal = [text.replace("\x00", "").replace("\x07", "").replace("\ufffe", "") for text in texts]
    if suffix == ".csv":
        cells = [row["organisation"] for row in read_csv(file)]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
        assert [cell[1:] if cell != text else cell for cell, text in zip(cells, legal, strict=True)] == legal
    elif suffix == ".json":
        assert [row["organisation"] for row in json.loads(file.read_text("utf-8"))] == legal
    else:
        found = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        cells = [str(row[2]).rstrip(" ") if str(row[2]).startswith("<r>") else row[2] for row in found[1:]]
        assert cells == legal
        tab = openpyxl.load_workbook(file).active
        assert {cell.data_type for column in tab["C2" : f"C{len(texts) + 1}"] for cell in column} <= {
            "s",
            "inlineStr",
            "n",
        }
        assert all(cell.value is None or isinstance(cell.value, str) for cell in tab["C"])


def test_a_cell_that_is_too_long_is_cut_and_says_so(tmp_path: Path) -> None:
    """bad_inputs export-015: Excel refuses a file with more than 32,767 units in a cell."""
    place = make_place(tmp_path, [someone(1, organisation="x" * 32_768), someone(2, organisation="𝒜" * 20_000)])
    for serial in (1, 2):
        place.desk.admit(place.token(serial))
    export(place.database, EVENT, "attendance", tmp_path / "who.xlsx")
    export(place.database, EVENT, "attendance", tmp_path / "who.csv")
    place.database.close()
    cells = [row[2].value for row in openpyxl.load_workbook(tmp_path / "who.xlsx").active.iter_rows(min_row=2)]
    assert all(len(cell.encode("utf-16-le")) <= 2 * 32_767 for cell in cells)
    assert [cell[-26:].split("cut: ")[1] for cell in cells] == ["32768 characters]", "20000 characters]"]
    assert [len(row["organisation"]) for row in read_csv(tmp_path / "who.csv")] == [32_768, 20_000]


def test_a_csv_export_is_imported_again_as_it_was(tmp_path: Path) -> None:
    person = someone(
        1,
        name="-Dash Name",
        organisation="=SUM(A1)",
        country="Thailand",
        badge_code="0012345678901234567",
        external_id="+66812345678",
    )
    place = make_place(_folder(tmp_path / "data"), [person])
    place.desk.admit_person(person.id)
    export(place.database, EVENT, "attendance", tmp_path / "who.csv")
    place.database.close()
    app = create_app(tmp_path / "again", TOML)
    result = app.importer.import_file(tmp_path / "who.csv")
    with app.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, organisation, country, badge_code, external_id, category FROM attendee"
        )
        back = [tuple(row) for row in rows]
    app.close()
    assert result.added == 1
    assert back == [("-Dash Name", "=SUM(A1)", "Thailand", "0012345678901234567", "+66812345678", "delegate")]


def test_half_a_character_is_replaced() -> None:
    """bad_inputs export-019: SQLite keeps no lone surrogate, so one can only come from a definition or a file."""
    from checkin.reports.cells import csv_cell, xlsx_cell

    assert csv_cell("a\ud800b") == xlsx_cell("a\ud800b") == "a\ufffdb"


def test_a_title_becomes_a_file_name_on_every_system() -> None:
    """bad_inputs export-017"""
    event = replace(EVENT, name=Names((("en", "ASPF 2026: Bangkok?/..\\x.xlsx"),)))
    assert proposed_name(event, "attendance", ".xlsx") == "ASPF 2026 Bangkok .. x.xlsx - attendance.xlsx"
    assert proposed_name(replace(EVENT, name=Names((("en", "..."),))), "counts", ".csv") == "small-2014 - counts.csv"
    assert proposed_name(EVENT, "counts", ".csv", date(2014, 7, 8)) == "Small event - counts - 2014-07-08.csv"


def test_rows_beyond_a_sheet_go_on_in_the_next(place: Place, tmp_path: Path) -> None:
    """bad_inputs export-025, with a sheet of four rows in the place of 1,048,576."""
    from checkin.reports.exporters import xlsx_file
    from checkin.reports.sheet import Column, Sheet

    rows = iter([(n,) for n in range(7)])
    sheet = Sheet(EVENT, "Numbers", (Column("n", "Number", "number"),), 7, rows)
    with (tmp_path / "many.xlsx").open("wb") as file:
        assert xlsx_file.write(file, sheet, lambda: None, max_rows=4) == 7
    book = openpyxl.load_workbook(tmp_path / "many.xlsx")
    assert book.sheetnames == ["Numbers", "Numbers 2", "Numbers 3"]
    assert [[row[0].value for row in tab] for tab in book] == [["Number", 0, 1, 2], ["Number", 3, 4, 5], ["Number", 6]]
    assert [tab.auto_filter.ref for tab in book] == ["A1:A4", "A1:A4", "A1:A2"]


# --- the file itself -------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes: to a program the same as a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_a_full_disk_leaves_the_old_file(place: Place, tmp_path: Path, suffix: str) -> None:
    place.desk.admit(place.token(1))
    file = tmp_path / f"who{suffix}"
    file.write_text("the old one")
    with small_disk(64), pytest.raises(ExportError, match="disk is full"):
        export(place.database, EVENT, "attendance", file)
    assert file.read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name], "no partial file"
    assert export(place.database, EVENT, "attendance", file).rows == 1, "works again without a restart"


@pytest.mark.parametrize("size", range(4000, 8000, 500))
def test_a_workbook_half_written_leaves_no_complaint_on_the_terminal(place: Place, tmp_path: Path, size: int) -> None:
    """An archive that is thrown away tries to finish itself; what goes wrong there would be printed as a traceback."""
    with small_disk(size), pytest.raises(ExportError, match="disk is full"):
        export(place.database, EVENT, "attendance", tmp_path / "who.xlsx")
    gc.collect()


class FullStick:
    """Writes where the system itself says that there is no room."""

    SUFFIX = ".full"

    def write(self, _file: BinaryIO, _sheet: Sheet, _step: Callable[[], None]) -> int:
        with Path("/dev/full").open("wb", buffering=0) as full:
            return full.write(b"row")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is always full")
def test_a_full_stick_is_not_taken_for_the_disk_of_the_scans(place: Place, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"“who\.full” was not written"):
        export(place.database, EVENT, "attendance", tmp_path / "who.full", also=[FullStick()])


@pytest.mark.parametrize("lock", [".~lock.who.xlsx#", "~$who.xlsx"])
def test_a_file_open_in_a_spreadsheet_is_left_and_a_new_name_offered(place: Place, tmp_path: Path, lock: str) -> None:
    """bad_inputs export-021"""
    (tmp_path / "who.xlsx").write_text("open in a spreadsheet")
    (tmp_path / "who-2.xlsx").write_text("taken too")
    (tmp_path / lock).touch()
    with pytest.raises(ExportError, match=r"who-3\.xlsx"):
        export(place.database, EVENT, "attendance", tmp_path / "who.xlsx")
    assert (tmp_path / "who.xlsx").read_text() == "open in a spreadsheet"
    assert not list(tmp_path.glob(".*.part"))


def test_a_folder_that_is_gone_is_said(place: Place, tmp_path: Path) -> None:
    """bad_inputs export-023: the stick was pulled."""
    with pytest.raises(ExportError, match="Plug the disk in again"):
        export(place.database, EVENT, "attendance", tmp_path / "stick" / "who.csv")
    with pytest.raises(ExportError, match="is a folder"):
        export(place.database, EVENT, "attendance", _folder(tmp_path / "a.csv"))


def test_a_folder_that_cannot_be_written_to_is_said(place: Place) -> None:
    """bad_inputs export-023: /proc takes no file, not even from root."""
    if not Path("/proc/self").is_dir():
        pytest.skip("no /proc on this system")
    with pytest.raises(ExportError, match=r"(Nothing was|is not there)"):
        export(place.database, EVENT, "attendance", Path("/proc/who.csv"))


def test_a_kind_of_file_that_nobody_writes_is_answered_with_what_there_is(place: Place, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.csv, \.json, \.xlsx"):
        export(place.database, EVENT, "attendance", tmp_path / "who.docx")


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    place = make_place(tmp_path, [someone(n) for n in range(1, 602)])
    for serial in range(1, 602):
        place.desk.admit(place.token(serial))
    for suffix in suffixes():
        seen: list[tuple[int, int]] = []
        file = tmp_path / f"who{suffix}"

        def note(done: int, total: int, seen: list[tuple[int, int]] = seen) -> None:
            seen.append((done, total))

        with pytest.raises(CancelledError):
            export(place.database, EVENT, "attendance", file, progress=note, cancelled=lambda seen=seen: bool(seen))
        assert seen == [(0, 601)]
        assert not file.exists()
        assert not list(tmp_path.glob(".*.part"))
        export(place.database, EVENT, "attendance", file, progress=note)
        assert seen[1:] == [(0, 601), (500, 601), (601, 601)]
    place.database.close()


def test_scanning_goes_on_while_a_report_is_written(place: Place, tmp_path: Path) -> None:
    place.desk.admit(place.token(1))
    during: list[str] = []

    def scan(done: int, total: int) -> None:
        if not during:
            during.append(place.desk.admit(place.token(2)).verdict)

    assert export(place.database, EVENT, "attendance", tmp_path / "who.csv", progress=scan).rows == 1
    assert during == ["checked_in"]
    assert export(place.database, EVENT, "attendance", tmp_path / "who.csv").rows == 2


def test_a_person_whose_name_is_not_known_yet_is_counted(tmp_path: Path) -> None:
    """A genuine badge of a desk that has not synced: present, so in the list, without a name."""
    place = make_place(tmp_path, (MARIA, SOMYING))
    place.desk.admit(place.token(7, issuer=3))
    rows = exported(place, "attendance", tmp_path / "who.csv")
    place.database.close()
    assert [(r["name"], r["checkpoint"]) for r in rows] == [("", "door-1")]
    assert rows[0]["id"]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
