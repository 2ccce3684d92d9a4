"""A guest who is on no list, at the real window on a real file: registered, checked in, printed; nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from checkin.badges import store
from checkin.badges.content import content
from checkin.domain.journal import Kind
from checkin.domain.verdict import Verdict
from checkin.ui.painting.badge import badge_image
from tests.ui.conftest import Desk
from tests.ui.walkin import CTRL, SITI, Counter


@pytest.fixture
def counter(desk: Desk) -> Counter:
    made = Counter(desk)
    made.open()
    return made


def test_f3_type_ctrl_enter_and_the_guest_is_in_with_a_badge(counter: Counter, tmp_path: Path) -> None:
    counter.printer(tmp_path / "badges")
    counter.open("scan")
    counter.key(Qt.Key.Key_F3)
    counter.desk.wait(lambda: counter.focus() == "name")
    counter.type(**SITI)
    counter.register()
    result = counter.page.result
    counter.desk.wait(lambda: result.print_line.state() == "saved")
    assert counter.kinds() == ["WALK_IN", "BADGE_ISSUED", "CHECK_IN"]
    assert {"Checked in", "Siti Aminah Rahman", "BPJS Kesehatan · Indonesia", "Walk-in"} <= set(result.verdict.words())
    assert result.verdict.property("tone") == "green"
    assert counter.window.sounds.played == "checked_in"
    assert len(list((tmp_path / "badges").glob("*.pdf"))) == 1
    assert counter.window.notices.texts() == [], "the page itself shows the verdict"
    assert counter.page.entry.draft().is_empty
    assert counter.focus() == "name", "the next guest is the next letter"
    counter.type(name="N")
    assert not result.isVisible()
    assert counter.page.preview.isVisible()


def test_the_badge_of_a_walk_in_is_taken_at_the_desk(counter: Counter) -> None:
    counter.type(**SITI)
    counter.register()
    badge = counter.page.result.registered.badge
    admission = counter.desk.submit(badge.text)
    assert admission.verdict is Verdict.ALREADY_IN
    assert admission.attendee.name == SITI["name"]


def test_ctrl_shift_enter_registers_and_prints_nothing(counter: Counter, tmp_path: Path) -> None:
    counter.printer(tmp_path / "badges")
    counter.type(**SITI)
    counter.register(quiet=True)
    line = counter.page.result.print_line
    assert line.text() == "The badge was not printed."
    assert list((tmp_path / "badges").iterdir()) == []
    counter.key(Qt.Key.Key_P, CTRL)
    counter.desk.wait(lambda: line.state() == "saved")
    assert len(list((tmp_path / "badges").glob("*.pdf"))) == 1


def test_what_is_missing_is_said_in_its_place_and_the_focus_goes_there(counter: Counter) -> None:
    counter.type(organisation="BPJS Kesehatan", email="siti@example.org")
    counter.key(Qt.Key.Key_Return, CTRL)
    assert set(counter.wrong()) == {"name", "country", "category"}
    assert counter.focus() == "name"
    assert "please fill it in" in counter.line("name").accessibleName()
    assert counter.kinds() == []
    counter.type(name_local="ซิติ", country="Indonesia", category="delegate")
    counter.register()
    assert counter.desk.seen[-1].attendee.name_local == "ซิติ", "a name in either script is a name"


def test_what_cannot_stay_is_said_in_its_field(counter: Counter) -> None:
    counter.type(**{**SITI, "organisation": "x" * 320})
    counter.key(Qt.Key.Key_Return, CTRL)
    counter.desk.wait(lambda: bool(counter.wrong()))
    assert "Shorten it" in counter.wrong()["organisation"]
    assert counter.focus() == "organisation"
    assert counter.line("name").text() == SITI["name"]
    assert not counter.line("name").isReadOnly()
    assert counter.kinds() == []


def test_enter_and_tab_lead_through_the_form(counter: Counter) -> None:
    seen = [counter.focus()]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Tab):
        counter.key(key)
        QTest.qWait(60)  # no hand scanner is so slow
        seen.append(counter.focus())
    assert seen == ["name", "name_local", "organisation", "country", "category"]


def test_app_001_a_half_entered_guest_is_not_lost_and_never_half_saved(counter: Counter) -> None:
    counter.type(name="Siti Aminah Rahman", organisation="BPJS")
    counter.page.entry.consents["photo"].set_checked(True)
    draft = counter.page.entry.draft()
    counter.desk.submit(counter.desk.token("Maria Santos"))
    assert counter.page.entry.draft() == draft
    assert counter.window.notices.texts() == ["Checked in · Maria Santos"]
    counter.open("scan")
    counter.open("attendees")
    counter.open()
    assert counter.page.entry.draft() == draft
    counter.window.close()
    box = counter.window.question.box
    assert "Siti Aminah Rahman is not registered yet" in box.informativeText()
    box.reject()
    assert counter.page.entry.draft() == draft
    assert counter.kinds() == ["CHECK_IN"]


def test_escape_clears_and_the_draft_can_be_brought_back(counter: Counter) -> None:
    counter.type(name="Siti Aminah Rahman", organisation="BPJS")
    counter.key(Qt.Key.Key_Escape)
    assert counter.page.entry.draft().is_empty
    assert counter.focus() == "name"
    assert counter.page.entry.clear_button.text() == "Bring back what was cleared"
    counter.key(Qt.Key.Key_Z, CTRL)
    assert counter.line("name").text() == "Siti Aminah Rahman"
    assert counter.line("organisation").text() == "BPJS"


def test_undo_takes_the_whole_registration_back_and_fills_the_form_again(counter: Counter) -> None:
    counter.type(**SITI, note="Vegetarian")
    counter.register()
    token = counter.page.result.registered.badge.text
    counter.key(Qt.Key.Key_Z, CTRL)
    counter.desk.wait(lambda: "UNDO" in counter.kinds())
    counter.desk.idle()
    undone = {entry.body.target for entry in counter.entries(Kind.UNDO)}
    assert {
        entry.body.entry_id for entry in counter.entries() if entry.body.kind in {Kind.WALK_IN, Kind.CHECK_IN}
    } <= undone
    assert counter.line("name").text() == SITI["name"]
    assert counter.line("note").text() == "Vegetarian"
    assert not counter.desk.submit(token).verdict.accepted


def test_refusing_photo_and_mailing_never_blocks_and_every_choice_is_an_entry(counter: Counter) -> None:
    counter.page.entry.consents["mailing"].set_checked(True)
    counter.type(**SITI)
    counter.register()
    (walk_in,) = counter.entries(Kind.WALK_IN)
    version = counter.app.event.walk_in.notice_version
    assert walk_in.body.consent == f"{version} photo=0 mailing=1"
    assert not counter.page.entry.consents["mailing"].is_checked(), "the next guest chooses anew"


def test_the_whole_notice_is_shown_in_both_languages(counter: Counter) -> None:
    privacy = counter.page.entry.privacy
    assert "controller" in privacy._text.text()
    privacy.read.click()
    words = [part.text() for _tongue, _heading, part in privacy.card._texts]
    assert "Personal Data Protection Act" in words[0]
    assert "พ.ศ. 2562" in words[1]
    counter.type(name="Siti")
    privacy.read.click()
    counter.key(Qt.Key.Key_Escape)
    assert not privacy.card.isVisible()
    assert counter.line("name").text() == "Siti", "Esc closed the notice and cleared nothing"


def test_a_desk_without_a_printer_says_so_and_keeps_the_badge_as_a_file(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counter.page.entry.main_button.text() == "Register and check in"
    assert not counter.page.entry.quiet_button.isVisible()
    counter.type(**SITI)
    counter.register()
    line = counter.page.result.print_line
    assert line.text().startswith("No printer is chosen at this desk.")
    file = tmp_path / "siti"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    line.pdf_button.click()
    counter.desk.wait(lambda: line.state() == "saved")
    assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_print_that_failed_says_what_to_do_and_can_be_repeated(counter: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "badges"
    counter.printer(folder)
    folder.rmdir()
    counter.type(**SITI)
    counter.register()
    line = counter.page.result.print_line
    counter.desk.wait(lambda: line.state() == "failed")
    assert line.property("tone") == "red"
    assert counter.kinds() == ["WALK_IN", "BADGE_ISSUED", "CHECK_IN"], "print-001, print-007: the guest is in"
    folder.mkdir()
    line.print_button.click()
    counter.desk.wait(lambda: line.state() == "saved")
    assert len(list(folder.glob("*.pdf"))) == 1


def test_the_preview_is_the_print_dot_for_dot(counter: Counter) -> None:
    counter.type(**SITI)
    preview = counter.page.preview
    counter.desk.wait(lambda: preview.drawn is not None and not preview._pause.isActive())
    counter.desk.idle()
    drawn = preview.drawn
    layout = store.layout(None, store.DEFAULT)
    person = counter.page.entry.draft().person()
    shown = content(counter.app.event, person, counter.app.registrar.preview_badge(person).text)
    again = badge_image(layout, shown, dpi=drawn.dpi)
    again.setDevicePixelRatio(drawn.image.devicePixelRatio())
    assert drawn.image.size() == again.size()
    assert drawn.image == again
    assert preview._caption.text() == "Badge preview · 86 × 124 mm · no printer chosen"


def test_a_refused_check_in_leaves_the_guest_registered(counter: Counter) -> None:
    counter.window.top_bar.post.choose(counter.app.event.checkpoint("opening"))
    counter.desk.wait(lambda: counter.app.desk.post.checkpoint.key == "opening")
    counter.type(**{**SITI, "category": "press"})
    counter.register()
    assert counter.desk.seen[-1].verdict is Verdict.NOT_EXPECTED
    assert counter.page.result.verdict.property("tone") == "amber"
    counter.key(Qt.Key.Key_L, CTRL)
    counter.page.result.verdict.reason.given.emit("Supervisor agreed")
    counter.desk.wait_for_verdicts(2)
    assert counter.desk.seen[-1].verdict is Verdict.CHECKED_IN
    assert counter.page.result.verdict.property("tone") == "green"


def test_in_a_small_window_form_and_result_take_turns(counter: Counter) -> None:
    counter.window.resize(683, 384)
    counter.desk.idle()
    assert not counter.page.preview.isVisible()
    counter.type(**SITI)
    counter.register()
    assert counter.page.result.isVisible()
    assert not counter.page.entry.isVisible()
    counter.key(Qt.Key.Key_M)
    QTest.qWait(120)
    assert counter.page.entry.isVisible()
    assert counter.line("name").text() == "m"


def test_in_a_small_window_look_alikes_and_the_field_with_the_focus_are_in_sight(counter: Counter) -> None:
    counter.window.resize(683, 384)
    counter.type(name="Maria Santos", organisation="Social Security System")
    entry = counter.page.entry
    counter.desk.wait(entry.alike.isVisible)
    QApplication.processEvents()
    assert entry.rect().contains(entry.alike.geometry())
    assert entry.alike.geometry().bottom() < entry.main_button.geometry().top()
    entry.form.go_to(list(entry.form.fields)[-1])
    QTest.qWait(30)
    line = QApplication.focusWidget()
    area = entry._scroll.viewport()
    assert area.rect().contains(line.rect().translated(line.mapTo(area, line.rect().topLeft())))
    counter.window.resize(1366, 768)
    QApplication.processEvents()
    assert entry._scroll.isAncestorOf(entry.alike)


def test_thai_and_back(counter: Counter) -> None:
    counter.type(**SITI)
    counter.window.keeper.save(language="th")
    counter.desk.idle()
    box = counter.page.entry.form.fields["category"].editor
    assert box.currentText() == "ผู้แทน"
    assert counter.line("name").text() == SITI["name"]
    counter.window.keeper.save(language="en")
    counter.desk.idle()
    assert box.currentText() == "Delegate"


def test_everything_fits_on_a_laptop_without_scrolling(counter: Counter) -> None:
    counter.window.resize(1366, 768)
    counter.type(**{**SITI, "name": "Maria Santos"})
    counter.desk.idle()
    for language in ("en", "th"):
        counter.window.keeper.save(language=language)
        counter.desk.idle()
        bar = counter.page.entry._scroll.verticalScrollBar()
        assert bar.maximum() == 0, language
