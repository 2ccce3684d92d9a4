"""The import wizard: nothing is written before it was seen, and then all of it or none, while the desk scans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkin.db.listing import ListFilter
from checkin.ui.pages.attendees import AttendeesPage
from checkin.ui.roster_import.wizard import RosterImport
from tests.ui.parts import ROSTER, Parts, make_parts

TROUBLED = """Name,Organisation,Code,Shirt
Somying Jaidee,DLPW,00123,M
,,,
,Nameless Ltd,00124,L
Twin One,ILO,00210,S
Twin Two,ISSA,00210,S
"""


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    made, end = make_parts(tmp_path, qtbot, roster="")
    yield made
    end()


@pytest.fixture
def wizard(parts: Parts) -> RosterImport:
    page = AttendeesPage(parts.context)
    parts.show(page)
    page.open_import()
    return page.wizard


def write(tmp_path: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def load(parts: Parts, wizard: RosterImport, file: Path) -> None:
    wizard.load(file)
    parts.settle()
    parts.settle()


def words(wizard: RosterImport) -> str:
    return "\n".join(label.text() for label in wizard.findChildren(QLabel) if label.isVisible())


def people(parts: Parts) -> int:
    return parts.app.listing.count(ListFilter())


def problems(wizard: RosterImport) -> list[tuple[str, ...]]:
    model = wizard.look.problems
    return [tuple(str(model.index(r, c).data()) for c in range(4)) for r in range(model.rowCount())]


def choose_field(parts: Parts, wizard: RosterImport, column: int, field: str) -> None:
    box = wizard.look.header._boxes[column]
    box.setCurrentIndex(box.findData(field))
    box.activated.emit(box.currentIndex())
    parts.bot.wait(400)
    parts.settle()


def test_a_clean_list_is_looked_at_then_added(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, ROSTER, "participants.csv"))
    assert "participants.csv" in words(wizard)
    assert "6 rows · CSV · UTF-8" in words(wizard)
    assert wizard.look.add.text() == "Add 6 people"
    assert people(parts) == 0
    parts.bot.mouseClick(wizard.look.add, Qt.MouseButton.LeftButton)
    parts.settle()
    assert "6 people were added" in words(wizard)
    assert people(parts) == 6
    assert parts.app.desk.counters().expected == 4, "one is cancelled, one comes on the second day"


def test_rows_that_are_left_out_are_shown_before(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, TROUBLED))
    assert "3 rows need you" in words(wizard)
    found = problems(wizard)
    assert [row for row, *_rest in found if _rest[-1] == "left out"] == ["4", "5", "6"]
    assert all("00210" in reason for row, _column, reason, _what in found if row in {"5", "6"})
    assert wizard.look.add.text() == "Add 1 person"
    parts.bot.mouseClick(wizard.look.add, Qt.MouseButton.LeftButton)
    parts.settle()
    assert people(parts) == 1
    assert "3 rows were left out" in words(wizard)


def test_a_column_can_be_given_another_meaning(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, TROUBLED))
    choose_field(parts, wizard, 3, "note")
    choose_field(parts, wizard, 2, "")
    assert wizard.look.add.text() == "Add 3 people", "without the code the twins are two people"
    parts.bot.mouseClick(wizard.look.add, Qt.MouseButton.LeftButton)
    parts.settle()
    rows = parts.app.listing.rows(ListFilter(), 0, 10)
    assert {row.attendee.note for row in rows} == {"M", "S"}
    assert {row.attendee.badge_code for row in rows} == {""}


def test_a_list_without_names_says_so_and_can_be_put_right(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, "Wer,Organisation\nAnna,ILO\n"))
    assert "No column of names" in words(wizard)
    assert not wizard.look.add.isEnabled()
    choose_field(parts, wizard, 0, "name")
    assert wizard.look.add.text() == "Add 1 person"


def test_a_file_that_is_no_table_is_one_sentence(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, "%PDF-1.7 nothing here", "list.csv"))
    assert "PDF" in words(wizard)
    assert wizard.choose.choose.isEnabled()
    assert not wizard.choose._bar.isVisible()


def test_letters_in_another_encoding(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, "ชื่อ-นามสกุล,หน่วยงาน\nสมหญิง ใจดี,กรมสวัสดิการ\n", encoding="cp874"))
    assert "Windows-874" in words(wizard)
    assert wizard.look.sample.index(0, 0).data() == "สมหญิง ใจดี"
    box = wizard.look.encoding
    box.setCurrentIndex(box.findData("cp1252"))
    box.activated.emit(box.currentIndex())
    parts.settle()
    parts.settle()
    assert wizard.look.sample.index(0, 0).data() != "สมหญิง ใจดี"


def test_importing_again_changes_nobody_and_loses_no_attendance(
    parts: Parts, wizard: RosterImport, tmp_path: Path
) -> None:
    file = write(tmp_path, ROSTER)
    load(parts, wizard, file)
    wizard.look.add.click()
    parts.settle()
    maria = parts.app.listing.rows(ListFilter(text="maria"), 0, 1)[0].attendee
    parts.app.desk.admit_person(maria.id)
    wizard.start_over()
    load(parts, wizard, file)
    assert wizard.look.add.text() == "Nothing to add"
    assert not wizard.look.add.isEnabled()
    assert parts.app.desk.counters().came == 1


def test_the_desk_scans_while_a_large_list_is_imported(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    lines = [f"Person {n},Organisation {n % 90},C-{n:06d}" for n in range(12_000)]
    wizard.load(write(tmp_path, "\n".join(["Name,Organisation,Code", *lines])))
    judged: list[object] = []
    parts.context.signals.admitted.connect(judged.append)
    parts.bot.waitUntil(wizard.look.add.isEnabled, timeout=60_000)
    wizard.look.add.click()
    assert wizard.look.stop.isVisible()
    parts.context.calls.submit("C-999999", "scanner")
    parts.bot.waitUntil(lambda: len(judged) == 1, timeout=20_000)
    parts.bot.waitUntil(lambda: people(parts) == 12_000 and wizard.result.isVisible(), timeout=90_000)


def test_an_import_that_is_stopped_leaves_nothing(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    lines = [f"Person {n},Organisation {n % 90},C-{n:06d}" for n in range(12_000)]
    wizard.load(write(tmp_path, "\n".join(["Name,Organisation,Code", *lines])))
    parts.bot.waitUntil(wizard.look.add.isEnabled, timeout=60_000)
    wizard.look.add.click()
    wizard.look.stop.click()  # before the first row is written
    parts.bot.waitUntil(lambda: not wizard._adding, timeout=60_000)
    assert people(parts) == 0
    parts.bot.waitUntil(wizard.look.add.isEnabled, timeout=60_000)
    assert wizard.look.add.text() == "Add 12,000 people", "it can be added after all"


def test_leaving_the_file_alone_leaves_no_names_on_disk(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, ROSTER))
    before = {file.name for file in parts.app.folder.iterdir()}
    assert any(name.startswith("import-") for name in before), "a dry run is gathered beside the event"
    wizard.start_over()
    parts.settle()
    assert not any(file.name.startswith("import-") for file in parts.app.folder.iterdir())
    assert people(parts) == 0


def test_thai(parts: Parts, wizard: RosterImport, tmp_path: Path) -> None:
    load(parts, wizard, write(tmp_path, TROUBLED))
    parts.speak("th")
    assert wizard.look.header._boxes[0].currentData() == "name"
    parts.speak("en")
    assert wizard.look.header._boxes[0].currentText() == "Full name"
    assert wizard.look.add.text() == "Add 1 person"
