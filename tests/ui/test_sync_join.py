"""A second laptop becomes a desk: from the file, or from the code in front of its camera, with the PIN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkin.app import App, Declared, create_app
from checkin.cli._common import Options
from checkin.cli._window import Opener
from checkin.i18n import set_language
from checkin.sync import administration
from checkin.sync import enrolment as paper
from checkin.ui.camera_thread import Camera
from checkin.ui.first_run.event_step import EventStep
from checkin.ui.first_run.guide import STEPS, _Mark
from checkin.ui.first_run.join_step import JoinStep
from checkin.ui.main_window import MainWindow
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, load_first_font
from tests.ui.conftest import PRACTICE, ROSTER

LIMIT_MS = 15_000
PIN = "12345678"


@pytest.fixture
def text(tmp_path: Path) -> str:
    """The enrolment of Desk 2 at a hub that has the event, five people and one admission."""
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    first = create_app(tmp_path / "first", PRACTICE, Declared(desk="Desk 1", staff="Art"))
    first.importer.import_file(roster)
    first.desk.admit_person(first.search.find("santos", 1)[0].attendee.id)
    url = f"folder:{tmp_path / 'shared'}"
    administration.init(url, first.sync_keys)
    first.set_hub(url)
    first.syncer.round()
    made = administration.enrol(url, first.sync_keys, "Desk 2")
    first.close()
    return paper.to_text(made, PIN)


class Laptop:
    """A computer on which the program was never used."""

    def __init__(self, window: MainWindow, bot: QtBot) -> None:
        self.window, self.bot = window, bot

    def wait(self, met: Callable[[], bool]) -> None:
        self.bot.waitUntil(met, timeout=LIMIT_MS)

    @property
    def step(self) -> JoinStep:
        return self.window.first_run.joining

    def choose_to_join(self) -> None:
        first = self.window.first_run.step()
        assert isinstance(first, EventStep)
        first.join.click()
        assert self.step.isVisible()
        shown = [mark.accessibleName() for mark in self.window.first_run.findChildren(_Mark) if mark.isVisible()]
        assert shown == ["1. Join: this step"]

    def say(self, pin: str) -> None:
        self.step.pin.setText(pin)
        QTest.keyClick(self.step.pin, Qt.Key.Key_Return)

    def told(self) -> str:
        self.wait(self.step.problem.isVisible)
        return self.step.problem.text()


@pytest.fixture
def laptop(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setattr("checkin.settings.user_data", lambda: tmp_path / "user")
    monkeypatch.setattr("checkin.ui.setup.camera_chooser.list_cameras", list)
    load_first_font()
    theme = Theme("light")
    theme.apply("light")
    opener = Opener(Options(tmp_path / "second", "", "", None), tmp_path / "second")
    window = MainWindow(opener, theme, TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: window.first_run is not None, timeout=LIMIT_MS)
    window.first_run.joining._spec = "none"  # no camera is plugged in here
    yield Laptop(window, qtbot)
    window._later.stop()
    window.leave()
    window.deleteLater()
    set_language("en")


def opened(laptop: Laptop) -> App:
    laptop.wait(lambda: bool(laptop.window.pages))
    laptop.window._later.stop()
    laptop.wait(lambda: not laptop.window.tasks.busy())
    return laptop.window.app


def test_from_the_file_to_scan_with_the_list_and_what_was_scanned(laptop: Laptop, text: str, tmp_path: Path) -> None:
    file = tmp_path / "Desk-2.checkin-desk"
    paper.write_file(file, text)
    laptop.choose_to_join()
    laptop.step.load_file(file)
    laptop.wait(lambda: bool(laptop.step.enrolment))
    laptop.step.staff.setText("Bee")
    laptop.say("1234 5678")
    app = opened(laptop)
    assert laptop.window.stack.currentWidget() is laptop.window.page("scan")
    assert (app.desk.name, app.desk.staff) == ("Desk 2", "Bee")
    assert app.search.find("Jaidee", 1)
    laptop.wait(lambda: laptop.window.status_bar.counters is not None)
    assert laptop.window.status_bar.counters.came == 1


def test_from_the_code_in_front_of_the_camera(laptop: Laptop, text: str, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    paper.write_code(picture, text)
    laptop.choose_to_join()
    laptop.window.camera.start(str(picture))
    laptop.wait(lambda: bool(laptop.step.enrolment))
    laptop.say(PIN)
    assert opened(laptop).desk.name == "Desk 2"


def test_each_mistake_is_one_sentence_and_the_next_try_works(laptop: Laptop, text: str, tmp_path: Path) -> None:
    laptop.choose_to_join()
    laptop.step.take_text("0123456789")
    assert "no enrolment" in laptop.told()
    laptop.step.take_text(text[:-20])
    laptop.say(PIN)
    assert "damaged" in laptop.told()
    laptop.step.take_text(text)
    laptop.say("87654321")
    laptop.wait(lambda: "PIN does not fit" in laptop.step.problem.text())
    laptop.wait(laptop.step.join.isEnabled)
    (tmp_path / "shared").rename(tmp_path / "away")
    (tmp_path / "shared").write_text("a file where the folder was")
    laptop.say(PIN)
    laptop.wait(laptop.step.elsewhere.isVisible)
    assert not (tmp_path / "second" / "checkin.sqlite").exists()
    laptop.step._hub = f"folder:{tmp_path / 'away'}"
    laptop.step._join()
    assert opened(laptop).hub_url == f"folder:{tmp_path / 'away'}"


def test_back_to_the_other_way(laptop: Laptop) -> None:
    laptop.choose_to_join()
    laptop.step.leave.click()
    assert laptop.window.first_run.step().isVisible()
    marks = [mark.accessibleName() for mark in laptop.window.first_run.findChildren(_Mark) if mark.isVisible()]
    assert len(marks) == len(STEPS)
    assert marks[0].endswith("this step")
    assert not laptop.step.isVisible()
