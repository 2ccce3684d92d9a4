"""A hand scanner in front of the real window: the cases of the hand scanner's bad inputs that need one (hid-021..045).

Keys are sent to the window as the system sends them; a scanner's come a few milliseconds apart, a person's 60 or more.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout

from checkin.domain.verdict import Verdict
from tests.ui.conftest import Desk

FAST_MS, SLOW_MS, HELD_MS = 3, 90, 400
ENTER = Qt.Key.Key_Return


class Fingers:
    """The time at which keys are pressed: as the test says, however busy the machine is that runs it."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at_ms, self.step_ms = 1000, FAST_MS
        scanner = desk.window.scanner
        monkeypatch.setattr(scanner, "time_of", self.time_of)
        scanner.hold_ms = scanner.gap_ms = HELD_MS

    def time_of(self, _event: object) -> float:
        self.at_ms += self.step_ms
        return self.at_ms / 1000


@pytest.fixture(autouse=True)
def fingers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Fingers:
    desk.fingers = Fingers(desk, monkeypatch)
    return desk.fingers


def rest(desk: Desk) -> None:
    """Let more time pass than any scan has between two keys."""
    QTest.qWait(HELD_MS + 100)
    desk.fingers.at_ms += 3000


def keys(desk: Desk, text: str, delay_ms: int = FAST_MS, *, end: Qt.Key | None = ENTER) -> None:
    """Press the keys of a text one after the other, wherever the focus is."""
    window = desk.window.windowHandle()
    desk.fingers.step_ms = delay_ms
    for char in text:
        if char.isascii():
            QTest.keyClick(window, char)
        else:  # QTest sends a window only what has a key of its own
            focus = QApplication.focusWidget()
            QTest.sendKeyEvent(QTest.KeyAction.Click, focus, Qt.Key.Key_unknown, char, Qt.KeyboardModifier(0))
    if end is not None:
        QTest.keyClick(window, end)


def test_a_scan_is_one_check_in_whatever_has_the_focus(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, desk.token("Maria Santos"))
    desk.wait_for_verdicts(1)
    rest(desk)
    assert [(a.verdict, a.mode) for a in desk.seen] == [(Verdict.CHECKED_IN, "scanner")]
    assert desk.scan.search.text() == "", "nothing of the scan is in the search box"


def test_hid_021_no_suffix_at_all(desk: Desk) -> None:
    keys(desk, desk.token("Maria Santos"), end=None)
    desk.wait_for_verdicts(1)
    assert desk.seen[0].verdict is Verdict.CHECKED_IN


def test_hid_023_the_badge_again_is_already_in_and_counts_once(desk: Desk) -> None:
    for wanted in (1, 2):
        keys(desk, desk.token("Maria Santos"))
        desk.wait_for_verdicts(wanted)
        rest(desk)
    assert [a.verdict for a in desk.seen] == [Verdict.CHECKED_IN, Verdict.ALREADY_IN]
    assert desk.app.desk.counters().came == 1


def test_hid_025_a_doubled_key_is_no_badge(desk: Desk) -> None:
    token = desk.token("Maria Santos")
    keys(desk, token[:7] + token[6] + token[7:])
    desk.wait_for_verdicts(1)
    assert desk.seen[0].verdict is Verdict.NOT_A_BADGE
    assert any("Scan it again" in text for text in desk.scan.panel.words())


def test_hid_027_two_scanners_at_once_then_one_alone(desk: Desk) -> None:
    one, two = desk.token("Maria Santos"), desk.token("Nguyễn Thị Hoa")
    keys(desk, "".join(a + b for a, b in zip(one, two, strict=True)))
    desk.wait_for_verdicts(1)
    rest(desk)
    assert not desk.seen[0].verdict.accepted
    keys(desk, one)
    desk.wait_for_verdicts(2)
    assert desk.seen[1].verdict is Verdict.CHECKED_IN


def test_hid_029_a_person_types_the_digits(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, desk.token("Maria Santos"), SLOW_MS)
    desk.wait_for_verdicts(1)
    assert (desk.seen[0].verdict, desk.seen[0].mode) == (Verdict.CHECKED_IN, "typed")
    desk.wait(lambda: desk.scan.search.text() == "")


def test_hid_031_a_form_stays_as_it_is(desk: Desk) -> None:
    desk.window.show_page(2)
    field = next(field for field in desk.window.pages[2].findChildren(QLineEdit) if field.isVisible())
    field.setFocus()
    before = [other.text() for other in desk.window.pages[2].findChildren(QLineEdit)]
    keys(desk, desk.token("Maria Santos"))
    desk.wait_for_verdicts(1)
    assert [other.text() for other in desk.window.pages[2].findChildren(QLineEdit)] == before
    assert any("Maria Santos" in text for text in desk.window.notices.texts()), "the verdict is told as a notice"


def test_hid_033_a_space_in_the_payload_presses_no_button(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    undo = desk.scan.panel._buttons["undo"]
    undone = []
    desk.window.signals.undone.connect(undone.append)
    undo.setFocus()
    keys(desk, "A B C D E")
    desk.wait_for_verdicts(2)
    rest(desk)
    assert undone == []


def test_a_person_s_space_still_presses_the_button(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    desk.scan.panel._buttons["undo"].setFocus()
    with desk.qtbot.waitSignal(desk.window.signals.undone, timeout=5000):
        QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Space)


def test_hid_035_nothing_is_typed_into_a_dialog(desk: Desk) -> None:
    dialog = QDialog(desk.window)
    field, press = QLineEdit(), QPushButton("Print")
    body = QVBoxLayout(dialog)
    body.addWidget(field)
    body.addWidget(press)
    pressed = []
    press.clicked.connect(lambda: pressed.append(True))
    dialog.open()
    with desk.qtbot.waitActive(dialog):
        dialog.activateWindow()
    field.setFocus()
    QTest.qWait(100)
    for char in desk.token("Maria Santos"):
        QTest.keyClick(dialog.windowHandle(), char)
    QTest.keyClick(dialog.windowHandle(), ENTER)
    rest(desk)
    assert (field.text(), pressed, dialog.isVisible()) == ("", [], True)
    assert desk.seen == []
    assert any("while a question was open" in text for text in desk.window.notices.texts())
    dialog.close()
    dialog.deleteLater()


def test_hid_037_alt_f4_from_a_scanner_asks_before_closing(desk: Desk) -> None:
    desk.window.close()
    box = next(child for child in desk.window.findChildren(QDialog) if child.isVisible())
    with desk.qtbot.waitActive(box):
        box.activateWindow()
    for char in desk.token("Maria Santos"):
        QTest.keyClick(box.windowHandle(), char)
    QTest.keyClick(box.windowHandle(), ENTER)
    rest(desk)
    assert desk.window.isVisible()
    box.reject()


def test_hid_039_num_lock_off_is_told(desk: Desk) -> None:
    window = desk.window.windowHandle()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(window, key, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(window, ENTER)
    desk.wait(lambda: any("Num Lock" in text for text in desk.window.notices.texts()))
    assert desk.seen == []


def test_hid_041_another_layout_is_repaired(desk: Desk) -> None:
    digits = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
    keys(desk, "".join(digits[char] for char in desk.token("Maria Santos")))
    desk.wait_for_verdicts(1)
    assert desk.seen[0].verdict is Verdict.CHECKED_IN
    assert any("keyboard layout" in text for text in desk.scan.panel.words())


def test_hid_043_unplugged_half_way(desk: Desk) -> None:
    keys(desk, desk.token("Maria Santos")[:20], end=None)
    desk.wait(lambda: any("only a part" in text for text in desk.window.notices.texts()))
    rest(desk)
    keys(desk, desk.token("Maria Santos"))
    desk.wait_for_verdicts(1)
    assert [a.verdict for a in desk.seen] == [Verdict.CHECKED_IN]


def test_hid_045_a_window_in_the_background_says_so_on_return(desk: Desk) -> None:
    QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert any("hand scanner" in text for text in desk.window.notices.texts())
    QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not any("hand scanner" in text for text in desk.window.notices.texts())
    assert desk.seen == []


def test_slow_typing_stays_typing(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, "santos", SLOW_MS, end=None)
    rest(desk)
    assert desk.scan.search.text() == "santos"
    assert desk.seen == []


def test_a_fast_pair_of_letters_is_not_lost(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, "sa", FAST_MS, end=None)
    rest(desk)
    keys(desk, "nt", SLOW_MS, end=None)
    rest(desk)
    assert desk.scan.search.text() == "sant"


def test_backspace_comes_after_the_letters_before_it(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, "ab", FAST_MS, end=Qt.Key.Key_Backspace)
    rest(desk)
    assert desk.scan.search.text() == "a"


def test_thai_letters_of_a_person_arrive(desk: Desk) -> None:
    desk.scan.search.setFocus()
    keys(desk, "สมหญิง", SLOW_MS, end=None)
    rest(desk)
    assert desk.scan.search.text() == "สมหญิง"
