"""Two laptops, one hub that is a folder, one evening: the whole program without a window."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
import uuid6

from checkin.app import App, Declared, create_app, open_app
from checkin.db.badges import issued
from checkin.db.journal import append
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.closing import Difference, StepKey, StepState
from checkin.domain.journal import Body, Kind
from checkin.evening.evening import IncompleteError
from checkin.evening.state import DayState, Heard, Settled, Step
from checkin.reports.counts import count
from checkin.reports.export import export
from tests.cli.run import checkin, objects
from tests.ui.conftest import PRACTICE, ROSTER

DAY = date(2014, 7, 8)


class Laptop:
    """One desk's data folder, open."""

    def __init__(self, folder: Path, name: str, hub: Path) -> None:
        self.app: App = create_app(folder, PRACTICE, Declared(desk=name, staff="Art"))
        self.app.set_hub(f"folder:{hub}")

    def admit(self, name: str) -> str:
        with self.app.database.read() as connection:
            badge = next(one for one in issued(connection) if one.attendee.name == name)
        token = make_token(BadgeNumber(badge.issuer, badge.serial, badge.revision), self.app.keyring)
        return self.app.desk.admit(token).verdict.value

    def sync(self) -> None:
        self.app.evening.sync()

    def leave(self) -> None:
        """End the program: the last round, as a window does it."""
        self.app.leave()

    def reconcile(self, *others: Laptop) -> DayState:
        """Go through the steps while the others sync as ever."""

        def show(steps: tuple[Step, ...], _done: int, _total: int) -> None:
            step = next(one for one in steps if one.key is StepKey.DESKS)
            if step.state is StepState.RUNNING and isinstance(step.found, Heard):
                for other in others:
                    other.sync()

        return self.app.evening.reconcile(DAY, wait_s=10 if others else 0, progress=show)

    def close(self, *others: Laptop) -> DayState:
        """Close the day, and tell the hub."""
        state = self.app.evening.close(self.reconcile(*others))
        self.app.evening.tell_hub()
        return state

    def came(self) -> int:
        return count(self.app.database, self.app.event, self.app.desk.post).came


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    hub = tmp_path / "hub"
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    with ExitStack() as stack:
        one, two = (Laptop(tmp_path / name, name, hub) for name in ("Desk 1", "Desk 2"))
        for laptop in (one, two):
            stack.callback(laptop.app.close)
        one.app.importer.import_file(roster)
        for laptop in (one, two, one):
            laptop.sync()
        yield one, two


def quiet(hub: Path, laptop: Laptop, minutes: int = 60) -> None:
    """Have the hub have heard of a desk so long ago."""
    card = hub / f"{laptop.app.desk.scribe.journal.journal_id.replace('-', '')}.card"
    then = time.time() - 60 * minutes
    os.utime(next(hub.rglob(card.name)), (then, then))


def test_two_desks_agree_and_close(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    assert one.admit("Maria Santos") == "checked_in"
    assert two.admit("Ahmad bin Ismail") == "checked_in"
    assert two.admit("Maria Santos") == "checked_in", "the other desk does not know yet"
    two.sync()
    state = one.reconcile(two)
    assert state.complete, [step for step in state.steps if step.state is not StepState.DONE]
    assert state.step(StepKey.DOUBLES).found == Settled(1, 1)
    closed = one.app.evening.close(state)
    one.app.evening.tell_hub()
    two.sync()
    theirs = two.app.evening.look(DAY)
    assert theirs.closed
    assert theirs.closing.statement == closed.closing.statement
    assert (one.came(), two.came(), theirs.closing.statement.came) == (2, 2, 2)
    assert not theirs.due
    assert two.app.evening.report_state(DAY) == one.app.evening.report_state(DAY)


def test_unsent_scans_of_a_desk_that_was_heard_a_moment_ago_are_never_left_out(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    two.sync()
    two.admit("Ahmad bin Ismail")
    two.admit("Somying Jaidee")  # nobody else knows of these two
    state = one.reconcile()
    assert (state.complete, state.missing) == (False, ("Desk 2",))
    with pytest.raises(IncompleteError, match="Desk 2"):
        one.app.evening.close(state)
    closed = one.close(two)
    assert (closed.closing.statement.complete, closed.closing.statement.came) == (True, 3)
    two.admit("Bounmy Inthavong")  # after its word
    two.sync()
    one.sync()
    assert one.app.evening.look(DAY).late == (("Desk 2", 1),)
    assert one.close(two).closing.statement.number == 1


def test_an_old_answer_is_none(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    one.close(two)
    two.admit("Ahmad bin Ismail")
    assert one.reconcile().missing == ("Desk 2",), "it confirmed another closing"


def test_a_desk_that_was_shut_keeps_nobody_waiting_until_it_is_at_work_again(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    two.admit("Ahmad bin Ismail")
    two.leave()
    assert one.close().closing.statement.complete
    one.app.evening.reopen(DAY)
    two.admit("Somying Jaidee")
    two.app.at_work(10)  # what every command does at its end, and a window with its first round
    assert one.reconcile().missing == ("Desk 2",)
    assert one.close(two).closing.statement.came == 3


def test_both_close_at_once_and_say_the_same(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    two.admit("Ahmad bin Ismail")
    for laptop in (one, two, one):
        laptop.sync()
    found: list[DayState] = []
    second = threading.Thread(target=lambda: found.append(two.app.evening.reconcile(DAY, wait_s=20)))
    second.start()
    found.insert(0, one.app.evening.reconcile(DAY, wait_s=20))
    second.join()
    assert [state.complete for state in found] == [True, True], "each answers the other while it asks itself"
    closed = [laptop.app.evening.close(state) for laptop, state in zip(laptops, found, strict=True)]
    assert closed[0].closing.statement.digest == closed[1].closing.statement.digest
    for laptop in (one, two, one):
        laptop.sync()
    reports = [laptop.app.evening.report_state(DAY) for laptop in laptops]
    assert reports[0] == reports[1]
    assert (reports[0].complete, reports[0].correction) == (True, 0)
    assert not one.app.evening.look(DAY).due


def test_a_desk_that_fell_silent_brings_a_correction(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    """hub-035: until it comes back, if it ever does, the report and what is exported say so."""
    one, two = laptops
    one.admit("Maria Santos")
    two.admit("Ahmad bin Ismail")
    two.sync()
    quiet(tmp_path / "hub", two)
    two.admit("Somying Jaidee")  # nobody else knows
    state = one.app.evening.reconcile(DAY)
    assert (state.complete, state.missing) == (False, ("Desk 2",))
    one.app.evening.close(state, anyway=True)
    closed = one.app.evening.report_state(DAY)
    assert not closed.complete
    out = export(one.app.database, one.app.event, "counts", tmp_path / "counts.csv", DAY, state=closed)
    assert out.incomplete
    text = (tmp_path / "counts.csv").read_text("utf-8-sig")
    assert "INCOMPLETE" in text
    assert "Desk 2" in text
    two.sync()
    state = one.reconcile(two)
    assert state.due
    assert state.late == (("Desk 2", 1),)
    one.app.evening.close(state)
    report = one.app.evening.report_state(DAY)
    assert (report.complete, report.correction, report.brought) == (True, 1, (("Desk 2", 1),))
    assert report.differences == (Difference("door-1", "vip", 0, 1),)


def test_what_a_stick_brings_is_as_good_as_the_network(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    quiet(tmp_path / "hub", two, 600)
    two.admit("Ahmad bin Ismail")
    stick = tmp_path / "stick"
    stick.mkdir()
    two.app.syncer.round(f"folder:{stick}")
    quiet(stick, two, 30)  # it was carried across the town
    assert one.app.evening.reconcile(DAY).missing == ("Desk 2",)
    one.app.evening.sync(f"folder:{stick}")
    state = one.app.evening.reconcile(DAY)
    assert (state.complete, state.came) == (True, 2)
    two.sync()  # the network is back
    state = one.app.evening.close(one.app.evening.reconcile(DAY))
    assert (state.came, one.came()) == (2, 2), "what came twice counts once"


def test_reopened_at_one_desk_is_open_at_the_other(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    one.close(two)
    two.sync()
    two.app.evening.reopen(DAY, "a bus came")
    two.admit("Ahmad bin Ismail")
    two.sync()
    one.sync()
    assert not one.app.evening.look(DAY).closed
    one.close(two)
    report = one.app.evening.report_state(DAY)
    assert (report.complete, report.correction) == (True, 1)


def test_the_next_morning_desks_that_are_at_work_again_close_yesterday(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    two.admit("Ahmad bin Ismail")
    two.sync()
    quiet(tmp_path / "hub", two, 14 * 60)  # its lid was closed
    assert one.reconcile().missing == ("Desk 2",)
    two.sync()
    assert one.close(two).closing.statement.complete


def test_a_folder_that_was_copied_does_not_speak_for_the_desk_it_came_from(laptops: tuple[Laptop, Laptop]) -> None:
    one, two = laptops
    one.admit("Maria Santos")
    two.admit("Ahmad bin Ismail")
    two.sync()
    with one.app.database.write_fast() as raw:  # a third desk goes on from a copy of the second one's journal
        parent = two.app.desk.scribe.journal.journal_id
        append(raw, one.app.desk.scribe.journal, Body(Kind.PARENT, str(uuid6.uuid7()), target=parent, at_ms=1), None)
    two.admit("Somying Jaidee")
    assert one.reconcile().missing == ("Desk 2",), "it is still heard, so somebody writes on in it"


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with five people and two scans."""
    made = tmp_path / "event"
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    app = create_app(made, PRACTICE, Declared(desk="Desk 1", staff="Art"))
    app.importer.import_file(roster)
    app.close()
    checkin(made, "scan", "-", stdin="REG-0001\nREG-0002\n")
    return made


def test_close_day_prints_what_the_design_says(folder: Path, tmp_path: Path) -> None:
    out, stick = tmp_path / "out", tmp_path / "stick"
    stick.mkdir()
    done = objects(checkin(folder, "close-day", "--json", "--out", str(out), "--backup", str(stick)))
    assert len(done) == 1
    said = done[0]
    assert said.keys() >= {"day", "complete", "missing_desks", "conflicts", "counts", "files"}
    assert (said["day"], said["complete"], said["missing_desks"], said["conflicts"]) == ("2014-07-08", True, [], 0)
    assert (said["counts"]["came"], said["counts"]["checkpoint"]) == (2, "door-1")
    files = [Path(name) for name in said["files"]]
    assert all(file.parent == out and file.stat().st_size > 500 for file in files)
    assert sorted(file.suffix for file in files) == [".csv", ".pdf", ".pdf", ".xlsx", ".xlsx"]
    assert len(list(stick.glob("*.sqlite"))) == 1
    app = open_app(folder)
    with app.database.read() as connection:
        kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM entry ORDER BY journal, seq")]
    app.close()
    assert kinds[-3:] == ["DAY_CLOSED", "EXPORT", "EXPORT"], "names leave with an entry"


def test_close_day_again_changes_nothing_and_late_scans_make_a_correction(folder: Path) -> None:
    first = objects(checkin(folder, "close-day", "2557-07-08", "--json"))[0]
    again = objects(checkin(folder, "close-day", "1", "--json"))[0]
    assert (again["fingerprint"], again["correction"], again["files"]) == (
        first["fingerprint"], 0, first["files"],
    )  # fmt: skip
    late = checkin(folder, "scan", "-", "--json", stdin="REG-0003\n")
    assert objects(late)[0]["verdict"] == "checked_in"
    assert "makes a correction" in late.stderr
    third = checkin(folder, "close-day", "--json")
    said = objects(third)[0]
    assert (said["correction"], said["counts"]["came"]) == (1, 3)
    assert all("correction 1" in name for name in said["files"])
    assert all(Path(name).is_file() for name in first["files"]), "the first report is kept"
    assert "Delegate: 1 → 2" in third.stderr
    assert objects(checkin(folder, "close-day", "--reopen", "--json"))[0]["closed"] is False
    assert "nothing to reopen" in checkin(folder, "close-day", "--reopen", code=1).stderr


def test_a_desk_has_to_confirm_also_from_the_terminal(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    app = create_app(other, PRACTICE, Declared(desk="Desk 2", staff="Nok"))
    app.set_hub(f"folder:{folder / 'hub'}")
    app.close()
    one = open_app(folder)
    one.sync()
    one.close()
    two = open_app(other)
    two.leave()
    two.close()
    checkin(other, "scan", "-", stdin="REG-0003\n")  # at work again, and no sync since
    refused = checkin(folder, "close-day", "--wait", "0", "--json", code=1)
    assert objects(refused)[0]["missing_desks"] == ["Desk 2"]
    two = open_app(other)
    two.leave()
    two.close()
    done = objects(checkin(folder, "close-day", "--wait", "0", "--json"))[0]
    assert (done["complete"], done["counts"]["came"]) == (True, 3)
    two = open_app(other)
    two.sync()
    two.close()
    again = checkin(folder, "close-day", "--anyway", "--json")
    assert (objects(again)[0]["complete"], objects(again)[0]["correction"]) == (True, 0)
    assert "Desk 2: asked, has not confirmed yet" in again.stderr
    assert "INCOMPLETE" not in again.stderr, "it is closed, and nothing changed"


def test_a_missing_desk_refuses_and_anyway_closes_as_incomplete(folder: Path, tmp_path: Path) -> None:
    other = create_app(tmp_path / "other", PRACTICE, Declared(desk="Desk 3", staff="Nok"))
    other.set_hub(f"folder:{folder / 'hub'}")
    other.evening.sync()
    other.close()
    for card in (folder / "hub").rglob("*.card"):
        os.utime(card, (time.time() - 7200,) * 2)
    refused = checkin(folder, "close-day", "--json", code=1)
    said = objects(refused)[0]
    assert (said["complete"], said["missing_desks"], said["files"]) == (False, ["Desk 3"], [])
    assert "Desk 3" in refused.stderr
    done = objects(checkin(folder, "close-day", "--json", "--anyway"))[0]
    assert (done["complete"], done["missing_desks"]) == (False, ["Desk 3"])
    assert all("INCOMPLETE" in name for name in done["files"])
    assert "Desk 3" in checkin(folder, "close-day", "--without", "Desk 4", code=1).stderr
    without = objects(checkin(folder, "close-day", "--json", "--without", "Desk 3"))[0]
    assert (without["complete"], without["correction"]) == (True, 1)


def test_a_date_that_is_no_day_and_a_stick_that_is_not_there_are_told(folder: Path, tmp_path: Path) -> None:
    assert "2014-07-08, 2014-07-09" in checkin(folder, "close-day", "2014-07-10", code=1).stderr
    done = checkin(folder, "close-day", "--json", "--backup", str(tmp_path / "gone"), code=1)
    assert "is not there" in done.stderr
    assert objects(done)[0]["files"] == []
