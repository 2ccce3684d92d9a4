"""The Attendees page as staff use it: find, filter, look at one person, check in, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from checkin.db.listing import ListFilter
from checkin.ui.attendees.table_model import ROW, Column
from checkin.ui.pages.attendees import AttendeesPage
from tests.ui.parts import Parts, make_parts


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    made, end = make_parts(tmp_path, qtbot)
    yield made
    end()


@pytest.fixture
def page(parts: Parts) -> AttendeesPage:
    made = AttendeesPage(parts.context)
    parts.show(made)
    return made


def names(page: AttendeesPage) -> list[str]:
    return [page.model.index(row, Column.NAME).data().splitlines()[0] for row in range(page.model.rowCount())]


def cell(page: AttendeesPage, name: str, column: Column) -> str:
    row = names(page).index(name)
    return str(page.model.index(row, column).data())


def choose(parts: Parts, page: AttendeesPage, name: str) -> None:
    page.table.selectRow(names(page).index(name))
    parts.settle()


def texts(page: AttendeesPage) -> list[str]:
    return [label.text() for label in page.person.findChildren(QLabel) if label.isVisible() and label.text()]


def press(parts: Parts, page: AttendeesPage, word: str) -> None:
    found = [b for b in page.person.findChildren(QPushButton) if b.isVisible() and b.text() == word]
    assert found, f"no button {word!r}"
    parts.bot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    parts.settle()


def pick(page: AttendeesPage, box: object, text: str) -> None:
    index = box.findText(text)  # type: ignore[attr-defined]
    assert index >= 0, text
    box.setCurrentIndex(index)  # type: ignore[attr-defined]
    box.activated.emit(index)  # type: ignore[attr-defined]


def test_everybody_is_listed_with_both_names_and_where_they_stand(page: AttendeesPage) -> None:
    assert len(names(page)) == 6
    assert cell(page, "Ahmad bin Ismail", Column.NAME) == "Ahmad bin Ismail\nอาหมัด บิน อิสมาอิล"
    assert cell(page, "Ahmad bin Ismail", Column.TODAY) == "not yet"
    assert cell(page, "Ahmad bin Ismail", Column.FIRST) == "—"
    assert cell(page, "Maria Santos", Column.GROUP) == "VIP"
    assert cell(page, "Daw Khin Mya", Column.TODAY) == "cancelled"
    assert "6 people" in page.facts.text()
    assert "0 in today" in page.facts.text()


def test_a_search_without_accents_and_with_a_typing_error(parts: Parts, page: AttendeesPage) -> None:
    for typed, found in (("nguyen", "Nguyễn Thị Hoa"), ("santso", "Maria Santos"), ("อาหมัด", "Ahmad bin Ismail")):
        page.search.setText(typed)  # QTest cannot press Thai keys
        parts.bot.waitUntil(lambda found=found: names(page)[:1] == [found], timeout=5000)
    assert "1 shown" in page.facts.text()


def test_a_search_that_finds_nobody_says_so(parts: Parts, page: AttendeesPage) -> None:
    parts.bot.keyClicks(page.search, "zzzzzzzzzz")
    parts.bot.waitUntil(lambda: page.model.rowCount() == 0, timeout=5000)
    assert "nobody is called that" in page.facts.text()


def test_enter_shows_the_best_match(parts: Parts, page: AttendeesPage) -> None:
    parts.bot.keyClicks(page.search, "maria")
    parts.bot.keyClick(page.search, Qt.Key.Key_Return)
    parts.bot.waitUntil(lambda: "Maria Santos" in texts(page), timeout=5000)


def test_group_and_presence_filter_together(parts: Parts, page: AttendeesPage) -> None:
    parts.app.desk.admit_person(parts.app.listing.rows(ListFilter(text="maria"), 0, 1)[0].attendee.id)
    pick(page, page.presence, "In")
    parts.settle()
    assert names(page) == ["Maria Santos"]
    pick(page, page.group, "Delegate")
    parts.settle()
    assert names(page) == []
    pick(page, page.presence, "Not in yet")
    parts.settle()
    assert "Ahmad bin Ismail" in names(page)
    assert "Daw Khin Mya" not in names(page)
    pick(page, page.presence, "Cancelled")
    parts.settle()
    assert names(page) == ["Daw Khin Mya"]


def test_check_in_by_hand_is_seen_in_the_list_and_in_the_history(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Maria Santos")
    parts.bot.waitUntil(lambda: "Came with the roster" in texts(page), timeout=5000)  # the history is read beside
    shown = texts(page)
    assert "Social Security System · Philippines" in shown
    assert "Call the protocol officer\nNeeds a chair" in shown
    assert "participants.csv, row 4" in shown
    press(parts, page, "Check in")
    parts.bot.waitUntil(lambda: "Checked in · Main entrance" in texts(page), timeout=5000)
    assert "Desk 1 · Art · picked from the list" in texts(page)
    parts.bot.waitUntil(lambda: cell(page, "Maria Santos", Column.TODAY) == "in", timeout=5000)
    assert cell(page, "Maria Santos", Column.FIRST).endswith("Desk 1")
    parts.bot.waitUntil(lambda: "1 in today" in page.facts.text(), timeout=5000)
    assert parts.app.desk.counters().came == 1


def test_an_undo_needs_a_reason_and_keeps_the_line(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Maria Santos")
    press(parts, page, "Check in")
    press(parts, page, "Undo…")
    assert parts.app.desk.counters().came == 1, "nothing is undone before there is a reason"
    press(parts, page, "Wrong person")
    assert parts.app.desk.counters().came == 0
    assert "Checked in · Main entrance — undone" in texts(page)
    assert any("“Wrong person”" in text for text in texts(page))
    press(parts, page, "Check in")
    assert parts.app.desk.counters().came == 1


def test_a_refusal_is_explained_and_may_be_overruled_with_a_reason(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Sok Dara")
    press(parts, page, "Check in")
    assert parts.app.desk.counters().came == 0
    assert "Not let in: Not for this day" in texts(page)
    press(parts, page, "Let in anyway…")
    press(parts, page, "Supervisor agreed")
    assert parts.app.desk.counters().came == 1
    assert "Checked in · Main entrance" in texts(page)


def test_a_refused_scan_of_a_badge_stands_in_the_history(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Ahmad bin Ismail")
    press(parts, page, "Check in")
    person = page.person.attendee
    assert person is not None
    parts.context.calls.admit_person(person.id)
    parts.settle()
    assert "Scanned again, told “already in”" in texts(page)


def test_somebody_cancelled_cannot_be_checked_in_here(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Daw Khin Mya")
    words = [b.text() for b in page.person.findChildren(QPushButton) if b.isVisible()]
    assert "Check in" not in words
    assert any("cancelled" in text for text in texts(page))


def test_a_name_that_looks_like_markup_is_shown_as_text(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "<b>Bold</b> O’Neil")
    label = next(one for one in page.person.findChildren(QLabel) if "Bold" in one.text())
    assert label.text() == "<b>Bold</b> O’Neil"
    assert label.textFormat() is Qt.TextFormat.PlainText
    tip = page.model.index(names(page).index(label.text()), 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Bold" in tip


def test_another_day_is_another_list(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Maria Santos")
    press(parts, page, "Check in")
    event = parts.app.event
    from checkin.domain.verdict import Post

    parts.app.desk.set_post(Post(event.days[1].date, event.checkpoint("door-2")))
    parts.context.signals.post_changed.emit()
    parts.settle()
    assert cell(page, "Maria Santos", Column.TODAY) == "not yet"
    assert [b.text() for b in page.person.findChildren(QPushButton) if b.isVisible()][:1] == ["Check in"]


def test_another_page_can_ask_for_a_person(parts: Parts, page: AttendeesPage) -> None:
    person = page.model.index(0, 0).data(ROW).attendee
    page.asked(person)
    parts.settle()
    assert person.display_name in texts(page)


def test_thai_and_back(parts: Parts, page: AttendeesPage) -> None:
    choose(parts, page, "Maria Santos")
    parts.speak("th")
    assert cell(page, "Maria Santos", Column.GROUP) == "แขกผู้มีเกียรติ"
    assert page.group.itemText(1) == "ผู้แทน"
    parts.speak("en")
    assert cell(page, "Maria Santos", Column.GROUP) == "VIP"
    assert page.group.itemText(0) == "All groups"


def test_the_filter_survives_a_change_of_the_language(parts: Parts, page: AttendeesPage) -> None:
    pick(page, page.presence, "Cancelled")
    parts.settle()
    parts.speak("th")
    assert page.presence.currentData() == "cancelled"
    assert names(page) == ["Daw Khin Mya"]


def test_the_import_button_opens_the_wizard_and_closes_it_again(parts: Parts, page: AttendeesPage) -> None:
    parts.bot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert page.wizard.isVisible()
    parts.bot.mouseClick(page.wizard.choose.back, Qt.MouseButton.LeftButton)
    assert not page.wizard.isVisible()
    assert page.table.isVisible()


def test_where_there_is_no_room_the_person_takes_the_place_of_the_list(parts: Parts, page: AttendeesPage) -> None:
    page.resize(680, 380)
    assert page.table.isVisible()
    assert not page.person.isVisible()
    choose(parts, page, "Maria Santos")
    assert page.person.isVisible()
    assert not page.table.isVisible()
    parts.bot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    page.resize(1180, 690)
    assert page.table.isVisible()
    assert page.person.isVisible()
    assert not page.back.isVisible()
