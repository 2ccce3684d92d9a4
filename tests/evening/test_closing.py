"""Closing a day: what is complete, what is not, what arrives late, and who has the last word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checkin.db.backup import restore
from checkin.db.closings import closings
from checkin.db.engine import Database
from checkin.domain.closing import Difference, StepKey, StepState, standing
from checkin.errors import CancelledError, CheckinError
from checkin.evening.evening import IncompleteError
from checkin.evening.state import DayState, Heard, Kept, Saved, Sent, Settled, Step
from checkin.sync.records import Head, fingerprint
from checkin.wording.closing import late_sentence, missing_sentence, step_line
from tests.evening.place import EveningPlace, make_evening
from tests.small_event import EVENT, at

DAY = date(2014, 7, 8)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[EveningPlace]:
    made = make_evening(tmp_path)
    yield made
    made.database.close()


def line(state: DayState, key: StepKey) -> str:
    return step_line(state.step(key), EVENT, DAY)


def fingerprint_of(database: Database) -> str:
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT j.journal_id, e.seq, e.hash FROM entry e JOIN journal j ON j.id = e.journal ORDER BY e.seq"
        )
        return fingerprint({row[0]: Head(row[1], bytes(row[2])) for row in rows})


def statements(place: EveningPlace) -> list[tuple[str, int]]:
    with place.database.read() as connection:
        found = sorted(closings(connection), key=lambda one: (one.journal_id, one.seq))
    return [(one.change, one.statement.number if one.statement else -1) for one in found]


def test_one_desk_alone_closes_its_day(place: EveningPlace) -> None:
    place.scan(1, 2, 5)
    place.desk.undo()
    before = place.evening.reconcile(DAY)
    assert before.complete
    assert [step.state for step in before.steps] == [StepState.DONE] * 5
    assert line(before, StepKey.SAVED) == "3 scans, 0 walk-ins, 1 undo · journal whole, no gaps"
    assert line(before, StepKey.SENT) == "4 of 4 records confirmed · same fingerprint on both sides"
    assert line(before, StepKey.DESKS) == "No other desk is known"
    digest = fingerprint_of(place.database)
    state = place.evening.close(before)
    assert state.closed
    assert not state.due
    said = state.closing.statement
    assert said.digest == digest, "D is over all entries before the closing itself"
    assert (said.came, said.entries, said.complete, said.number) == (2, 4, True, 0)
    assert said.counts == {("door-1", "delegate"): 2}
    report = place.evening.report_state(DAY)
    assert (report.complete, report.correction, report.digest, report.desks) == (True, 0, digest, (("Desk 1", 4),))


def test_the_backup_is_one_that_can_be_put_back(place: EveningPlace, tmp_path: Path) -> None:
    place.scan(1, 2, 3)
    stick = tmp_path / "stick"
    stick.mkdir()
    kept = place.evening.reconcile(DAY, backup_to=stick).step(StepKey.BACKUP).found
    assert isinstance(kept, Kept)
    assert kept.file.parent == stick
    assert restore(tmp_path / "other", kept.file, place.clock).entries == 3


def test_a_stick_that_is_not_there_is_a_step_that_failed_and_nothing_else(place: EveningPlace, tmp_path: Path) -> None:
    place.scan(1)
    state = place.evening.reconcile(DAY, backup_to=tmp_path / "gone")
    assert state.step(StepKey.BACKUP).state is StepState.FAILED
    assert "not there" in line(state, StepKey.BACKUP)
    assert state.complete, "the count is complete all the same"
    with pytest.raises(IncompleteError, match="backup"):
        place.evening.close(state)
    assert place.evening.close(state, anyway=True).closing.statement.complete


def test_a_desk_that_was_not_heard_makes_the_report_incomplete(place: EveningPlace) -> None:
    place.scan(1, 2)
    other = place.other("Desk 3", 3)
    other.admit(7)
    other.heard("08:51")
    state = place.evening.reconcile(DAY)
    assert (state.complete, state.missing) == (False, ("Desk 3",))
    assert line(state, StepKey.DESKS) == "Desk 3 has not reported since 08:51"
    assert "Desk 3" in missing_sentence(state)
    with pytest.raises(IncompleteError, match="Desk 3"):
        place.evening.close(state)
    assert statements(place) == []
    closed = place.evening.close(state, anyway=True)
    assert (closed.closing.statement.complete, closed.closing.statement.missing) == (False, ("Desk 3",))
    assert not place.evening.report_state(DAY).complete


@pytest.mark.parametrize(
    ("heard", "announced", "standing_is"),
    [("17:04", None, "confirmed"), ("17:04", 9, "behind"), ("16:20", None, "silent"), ("17:00", 2, "confirmed")],
)
def test_how_a_desk_stands(place: EveningPlace, heard: str, announced: int | None, standing_is: str) -> None:
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.admit(8)
    other.heard(heard, announced)
    found = place.evening.reconcile(DAY).step(StepKey.DESKS).found
    assert isinstance(found, Heard)
    assert [desk.standing for desk in found.desks] == [standing_is]


def test_of_many_desks_those_that_are_missing_are_named_first(place: EveningPlace) -> None:
    for number in range(2, 9):
        other = place.other(f"Desk {number}", number)
        other.admit(number + 10)
        other.heard("17:04" if number != 5 else "08:51")
    found = line(place.evening.reconcile(DAY), StepKey.DESKS)
    assert found == "Desk 5 has not reported since 08:51 · 6 desks all here, 6 entries"


def test_a_desk_that_was_heard_a_moment_ago_has_to_confirm(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.heard("17:04")
    place.wire.mute.add("Desk 2")
    assert line(place.evening.look(DAY), StepKey.DESKS) == "Desk 2: 1 of 1", "nobody asked yet"
    state = place.evening.reconcile(DAY)
    assert (state.complete, state.missing) == (False, ("Desk 2",))
    assert line(state, StepKey.DESKS) == "Desk 2: asked, has not confirmed yet"
    with pytest.raises(IncompleteError, match="not confirmed yet"):
        place.evening.close(state)
    place.wire.mute.clear()
    state = place.evening.reconcile(DAY)
    assert line(state, StepKey.DESKS) == "Desk 2: 1 of 1, confirmed"
    assert place.evening.close(state).closing.statement.complete


def test_a_desk_is_waited_for_until_it_confirms_or_somebody_has_enough(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.heard("17:04")
    place.wire.mute.add("Desk 2")
    seen: list[str] = []

    def show(steps: tuple[Step, ...], _done: int, _total: int) -> None:
        step = next(one for one in steps if one.key is StepKey.DESKS)
        if isinstance(step.found, Heard) and step.state is StepState.RUNNING:
            seen.append(step_line(step, EVENT, DAY))
            place.wire.arrives.append(place.wire.mute.clear)

    state = place.evening.reconcile(DAY, wait_s=30, progress=show)
    assert state.complete
    assert seen[0] == "Desk 2: asked, has not confirmed yet"
    place.wire.arrives.clear()
    place.wire.mute.add("Desk 2")
    rounds = place.wire.rounds
    other.heard("17:05")
    assert not place.evening.reconcile(DAY, wait_s=30, enough=lambda: True).complete
    assert place.wire.rounds == rounds + 1


def test_a_desk_that_was_shut_on_the_day_is_not_missing(place: EveningPlace) -> None:
    """Staff went home: its last card says that the program was ended with everything sent."""
    place.clock.time = at("20:00")
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.heard("18:01")
    assert place.evening.reconcile(DAY).missing == ("Desk 2",)
    other.shut()
    state = place.evening.reconcile(DAY)
    assert state.complete
    assert line(state, StepKey.DESKS) == "Desk 2: 1 of 1, shut at 18:01"
    other.shut("2014-07-07")
    assert place.evening.reconcile(DAY).missing == ("Desk 2",), (
        "it was shut the evening before, and may have been opened"
    )
    other.shut()
    other.heard("18:01", 5)
    assert place.evening.reconcile(DAY).missing == ("Desk 2",), "it has more than is here"


def test_a_desk_that_staff_say_was_not_in_use_is_not_waited_for(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 3", 3)
    other.admit(7, day="2014-07-09", checkpoint="door-2")
    other.heard("08:00")
    state = place.evening.reconcile(DAY, unused=("Desk 3",))
    assert state.complete
    closed = place.evening.close(state)
    assert closed.closing.statement.unused == ("Desk 3",)
    assert place.evening.look(DAY).missing == (), "what was said holds for the next look"


def test_a_hub_that_does_not_answer_leaves_the_day_incomplete(place: EveningPlace) -> None:
    place.scan(1, 2)
    place.wire.down = True
    state = place.evening.reconcile(DAY)
    assert not state.complete
    assert line(state, StepKey.SENT) == "0 of 2 records confirmed · The hub does not answer. Every scan is safe here."
    with pytest.raises(IncompleteError, match="sync again"):
        place.evening.close(state)
    place.wire.down = False
    assert place.evening.reconcile(DAY).complete


def test_a_hub_with_another_fingerprint_is_not_complete(place: EveningPlace) -> None:
    place.wire.lags = True
    place.scan(1)
    sent = place.evening.reconcile(DAY).step(StepKey.SENT)
    assert sent.state is StepState.ATTENTION
    assert isinstance(sent.found, Sent)
    assert not sent.found.verified


def test_scans_that_arrive_late_make_correction_1_and_then_2(place: EveningPlace) -> None:
    place.scan(1, 2)
    other = place.other("Desk 3", 3)
    other.admit(7)
    other.heard("08:51")
    place.evening.close(place.evening.reconcile(DAY), anyway=True)
    place.wire.arrives += [
        lambda: other.admit(8, "16:30"),
        lambda: other.admit(10, "16:40"),
        lambda: other.heard("17:06"),
    ]
    place.evening.sync()
    late = place.evening.look(DAY)
    assert late.closed
    assert late.due
    assert late.late == (("Desk 3", 2),)
    assert "correction 1" in late_sentence(late)
    state = place.evening.close(place.evening.reconcile(DAY))
    assert not state.due
    assert statements(place) == [("closed", 0), ("corrected", 1)]
    report = place.evening.report_state(DAY)
    assert (report.complete, report.correction) == (True, 1)
    assert report.differences == (Difference("door-1", "delegate", 3, 4), Difference("door-1", "vip", 0, 1))
    assert report.brought == (("Desk 3", 2),)
    record = other.admit(11, "16:50")
    other.undo(record, 11)
    assert not place.evening.look(DAY).due, "taken back before anybody saw it"
    other.admit(12, "16:55")
    place.evening.close(place.evening.reconcile(DAY))
    report = place.evening.report_state(DAY)
    assert (report.correction, report.differences) == (2, (Difference("door-1", "delegate", 4, 5),))


def test_one_taken_back_and_another_let_in_is_a_correction_though_the_count_is_the_same(place: EveningPlace) -> None:
    place.scan(1, 2)
    record = place.desk.recent(1)[0].record
    place.evening.close(place.evening.reconcile(DAY))
    place.desk.undo(record)
    place.scan(3)
    state = place.evening.look(DAY)
    assert (state.due, state.late) == (True, (("Desk 1", 2),))
    place.evening.close(place.evening.reconcile(DAY))
    report = place.evening.report_state(DAY)
    assert (report.correction, report.differences, report.brought) == (1, (), (("Desk 1", 2),))


def test_a_missing_desk_that_has_nothing_new_makes_the_report_complete(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 3", 3)
    other.admit(7)
    other.heard("08:51")
    place.evening.close(place.evening.reconcile(DAY), anyway=True)
    other.heard("17:05")
    state = place.evening.reconcile(DAY)
    assert state.due
    assert "no longer INCOMPLETE" in late_sentence(state)
    place.evening.close(state)
    report = place.evening.report_state(DAY)
    assert (report.complete, report.correction, report.differences) == (True, 1, ())


def test_closing_twice_writes_one_entry(place: EveningPlace) -> None:
    place.scan(1)
    place.evening.close(place.evening.reconcile(DAY))
    again = place.evening.close(place.evening.reconcile(DAY))
    assert again.closed
    assert statements(place) == [("closed", 0)]


def test_a_complete_report_is_not_made_incomplete_by_a_desk_that_was_switched_off(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.heard("17:04")
    place.evening.close(place.evening.reconcile(DAY))
    place.clock.time = at("17:50")
    state = place.evening.reconcile(DAY)
    assert state.missing == ("Desk 2",)
    assert not state.due
    place.evening.close(state, anyway=True)
    assert statements(place) == [("closed", 0)]


def test_close_reopen_close_again(place: EveningPlace) -> None:
    place.scan(1)
    first = place.evening.close(place.evening.reconcile(DAY))
    opened = place.evening.reopen(DAY, "a bus came")
    assert not opened.closed
    assert place.evening.unclosed() == [DAY]
    assert place.evening.report_state(DAY).digest == ""
    with pytest.raises(CheckinError, match="nothing to reopen"):
        place.evening.reopen(DAY)
    same = place.evening.close(place.evening.reconcile(DAY))
    assert statements(place) == [("closed", 0), ("reopened", -1), ("closed", 0)]
    assert same.closing.statement.content == first.closing.statement.content
    place.evening.reopen(DAY)
    place.scan(2)
    place.evening.close(place.evening.reconcile(DAY))
    assert statements(place)[-1] == ("corrected", 1)
    assert place.evening.report_state(DAY).differences == (Difference("door-1", "delegate", 1, 2),)


def test_two_desks_close_at_once_and_both_entries_stand(place: EveningPlace) -> None:
    place.scan(1, 2)
    other = place.other("Desk 2", 2)
    other.admit(7)
    other.heard("17:05")
    mine = place.evening.close(place.evening.reconcile(DAY)).closing
    theirs = other.state("closed", "17:07", text=mine.statement.to_text())
    state = place.evening.look(DAY)
    assert state.closing.record == theirs, "the later one stands"
    assert not state.due, "equal D, the same report"
    assert place.evening.report_state(DAY).digest == mine.statement.digest
    with place.database.read() as connection:
        assert len(closings(connection)) == 2
        assert standing(reversed(closings(connection))).record == theirs


def test_a_desk_with_a_slow_clock_can_reopen_what_another_one_closed(place: EveningPlace) -> None:
    place.scan(1)
    closed = place.evening.close(place.evening.reconcile(DAY)).closing
    other = place.other("Desk 2", 2)
    other.state("reopened", "16:00", after=closed.record)  # an hour behind
    assert not place.evening.look(DAY).closed


def test_a_closing_whose_text_is_not_here_closes_the_day(place: EveningPlace) -> None:
    place.scan(1)
    place.other("Desk 2", 2).state("closed", "17:00", text='{"digest": 5')
    state = place.evening.look(DAY)
    assert state.closed
    assert not state.due
    assert place.evening.report_state(DAY).digest == ""


def test_yesterday_is_closed_the_next_morning(place: EveningPlace) -> None:
    place.scan(1, 2)
    other = place.other("Desk 2", 2)
    other.admit(7)
    place.clock.time = at("2014-07-09 07:40")
    other.heard("2014-07-09 07:39")
    assert place.evening.unclosed() == [DAY]
    state = place.evening.close(place.evening.reconcile(DAY))
    assert (state.closing.day, state.closing.statement.came) == ("2014-07-08", 3)
    assert place.evening.unclosed() == []


def test_the_other_day_does_not_disturb_a_closed_one(place: EveningPlace) -> None:
    place.scan(1)
    place.evening.close(place.evening.reconcile(DAY))
    place.other("Desk 2", 2).admit(7, "2014-07-09 09:00", "door-2", "2014-07-09")
    state = place.evening.look(DAY)
    assert (state.due, state.late) == (False, ())


def test_doubles_count_once_and_are_named(place: EveningPlace) -> None:
    place.scan(1)
    other = place.other("Desk 2", 2)
    other.admit(1, "17:06")
    other.heard("17:05")
    state = place.evening.reconcile(DAY)
    found = state.step(StepKey.DOUBLES)
    assert found.found == Settled(1, 1)
    assert found.state is StepState.ATTENTION
    assert "counts once" in line(state, StepKey.DOUBLES)
    assert state.complete
    assert state.came == 1


def test_a_damaged_journal_is_told_and_never_complete(place: EveningPlace) -> None:
    place.scan(1, 2, 3)
    with place.database.write_fast() as raw:
        raw.execute("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2")
    state = place.evening.reconcile(DAY)
    saved = state.step(StepKey.SAVED)
    assert saved.state is StepState.FAILED
    assert isinstance(saved.found, Saved)
    assert saved.found.broken_at == 2
    assert not state.complete


def test_what_is_shown_and_what_is_stated_travel_without_names(place: EveningPlace) -> None:
    place.scan(1)
    place.evening.close(place.evening.reconcile(DAY))
    with place.database.read() as connection:
        texts = [row[0] for row in connection.exec_driver_sql("SELECT text FROM private")]
        bodies = [
            bytes(row[0]).decode()
            for row in connection.exec_driver_sql("SELECT body FROM entry WHERE kind='DAY_CLOSED'")
        ]
    assert len(texts) == len(bodies) == 1
    assert "Person" not in texts[0] + bodies[0]
    assert set(json.loads(texts[0])) >= {"digest", "desks", "entries", "came", "complete", "missing", "number"}


def test_it_can_be_stopped_and_nothing_is_closed(place: EveningPlace) -> None:
    place.scan(1)
    stopping: list[object] = []

    def progress(steps: object, _done: int, _total: int) -> None:
        if any(step.state is StepState.DONE for step in steps):
            stopping.append(True)

    with pytest.raises(CancelledError, match="not closed"):
        place.evening.reconcile(DAY, progress=progress, cancelled=lambda: bool(stopping))
    assert statements(place) == []
    assert place.wire.rounds == 0


def test_a_scan_while_the_day_is_being_closed_is_part_of_the_statement_or_late(place: EveningPlace) -> None:
    place.scan(1)
    state = place.evening.reconcile(DAY)
    place.scan(2)  # between the last step and the entry
    closed = place.evening.close(state)
    assert closed.closing.statement.came == 2
    place.scan(3)
    assert place.evening.look(DAY).due
