"""The shell: pages, keys, closing, starting twice, small screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from checkin.app import App
from checkin.errors import NoEventError
from checkin.ui.camera_thread import Camera
from checkin.ui.main_window import MainWindow
from checkin.ui.page import page_types
from checkin.ui.single_instance import SingleInstance
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme
from tests.ui.conftest import Desk, OneApp


class Shown(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def test_no_part_of_the_window_flashes_up_as_a_window_of_its_own(app: App, qtbot: QtBot) -> None:
    theme = Theme("light")
    theme.apply("light")
    shown = Shown()
    QApplication.instance().installEventFilter(shown)
    window = MainWindow(OneApp(app), theme, TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=8000)
    QTest.qWait(50)
    QApplication.instance().removeEventFilter(shown)
    window.leave()
    window.deleteLater()
    assert shown.windows == [window]


def test_every_f_key_brings_its_page(desk: Desk) -> None:
    for page in page_types():
        QTest.keyClick(desk.window.windowHandle(), Qt.Key(Qt.Key.Key_F1 + page.order - 1))
        desk.wait(lambda wanted=page.key: desk.window.stack.currentWidget() is desk.window.page(wanted))
    assert [page.key for page in page_types()] == ["scan", "attendees", "walkin", "dashboard", "evening", "settings"]


def test_closing_asks_and_staying_keeps_the_desk_open(desk: Desk) -> None:
    desk.window.close()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.defaultButton().text() == "Stay", "Enter, which a hand scanner sends too, must not close the desk"
    QTest.keyClick(box.windowHandle(), Qt.Key.Key_Escape)
    desk.wait(lambda: QApplication.activeModalWidget() is None)
    assert desk.window.isVisible()


def test_closing_saves_what_is_under_way(desk: Desk, event_folder: Path) -> None:
    desk.window.calls.submit(desk.token("Maria Santos"), "scanner")
    desk.window.close()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    leave = next(button for button in box.findChildren(QPushButton) if button.text() == "Close the desk")
    leave.click()
    desk.wait(lambda: not desk.window.isVisible())
    from checkin.app import Declared, open_app

    again = open_app(event_folder, Declared(desk="Desk 1", staff="Art"))
    names = [line.attendee.name for line in again.desk.recent(5) if line.attendee]
    again.close()
    assert names == ["Maria Santos"]


def test_everything_works_at_200_per_cent_of_a_laptop(desk: Desk) -> None:
    desk.window.resize(683, 384)
    desk.submit(desk.token("Somying Jaidee"))
    QApplication.processEvents()
    assert (desk.window.width(), desk.window.height()) == (683, 384)
    panel = desk.scan.panel
    for part in (panel._name, panel._word, panel._buttons["undo"]):
        inside = part.rect().translated(part.mapTo(desk.window, part.rect().topLeft()))
        assert part.isVisible()
        assert desk.window.rect().contains(inside), part


def test_colours_change_at_once(desk: Desk) -> None:
    before = desk.window.grab().toImage().pixelColor(5, 300)
    desk.window.keeper.save(theme="dark")
    QApplication.processEvents()
    after = desk.window.grab().toImage().pixelColor(5, 300)
    assert before.lightness() > 200 > 80 > after.lightness()


def test_without_an_event_the_guide_is_shown(tmp_path: Path, qtbot: QtBot) -> None:
    class Empty:
        data = tmp_path

        def open(self) -> App:
            raise NoEventError("nothing here")

    theme = Theme("light")
    theme.apply("light")
    window = MainWindow(Empty(), theme, TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: window.first_run is not None, timeout=8000)
    assert window.stack.currentWidget() is window.first_run
    window.leave()
    window.deleteLater()


def test_an_event_that_cannot_be_opened_says_why(tmp_path: Path, qtbot: QtBot) -> None:
    class Broken:
        data = tmp_path

        def open(self) -> App:
            from checkin.errors import NewerDatabaseError

            raise NewerDatabaseError("This event was saved by a newer version.")

    theme = Theme("light")
    theme.apply("light")
    window = MainWindow(Broken(), theme, TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: window.opening._text.text() == "This event was saved by a newer version.", timeout=8000)
    window.leave()
    window.deleteLater()


def test_a_second_start_raises_the_first_window(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(), SingleInstance()
    assert first.claim(tmp_path)
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=5000):
        assert not second.claim(tmp_path)
    first.release()
    assert second.claim(tmp_path), "a window that was closed is not in the way"
    second.release()


@pytest.mark.parametrize("language", ["en", "th"])
def test_qt_speaks_the_language_too(desk: Desk, language: str) -> None:
    from checkin.ui.qt_texts import QtTexts

    desk.window.keeper.save(language=language)
    assert QtTexts().translate("QDialogButtonBox", "&Cancel") is not None
    assert QtTexts().translate("SomewhereElse", "Unheard of") is None
