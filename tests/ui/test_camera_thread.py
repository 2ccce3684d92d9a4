"""The camera's thread in front of a real window: pictures, outline, verdict, and a desk that goes on without it."""

from __future__ import annotations

from pathlib import Path

import segno
from PySide6.QtCore import QThread
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from checkin.domain.verdict import Verdict
from checkin.ui.camera_thread import CameraState
from checkin.ui.theme import DARK
from tests.ui.conftest import Desk


def badges(folder: Path, *tokens: str) -> Path:
    folder.mkdir()
    for number, token in enumerate(tokens):
        made = segno.make_qr(token, version=2, error="q", boost_error=False)
        made.save(str(folder / f"{number}.png"), scale=10, border=8)
    return folder


def test_a_badge_in_the_picture_is_outlined_in_its_verdict_s_colour(desk: Desk, tmp_path: Path) -> None:
    picture = desk.scan.picture
    picture._fade.setInterval(60_000)
    desk.window.camera.start(str(badges(tmp_path / "b", desk.token("Maria Santos"))))
    desk.wait_for_verdicts(1)
    assert (desk.seen[0].verdict, desk.seen[0].mode) == (Verdict.CHECKED_IN, "camera")
    desk.wait(lambda: picture.outline_colour() == QColor(DARK.green.strong))
    assert picture.grab().toImage().pixelColor(picture.width() // 2, picture.height() // 2).isValid()
    desk.window.camera.start("none")


def test_a_camera_that_is_not_there_is_told_and_the_desk_goes_on(desk: Desk, tmp_path: Path) -> None:
    desk.window.camera.start(str(tmp_path / "nothing.avi"))
    desk.wait(lambda: desk.window.camera.state.kind == "missing")
    assert desk.window.notices.texts(), "a notice says so"
    assert "not found" in desk.window.top_bar.camera.accessibleName()
    assert desk.submit(desk.token("Maria Santos")).verdict is Verdict.CHECKED_IN
    desk.window.camera.start("none")
    assert desk.window.camera.state == CameraState("off")


def test_changing_the_source_ends_the_one_before(desk: Desk, tmp_path: Path) -> None:
    one = badges(tmp_path / "one", desk.token("Maria Santos"))
    two = badges(tmp_path / "two", desk.token("Ahmad bin Ismail"))
    for _turn in range(3):
        desk.window.camera.start(str(one))
        desk.window.camera.start(str(two))
    desk.wait(lambda: any(a.attendee and a.attendee.name == "Ahmad bin Ismail" for a in desk.seen))
    desk.window.camera.stop()
    desk.wait(lambda: not [t for t in desk.window.camera.findChildren(QThread) if t.isRunning()])
    QTest.qWait(20)


def test_pictures_are_not_queued_for_a_busy_window(desk: Desk, tmp_path: Path) -> None:
    taken = []
    camera = desk.window.camera
    camera.pictured.connect(lambda: taken.append(1))
    camera.start(str(badges(tmp_path / "many", *(desk.token("Maria Santos") for _number in range(30)))))
    QThread.msleep(1500)  # the window is busy all the while
    before = len(taken)
    QTest.qWait(0)
    assert len(taken) - before <= 1
    camera.start("none")
