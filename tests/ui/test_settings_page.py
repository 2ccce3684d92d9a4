"""The Settings page: what is changed holds at once and is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from checkin import settings as store
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.verdict import Verdict
from checkin.ui.pages.settings import SettingsPage
from checkin.ui.setup import camera_chooser, program
from checkin.ui.setup.about_section import AboutSection
from checkin.ui.setup.camera_section import CameraSection
from checkin.ui.setup.desk_section import DeskSection
from checkin.ui.setup.event_section import EventSection
from checkin.ui.setup.looks_section import LooksSection
from checkin.ui.setup.section import Section
from tests.ui.parts import Parts, make_parts


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    made, end = make_parts(tmp_path, qtbot)
    yield made
    end()


@pytest.fixture
def page(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setattr(camera_chooser, "list_cameras", lambda: list(CAMERAS))
    made = SettingsPage(parts.context)
    parts.show(made)
    return made


CAMERAS = (
    camera_chooser.CameraInfo(0, "Integrated Webcam", "/dev/video0"),
    camera_chooser.CameraInfo(2, "USB Camera <b>", "/dev/video2"),
)


def section(page: SettingsPage, kind: type[Section]) -> Section:
    found = next(one for one in page.sections if isinstance(one, kind))
    page.asked(found.key)
    return found


def words(widget: Section) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def on_disk(parts: Parts) -> store.Settings:
    parts.settle()
    return store.load(parts.app.folder).settings


def test_desk_and_staff_are_taken_at_enter_and_stand_on_the_next_scan(parts: Parts, page: SettingsPage) -> None:
    desk = section(page, DeskSection)
    assert isinstance(desk, DeskSection)
    desk.desk.setText("  North   door ")
    parts.bot.keyClick(desk.desk, Qt.Key.Key_Return)
    parts.settle()
    desk.staff.setText("นก")
    parts.bot.keyClick(desk.staff, Qt.Key.Key_Return)
    parts.settle()
    assert (on_disk(parts).desk, on_disk(parts).staff) == ("North door", "นก")
    admission = parts.app.desk.admit("nobody")
    assert (admission.desk, admission.staff) == ("North door", "นก")


def test_a_desk_has_a_name_always(parts: Parts, page: SettingsPage) -> None:
    desk = section(page, DeskSection)
    assert isinstance(desk, DeskSection)
    desk.desk.setText("   ")
    parts.bot.keyClick(desk.desk, Qt.Key.Key_Return)
    parts.settle()
    assert desk.desk.text() == parts.app.desk.name != ""


def test_a_trial_scan_is_told_and_admits_nobody(parts: Parts, page: SettingsPage) -> None:
    desk = section(page, DeskSection)
    assert isinstance(desk, DeskSection)
    token = make_token(BadgeNumber(1, 1), parts.app.keyring)
    parts.bot.keyClicks(desk.scanner.field, token)
    parts.bot.keyClick(desk.scanner.field, Qt.Key.Key_Return)
    assert "A genuine badge of this event." in words(desk)
    assert desk.scanner.field.text() == ""
    parts.settle()
    assert parts.app.desk.recent() == []


def test_a_trial_scan_under_the_thai_layout_names_the_layout(parts: Parts, page: SettingsPage) -> None:
    desk = section(page, DeskSection)
    assert isinstance(desk, DeskSection)
    desk.scanner.take("ฑฎฌขจจๅ/-")
    assert "Read: REG-00123" in words(desk)
    assert "Thai (Kedmanee)" in words(desk)


def test_a_scanner_without_enter_is_understood_too(parts: Parts, page: SettingsPage) -> None:
    desk = section(page, DeskSection)
    assert isinstance(desk, DeskSection)
    parts.bot.keyClicks(desk.scanner.field, "REG-00123")
    parts.bot.waitUntil(lambda: "Read: REG-00123" in words(desk), timeout=3000)


def test_cameras_are_listed_by_name_and_the_choice_is_kept(parts: Parts, page: SettingsPage) -> None:
    camera = section(page, CameraSection)
    assert isinstance(camera, CameraSection)
    parts.settle()
    box = camera.chooser.box
    listed = [box.itemText(n) for n in range(box.count())]
    assert listed == [
        "The first camera there is",
        "Integrated Webcam",
        "USB Camera <b>",
        "No camera: hand scanner and typing only",
    ]
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert on_disk(parts).camera == store.NO_CAMERA
    assert parts.context.camera.state.kind == "off"


def test_a_camera_that_is_not_plugged_in_keeps_its_name(parts: Parts, page: SettingsPage) -> None:
    parts.app.settings = store.Settings(camera="camera:Logitech|usb-1", desk="Desk 1")
    camera = section(page, CameraSection)
    assert isinstance(camera, CameraSection)
    camera.retranslate()
    parts.settle()
    assert camera.chooser.box.currentText() == "Logitech (not plugged in)"


def test_mirror_is_kept(parts: Parts, page: SettingsPage) -> None:
    camera = section(page, CameraSection)
    assert isinstance(camera, CameraSection)
    camera.chooser.mirror.click()
    assert on_disk(parts).mirror is False
    assert parts.context.camera.mirror is False


def click(parts: Parts, holder: Section, word: str) -> None:
    found = next(b for b in holder.findChildren(QAbstractButton) if b.isVisible() and b.text() == word)
    parts.bot.mouseClick(found, Qt.MouseButton.LeftButton)
    parts.settle()


def test_language_and_colours_change_at_once(parts: Parts, page: SettingsPage) -> None:
    looks = section(page, LooksSection)
    click(parts, looks, "ไทย")
    click(parts, looks, "English")
    assert "How the window looks" in words(looks)
    click(parts, looks, "High contrast")
    assert parts.context.theme.name == "contrast"
    assert (on_disk(parts).language, on_disk(parts).theme) == ("en", "contrast")


def test_size_and_sound_are_kept(parts: Parts, page: SettingsPage) -> None:
    looks = section(page, LooksSection)
    assert isinstance(looks, LooksSection)
    index = looks.scale.findText("150 %")
    looks.scale.setCurrentIndex(index)
    looks.scale.activated.emit(index)
    looks.volume.setValue(35)
    looks.mute.click()
    parts.bot.waitUntil(lambda: on_disk(parts).volume == 35 and on_disk(parts).muted, timeout=3000)
    saved = on_disk(parts)
    assert (saved.scale, saved.volume, saved.muted) == (150, 35, True)


def test_every_verdict_can_be_heard(parts: Parts, page: SettingsPage) -> None:
    looks = section(page, LooksSection)
    assert isinstance(looks, LooksSection)
    for verdict in Verdict:
        parts.bot.mouseClick(looks.plays[verdict], Qt.MouseButton.LeftButton)
        assert looks.sounds.played == verdict.value


def test_the_event_and_its_folder_are_shown(parts: Parts, page: SettingsPage) -> None:
    event = section(page, EventSection)
    parts.settle()
    shown = words(event)
    assert "Tue 8 Jul 2014 · Wed 9 Jul 2014" in shown
    assert str(parts.app.folder) in shown
    assert parts.app.database.sqlite_version in shown
    assert "Fri 31 Oct 2014" in shown
    parts.speak("th")
    assert "31 ต.ค. 2557" in words(event)
    assert "การประชุมทดสอบ" in words(event)


def test_a_backup_is_written_and_told(parts: Parts, page: SettingsPage, tmp_path: Path) -> None:
    event = section(page, EventSection)
    assert isinstance(event, EventSection)
    event.back_up_to(tmp_path / "copy.sqlite")
    parts.settle()
    assert (tmp_path / "copy.sqlite").stat().st_size > 0
    assert "Backed up and checked: 6 people" in words(event)


def test_a_backup_that_fails_is_one_sentence(parts: Parts, page: SettingsPage, tmp_path: Path) -> None:
    event = section(page, EventSection)
    assert isinstance(event, EventSection)
    event.back_up_to(tmp_path / "no such folder" / "copy.sqlite")
    parts.settle()
    assert event._saved.isVisible()
    assert event._saved.property("tone") == "red"
    assert event.backup.isEnabled()


def test_another_event_is_another_process_on_that_folder(
    parts: Parts, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def start(words_: list[str]) -> bool:
        started.append(words_)
        return False

    monkeypatch.setattr(program, "_start", start)
    event = section(page, EventSection)
    assert isinstance(event, EventSection)
    event.open_folder(tmp_path)
    assert started[0][-2:] == ["--data", str(tmp_path)]
    assert "This event stays open." in words(event)


def test_about_names_the_version_and_every_licence(parts: Parts, page: SettingsPage) -> None:
    shown = words(section(page, AboutSection))
    assert "0.1.0" in shown
    assert "Sarabun · SIL OFL 1.1" in shown
    assert "LGPL-3.0" in shown


def test_every_requirement_is_thanked_for(repository: Path) -> None:
    from checkin.ui.setup.about_section import PARTS

    thanked = " ".join(name for name, _licence in PARTS).lower().replace("-", "").replace(" ", "")
    required = [
        line.split("==")[0].lower().replace("-", "").replace("_", "")
        for line in (repository / "requirements/run.txt").read_text("utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    ]
    missing = [name for name in required if name not in thanked and name not in {"pyside6essentials", "pyside6addons"}]
    assert missing == [], "a part that is shipped without its thanks"
