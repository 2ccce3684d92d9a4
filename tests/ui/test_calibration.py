"""The page on which the camera is tried out, in the real window with pictures in the camera's place."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from checkin.domain.verdict import Verdict
from checkin.scan import decode
from checkin.ui.calibration.page import CalibrationPage
from checkin.ui.calibration.view import CalibrationView
from checkin.ui.setup.camera_section import CameraSection
from tests.scan.pictures import held_up
from tests.ui.conftest import Desk
from tests.ui.test_camera_thread import badges


@pytest.fixture
def view(desk: Desk) -> CalibrationView:
    """The page, reached as a person does."""
    desk.window.signals.page_wanted.emit("settings", "camera")
    section = next(s for s in desk.window.page("settings").sections if isinstance(s, CameraSection))  # type: ignore[attr-defined]
    QTest.mouseClick(section.trial, Qt.MouseButton.LeftButton)
    page = desk.window.stack.currentWidget()
    assert isinstance(page, CalibrationPage)
    return page.view


def words(view: CalibrationView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def held(folder: Path, name: str, *images: object) -> str:
    """Return a folder of pictures that are held up for some seconds."""
    (folder / name).mkdir()
    for number in range(8):
        for which, image in enumerate(images):
            (folder / name / f"{number}-{which}.png").write_bytes(cv2.imencode(".png", image)[1].tobytes())
    return str(folder / name)


def test_a_badge_is_told_with_its_distance_and_nobody_is_admitted(
    desk: Desk, view: CalibrationView, tmp_path: Path
) -> None:
    token = desk.token("Maria Santos")
    desk.window.camera.start(held(tmp_path, "b", held_up(token, scale=4)))
    desk.wait(lambda: view.word.text() == "A badge of this event")
    assert "Read " in view.sentence.text()
    assert view.values["distance"].text() == "about 25 cm"  # 25 modules of 4 pixels; 25 mm, 70 degrees: 26.2 cm
    assert view.values["reach"].text() == "about 60 cm"
    assert view.values["module"].text().startswith(("3.", "4."))
    assert view.values["light"].text() == "good"
    assert "Maria" not in words(view)
    desk.wait(lambda: view.picture.outline_colour() is not None)
    desk.idle()
    assert desk.seen == []
    QTest.keyClick(view.back, Qt.Key.Key_Escape)
    desk.wait(lambda: desk.window.stack.currentWidget() is desk.window.page("settings"))
    desk.window.camera.start(str(badges(tmp_path / "after", token)))
    desk.wait_for_verdicts(1)
    assert desk.seen[0].verdict is Verdict.CHECKED_IN
    desk.window.camera.start("none")


def test_what_is_no_badge_and_what_is_too_small_is_told(desk: Desk, view: CalibrationView, tmp_path: Path) -> None:
    desk.window.camera.start(held(tmp_path, "other", held_up("https://example.org", scale=6)))
    desk.wait(lambda: view.word.text() == "Another code")
    assert "example.org" not in words(view)
    blotted = held_up(desk.token("Maria Santos"), scale=2, at=(333, 167))
    cv2.rectangle(blotted, (357, 193), (377, 213), (128, 128, 128), -1)
    desk.window.camera.start(held(tmp_path, "small", blotted))
    desk.wait(lambda: view.word.text() == "A code that is not read")
    desk.wait(lambda: bool(view.picture.marks().unread))
    assert view.picture.marks().meant is None
    desk.window.camera.start("none")
    desk.wait(lambda: view.word.text() == "No picture from the camera")


def test_two_badges_are_both_outlined_and_the_picture_says_so(desk: Desk, tmp_path: Path) -> None:
    one, other = desk.token("Maria Santos"), desk.token("Ahmad bin Ismail")
    both = held_up(other, at=(820, 250), frame=held_up(one, at=(260, 250)))
    picture = desk.scan.picture
    desk.window.camera.start(held(tmp_path, "two", both))
    desk.wait(lambda: picture.shown_hint() == "Two badges: hold up one.")
    assert {outline.text for outline in picture.marks().codes} == {one, other}
    assert picture.marks().meant is None
    assert desk.seen == []
    desk.window.camera.start("none")


def test_the_way_back_and_the_result_fit_a_screen_at_200_per_cent(desk: Desk, view: CalibrationView) -> None:
    desk.window.resize(683, 384)
    QTest.qWait(50)
    assert view.back.isVisible()
    right = view.back.mapTo(desk.window, view.back.rect().bottomRight())
    assert desk.window.rect().contains(right)
    assert view.word.mapTo(desk.window, view.word.rect().bottomLeft()).y() < desk.window.height()


def test_the_test_code_on_the_screen_admits_nobody_and_goes_with_the_page(desk: Desk, view: CalibrationView) -> None:
    QTest.mouseClick(view.show_code, Qt.MouseButton.LeftButton)
    screen = view._screen
    assert screen is not None
    shown = screen.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    picture = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())[
        :, : shown.width()
    ]
    (code,) = decode(np.ascontiguousarray(picture))
    assert desk.submit(code.text).verdict is Verdict.FORGED
    desk.window.signals.page_wanted.emit("scan", None)
    desk.wait(lambda: view._screen is None)
