"""From the Scan page to the counter and back: not on the list, whose code is it, the badge again, printing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from checkin.domain.journal import Kind
from checkin.domain.verdict import Verdict
from tests.ui.conftest import Desk
from tests.ui.walkin import CTRL, SITI, Counter

TICKET = "A-9XK2QW7"


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk)


def test_not_on_the_list_leads_to_the_form_with_the_code(counter: Counter) -> None:
    assert counter.desk.submit(TICKET).verdict is Verdict.UNKNOWN
    counter.key(Qt.Key.Key_R, CTRL)
    counter.desk.wait(counter.page.isVisible)
    bind = counter.page.entry.bind
    assert TICKET in bind._text.text()
    counter.type(**SITI)
    bind.set_checked(True)
    counter.register()
    counter.desk.wait(lambda: "ATTENDEE" in counter.kinds())
    counter.desk.idle()
    again = counter.desk.submit(TICKET)
    assert (again.verdict, again.attendee.name) == (Verdict.ALREADY_IN, SITI["name"])
    assert not bind.isVisible(), "the next guest has no code"


def test_a_code_is_only_bound_where_that_was_meant(counter: Counter) -> None:
    counter.desk.submit(TICKET)
    counter.key(Qt.Key.Key_R, CTRL)
    counter.type(**SITI)
    counter.register()
    assert counter.desk.submit(TICKET).verdict is Verdict.UNKNOWN


def test_a_name_that_nobody_has_leads_to_the_form_with_the_name(counter: Counter) -> None:
    search = counter.desk.scan.search
    search.start("Siti Aminah")
    counter.desk.wait(search.nobody.isVisible)
    assert search.nobody.text().startswith("Nobody is called “Siti Aminah”")
    counter.key(Qt.Key.Key_R, CTRL)
    counter.desk.wait(counter.page.isVisible)
    assert counter.line("name").text() == "Siti Aminah"
    assert search.text() == ""


def test_what_was_typed_already_is_not_overwritten(counter: Counter) -> None:
    counter.open()
    counter.type(name="Siti")
    counter.open("scan")
    search = counter.desk.scan.search
    search.start("Xavier")
    counter.desk.wait(search.nobody.isVisible)
    search.nobody.click()
    assert counter.line("name").text() == "Siti"


def test_whose_code_is_it_binds_after_a_question_and_checks_in(counter: Counter) -> None:
    scan = counter.desk.scan
    counter.desk.submit(TICKET)
    counter.key(Qt.Key.Key_B, CTRL)
    assert "Whose code" in scan.search.placeholderText()
    scan.search.setText("ahmad")
    counter.desk.wait(lambda: bool(scan.search.results.people))
    scan.search._pick(scan.search.results.index(0))
    assert TICKET in scan.panel.confirm.question()
    assert "Ahmad bin Ismail" in scan.panel.confirm.question()
    assert counter.kinds() == [], "nothing is written before the answer"
    counter.key(Qt.Key.Key_Return)
    counter.desk.wait_for_verdicts(2)
    counter.desk.idle()
    assert counter.desk.seen[-1].verdict is Verdict.CHECKED_IN
    assert counter.desk.submit(TICKET).verdict is Verdict.ALREADY_IN
    record = counter.entries(Kind.ATTENDEE)[0].body.entry_id
    with counter.desk.qtbot.waitSignal(counter.window.signals.undone, timeout=5000):
        counter.window.calls.undo(record)
    assert counter.desk.submit(TICKET).verdict is Verdict.UNKNOWN


def test_a_scan_meanwhile_takes_the_question_back(counter: Counter) -> None:
    scan = counter.desk.scan
    counter.desk.submit(TICKET)
    counter.key(Qt.Key.Key_B, CTRL)
    counter.desk.submit(counter.desk.token("Maria Santos"))
    scan.search.setText("ahmad")
    counter.desk.wait(lambda: bool(scan.search.results.people))
    scan.search._pick(scan.search.results.index(0))
    counter.desk.wait_for_verdicts(3)
    counter.desk.idle()
    assert "ATTENDEE" not in counter.kinds()


def test_a_badge_again_in_two_keys(counter: Counter, tmp_path: Path) -> None:
    counter.printer(tmp_path / "badges")
    counter.window.keeper.save(auto_print="never")
    old = counter.desk.token("Maria Santos")
    counter.desk.submit(old)
    for wanted in (1, 2):
        counter.key(Qt.Key.Key_P, CTRL)
        assert "Maria Santos" in counter.desk.scan.panel.confirm.question()
        counter.key(Qt.Key.Key_Return)
        counter.desk.wait(lambda wanted=wanted: len(list((tmp_path / "badges").glob("*.pdf"))) == wanted)
        counter.desk.idle()
    assert counter.kinds().count("BADGE_ISSUED") == 2
    assert counter.desk.submit(old).verdict is Verdict.REPLACED


def test_somebody_picked_from_the_list_gets_a_badge_and_who_holds_one_does_not(
    counter: Counter, tmp_path: Path
) -> None:
    folder = tmp_path / "badges"
    counter.printer(folder)
    counter.desk.submit(counter.desk.token("Maria Santos"))
    counter.desk.idle()
    assert list(folder.iterdir()) == []
    person = counter.app.search.find("ahmad", 1)[0].attendee
    counter.window.calls.admit_person(person.id)
    counter.desk.wait(lambda: len(list(folder.glob("*.pdf"))) == 1)
    counter.desk.idle()
    with counter.desk.qtbot.waitSignal(counter.window.signals.undone, timeout=5000):
        counter.window.calls.undo()
    counter.window.calls.admit_person(person.id)
    counter.desk.wait_for_verdicts(3)
    counter.desk.idle()
    assert len(list(folder.glob("*.pdf"))) == 1, "once"
