"""The desk on a real database: what staff see, and what the journal says afterwards."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from checkin.db.engine import Database
from checkin.desk.results import Admission
from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token
from checkin.domain.journal import Body, Entry, Kind, fold, verify
from checkin.domain.verdict import Verdict
from checkin.errors import CheckinError
from tests.small_event import KEYRING, MARIA, SOMYING, Place, at, make_place, someone


@pytest.fixture
def place(tmp_path: Path):
    place = make_place(tmp_path)
    yield place
    place.database.close()


def entries(database: Database) -> list[Entry]:
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT j.journal_id, e.seq, e.body, e.hash FROM entry e JOIN journal j ON j.id = e.journal ORDER BY j.id, e.seq"
        ).fetchall()
    return [Entry(row[0], row[1], Body.from_bytes(row[2]), row[2], row[3]) for row in rows]


def projected(database: Database) -> set[tuple[str, str, str, bool]]:
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT a.uid, p.day, p.checkpoint, p.inside FROM presence p JOIN attendee a ON a.id = p.attendee"
        ).fetchall()
    return {(row[0], row[1], row[2], bool(row[3])) for row in rows}


def refused(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT verdict, payload FROM refused ORDER BY id")]


def assert_books_balance(database: Database) -> None:
    """The chain verifies, and the projection says what a fold over all entries says."""
    all_entries = entries(database)
    assert list(verify(all_entries)) == []
    folded = fold(all_entries)
    assert projected(database) == {(*key, key in folded.inside) for key in folded.present}
    with database.read() as connection:
        tallied = connection.exec_driver_sql("SELECT day, checkpoint, SUM(came), SUM(inside) FROM tally GROUP BY 1, 2")
        counted = {(row[0], row[1]): (row[2], row[3]) for row in tallied if row[2] or row[3]}
    came = Counter((day, checkpoint) for _subject, day, checkpoint in folded.present)
    inside = Counter((day, checkpoint) for subject, day, checkpoint in folded.inside)
    assert counted == {post: (came[post], inside[post]) for post in came}


def test_a_badge_is_green_once_and_then_amber_with_when_where_and_who(place: Place) -> None:
    green = place.desk.admit(place.token(1))
    assert (green.verdict, green.attendee, green.seq) == (Verdict.CHECKED_IN, MARIA, 1)
    amber = place.desk.admit(place.token(1))
    assert amber.verdict is Verdict.ALREADY_IN
    assert amber.first is not None
    assert (amber.first.desk, amber.first.staff) == ("Desk 1", "Nok")
    assert amber.first.at.strftime("%H:%M") == "08:30"
    assert amber.record == ""
    assert refused(place.database) == [("already_in", place.token(1))]
    assert_books_balance(place.database)


def test_the_name_of_nobody_is_in_the_journal(place: Place) -> None:
    place.desk.admit(place.token(1), force_reason="Maria lost her badge")
    place.desk.admit(place.token(1), force_reason="Maria lost her badge")
    body = b"".join(entry.data for entry in entries(place.database))
    assert b"Maria" not in body
    assert b"Nok" not in body
    assert body.isascii()


def test_letting_in_again_keeps_the_reason_and_counts_once(place: Place) -> None:
    place.desk.admit(place.token(1))
    again = place.desk.admit(place.token(1), force_reason="came back from the car")
    assert again.verdict is Verdict.CHECKED_IN
    assert again.forced
    assert place.desk.counters().came == 1
    assert "came back from the car" in [line.reason for line in place.desk.history(MARIA.id)]
    assert_books_balance(place.database)


def test_forcing_what_was_green_anyway_is_no_exception_to_the_rule(place: Place) -> None:
    assert not place.desk.admit(place.token(1), force_reason="to be sure").forced


def test_a_vip_brings_a_message_for_the_desk(place: Place) -> None:
    assert place.desk.admit(place.token(2)).attention == "VIP: call protocol"


def test_undo_takes_back_the_last_admission_and_only_that(place: Place) -> None:
    place.desk.admit(place.token(1))
    last = place.desk.admit(place.token(2))
    undone = place.desk.undo(reason="wrong person")
    assert undone.target == last.record
    assert place.desk.counters().came == 1
    assert place.desk.admit(place.token(2)).verdict is Verdict.CHECKED_IN
    assert_books_balance(place.database)


def test_undo_of_one_of_two_admissions_leaves_the_person_in(place: Place) -> None:
    first = place.desk.admit(place.token(1))
    place.desk.admit(place.token(1), force_reason="again")
    place.desk.undo(first.record)
    assert place.desk.counters().came == 1
    assert place.desk.admit(place.token(1)).verdict is Verdict.ALREADY_IN
    assert_books_balance(place.database)


def test_undo_says_why_it_cannot(place: Place) -> None:
    with pytest.raises(CheckinError, match="nothing to undo"):
        place.desk.undo()
    record = place.desk.admit(place.token(1)).record
    place.desk.undo(record)
    for wrong in (record, "no-such-record", "0" * 32, "'; DROP TABLE entry; --"):
        with pytest.raises(CheckinError):
            place.desk.undo(wrong)
    assert_books_balance(place.database)


def test_in_out_and_in_again_where_exits_are_counted(tmp_path: Path) -> None:
    place = make_place(tmp_path, now="13:00", checkpoint="panel-1")
    enter = place.desk.post
    from checkin.domain.verdict import Post

    leave = Post(enter.day, enter.checkpoint, "out")
    verdicts = []
    for post in (enter, enter, leave, leave, enter):
        place.desk.set_post(post)
        verdicts.append(place.desk.admit(place.token(1)).verdict.value)
    assert verdicts == ["checked_in", "already_in", "checked_out", "not_inside", "checked_in"]
    counters = place.desk.counters()
    assert (counters.came, counters.inside) == (1, 1)
    assert_books_balance(place.database)
    place.desk.undo()
    assert place.desk.counters().inside == 0
    assert_books_balance(place.database)
    place.database.close()


def test_a_genuine_badge_of_an_unsynced_desk_is_let_in_and_counted_once(place: Place) -> None:
    elsewhere = place.token(5, issuer=9)
    green = place.desk.admit(elsewhere)
    assert (green.verdict, green.detail, green.issuer) == (Verdict.CHECKED_IN, "issued_elsewhere", 9)
    assert place.desk.admit(elsewhere).verdict is Verdict.ALREADY_IN
    counters = place.desk.counters()
    assert (counters.came, counters.expected) == (1, 2)
    assert_books_balance(place.database)


def test_two_desks_give_the_unknown_holder_the_same_id(tmp_path: Path) -> None:
    ids = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        place = make_place(tmp_path / name)
        admitted = place.desk.admit(place.token(5, issuer=9)).attendee
        assert admitted is not None
        ids.add(admitted.id)
        place.database.close()
    assert len(ids) == 1


def test_an_older_print_is_replaced(place: Place) -> None:
    with place.database.write_fast() as raw:
        raw.execute("UPDATE badge SET revision = 1 WHERE serial = 1")
    old = place.desk.admit(place.token(1))
    assert (old.verdict, old.attendee) == (Verdict.REPLACED, MARIA)
    assert place.desk.admit(place.token(1, revision=1)).verdict is Verdict.CHECKED_IN


def test_a_retired_key_is_believed_only_for_badges_that_are_known(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    old, known = make_token(BadgeNumber(9, 5), KEYRING), place.token(1)
    rotated = Keyring(KEYRING.event_id, {1: EventKey(KEYRING.keys[1].secret, retired=True), 2: EventKey(bytes(32))}, 2)
    place.desk._keyring = rotated
    assert place.desk.admit(old).verdict is Verdict.FORGED
    assert place.desk.admit(known).verdict is Verdict.CHECKED_IN
    place.database.close()


def test_foreign_codes_are_matched_exactly(tmp_path: Path) -> None:
    people = [someone(1, badge_code="007"), someone(2, badge_code="7"), someone(3, badge_code="REG-00123")]
    place = make_place(tmp_path, people)
    assert [place.desk.admit(text).attendee for text in ("007", "7", "REG-00123")] == people
    assert place.desk.admit("reg-00124").verdict is Verdict.UNKNOWN
    assert place.desk.admit("ฑฎฌขจจๅ/-", mode="scanner").attendee == people[2]
    place.database.close()


def test_a_code_that_two_layouts_read_as_two_people_is_refused(tmp_path: Path) -> None:
    # Under the French layout the keys of 1 and 2 type & and é; what is typed as it stands wins over any repair.
    people = [someone(1, badge_code="AB12"), someone(2, badge_code="QB12")]
    place = make_place(tmp_path, people)
    assert place.desk.admit("AB12", mode="scanner").attendee == people[0]
    assert place.desk.admit("AB&é", mode="scanner").attendee in (None, people[1])
    place.database.close()


def test_ten_forged_badges_in_a_minute_raise_the_alarm(place: Place) -> None:
    forged = make_token(BadgeNumber(1, 1), Keyring(KEYRING.event_id, {1: EventKey(bytes(32))}, 1))
    for _ in range(9):
        assert place.desk.admit(forged).verdict is Verdict.FORGED
    assert not place.desk.guess_alarm()
    place.desk.admit(forged)
    assert place.desk.guess_alarm()


def test_a_password_code_is_not_kept(place: Place) -> None:
    place.desk.admit("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in refused(place.database)[0][1]
    with place.database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    assert b"JBSWY3DPEHPK3PXP" not in b"".join(f.read_bytes() for f in place.database.path.parent.iterdir())


def test_the_last_scans_show_refused_ones_too(place: Place) -> None:
    place.desk.admit(place.token(1), mode="scanner")
    time.sleep(0.002)  # the log's order is by the millisecond
    place.desk.admit("https://example.org")
    time.sleep(0.002)
    place.desk.undo()
    assert [(line.kind, line.mode) for line in place.desk.recent()] == [
        ("undo", ""), ("not_a_badge", "camera"), ("checked_in", "scanner"),
    ]  # fmt: skip
    assert [line.undone for line in place.desk.recent()] == [False, False, True]


def test_counters_are_this_post_s_and_this_desk_s(tmp_path: Path) -> None:
    place = make_place(tmp_path, [someone(n) for n in range(1, 6)])
    for serial in (1, 2, 3):
        place.desk.admit(place.token(serial))
    counters = place.desk.counters()
    assert (counters.came, counters.expected, counters.this_desk, counters.last_ten_minutes) == (3, 5, 3, 3)
    place.database.close()
    later = make_place(tmp_path, now="09:30")
    counters = later.desk.counters()
    assert (counters.came, counters.this_desk, counters.last_ten_minutes) == (3, 3, 0)
    later.database.close()


def test_staff_may_change_and_each_scan_names_who_did_it(place: Place) -> None:
    place.desk.admit(place.token(1))
    place.desk.set_staff("Art")
    place.desk.admit(place.token(2))
    assert {line.attendee.id: line.staff for line in place.desk.recent() if line.attendee} == {
        MARIA.id: "Nok", SOMYING.id: "Art",
    }  # fmt: skip


def test_without_a_declared_day_nothing_is_judged(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    place.desk.declared = False
    with pytest.raises(CheckinError, match="Choose the day first"):
        place.desk.admit(place.token(1))
    assert entries(place.database) == []
    place.database.close()


def test_a_clock_on_another_date_is_flagged_and_the_scan_counts_for_the_declared_day(tmp_path: Path) -> None:
    place = make_place(tmp_path, now="1970-01-01 00:00", checkpoint="door-1")
    green = place.desk.admit(place.token(1))
    assert green.verdict is Verdict.CHECKED_IN
    assert green.clock_disagrees
    assert entries(place.database)[0].body.flags == "c"
    assert place.desk.counters().came == 1
    place.database.close()


def test_picked_from_a_search(place: Place) -> None:
    green = place.desk.admit_person(MARIA.id)
    assert (green.verdict, green.mode) == (Verdict.CHECKED_IN, "picked")
    assert place.desk.admit(place.token(1)).verdict is Verdict.ALREADY_IN
    with pytest.raises(CheckinError, match="no longer on the list"):
        place.desk.admit_person("nobody")


def test_eight_threads_offering_one_badge_admit_it_once(tmp_path: Path) -> None:
    """One desk object shared, as the window's worker and a hand scanner might; see test_processes for eight programs."""
    place = make_place(tmp_path, [someone(n) for n in range(1, 26)])
    results: list[Admission] = []
    barrier = threading.Barrier(8)

    def offer() -> None:
        barrier.wait()
        results.extend(place.desk.admit(place.token(serial)) for serial in range(1, 26))

    threads = [threading.Thread(target=offer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    green = Counter(r.attendee.id for r in results if r.verdict is Verdict.CHECKED_IN and r.attendee)
    assert len(results) == 200
    assert green == {someone(n).id: 1 for n in range(1, 26)}
    assert_books_balance(place.database)
    place.database.close()


def test_a_renamed_desk_keeps_its_journal(tmp_path: Path) -> None:
    first = make_place(tmp_path)
    first.desk.admit(first.token(1))
    first.database.close()
    second = make_place(tmp_path, desk="Main door")
    assert second.desk.admit(second.token(2)).seq == 2
    assert second.desk.recent()[0].desk == "Main door"
    second.database.close()


def test_entries_name_their_kind_and_place(place: Place) -> None:
    place.desk.admit(place.token(1), mode="typed")
    body = entries(place.database)[0].body
    assert (body.kind, body.subject, body.day, body.checkpoint, body.direction, body.flags) == (
        Kind.CHECK_IN, MARIA.id, "2014-07-08", "door-1", "in", "t",
    )  # fmt: skip
    assert body.at_ms // 60_000 == int(at("08:30").timestamp()) // 60


def test_the_password_of_a_wifi_code_is_kept_nowhere(place: Place) -> None:
    refused = place.desk.admit("WIFI:T:WPA;S:hall;P:correct-horse-battery;;")
    assert refused.thing == "wifi"
    assert "correct-horse" not in refused.payload
    place.database.checkpoint()
    assert b"correct-horse" not in place.database.path.read_bytes()
    assert "correct-horse" not in "".join(line.payload for line in place.desk.recent())
