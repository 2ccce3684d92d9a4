"""The cases of the shared bad inputs, area import_csv. Each test names what is expected of it."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from checkin.errors import CancelledError, RosterFileError
from checkin.roster import guess, read_table
from tests.roster.place import Roster, reasons, roster, told, workbook, write
from tests.shared import shared_dir


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Roster]:
    with roster(tmp_path) as made:
        yield made


@pytest.fixture
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The input of the case whose number the test is marked with, as a .csv."""
    wanted = f"import_csv-{request.param}"
    for line in (shared_dir() / "bad_inputs.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["id"] == wanted:
            return write(tmp_path / "case.csv", base64.b64decode(entry["input"]))
    raise LookupError(wanted)


def of(number: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [number], indirect=True)


@of("001")
def test_utf8_with_bom_is_imported_and_the_heading_has_no_mark(place: Roster, case: Path) -> None:
    assert read_table(case).headers[0] == "code"
    assert place.bring(case).added == 1
    assert place.column("name") == ["สมชาย ใจดี"]


@of("003")
def test_utf16_with_bom_is_imported(place: Roster, case: Path) -> None:
    assert place.bring(case).added == 1
    assert place.column("name") == ["สมชาย"]


@of("005")
def test_a_broken_byte_rejects_its_row_and_no_other(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert (result.added, result.rejected) == (2, 1)
    # Row 4 as a spreadsheet shows it, which is the third under the headings: both numbers are named.
    assert "row 3 under the headings" in reasons(result, 4, "rejected")
    assert place.column("name") == ["A", "B"]


@of("007")
def test_tabs_in_a_csv_are_recognised(place: Roster, case: Path) -> None:
    assert place.bring(case).added == 1
    assert place.column("badge_code") == ["1"]


@of("009")
def test_quoted_line_breaks_and_quotes_are_one_row(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert result.added == 1
    assert place.column("note") == ['a, b "q"']
    assert place.column("name") == ["Ann Line2"]
    assert "Line breaks" in reasons(result, 2)


@of("011")
def test_old_mac_line_ends_are_two_rows(place: Roster, case: Path) -> None:
    assert place.bring(case).added == 2


@of("013")
def test_a_missing_last_line_end_loses_nobody(place: Roster, case: Path) -> None:
    assert place.bring(case).added == 1


@of("015")
def test_only_headings_change_nothing_and_say_so(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert (result.added, result.updated, result.rejected) == (0, 0, 0)
    assert "no rows under them" in told(result)


@of("017")
def test_two_equal_headings_are_refused_until_one_is_named(place: Roster, case: Path) -> None:
    with pytest.raises(RosterFileError, match="B, C"):
        place.bring(case)
    assert place.people() == []
    assert place.bring(case, maps=("name=C",)).added == 1
    assert place.column("name") == ["Bo"]


@of("019")
def test_thai_headings_are_mapped(place: Roster, case: Path) -> None:
    place.bring(case)
    person = place.people()[0]
    assert (person["badge_code"], person["name"], person["organisation"]) == ("1", "สมชาย", "พม.")


@of("021")
def test_the_same_row_twice_is_one_person_and_told(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert (result.added, result.rejected) == (1, 1)
    assert "same as row 2" in reasons(result, 3)


@of("023")
def test_leading_zeros_tell_codes_apart(place: Roster, case: Path) -> None:
    assert place.bring(case).added == 2
    assert place.column("badge_code") == ["007", "7"]


@of("025")
def test_a_code_like_1e10_stays_text(place: Roster, case: Path) -> None:
    place.bring(case)
    assert place.column("badge_code") == ["1E10"]


@of("027")
def test_names_that_programs_take_for_nothing_are_names(place: Roster, case: Path) -> None:
    place.bring(case)
    assert place.column("name") == ["Null", "NA", "None", "nan", "TRUE"]


@of("029")
def test_short_rows_are_noted_and_long_ones_left_out_without_shifting(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert "2 cells under 3" in reasons(result, 2, "noted")
    assert "5 cells under 3" in reasons(result, 3, "rejected")
    assert [(p["name"], p["organisation"]) for p in place.people()] == [("Ann", "")]


@of("031")
def test_a_missing_code_gets_a_badge_of_ours_and_is_told(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert "badge of this program" in reasons(result, 2)
    assert place.rows("SELECT issuer, serial, revision FROM badge") == [(1, 1, 0)]


@of("033")
def test_control_characters_in_a_name_are_removed_and_told(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert place.column("name") == ["Ann"]
    assert "control characters" in reasons(result, 2)


@of("035")
def test_invisible_characters_in_an_email_are_removed_and_told(place: Roster, case: Path) -> None:
    result = place.bring(case)
    assert place.column("email") == ["a@b.th"]
    assert "email" in reasons(result, 2)


@of("037")
def test_a_formula_in_a_name_is_text(place: Roster, case: Path) -> None:
    place.bring(case)
    assert place.column("name") == ['=HYPERLINK("http://x","y")']


@of("039")
def test_a_buddhist_year_is_told_with_the_year_that_is_meant(place: Roster, case: Path) -> None:
    # Dates are checked and told, not stored: a desk keeps no more of a person than it needs (SYNC.md, Personal data).
    result = place.bring(case)
    assert "2014-12-25" in reasons(result, 2)
    assert "2557-" not in told(result)


@of("041")
def test_ambiguous_dates_are_told_once_and_the_choice_is_recorded(place: Roster, case: Path) -> None:
    # On a terminal nobody can be asked: day first is taken, said once for the column, and --dates decides otherwise.
    result = place.bring(case)
    assert told(result).count("were read day first") == 1
    again = place.bring(case, dates="mdy")
    assert "day first" not in told(again)
    ((record,),) = place.rows("SELECT value FROM desk_state WHERE key = 'roster.sources'")
    assert json.loads(record)["list"]["dates"] == "mdy"


def big_csv(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("code,name,organisation,country,email,note\n")
        for number in range(rows):
            file.write(f"C{number:07d},Person สมชาย {number},Office {number % 500},Thailand,p{number}@example.org,\n")
    return path


def test_many_rows_are_imported_all_or_nothing_and_can_be_stopped(place: Roster) -> None:
    # import_csv-043 in proportion (the million is in the soak below).
    path = big_csv(place.folder / "big.csv", 8_000)
    asked = 0

    def soon() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(CancelledError):
        place.preview(path, cancelled=soon)
    preview = place.preview(path)
    with pytest.raises(CancelledError):
        place.importer.apply(preview, cancelled=lambda: True)
    assert place.people() == []
    assert not [entry for entry in place.folder.iterdir() if entry.is_dir()], "names were left beside the event"
    tracemalloc.start()
    result = place.bring(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.added == 8_000
    assert peak < 20 << 20, "memory grows with the rows"
    assert place.rows("SELECT count(*) FROM badge") == [(8_000,)]


def test_however_late_the_writing_is_stopped_nothing_is_kept(place: Roster) -> None:
    # The stop comes between statements and in the middle of one; the event's file is as before, and as strict.
    path = big_csv(place.folder / "big.csv", 20_000)
    preview = place.preview(path)
    kept = place.folder / "kept"
    shutil.copytree(preview.folder, kept)
    for stop_at in range(1, 100):
        shutil.rmtree(preview.folder, ignore_errors=True)
        shutil.copytree(kept, preview.folder)
        answers = itertools.chain(itertools.repeat(False, stop_at - 1), itertools.repeat(True))
        try:
            place.importer.write(preview, cancelled=answers.__next__)
        except CancelledError:
            assert place.rows("SELECT (SELECT count(*) FROM attendee) + (SELECT count(*) FROM badge)") == [(0,)]
            with pytest.raises(IntegrityError), place.database.write() as connection:
                connection.exec_driver_sql("INSERT INTO code (text, attendee) VALUES ('T1', 7)")
            continue
        break
    assert stop_at > 4, "the writing was hardly ever asked"
    assert len(place.people()) == 20_000
    shutil.rmtree(kept)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_million_rows(place: Roster) -> None:
    # import_csv-043: < 60 s until every row is in the roster, RSS growth < 300 MB. Finding by name follows after it.
    import threading
    import time

    import psutil

    path = big_csv(place.folder / "million.csv", 1_000_000)
    process = psutil.Process()
    before, peak, done = process.memory_info().rss, 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    try:
        result = place.importer.write(place.preview(path))
    finally:
        done.set()
        watcher.join()
    assert result.added == 1_000_000
    assert time.monotonic() - started < 60
    assert peak - before < 300 << 20


def test_a_line_without_an_end_is_refused(place: Roster) -> None:
    # import_csv-045 in proportion: what is refused is the line, after its first megabyte, whatever follows.
    path = place.folder / "bomb.csv"
    path.write_bytes(b"a" * (5 << 20))
    tracemalloc.start()
    with pytest.raises(RosterFileError, match="one million characters"):
        read_table(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


@pytest.mark.soak
def test_a_line_of_500_mb_is_refused_without_reading_it(place: Roster) -> None:
    path = place.folder / "bomb.csv"
    with path.open("wb") as file:
        for _ in range(500):
            file.write(b"a" * (1 << 20))
    with pytest.raises(RosterFileError):
        read_table(path)


def test_the_same_file_again_changes_nothing(place: Roster) -> None:
    # import_csv-047
    text = "id,name,organisation,note\n1,Ann,ILO,=1+1\n2,สมหญิง,สปส.,\n"
    assert place.text(text).added == 2
    before = place.people()
    again = place.text(text)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert place.people() == before


@pytest.mark.parametrize("headings", ["name,organisation", "name,email", "name,code", "name", "id,name"])
def test_the_same_file_again_whatever_identifies_people(place: Roster, headings: str) -> None:
    # import_csv-047: with ids, codes, e-mails, or nothing but a name.
    text = headings + "\n" + "".join(f"{', '.join(f'x{n}' for _ in headings.split(','))}\n" for n in range(30))
    assert place.text(text).added == 30
    again = place.text(text)
    assert (again.added, again.updated, again.unchanged, again.missing) == (0, 0, 30, 0)


def test_people_who_left_the_list_are_reported_and_kept(place: Roster) -> None:
    # import_csv-049
    lines = [f"{number},Person {number}\n" for number in range(40)]
    place.text("code,name\n" + "".join(lines))
    result = place.text("code,name\n" + "".join(lines[10:]))
    assert (result.missing, result.unchanged, result.added) == (10, 30, 0)
    assert "10 people of this list" in told(result)
    assert len(place.people()) == 40


def test_an_xlsx_named_csv_is_read_as_what_it_is(place: Roster) -> None:
    # import_csv-051
    made = workbook(place.folder / "list.xlsx", [["code", "name"], ["007", "Ann"]])
    assert place.bring(made.rename(place.folder / "list.csv")).added == 1


# --- the same classes, other members ---


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp874", "สมชาย ใจดี"), ("cp1252", "José Núñez"), ("utf-16-le", "สมชาย"), ("utf-16-be", "Ann"), ("utf-32", "Ann")],
)
def test_encodings_are_recognised_without_a_mark(place: Roster, encoding: str, name: str) -> None:
    rows = "".join(f"{number},{name},Office {number}\r\n" for number in range(5))
    place.bring(write(place.folder / "x.csv", f"code,name,organisation\r\n{rows}".encode(encoding)))
    assert place.column("name") == [name] * 5


def test_utf8_with_many_letters_and_two_broken_rows(place: Roster) -> None:
    good = "".join(f"{n},ผู้เข้าร่วม {n}\n" for n in range(10)).encode()
    result = place.bring(write(place.folder / "x.csv", b"code,name\n" + good + b"10,Caf\xe9\n11,\xe0\xb8\n"))
    assert (result.added, result.rejected) == (10, 2)
    assert reasons(result, 12, "rejected")
    assert reasons(result, 13, "rejected")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_broken_byte_behind_a_byte_order_mark_is_found_too(place: Roster, mark: bytes) -> None:
    result = place.bring(write(place.folder / "x.csv", mark + "code,name\n1,สมชาย\n2,".encode() + b"\xffBo\n"))
    assert (result.added, result.rejected) == (1, 1)
    assert reasons(result, 3, "rejected")


def test_a_chosen_encoding_that_does_not_fit_rejects_rows(place: Roster) -> None:
    path = write(place.folder / "x.csv", "code,name\n1,José\n2,Bo\n".encode("cp1252"))
    table = read_table(path, encoding="utf-8")
    assert [row.flaws != () for row in table.rows()] == [True, False]


@pytest.mark.parametrize("delimiter", [";", "|", "\t", ","])
def test_delimiters_are_recognised(place: Roster, delimiter: str) -> None:
    place.text(f"code{delimiter}name\n1{delimiter}Ann Lee\n2{delimiter}Bo\n")
    assert place.column("name") == ["Ann Lee", "Bo"]


def test_the_separator_line_of_excel_is_understood(place: Roster) -> None:
    place.text("sep=;\ncode;name\n1;Ann, Lee\n")
    assert place.column("name") == ["Ann, Lee"]


def test_a_quotation_mark_that_is_never_closed_refuses_the_file_and_names_the_row(place: Roster) -> None:
    with pytest.raises(RosterFileError, match="row 3"):
        place.text('code,name\n1,Ann\n2,"Bo\n3,Cy\n')
    assert place.people() == []


def test_quotation_marks_that_do_not_fit_reject_their_row(place: Roster) -> None:
    result = place.text('code,name\n1,"Ann"x\n2,Bo\n')
    assert (result.added, result.rejected) == (1, 1)
    assert reasons(result, 2, "rejected")


def test_the_same_code_on_two_people_leaves_both_out(place: Roster) -> None:
    result = place.text("code,name\n7,Ann\n8,Cy\n7,Bo\n")
    assert place.column("name") == ["Cy"]
    assert "2, 4" in reasons(result, 2, "rejected")
    assert "2, 4" in reasons(result, 4, "rejected")


def test_a_code_that_a_spreadsheet_has_destroyed_is_not_trusted(place: Roster) -> None:
    result = place.text("code,name\n1.23457E+16,Ann\n1.23457E+16,Bo\n")
    assert place.column("badge_code") == ["", ""]
    assert "the code is lost" in reasons(result, 2)


def test_a_column_of_codes_rounded_to_15_digits_is_not_trusted(place: Roster) -> None:
    result = place.text("code,name\n12345678901234500,Ann\n98765432109876500,Bo\n")
    assert place.column("badge_code") == ["", ""]
    assert "rounded" in reasons(result, 3)


def test_17_digit_codes_are_kept(place: Roster) -> None:
    place.text("code,name\n12345678901234567,Ann\n00000000000000017,Bo\n")
    assert place.column("badge_code") == ["12345678901234567", "00000000000000017"]


def test_the_apostrophe_of_our_own_export_is_taken_off(place: Roster) -> None:
    place.text("code,name,phone,note\n1,'=1+1,'+66 81 555 0100,'-\n2,'Awwad,'5,O'Brien\n")
    assert place.column("name") == ["=1+1", "'Awwad"]
    assert place.column("phone") == ["+66 81 555 0100", "'5"]


def test_headings_that_come_again_are_no_person(place: Roster) -> None:
    result = place.text("code,name\n1,Ann\ncode,name\n2,Bo\n")
    assert place.column("name") == ["Ann", "Bo"]
    assert "once more" in reasons(result, 3)


def test_a_row_without_a_name_is_left_out(place: Roster) -> None:
    result = place.text("code,name\n1,\n2,Bo\n")
    assert (result.added, result.rejected) == (1, 1)
    assert "no name" in reasons(result, 2, "rejected")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"), (b"\n\n  \n", "no text"), (b"%PDF-1.4\n", "PDF"), (b"<html><table>", "HTML"),
        (b'{"a": 1}', "JSON"), (b"\x89PNG\r\n", "PNG"), (b"PK\x03\x04 broken", "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(place: Roster, content: bytes, word: str) -> None:
    with pytest.raises(RosterFileError, match=word):
        read_table(write(place.folder / "x.csv", content))


def test_a_folder_a_missing_file_and_a_pipe_are_refused(place: Roster) -> None:
    with pytest.raises(RosterFileError, match="folder"):
        read_table(place.folder)
    with pytest.raises(RosterFileError, match="no file"):
        read_table(place.folder / "nothing.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(place.folder / "pipe")
        with pytest.raises(RosterFileError, match="ordinary"):
            read_table(place.folder / "pipe")


def test_no_column_of_names_is_asked_for(place: Roster) -> None:
    with pytest.raises(RosterFileError, match="--map name="):
        place.text("alpha,beta\n1,Ann\n")
    assert place.text("alpha,beta\n1,Ann\n", maps=("name=beta", "badge_code=A")).added == 1
    assert place.column("badge_code") == ["1"]


def test_many_equal_notes_become_one_line(place: Roster) -> None:
    result = place.text("code,name\n" + "".join(f",Person {n}\n" for n in range(500)))
    assert len(result.problems) < 5
    assert "500 of 500" in told(result)


def test_headings_are_guessed_in_both_languages() -> None:
    mapping = guess(["คำนำหน้า", "ชื่อ", "นามสกุล", "Company Name", "ประเทศ / Country", "E-mail Address *", "Job title"])
    assert dict(mapping.columns) == {
        "title": 0, "given": 1, "family": 2, "organisation": 3, "country": 4, "email": 5
    }  # fmt: skip
    assert mapping.unused == ("Job title",)
