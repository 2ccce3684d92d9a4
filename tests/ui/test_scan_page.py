"""What desk staff see and do on the Scan page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from checkin.db.engine import Database
from checkin.domain.verdict import Verdict
from checkin.errors import StorageError
from tests.ui.conftest import Desk


def test_a_badge_shows_word_name_and_next_step(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    words = desk.scan.panel.words()
    assert {"Checked in", "Maria Santos", "Social Security System · Philippines", "Delegate"} <= set(words)
    assert desk.scan.panel.property("tone") == "green"
    assert desk.window.sounds.played == "checked_in"


def test_the_second_time_it_says_when_where_and_by_whom(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    desk.submit(desk.token("Maria Santos"))
    assert desk.scan.panel.property("tone") == "amber"
    assert any("at Desk 1 by Art" in text for text in desk.scan.panel.words())


def test_a_vip_is_green_with_a_violet_band(desk: Desk) -> None:
    desk.submit(desk.token("Somying Jaidee"))
    panel = desk.scan.panel
    assert panel.property("tone") == "green"
    desk.wait(lambda: "VIP: call protocol" in panel.words())
    assert "สมหญิง ใจดี" in panel.words()
    assert desk.window.sounds.played == "attention"


def test_let_in_again_needs_a_reason_and_keeps_it(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    desk.submit(desk.token("Maria Santos"))
    desk.scan.take_step("force")
    bar = desk.scan.panel.reason
    assert bar.isVisible()
    QTest.keyClick(bar._line, Qt.Key.Key_Return)
    desk.idle()
    assert len(desk.seen) == 2, "without a reason nothing happens"
    bar._line.setText("Came back for the bag")
    QTest.keyClick(bar._line, Qt.Key.Key_Return)
    desk.wait_for_verdicts(3)
    assert desk.seen[-1].forced
    assert any(line.reason == "Came back for the bag" for line in desk.app.desk.recent(10))


def test_a_reason_that_is_being_typed_is_never_given_for_the_next_guest(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    desk.submit(desk.token("Maria Santos"))
    desk.scan.take_step("force")
    desk.submit("REG-0003")
    assert not desk.scan.panel.reason.isVisible()
    assert "Nguyễn Thị Hoa" in desk.scan.panel.words()


def test_ctrl_z_takes_the_last_one_back(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    with desk.qtbot.waitSignal(desk.window.signals.undone, timeout=5000):
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Undone" in desk.scan.panel.words()
    assert desk.submit(desk.token("Maria Santos")).verdict is Verdict.CHECKED_IN


def test_an_older_scan_is_undone_from_the_list_with_a_reason(desk: Desk) -> None:
    for name in ("Maria Santos", "Nguyễn Thị Hoa"):
        desk.submit(desk.token(name))
    log = desk.scan.log
    desk.wait(lambda: len(log.lines()) == 2)
    log.view.setCurrentIndex(log.view.model().index(1, 0))
    QTest.keyClick(log.view, Qt.Key.Key_Delete)
    assert log.reason.isVisible()
    log.reason._line.setText("Wrong person")
    with desk.qtbot.waitSignal(desk.window.signals.undone, timeout=5000):
        QTest.keyClick(log.reason._line, Qt.Key.Key_Return)
    desk.wait(lambda: any(line.undone for line in log.lines()))
    undone = [line for line in log.lines() if line.undone]
    assert [line.attendee.name for line in undone if line.attendee] == ["Maria Santos"]


def test_a_letter_starts_a_search_and_enter_admits_the_chosen_person(desk: Desk) -> None:
    window = desk.window.windowHandle()
    desk.scan.setFocus()
    for letter in "nguyen":
        QTest.keyClick(window, letter)
        QTest.qWait(90)
    search = desk.scan.search
    assert search.text() == "nguyen"
    desk.wait(search.list.isVisible)
    assert search.results.people[0].name == "Nguyễn Thị Hoa"
    QTest.qWait(120)
    QTest.keyClick(window, Qt.Key.Key_Return)
    desk.wait_for_verdicts(1)
    assert desk.seen[0].attendee is not None
    assert (desk.seen[0].attendee.name, desk.seen[0].mode) == ("Nguyễn Thị Hoa", "picked")
    assert search.text() == ""
    assert not search.list.isVisible()


def test_counters_follow(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    bar = desk.window.status_bar
    assert bar is not None
    desk.wait(lambda: bar.counters is not None and bar.counters.came == 1)


def test_an_unknown_code_is_shown_as_plain_text(desk: Desk) -> None:
    desk.submit("<b>8850</b>")
    assert any("<b>8850</b>" in text for text in desk.scan.panel.words())
    assert desk.scan.panel.property("tone") in {"red", "grey"}


def test_what_could_not_be_saved_is_never_green(desk: Desk, monkeypatch) -> None:
    def full(_self: Database) -> object:
        raise StorageError("The disk is full. Nothing was counted.")

    desk.submit(desk.token("Maria Santos"))
    monkeypatch.setattr(Database, "write_fast", full)
    desk.window.calls.submit(desk.token("Nguyễn Thị Hoa"), "scanner")
    desk.wait(lambda: desk.scan.panel.property("tone") == "red")
    assert {"Not saved", "The disk is full. Nothing was counted."} <= set(desk.scan.panel.words())
    assert "Maria Santos" not in desk.scan.panel.words()


def test_the_language_changes_what_is_on_the_screen(desk: Desk) -> None:
    desk.submit(desk.token("Somying Jaidee"))
    desk.window.keeper.save(language="th")
    desk.wait(lambda: "แขกสำคัญ" in desk.scan.panel.words())
    top = desk.window.top_bar
    assert top is not None
    assert "2557" in top.post.day.text()
    assert top.post.checkpoint.text().strip() == "ประตูหลัก"


def test_f9_mutes(desk: Desk) -> None:
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F9)
    desk.wait(lambda: desk.window.sounds.muted)
    assert desk.app.settings.muted
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F9)
    desk.wait(lambda: not desk.window.sounds.muted)


def test_changing_the_checkpoint_changes_what_a_scan_counts_for(desk: Desk) -> None:
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("opening"))
    desk.wait(lambda: desk.app.desk.post.checkpoint.key == "opening")
    desk.idle()
    assert desk.submit(desk.token("Maria Santos")).checkpoint == "opening"
    assert desk.app.settings.post_checkpoint == "opening"


def test_a_session_before_its_time_is_told(desk: Desk) -> None:
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("panel-1"))
    desk.wait(lambda: any("has not begun" in text for text in desk.window.notices.texts()))
    assert desk.window.top_bar.post.checkpoint.property("tone") == "amber"


def test_on_another_page_a_verdict_is_told_in_the_notice_bar(desk: Desk) -> None:
    desk.window.show_page(1)
    desk.submit(desk.token("Maria Santos"))
    assert any("Checked in · Maria Santos" in text for text in desk.window.notices.texts())
    assert desk.window.stack.currentWidget() is desk.window.pages[1]


def test_everything_fits_a_laptop(desk: Desk) -> None:
    for tongue in ("en", "th"):
        desk.window.keeper.save(language=tongue)
        for index in range(len(desk.window.pages)):
            desk.window.show_page(index)
            QApplication.processEvents()
            hint = desk.window.minimumSizeHint()
            assert hint.width() <= 1366, (tongue, desk.window.pages[index].key)
            assert hint.height() <= 768 - 40, (tongue, desk.window.pages[index].key)


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_verdict_is_never_cut_at_200_per_cent_whatever_stands_above_it(desk: Desk, language: str) -> None:
    """1366 x 768 at 200 % is 683 x 384 px of Qt."""
    desk.window.keeper.save(language=language)
    desk.submit(desk.token("Ahmad bin Ismail"))
    desk.submit(desk.token("Ahmad bin Ismail"))
    amber = desk.seen[-1]
    long = replace(amber.attendee, name="Wilhelmina Konstantinopolskaya-Featherstonehaugh van der Bruggen")
    desk.window.resize(683, 384)
    panel = desk.scan.panel
    for text in ("", "A short one.", "A long one. " * 20):
        if text:
            desk.window.notices.warning(text, key="test")
        for shown in (amber, replace(amber, attendee=long, attention="Call the protocol officer")):
            desk.scan.show_admission(shown)
            desk.wait(lambda: cut(panel) == [])
            kept = panel.words()
            assert {panel._word.text(), panel._name.text(), panel._say.text()} <= set(kept)
            panel.ask_reason()
            desk.wait(lambda: cut(panel) == [])
            panel.reason.close_bar()
    desk.window.notices.withdraw("test")
    desk.scan.show_admission(amber)
    desk.wait(panel._who.isVisible)  # what gave way is back


def cut(panel: QWidget) -> list[str]:
    """Return the texts of a panel that are not seen whole."""
    found = []
    for part in [*panel.findChildren(QLabel), *panel.findChildren(QAbstractButton)]:
        if part.isVisible() and part.text():
            place = part.rect().translated(part.mapTo(panel, part.rect().topLeft()))
            need = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.minimumSizeHint().height()
            if not panel.rect().contains(place) or part.height() < need:
                found.append(part.text())
    return found


def test_the_next_guest_does_not_send_the_focus_into_the_list(desk: Desk) -> None:
    """The list would take the first letter of a name for a key of its own, and choose a line that nobody chose."""
    desk.submit(desk.token("Maria Santos"))
    desk.submit(desk.token("Maria Santos"))
    desk.scan.take_step("force")
    desk.wait(lambda: desk.scan.panel.reason.isAncestorOf(QApplication.focusWidget()))
    desk.submit("REG-0003")
    assert QApplication.focusWidget() is desk.scan
    assert not desk.scan.log.view.currentIndex().isValid()


def test_the_newest_scan_is_in_view_though_an_older_one_is_chosen(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    log = desk.scan.log
    desk.wait(lambda: len(log.lines()) == 1)
    log.view.setCurrentIndex(log.view.model().index(0, 0))
    desk.scan.setFocus()
    for number in range(30):
        desk.submit(f"REG-9{number:03}")
    desk.wait(lambda: len(log.lines()) == 31)
    assert log.view.currentIndex().row() == 30
    assert log.view.verticalScrollBar().maximum() > 0, "more lines than fit"
    assert log.view.verticalScrollBar().value() == 0


def test_a_name_without_an_end_leaves_the_window_as_it_is(desk: Desk) -> None:
    """200 letters without a space: the list allows them, and they must not push the picture out of the window."""
    person = desk.submit(desk.token("Maria Santos"))
    assert person.attendee is not None
    width = desk.scan.picture.width()
    endless = replace(person.attendee, name="A" * 200, organisation="B" * 300, country="C" * 100)
    desk.scan.show_admission(replace(person, attendee=endless))
    desk.idle()
    assert desk.scan.picture.width() == width
    assert desk.window.width() <= 1366
