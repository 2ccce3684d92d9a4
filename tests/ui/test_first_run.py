"""The guide from an empty folder to an open desk, as somebody goes through it who has never seen it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkin.app import App, create_app, open_app
from checkin.db.listing import ListFilter
from checkin.demo import demo_files
from checkin.errors import CheckinError
from checkin.i18n import set_language
from checkin.settings import NO_CAMERA
from checkin.ui.camera_thread import Camera
from checkin.ui.first_run import FirstRun
from checkin.ui.first_run.camera_step import CameraStep
from checkin.ui.first_run.desk_step import DeskStep
from checkin.ui.first_run.event_step import EventStep
from checkin.ui.first_run.ready_step import ReadyStep
from checkin.ui.first_run.roster_step import RosterStep
from checkin.ui.notices import Notices
from checkin.ui.setup import camera_chooser
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme
from tests.ui.parts import EVENT, ROSTER


@dataclass
class Folder:
    """The window's opener on a folder of the test; a demo without its 350 people, which other tests import."""

    data: Path
    made: list[App] = field(default_factory=list)

    def open(self) -> App:
        return self._keep(open_app(self.data))

    def create(self, event_toml: str) -> App:
        return self._keep(create_app(self.data, event_toml))

    def demo(self) -> App:
        return self._keep(create_app(self.data, demo_files().event.read_text("utf-8")))

    def _keep(self, app: App) -> App:
        self.made.append(app)
        return app


@dataclass
class Walk:
    """Somebody in front of the guide."""

    guide: FirstRun
    folder: Folder
    tasks: TaskRunner
    bot: QtBot
    opened: list[App]

    def settle(self) -> None:
        self.bot.wait(20)
        self.bot.waitUntil(lambda: not self.tasks.busy(), timeout=15_000)
        self.bot.wait(20)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.guide.findChildren(QLabel) if label.isVisible())

    def press(self, button: object) -> None:
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()


@pytest.fixture
def walk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    set_language("en")
    monkeypatch.setattr(camera_chooser, "list_cameras", list)
    theme, tasks, camera, folder = Theme("light"), TaskRunner(), Camera(), Folder(tmp_path / "desk")
    notices = Notices(theme)
    guide = FirstRun(folder, tasks, notices, theme, camera)
    opened: list[App] = []
    guide.opened.connect(opened.append)
    qtbot.addWidget(notices)
    qtbot.addWidget(guide)
    guide.resize(1366, 768)
    guide.show()
    yield Walk(guide, folder, tasks, qtbot, opened)
    camera.stop()
    tasks.stop()
    for app in folder.made:
        app.close()
    set_language("en")


def fill_event(walk: Walk) -> EventStep:
    step = walk.guide.step()
    assert isinstance(step, EventStep)
    step.name_en.setText("Test conference")
    step.first.set_value(date(2014, 7, 8))
    step.last.set_value(date(2014, 7, 9))
    return step


def test_from_nothing_to_an_open_desk(walk: Walk, tmp_path: Path) -> None:
    event = fill_event(walk)
    assert "Tue 8 Jul 2014 – Wed 9 Jul 2014 · 2 days" in walk.words()
    walk.press(event.make)

    roster = walk.guide.step()
    assert isinstance(roster, RosterStep)
    assert roster.wizard is not None
    file = tmp_path / "participants.csv"
    file.write_text(ROSTER, "utf-8")
    roster.wizard.load(file)
    walk.settle()
    walk.settle()
    walk.press(roster.wizard.look.add)
    walk.press(roster.wizard.result.done)

    camera = walk.guide.step()
    assert isinstance(camera, CameraStep)
    box = camera.chooser.box
    box.setCurrentIndex(box.findData(NO_CAMERA))
    box.activated.emit(box.currentIndex())
    walk.bot.keyClicks(camera.scanner.field, "REG-00123")
    walk.bot.keyClick(camera.scanner.field, Qt.Key.Key_Return)
    assert "Read: REG-00123" in walk.words()
    walk.press(camera.trial)
    assert "How far does this camera read?" in walk.words()
    walk.press(camera.calibration.back)
    walk.press(camera.next)

    desk = walk.guide.step()
    assert isinstance(desk, DeskStep)
    desk.desk.setText("North door")
    desk.staff.setText("นก")
    walk.press(desk.next)

    ready = walk.guide.step()
    assert isinstance(ready, ReadyStep)
    for text in ("Test conference", "6 people", "none: hand scanner and typing", "North door · นก"):
        assert text in walk.words()
    walk.press(ready.open)

    assert len(walk.opened) == 1
    app = walk.opened[0]
    assert (app.desk.name, app.desk.staff) == ("North door", "นก")
    assert app.settings.camera == NO_CAMERA
    assert app.listing.count(ListFilter()) == 6


def test_what_was_set_up_is_there_the_next_time(walk: Walk) -> None:
    walk.press(fill_event(walk).make)
    roster = walk.guide.step()
    assert isinstance(roster, RosterStep)
    walk.press(roster._later)
    camera = walk.guide.step()
    assert isinstance(camera, CameraStep)
    walk.press(camera.next)
    desk = walk.guide.step()
    assert isinstance(desk, DeskStep)
    desk.staff.setText("Art")
    walk.press(desk.next)
    ready = walk.guide.step()
    assert isinstance(ready, ReadyStep)
    walk.press(ready.open)
    walk.folder.made.pop().close()
    app = walk.folder.open()
    assert app.event.name.get("en") == "Test conference"
    assert app.desk.staff == "Art"


def test_the_demo_is_one_press_away(walk: Walk) -> None:
    walk.press(walk.guide.demo)
    assert walk.opened[0].event.practice


def test_the_organisers_own_file(walk: Walk, tmp_path: Path) -> None:
    step = walk.guide.step()
    assert isinstance(step, EventStep)
    file = tmp_path / "event.toml"
    file.write_text(EVENT, "utf-8-sig")
    step.load_file(file)
    walk.settle()
    walk.settle()
    assert isinstance(walk.guide.step(), RosterStep)
    assert walk.folder.made[0].event.id == "test-2014"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not toml [", "not valid TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[event]\n", "timezone"),
        (b"x" * 1_000_001, "too large"),
    ],
)
def test_a_file_that_is_no_event_is_one_sentence(walk: Walk, tmp_path: Path, content: bytes, said: str) -> None:
    step = walk.guide.step()
    assert isinstance(step, EventStep)
    file = tmp_path / "event.toml"
    file.write_bytes(content)
    step.load_file(file)
    walk.settle()
    assert said in walk.words()
    assert walk.guide.step() is step
    assert not (walk.folder.data / "checkin.sqlite").exists()


def test_a_folder_that_cannot_be_used_is_one_sentence_and_the_form_stays(walk: Walk) -> None:
    walk.folder.data.write_text("a file in the way")
    step = fill_event(walk)
    walk.press(step.make)
    assert "cannot be made" in walk.words()
    assert step.name_en.text() == "Test conference"
    assert step.make.isEnabled()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda step: step.name_en.clear(), "Write the event’s name"),
        (lambda step: step.last.set_value(date(2014, 7, 7)), "The last day is before the first"),
        (lambda step: step.last.set_value(date(2015, 7, 7)), "at most 31 days"),
        (lambda step: step.zone.setEditText("Mars/Olympus"), "Choose a time zone"),
    ],
)
def test_a_form_that_is_not_ready_says_why(walk: Walk, change: object, said: str) -> None:
    step = fill_event(walk)
    assert step.make.isEnabled()
    change(step)  # type: ignore[operator]
    assert not step.make.isEnabled()
    assert said in walk.words()


def test_thai_years_are_buddhist_and_nothing_typed_is_lost(walk: Walk) -> None:
    step = fill_event(walk)
    thai = next(made for key, made in walk.guide._languages.items() if key == "th")
    walk.press(thai)
    assert step.first.year.currentText() == "2557"
    assert "2557" in walk.words()
    assert "2014" not in walk.words()
    step.first.year.setCurrentText("2558")
    step.first.year.activated.emit(step.first.year.currentIndex())
    assert step.first.value() == date(2015, 7, 8)
    assert step.name_en.text() == "Test conference"


def test_the_last_day_of_february_gives_way(walk: Walk) -> None:
    step = fill_event(walk)
    step.first.set_value(date(2024, 1, 31))
    step.first.month.setCurrentIndex(1)
    step.first.month.activated.emit(1)
    assert step.first.value() == date(2024, 2, 29)


def test_a_demo_that_cannot_be_made_leaves_the_guide_usable(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> App:
        raise CheckinError("The demo is missing.")

    monkeypatch.setattr(walk.folder, "demo", broken)
    walk.press(walk.guide.demo)
    assert walk.guide.isEnabled()
    assert walk.guide.setup.notices.texts() == ["The demo is missing."]
