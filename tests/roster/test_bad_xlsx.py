"""The cases of the shared bad inputs, area import_xlsx: recipes, made here. Each test names what is expected of it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from checkin.errors import RosterFileError
from checkin.roster import read_table
from tests.roster.place import Roster, reasons, roster, told, workbook, write


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Roster]:
    with roster(tmp_path) as made:
        yield made


def change_part(path: Path, part: str, change: tuple[str, str] | bytes) -> Path:
    """Rewrite one part of an XLSX: replace a text by another, or put in other bytes."""
    data = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = change if isinstance(change, bytes) else content.replace(*(s.encode() for s in change))
            new.writestr(name, content)
        if part not in old.namelist():
            new.writestr(part, change if isinstance(change, bytes) else b"")
    return path


def test_001_a_formula_that_was_never_calculated_is_told_and_empty(place: Roster) -> None:
    result = place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], ["=1+1", "Ann"]]))
    assert "formula without value" in reasons(result, 2).lower()
    assert place.column("badge_code") == [""]


def test_003_a_number_shown_as_00123_is_the_code_00123(place: Roster) -> None:
    place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], [123, "Ann"]], A2="00000"))
    assert place.column("badge_code") == ["00123"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (123, '"REG-"00000', "REG-00123"), (12345678, "0000-0000", "1234-5678"), (7, "000;-000", "007"),
        (1234567, "00000", "1234567"), (42, "General", "42"), (42, "0", "42"), (42, "@", "42"), (42.0, "0.00", "42"),
        (15, "[Red]0000", "0015"), (3, "\\A00", "A03"),
    ],
)  # fmt: skip
def test_003_number_formats_of_codes(place: Roster, value: float, code: str, shown: str) -> None:
    place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], [value, "Ann"]], A2=code))
    assert place.column("badge_code") == [shown]


def test_003_a_format_that_is_not_understood_is_told(place: Roster) -> None:
    result = place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], [0.5, "Ann"]], A2="# ?/?"))
    assert "its own way" in reasons(result, 2)


def test_005_a_number_of_16_digits_is_not_trusted(place: Roster) -> None:
    result = place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], [1234567890123456789, "Ann"]]))
    assert place.column("badge_code") == [""]
    assert "16 digits" in reasons(result, 2)


def test_007_dates_of_a_1904_workbook_are_right(place: Roster) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["name", "arrival"])
    book.active.append(["Ann", dt.date(2014, 7, 8)])
    book.save(place.folder / "x.xlsx")
    assert next(read_table(place.folder / "x.xlsx").rows()).cells == ["Ann", "2014-07-08"]


def test_007_a_buddhist_year_in_a_real_date_cell(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["name", "arrival"], ["Ann", dt.date(2557, 12, 25)]])
    result = place.bring(path)
    assert "2014-12-25" in reasons(result, 2)


def hidden(path: Path) -> Path:
    workbook(path, [["code", "name"], *([n, f"Person {n}"] for n in range(1, 101))])
    book = openpyxl.load_workbook(path)
    for row in range(2, 52):
        book.active.row_dimensions[row].hidden = True
    book.active.auto_filter.ref = "A1:B101"
    book.save(path)
    return path


def test_009_hidden_rows_are_imported_and_told_or_left_out_on_request(place: Roster) -> None:
    path = hidden(place.folder / "x.xlsx")
    result = place.preview(path, visible_only=True)
    assert result.added == 50
    result.discard()
    whole = place.bring(path)
    assert whole.added == 100
    assert "50 rows are hidden" in told(whole)


def test_011_titles_above_the_headings_are_skipped(place: Roster) -> None:
    rows = [["Conference on Social Protection"], [], ["List of participants, 8 July"], ["code", "name"], ["1", "Ann"]]
    result = place.bring(workbook(place.folder / "x.xlsx", rows))
    assert place.column("name") == ["Ann"]
    assert place.column("source_row") == [5]
    assert result.rejected == 0


def test_013_an_empty_sheet_is_said_to_be_empty(place: Roster) -> None:
    with pytest.raises(RosterFileError, match="empty"):
        read_table(workbook(place.folder / "x.xlsx", []))


def test_015_rich_text_and_line_breaks_become_plain_text(place: Roster) -> None:
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append([CellRichText(TextBlock(InlineFont(b=True), "Ann"), "\nLee")])
    book.save(place.folder / "x.xlsx")
    result = place.bring(place.folder / "x.xlsx")
    assert place.column("name") == ["Ann Lee"]
    assert "Line breaks" in reasons(result, 2)


def test_017_a_truth_value_as_a_name_is_told(place: Roster) -> None:
    result = place.bring(workbook(place.folder / "x.xlsx", [["code", "name"], ["1", True]]))
    assert place.column("name") == ["TRUE"]
    assert "truth value" in reasons(result, 2)


def test_019_links_to_other_files_are_not_followed_and_told(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    change_part(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    result = place.bring(path)
    assert result.added == 1
    assert "links to other files" in told(result)


def bomb(path: Path, size: int) -> Path:
    """An XLSX whose sheet unpacks to `size` bytes of zeros, made without having them in memory."""
    workbook(path, [["code", "name"]])
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(size >> 20):
                part.write(bytes(1 << 20))
    return path


def test_021_a_zip_bomb_is_refused_before_it_is_unpacked(place: Roster) -> None:
    path = bomb(place.folder / "x.xlsx", 64 << 20)
    assert path.stat().st_size < 1 << 20
    started = time.monotonic()
    with pytest.raises(RosterFileError, match="unpack"):
        read_table(path)
    assert time.monotonic() - started < 2


@pytest.mark.soak
def test_021_a_zip_bomb_of_4_gb(place: Roster) -> None:
    path = bomb(place.folder / "x.xlsx", 4 << 30)
    started = time.monotonic()
    with pytest.raises(RosterFileError, match="unpack"):
        read_table(path)
    assert time.monotonic() - started < 2


def test_021_a_directory_that_lies_about_sizes_does_not_help_a_bomb(place: Roster) -> None:
    path = bomb(place.folder / "x.xlsx", 64 << 20)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"xl/worksheets/sheet1.xml") - 46  # its record in the central directory
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 16 : entry + 20] = struct.pack("<I", zlib.crc32(bytes(100)))
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    with pytest.raises(RosterFileError):
        read_table(write(path, bytes(data)))


def test_021_a_value_far_away_does_not_fill_the_memory(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(RosterFileError, match="far away"):
        read_table(path)


def test_021_entities_in_the_xml_are_not_expanded(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    evil = (
        b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]><workbook>&b;</workbook>'
    )
    with pytest.raises(RosterFileError, match="damaged"):
        read_table(change_part(path, "xl/workbook.xml", evil))


def test_023_a_part_that_leads_out_of_the_folder_is_ignored(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil", "x")
        archive.writestr("/etc/evil", "x")
    assert place.bring(path).added == 1
    assert not (place.folder.parent.parent / "evil").exists()


def test_025_the_old_excel_format_is_named(place: Roster) -> None:
    with pytest.raises(RosterFileError, match="old format"):
        read_table(write(place.folder / "x.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)))


def test_025_a_workbook_with_a_password_is_named(place: Roster) -> None:
    data = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(RosterFileError, match="password"):
        read_table(write(place.folder / "x.xlsx", data))


def test_027_text_named_xlsx_is_read_as_text(place: Roster) -> None:
    assert place.bring(write(place.folder / "x.xlsx", "code,name\n1,Ann\n")).added == 1


def test_029_a_file_that_is_only_in_the_cloud_is_not_waited_for(place: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    real = os.stat
    mode = real(path).st_mode

    def stat(wanted: object, *more: object, **how: object) -> object:
        if wanted == path:
            return SimpleNamespace(st_mode=mode, st_file_attributes=0x400020)  # as Windows says of a placeholder
        return real(wanted, *more, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("checkin.roster.guard.os.stat", stat)
    with pytest.raises(RosterFileError, match="cloud"):
        read_table(path)


def test_031_pictures_are_ignored(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], *([f"C{n}", f"Person {n}"] for n in range(500))])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(500):
            archive.writestr(f"xl/media/image{number}.png", os.urandom(2000))
            archive.writestr(f"xl/richData/r{number}.xml", b"<!DOCTYPE not read>")
    assert place.bring(path).added == 500


# --- the same classes, other members ---


def test_an_error_value_is_told_and_empty(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name", "country"], ["1", "Ann", "#N/A"]])
    result = place.bring(path)
    assert place.column("country") == [""]
    assert "#N/A" in reasons(result, 2)


def test_merged_cells_count_for_all_their_rows(place: Roster) -> None:
    path = workbook(
        place.folder / "x.xlsx", [["code", "name", "organisation"], ["1", "Ann", "ILO"], ["2", "Bo"], ["3", "Cy"]]
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("C2:C3")
    book.save(path)
    result = place.bring(path)
    assert place.column("organisation") == ["ILO", "ILO", ""]
    assert "Merged" in told(result)


def test_columns_that_start_late_and_rows_that_start_late_keep_their_numbers(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [])
    book = openpyxl.load_workbook(path)
    for cell, value in {"C4": "code", "D4": "name", "C5": 7, "D5": "Ann", "D7": True}.items():
        book.active[cell] = value
    book.active["C5"].number_format = "0000"
    book.save(path)
    result = place.bring(path)
    assert [(p["badge_code"], p["name"], p["source_row"]) for p in place.people()] == [
        ("0007", "Ann", 5),
        ("", "TRUE", 7),
    ]
    assert "truth value" in reasons(result, 7)


def test_prefixed_and_single_quoted_xml_is_read_the_same(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], [123, "Ann"], ["=1+1", "Bo"]], A2="00000")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    prefixed = (
        re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", sheet).replace(' xmlns="', ' xmlns:x="').replace('r="A2"', "r='A2'")
    )
    change_part(path, "xl/worksheets/sheet1.xml", prefixed.encode())
    result = place.bring(path)
    assert place.column("badge_code") == ["00123", ""]
    assert "formula" in reasons(result, 3).lower()


def test_the_first_visible_sheet_is_read_and_others_are_named(place: Roster) -> None:
    book = openpyxl.Workbook()
    book.active.title = "hidden"
    book.active.append(["nothing"])
    book.active.sheet_state = "hidden"
    for name in ("People", "More"):
        sheet = book.create_sheet(name)
        sheet.append(["name"])
        sheet.append([f"of {name}"])
    book.active = 1
    book.save(place.folder / "x.xlsx")
    result = place.bring(place.folder / "x.xlsx")
    assert place.column("name") == ["of People"]
    assert "More" in told(result)
    place.bring(place.folder / "x.xlsx", sheet="More")
    assert place.column("name") == ["of People", "of More"]
    with pytest.raises(RosterFileError, match="People, More"):
        read_table(place.folder / "x.xlsx", "Peple")


def test_a_cut_workbook_is_damaged(place: Roster) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    whole = path.read_bytes()
    for size in (len(whole) // 2, len(whole) - 30, 30):
        with pytest.raises(RosterFileError):
            read_table(write(path, whole[:size]))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_part_of_rubbish_is_damage_not_a_crash(place: Roster, part: str) -> None:
    path = workbook(place.folder / "x.xlsx", [["code", "name"], ["1", "Ann"]])
    with pytest.raises(RosterFileError):
        place.bring(change_part(path, part, b"\x00<rubbish"))


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_ods_is_read_with_codes_as_they_are_shown(place: Roster) -> None:
    number = '<table:table-cell office:value-type="float" office:value="123"><text:p>00123</text:p></table:table-cell>'
    rows = (
        f"<table:table-row>{text_cell('code')}{text_cell('name')}</table:table-row>"
        f"<table:table-row table:visibility='filter'>{number}{text_cell('สมชาย')}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048573'>"
        "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
    )
    result = place.bring(ods(place.folder / "x.ods", rows))
    assert [(p["badge_code"], p["name"]) for p in place.people()] == [("00123", "สมชาย")]
    assert "1 row is hidden" in told(result)


def test_an_ods_that_repeats_a_value_a_billion_times_is_refused(place: Roster) -> None:
    cell = text_cell("x").replace("<table:table-cell", "<table:table-cell table:number-columns-repeated='16384'")
    rows = f"<table:table-row table:number-rows-repeated='1000000'>{cell}</table:table-row>"
    with pytest.raises(RosterFileError, match="far away"):
        read_table(ods(place.folder / "x.ods", rows))
