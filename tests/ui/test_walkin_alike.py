"""Is it one of these? And what the form completes, and what a hand scanner does while somebody types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkin.domain.verdict import Verdict
from tests.ui.conftest import Desk
from tests.ui.test_hand_scanner import Fingers, keys, rest
from tests.ui.walkin import SITI, Counter


@pytest.fixture
def counter(desk: Desk) -> Counter:
    made = Counter(desk)
    made.open()
    desk.app.warm()
    return made


def test_somebody_on_the_list_is_offered_and_checked_in_instead(counter: Counter) -> None:
    card = counter.page.entry.alike
    counter.type(name="Santos Maria")
    counter.desk.wait(card.isVisible)
    assert counter.focus() == "name"
    assert [found.attendee.name for found in card.people] == ["Maria Santos"]
    assert counter.page.entry.clear_button.isEnabled()
    counter.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    counter.desk.wait_for_verdicts(1)
    counter.desk.idle()
    assert counter.desk.seen[0].attendee.name == "Maria Santos"
    assert counter.kinds() == ["CHECK_IN"], "no double was made"
    assert "Maria Santos" in counter.page.result.verdict.words()
    assert counter.window.notices.texts() == []
    assert counter.page.entry.draft().is_empty
    assert counter.page.entry.bring_back()
    assert counter.line("name").text() == "Santos Maria"


def test_the_card_moves_nothing_that_has_the_focus(counter: Counter) -> None:
    line = counter.line("name")
    before = line.mapTo(counter.window, line.rect().topLeft())
    counter.type(name="Maria Santos")
    counter.desk.wait(counter.page.entry.alike.isVisible)
    QApplication.processEvents()
    assert line.mapTo(counter.window, line.rect().topLeft()) == before
    assert line.hasFocus()
    line.insert("x" * 30)
    counter.desk.idle()
    counter.desk.wait(lambda: not counter.page.entry.alike.isVisible())
    assert line.mapTo(counter.window, line.rect().topLeft()) == before


def test_nobody_alike_is_no_question(counter: Counter) -> None:
    counter.type(**SITI)
    assert not counter.page.entry.alike.isVisible()


def test_the_country_completes_as_one_types(counter: Counter) -> None:
    line = counter.line("country")
    counter.page.entry.form.go_to("country")
    line.insert("mala")
    counter.desk.wait(lambda: "Malaysia" in line.suggestions())
    assert line.text() == "mala", "nothing is taken by itself"
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "Malaysia"
    assert counter.focus() == "category"
    assert line.suggestions() == []


def test_the_organisation_completes_from_the_roster(counter: Counter) -> None:
    line = counter.line("organisation")
    counter.page.entry.form.go_to("organisation")
    line.insert("social sec")
    counter.desk.wait(lambda: "Social Security System" in line.suggestions())
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.suggestions() == []
    assert line.text() == "social sec", "Esc closed the list and cleared nothing"


def test_hid_031_a_hand_scanner_types_nothing_into_the_form(
    counter: Counter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fingers = Fingers(desk, monkeypatch)
    counter.page.entry.form.go_to("name")
    keys(desk, "Siti", 90, end=None)
    rest(desk)
    assert counter.line("name").text() == "Siti"
    keys(desk, desk.token("Maria Santos"))
    desk.wait_for_verdicts(1)
    rest(desk)
    assert desk.seen[0].verdict is Verdict.CHECKED_IN
    assert counter.line("name").text() == "Siti"
    assert counter.focus() == "name"
    keys(desk, " Aminah", 90, end=None)
    rest(desk)
    assert counter.line("name").text() == "Siti Aminah"
