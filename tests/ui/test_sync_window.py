"""Two real data folders and a real hub folder: what a person at one desk sees of the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from checkin.app import App, Declared, create_app, open_app
from checkin.db.backup import back_up
from checkin.db.desks import DeskRow
from checkin.sync import administration
from checkin.sync import enrolment as paper
from checkin.sync.enrolment import from_text
from checkin.sync.joining import join
from checkin.texts import breakable
from checkin.ui.doubles.page import DoublesPage
from checkin.ui.setup.hub_section import HubSection
from checkin.ui.sync_words import chip_words, missing_desks
from checkin.ui.sync_worker import SyncState
from tests.ui.conftest import PRACTICE, Desk

PIN = "12345678"


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def other(app: App, hub: Path, tmp_path: Path) -> Iterator[App]:
    """Desk 2 on a folder of its own, enrolled at the hub of both."""
    url = f"folder:{hub}"
    administration.init(url, app.sync_keys)
    administration.add_desk(url, app.sync_keys, "Desk 1", app.sync_keys.public)
    app.set_hub(url)
    app.save_settings(
        app.settings.__class__(desk="Desk 1", desk_number=app.settings.desk_number, staff="Art", sync_seconds=0)
    )
    app.syncer.round()
    made = administration.enrol(url, app.sync_keys, "Desk 2")
    join(tmp_path / "second", made)
    second = open_app(tmp_path / "second", Declared(staff="Bee"))
    second.syncer.round()
    yield second
    second.close()


def rounds(desk: Desk) -> None:
    """Press the button and wait until the pages were told."""
    told: list[object] = []
    desk.window.signals.synced.connect(told.append)
    desk.window.sync.ask()
    desk.wait(lambda: bool(told))
    desk.idle()
    desk.window.signals.synced.disconnect(told.append)


def admit_there(other: App, name: str) -> None:
    person = other.search.find(name, 1)[0].attendee
    other.desk.admit_person(person.id)


def doubled(desk: Desk, other: App) -> None:
    admit_there(other, "santos")
    desk.submit(desk.token("Maria Santos"))
    other.syncer.round()
    rounds(desk)


def doubles_page(desk: Desk) -> DoublesPage:
    page = desk.window.page("doubles")
    assert isinstance(page, DoublesPage)
    return page


def press(desk: Desk, name: str) -> None:
    """Press the button that is seen with this text."""

    def seen() -> list[QPushButton]:
        return [one for one in desk.window.findChildren(QPushButton) if one.text() == name and one.isVisible()]

    desk.wait(lambda: bool(seen()))
    seen()[0].click()


def test_what_the_other_desk_admitted_is_counted_and_amber_here(other: App, desk: Desk) -> None:
    admit_there(other, "santos")
    other.syncer.round()
    before = desk.window.status_bar.counters.came
    rounds(desk)
    desk.wait(lambda: desk.window.status_bar.counters.came == before + 1)
    again = desk.submit(desk.token("Maria Santos"))
    assert again.verdict == "already_in"
    assert (again.first.desk, again.first.staff) == ("Desk 2", "Bee")
    assert desk.window.top_bar.sync.accessibleName() == "Sync: Synced just now"


def test_a_double_is_told_in_one_sentence_and_never_blocks(other: App, desk: Desk) -> None:
    said: list[str] = []
    desk.window.notices.said.connect(said.append)
    doubled(desk, other)
    assert len(said) == 1
    assert "Maria Santos" in said[0]
    assert "Desk 2" in said[0]
    assert "(Bee)" in said[0]
    assert "here at" in said[0]
    assert QApplication.activeModalWidget() is None
    assert desk.submit(desk.token("Somying Jaidee")).verdict == "checked_in", "the desk scans on"
    press(desk, "Look at it")
    assert desk.window.stack.currentWidget() is doubles_page(desk)
    desk.wait(lambda: len(doubles_page(desk).found) == 1)
    assert not any(button.isChecked() for button in desk.window.rail._buttons)
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F1)
    desk.wait(lambda: desk.window.stack.currentWidget() is desk.window.page("scan"))
    rounds(desk)
    assert len(said) == 1, "a double is told once"
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F4)
    board = desk.window.page("dashboard").board
    desk.wait(lambda: board.needs.number.text() == "1" and board.isVisible())
    assert board.needs.fact.text() == "1 badge used twice"
    board.needs.more.click()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert desk.window.stack.currentWidget() is doubles_page(desk), "the line leads to where it is settled"
    desk.idle()


def test_a_double_is_settled_with_a_reason_which_the_other_desk_reads(other: App, desk: Desk) -> None:
    doubled(desk, other)
    desk.window.signals.page_wanted.emit("doubles", None)
    page = doubles_page(desk)
    desk.wait(lambda: len(page.found) == 1)
    press(desk, "It is in order…")
    page.reason._line.setText("Two doors")
    QTest.keyClick(page.reason._line, Qt.Key.Key_Return)
    desk.wait(lambda: page.found[0].settled)
    desk.wait(lambda: desk.window.top_bar.sync.doubles == 0)
    other.syncer.round()
    assert other.syncer.last.conflicts == 0
    assert desk.app.desk.counters().came == 1


def test_one_of_the_two_admissions_is_taken_back(other: App, desk: Desk) -> None:
    doubled(desk, other)
    desk.window.signals.page_wanted.emit("doubles", None)
    page = doubles_page(desk)
    desk.wait(lambda: len(page.found) == 1)
    press(desk, "Undo this one…")
    press(desk, "The badge was passed on")
    desk.wait(lambda: page.found == [])
    assert desk.app.desk.counters().came == 1, "the other admission stands"


def test_without_a_network_the_chip_says_how_many_wait_and_that_they_are_safe(
    other: App, desk: Desk, hub: Path, tmp_path: Path
) -> None:
    rounds(desk)
    hub.rename(tmp_path / "away")
    hub.write_text("a file where the folder was")
    desk.submit(desk.token("Maria Santos"))
    failures: list[str] = []
    desk.window.sync.failed.connect(failures.append)
    desk.window.sync.ask()
    desk.wait(lambda: bool(failures))
    chip = desk.window.top_bar.sync
    chip.refresh()
    desk.wait(lambda: "1 waiting, all safe here" in chip.accessibleName())
    chip.sheet.fill(chip.rows, 0)  # as a press does before it opens; the test's screen has no popups
    assert chip.sheet._trouble.text() == breakable(failures[0])
    assert "safe" in failures[0]
    hub.unlink()
    (tmp_path / "away").rename(hub)
    rounds(desk)
    assert chip.accessibleName() == "Sync: Synced just now"


def row(
    desk: str, *, mine: bool = False, seq: int = 5, announced: int = 5, heard: int = 0, state: str = "open"
) -> DeskRow:
    return DeskRow(1, desk, desk, 1, mine, seq, announced, seq, heard, state, revoked=False)


def test_desks_that_are_behind_or_fell_silent_are_missing() -> None:
    minute = 60_000
    rows = [
        row("Desk 1", mine=True, heard=1000 * minute),
        row("Desk 2", heard=999 * minute),
        row("Desk 3", heard=980 * minute),
        row("Desk 4", heard=980 * minute, state="closed 2014-07-08"),
        row("Desk 5", heard=999 * minute, seq=3),
        row("Desk 6", heard=100 * minute),
    ]
    assert missing_desks(rows) == ["Desk 5", "Desk 3"]
    state = SyncState(health="well", last=object())
    assert chip_words(state, rows, 5) == ("2 desks missing", "amber")
    assert chip_words(state, rows[:3], 5) == ("Desk 3 missing", "amber")


def test_closing_ends_though_the_hub_hangs(app: App, desk: Desk, monkeypatch: pytest.MonkeyPatch, expected_log) -> None:
    expected_log.expect("the sync thread did not end")
    hangs, free = threading.Event(), threading.Event()

    def hang(*_args: object, **_more: object) -> object:
        hangs.set()
        free.wait()
        raise OSError("gone")

    monkeypatch.setattr("checkin.sync.cycle.greet", hang)
    desk.window.sync.ask()
    desk.wait(hangs.is_set)
    assert desk.submit(desk.token("Maria Santos")).verdict == "checked_in", "scans never wait for sync"
    desk.window.leave()
    assert not desk.window.isVisible()
    again = open_app(app.folder, Declared())
    assert again.desk.counters().came == 1
    again.close()
    free.set()
    desk.window.sync._worker._thread.join(8)


def hub_section(desk: Desk) -> HubSection:
    desk.window.signals.page_wanted.emit("settings", "sync")
    page = desk.window.page("settings")
    section = next(one for one in page.sections if isinstance(one, HubSection))
    assert section.isVisible()
    return section


def test_a_folder_becomes_the_hub_and_a_desk_is_added_whose_file_opens_with_the_pin(
    desk: Desk, hub: Path, tmp_path: Path
) -> None:
    section = hub_section(desk)
    section.use_folder(hub)
    desk.wait(lambda: "syncs there" in section._answer.text())
    assert desk.app.hub_url == f"folder:{hub}"
    section.test.click()
    desk.wait(lambda: "answers" in section._answer.text())
    section.new_desk.name.setText("Desk 2")
    section.new_desk.make.click()
    desk.wait(lambda: section.new_desk.made is not None)
    pin = section.new_desk.pin.text()
    assert len(pin.replace(" ", "")) == 8
    assert not section.new_desk.told.isVisible(), "a shared folder can be reached"
    file = tmp_path / "two.checkin-desk"
    section.new_desk.save_to(file)
    desk.wait(file.exists)
    made = from_text(paper.read_file(file), pin)
    assert made.desk == "Desk 2"
    section.new_desk.show_code()
    assert section.new_desk.code_screen.isVisible()
    desk.idle()
    desk.window.show_page(0)
    assert section.new_desk.made is None, "who comes later must not read the PIN"
    QApplication.sendPostedEvents(None, 0)


def test_with_the_built_in_folder_the_new_desk_is_warned(desk: Desk) -> None:
    section = hub_section(desk)
    section.new_desk.name.setText("Desk 2")
    section.new_desk.make.click()
    desk.wait(lambda: section.new_desk.made is not None)
    assert "cannot reach" in section.new_desk.told.text()


def test_a_hub_of_another_event_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    stranger = create_app(tmp_path / "stranger", PRACTICE.replace('id = "', 'id = "not-', 1), Declared())
    stranger.set_hub(f"folder:{tmp_path / 'theirs'}")
    stranger.syncer.round()
    stranger.close()
    before = desk.app.hub_url
    section = hub_section(desk)
    section.use_folder(tmp_path / "theirs")
    desk.wait(lambda: "another event" in section._answer.text())
    assert desk.app.hub_url == before


def test_a_bundle_goes_by_stick(other: App, desk: Desk, tmp_path: Path) -> None:
    from checkin.ui.setup import hub_work

    admit_there(other, "santos")
    stick = tmp_path / "stick"
    stick.mkdir()
    files = hub_work.write_to(other, stick)
    section = hub_section(desk)
    section.read_files(files)
    desk.wait(lambda: "new entr" in section._stick_answer.text())
    desk.idle()
    section.read_files(files)
    desk.wait(lambda: "already" in section._stick_answer.text())
    files[0].write_bytes(files[0].read_bytes()[:-9])
    section.read_files(files)
    desk.wait(lambda: section._stick_answer.property("tone") == "red")
    section.write_into(stick)
    desk.wait(lambda: "written" in section._stick_answer.text())
    desk.idle()


def test_the_language_is_changed_while_everything_is_shown(other: App, desk: Desk) -> None:
    doubled(desk, other)
    desk.window.signals.page_wanted.emit("doubles", None)
    desk.wait(lambda: len(doubles_page(desk).found) == 1)
    for tongue in ("th", "en"):
        desk.window.keeper.save(language=tongue)
        desk.idle()
    assert doubles_page(desk)._head.text() == "Let in at two desks"


def test_a_double_that_comes_by_stick_is_told_at_once(other: App, desk: Desk, tmp_path: Path) -> None:
    from checkin.ui.setup import hub_work

    said: list[str] = []
    desk.window.notices.said.connect(said.append)
    admit_there(other, "santos")
    desk.submit(desk.token("Maria Santos"))
    files = hub_work.write_to(other, tmp_path)
    section = hub_section(desk)
    section.read_files(files)
    desk.wait(lambda: len(said) == 1)
    assert "Maria Santos was let in" in said[0]
    assert "Desk 2" in said[0]
    rounds(desk)
    desk.idle()
    assert len(said) == 1, "the round does not tell it again"


def test_a_server_is_typed_and_its_password_is_never_shown(desk: Desk) -> None:
    from checkin.ui.setup.hub_work import server_url

    section, before = hub_section(desk), desk.app.hub_url
    assert not section.use_server.isEnabled()
    assert section.password.echoMode() == section.password.EchoMode.Password
    section.server.setText("keeper@127.0.0.1:1/checkin")
    section.password.setText("s3cret/@ü")
    assert server_url(section.server.text(), section.password.text()) == (
        "postgresql://keeper:s3cret%2F%40%C3%BC@127.0.0.1:1/checkin"
    )
    assert server_url("postgresql://keeper:own@hub/checkin", "") == "postgresql://keeper:own@hub/checkin"
    QTest.keyClick(section.password, Qt.Key.Key_Return)
    desk.wait(lambda: section._answer.property("tone") == "red")
    assert "127.0.0.1 cannot be reached" in section._answer.text()
    assert "s3cret" not in section._answer.text()
    assert desk.app.hub_url == before
    desk.window.show_page(0)
    assert section.password.text() == ""


def test_another_laptop_under_this_desk_s_enrolment_is_told_in_the_window(desk: Desk) -> None:
    from checkin.sync.cycle import Round

    said: list[str] = []
    desk.window.notices.said.connect(said.append)
    done = Round(0, 0, 0, (), (), True, "", 0, 0, ("Another laptop works as this desk.",))
    for _round in range(3):
        desk.window.sync.rounded.emit(done)
    desk.idle()
    assert said == ["Another laptop works as this desk."], "once"


def test_an_erasure_at_another_desk_is_told_with_what_is_left_to_delete(
    other: App, desk: Desk, app: App, tmp_path: Path
) -> None:
    back_up(app.database, tmp_path / "elsewhere.sqlite")
    rounds(desk)
    assert desk.window.notices.texts() == []
    other.desk.erase([other.search.find("maria", 1)[0].attendee.id])
    other.syncer.round()
    rounds(desk)
    (text,) = desk.window.notices.texts()
    assert "erased 1 person" in text
    assert str(tmp_path / "elsewhere.sqlite") in text
    rounds(desk)
    assert desk.window.notices.texts() == [text], "once"
    desk.window.signals.page_wanted.emit("settings", "event")
    desk.idle()
    shown = [one.text().replace("\u200b", "") for one in desk.window.findChildren(QLabel) if one.isVisible()]
    assert any(str(tmp_path / "elsewhere.sqlite") in line for line in shown if "only a person can delete them:" in line)
