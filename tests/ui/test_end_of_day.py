"""The End of day page: what a supervisor sees and presses at five o'clock."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from checkin.db.closings import closings
from checkin.desk.results import WalkIn
from checkin.domain.closing import StepKey, StepState
from checkin.evening.evening import Evening
from checkin.reports.counts import count
from checkin.ui.pages.end_of_day import EndOfDayPage
from tests.evening.place import OtherDesk, Wire
from tests.ui.conftest import Desk


class Closer:
    """The page, and the hands at it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.app = desk, desk.app
        self.wire = Wire(desk.app.database, desk.app.clock.now)
        self.app.evening = Evening(
            self.app.database, self.app.event, self.app.clock, self.app.desk, self.app.folder, self.wire
        )
        page = desk.window.page("evening")
        assert isinstance(page, EndOfDayPage)
        self.page = page

    def open(self) -> None:
        QTest.keyClick(self.desk.window.windowHandle(), Qt.Key.Key_F5)
        self.desk.wait(lambda: self.page.isVisible() and self.page.state is not None)
        self.settle()

    def settle(self) -> None:
        self.desk.idle()
        self.desk.wait(lambda: not self.page._doing)
        self.desk.idle()

    def press(self, button: object) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def texts(self) -> str:
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def state(self, key: StepKey) -> StepState:
        return self.page.steps.rows[key].step.state

    def statements(self) -> list[str]:
        with self.app.database.read() as connection:
            return [one.change for one in sorted(closings(connection), key=lambda one: one.seq)]

    def other(self, person: str = "", heard: str = "") -> OtherDesk:
        made = OtherDesk(self.app.database, "Desk 3", 3)
        if person:
            with self.app.database.read() as connection:
                uid = connection.exec_driver_sql("SELECT uid FROM attendee WHERE name = ?", (person,)).scalar_one()
            made.admit_uid(uid)
        made.heard(heard)
        return made


@pytest.fixture
def closer(desk: Desk) -> Closer:
    return Closer(desk)


def test_the_day_is_closed_with_one_press(closer: Closer, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = closer.desk
    desk.submit(desk.token("Maria Santos"))
    desk.submit(desk.token("Somying Jaidee"))
    closer.open()
    assert "Close Tue 8 Jul 2014" in closer.texts()
    assert closer.state(StepKey.BACKUP) is StepState.WAITING
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    closer.page.steps.first.setFocus()
    closer.press(closer.page.steps.first)
    assert "Tue 8 Jul 2014 is closed" in closer.texts()
    assert any(text.startswith("Tue 8 Jul 2014 is closed. ") for text in told), "a screen reader hears it"
    assert QApplication.focusWidget() is closer.page.steps.sync
    assert [closer.state(key) for key in StepKey] == [StepState.DONE] * 5
    said = closer.page.state.closing.statement
    assert said.digest[:8] in closer.texts()
    assert "2 people came" in closer.texts()
    assert not closer.page.steps.first.isVisible(), "there is nothing left to do"
    assert closer.statements() == ["closed"]
    files = sorted(path.suffix for path in (closer.app.folder / "reports").iterdir())
    assert ".xlsx" in files
    assert any("is closed" in text for text in desk.window.notices.texts())
    assert closer.wire.rounds == 2, "before, to hear the others; after, to tell them"
    assert list((closer.app.folder / "backups").glob("*.sqlite"))


def test_the_numbers_are_those_of_the_command_counts(closer: Closer) -> None:
    desk = closer.desk
    desk.submit(desk.token("Maria Santos"))
    closer.open()
    counts = count(desk.app.database, desk.app.event, desk.app.desk.post, "category")
    table = closer.page.table._table
    assert (table.total.expected, table.total.came, table.total.walk_in) == (
        counts.expected,
        counts.came,
        counts.walk_in,
    )
    assert {group.category: group.came for group in table.groups if group.came} == counts.by
    desk.submit(desk.token("Ahmad bin Ismail"))
    desk.wait(lambda: closer.page.table._table.total.came == 2)
    told: list[object] = []
    desk.window.calls.register(WalkIn("New Guest", "", "ILO", "Chile", "vip"), told.append, told.append)
    desk.wait(lambda: closer.page.table._table.total.came == 3)
    assert closer.page.table._table.total.per_cent == 40, "2 of 5: nobody waited for the walk-in"


def test_a_missing_desk_is_named_and_the_day_is_closed_as_incomplete(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    other = closer.other("Bounmy Inthavong", heard="07:31")
    closer.open()
    closer.press(closer.page.steps.first)
    assert "One desk is missing: Desk 3." in closer.texts()
    assert closer.statements() == []
    assert closer.page.steps.first.text() == "Close as INCOMPLETE"
    closer.press(closer.page.steps.first)
    assert "without Desk 3" in closer.page.steps.question.question()
    assert not closer.page.steps.first.isVisible(), "one question, one answer"
    closer.press(closer.page.steps.question.no)
    assert closer.statements() == []
    closer.press(closer.page.steps.first)
    closer.press(closer.page.steps.question.yes)
    assert closer.statements() == ["closed"]
    assert "INCOMPLETE" in closer.texts()
    other.admit_uid(closer.desk.app.search.find("Ahmad", 1)[0].attendee.id)
    other.heard("")
    closer.press(closer.page.steps.sync)
    closer.desk.wait(lambda: "Desk 3 (1)" in closer.texts())  # the look after the closing may come in between
    assert closer.page.steps.first.text() == "Write correction 1"
    closer.press(closer.page.steps.first)
    assert closer.statements() == ["closed", "corrected"]
    assert "Correction 1" in closer.texts()
    assert "INCOMPLETE" not in closer.texts()


def test_a_desk_that_is_there_is_waited_for_until_somebody_has_enough(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.other("Bounmy Inthavong")
    closer.wire.mute.add("Desk 3")
    closer.open()
    steps = closer.page.steps
    assert not steps.enough.isVisible()
    QTest.mouseClick(steps.first, Qt.MouseButton.LeftButton)
    closer.desk.wait(steps.enough.isVisible)
    assert "Desk 3: asked, has not confirmed yet" in closer.texts()
    closer.press(steps.enough)
    assert not steps.enough.isVisible()
    assert "Desk 3 has not confirmed yet." in closer.texts()
    assert closer.statements() == []
    assert steps.first.text() == "Close as INCOMPLETE"
    QTest.mouseClick(steps.sync, Qt.MouseButton.LeftButton)
    closer.settle()
    QTest.mouseClick(steps.first, Qt.MouseButton.LeftButton)
    closer.desk.wait(steps.enough.isVisible)
    closer.wire.mute.clear()  # its next round
    closer.settle()
    assert closer.statements() == ["closed"]
    assert "Desk 3: 1 of 1, confirmed" in closer.texts()
    assert "INCOMPLETE" not in closer.texts()


def test_a_desk_that_was_not_in_use_is_said_so_once(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.other(heard="07:31")
    closer.open()
    made = next(button for button in closer.page.steps._unused_buttons if "Desk 3" in button.text())
    closer.press(made)
    closer.press(closer.page.steps.first)
    assert "is closed" in closer.texts()
    assert closer.page.state.closing.statement.unused == ("Desk 3",)


def test_reopen_and_close_again(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.open()
    closer.press(closer.page.steps.first)
    closer.press(closer.page.steps.reopen)
    closer.press(closer.page.steps.question.yes)
    assert "Reopened at" in closer.texts()
    closer.press(closer.page.steps.first)
    assert closer.statements() == ["closed", "reopened", "closed"]


def test_scanning_for_a_closed_day_warns_and_counts(closer: Closer) -> None:
    desk = closer.desk
    desk.submit(desk.token("Maria Santos"))
    closer.open()
    closer.press(closer.page.steps.first)
    desk.window.show_page(0)
    admission = desk.submit(desk.token("Ahmad bin Ismail"))
    assert admission.verdict == "checked_in"
    desk.wait(lambda: any("makes a correction" in text for text in desk.window.notices.texts()))
    desk.window.notices._act()
    assert closer.page.isVisible(), "the notice leads to the page"
    desk.idle()
    assert "Desk 1 (1)" in closer.texts()


def test_the_desk_that_closed_the_day_is_told_when_more_arrives(closer: Closer) -> None:
    desk = closer.desk
    desk.submit(desk.token("Maria Santos"))
    closer.open()
    closer.press(closer.page.steps.first)
    desk.window.show_page(0)
    other = closer.other()
    other.admit_uid(desk.app.search.find("Ahmad", 1)[0].attendee.id)
    assert desk.window.app.syncer.round() is not None
    desk.window.signals.synced.emit(desk.window.app.syncer.last)  # a round in the background brought it
    desk.wait(lambda: any("Desk 3 (1)" in text for text in desk.window.notices.texts()))
    desk.window.notices._act()
    desk.idle()
    assert closer.page.isVisible()
    assert closer.page.steps.first.text() == "Write correction 1"
    closer.press(closer.page.steps.first)
    assert closer.statements() == ["closed", "corrected"]
    desk.wait(lambda: not any("needs a correction" in text for text in desk.window.notices.texts()))


def test_a_hub_that_is_down_is_told_in_its_step(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.wire.down = True
    closer.open()
    closer.press(closer.page.steps.first)
    assert "The hub does not answer. Every scan is safe here." in closer.texts()
    assert closer.page.steps.first.text() == "Close as INCOMPLETE"


def test_the_backup_goes_where_it_was_said(closer: Closer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(stick))
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.open()
    closer.press(closer.page.steps.folder)
    assert closer.app.settings.backup_folder == str(stick)
    closer.press(closer.page.steps.first)
    assert len(list(stick.glob("*.sqlite"))) == 1
    stick.joinpath("x").mkdir()
    for file in stick.glob("*.sqlite"):
        file.unlink()
    stick.joinpath("x").rmdir()
    stick.rmdir()
    closer.press(closer.page.steps.reopen)
    closer.press(closer.page.steps.question.yes)
    closer.press(closer.page.steps.first)
    assert "There is no backup yet." in closer.texts()
    assert "is not there" in closer.texts()
    assert closer.page.steps.first.text() == "Close without a backup"


def test_it_is_stopped_by_a_press_and_nothing_is_closed(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.open()
    pressed = threading.Event()
    closer.wire.arrives.append(lambda: pressed.wait(8))
    QTest.mouseClick(closer.page.steps.first, Qt.MouseButton.LeftButton)
    closer.desk.wait(lambda: closer.state(StepKey.SENT) is StepState.RUNNING)
    assert closer.desk.submit(closer.desk.token("Ahmad bin Ismail")).verdict == "checked_in", "scanning goes on"
    QTest.mouseClick(closer.page.steps.stop, Qt.MouseButton.LeftButton)
    pressed.set()
    closer.settle()
    assert closer.statements() == []
    assert any("not closed" in text for text in closer.desk.window.notices.texts())


def test_the_page_fits_a_laptop_at_200_per_cent_and_speaks_thai(closer: Closer) -> None:
    closer.desk.submit(closer.desk.token("Maria Santos"))
    closer.other(heard="07:31")
    closer.open()
    closer.desk.window.resize(683, 384)
    closer.desk.window.keeper.save(language="th")
    closer.settle()
    QApplication.processEvents()
    assert (closer.desk.window.width(), closer.desk.window.height()) == (683, 384)
    assert "2557" in closer.texts()
    below = closer.page.table.mapTo(closer.page, closer.page.table.rect().topLeft()).y()
    assert below > closer.page.steps.height() - 5, "the two sides stand under each other"
