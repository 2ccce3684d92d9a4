"""Files as they come out of real offices, and some that no office would make: a list, or one sentence that is true."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RosterFileError
from checkin.roster import read_table
from tests.roster.place import Roster, reasons, roster, told, workbook, write


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Roster]:
    with roster(tmp_path) as made:
        yield made


ROWS = [["badge code", "name"], ["A1", "Ann"], ["A2", "Bo"]]


def changed(path: Path, old: bytes, new: bytes) -> Path:
    """Replace bytes in the first sheet's XML of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old, new) if name == sheet else data)
    return path


@pytest.mark.parametrize("far", ["XFD1048576", "ZZZZZZ2", "A99999999999", "AAA999999"])
def test_a_cell_far_away_is_refused_before_the_library_asks_for_its_memory(tmp_path: Path, far: str) -> None:
    """The library would end the whole program: it takes 32 bytes for each cell up to there, in one piece."""
    path = changed(workbook(tmp_path / "list.xlsx", ROWS), b'r="A2"', b'r="%s"' % far.encode())
    with pytest.raises(RosterFileError, match="stands far away"):
        read_table(path)


@pytest.mark.parametrize("ending", [".xls", ".xlsb", ".ods", ".csv", ".XLSX", ""])
def test_a_workbook_is_read_whatever_its_name_ends_with(tmp_path: Path, ending: str) -> None:
    made = workbook(tmp_path / "made.xlsx", ROWS)
    assert [row.cells for row in read_table(made.rename(tmp_path / f"list{ending}")).rows()] == ROWS[1:]


@pytest.mark.parametrize("lines", ["1,Ann Lee,ILO\n2,Bo Ek,ISSA\n", "Ann,\nBo,\n"])
def test_a_line_taken_for_headings_though_nothing_in_it_is_one_is_told(tmp_path: Path, lines: str) -> None:
    with roster(tmp_path) as place:
        result = place.text(lines, maps=("name=A",))
    first = lines.partition(",")[0]
    assert f"Row 1 (“{first}”" in told(result)
    assert "is taken for the headings, and nobody is imported from it" in told(result)


def test_headings_that_were_recognised_are_not_doubted(place: Roster) -> None:
    assert "taken for the headings" not in told(place.text("badge code,name\nA1,Ann\n"))


def test_columns_without_a_heading_at_the_end_are_no_shift(place: Roster) -> None:
    result = place.text("badge code,name,,\nA1,Ann,came by train,x\nA2,Bo,by air,\nA3,Ce,,\n")
    assert (place.column("name"), result.rejected) == (["Ann", "Bo", "Ce"], 0)


def test_one_row_that_is_longer_than_the_headings_still_is_one(place: Roster) -> None:
    result = place.text("badge code,name,\nA1,Ann,\nA2,Bo,\nA3,Lee, Ce\n")
    assert place.column("name") == ["Ann", "Bo"]
    assert "something has shifted" in reasons(result, 4)


def test_the_end_mark_of_dos_is_no_person(place: Roster) -> None:
    result = place.text("badge code,name\nA1,Ann\n\x1a")
    assert (place.column("name"), result.rejected) == (["Ann"], 0)


def test_a_nul_inside_a_name_is_told(place: Roster) -> None:
    result = place.text("badge code,name,note\nA1,An\0n,\0\0\n")
    assert place.column("name") == ["Ann"]
    assert reasons(result, 2) == "name: Invisible or control characters were removed."


@pytest.mark.parametrize("head", [b"junk", bytes(range(1, 32)) * 3, b"\x7fELF\x02\x01\x01"])
def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path: Path, head: bytes) -> None:
    noise = bytes((n * 7919 + n // 5) % 251 + 1 for n in range(6000))
    with pytest.raises(RosterFileError, match="holds no text and no table"):
        read_table(write(tmp_path / "list.csv", head + noise))


@pytest.mark.parametrize("encoding", ["utf-16", "punycode"])
def test_an_encoding_that_does_not_fit_is_one_sentence(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "list.csv", "badge code;name\nA1;Ann\n")
    with pytest.raises(RosterFileError, match=f"cannot be read as {encoding}"):
        read_table(path, encoding=encoding)
