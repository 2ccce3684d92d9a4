"""People are changed, cancelled, put together and given codes: each an entry, undone like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.db import log as log_rows
from checkin.db.journal import append
from checkin.db.listing import ListFilter, Listing
from checkin.db.people import project
from checkin.desk.registrar import Registrar
from checkin.domain.changes import change_text
from checkin.domain.journal import Body, Kind
from checkin.domain.verdict import Verdict
from checkin.errors import CheckinError, FormError
from checkin.reports.counts import count
from tests.desk.counter import ANN, assert_rebuilding_changes_nothing, found, make_counter, snapshot
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import EVENT, MARIA, SOMYING, Place, at, someone

TICKET = "TICKET-4711"
TWIN = replace(someone(3), name="María Santos", organisation="S.S.S.", country="Philippines", badge_code=TICKET)
PEOPLE = (MARIA, SOMYING, TWIN)
Counter = tuple[Place, Registrar]


@pytest.fixture
def counter(tmp_path: Path):
    place, registrar = make_counter(tmp_path, people=PEOPLE)
    yield place, registrar
    place.database.close()


def test_an_edit_is_seen_at_once_and_undone_exactly(counter: Counter) -> None:
    place, registrar = counter
    place.desk.admit(place.token(1))
    before = snapshot(place.database, "undone", "entry")
    done = registrar.edit(
        MARIA.id, {"name": "Mariah Santos", "category": "press", "note": " bring  water "}, "misspelt"
    )

    assert (done.attendee.name, done.attendee.category, done.attendee.note) == ("Mariah Santos", "press", "bring water")
    assert found(place, "mariah")[0] == "Mariah Santos"
    assert count(place.database, EVENT, place.desk.post, "category").by == {"press": 1}
    line = place.desk.history(MARIA.id)[0]
    assert (line.kind, line.reason) == ("edited", "misspelt")
    assert ("name", "Maria Santos", "Mariah Santos") in line.changes
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)

    place.desk.undo(done.record)
    assert snapshot(place.database, "undone", "entry") == before
    assert "Mariah Santos" not in found(place, "mariah")
    with pytest.raises(CheckinError, match="already undone"):
        place.desk.undo(done.record)
    assert_rebuilding_changes_nothing(place.database)


def test_the_newest_standing_edit_of_a_field_is_what_holds(counter: Counter) -> None:
    place, registrar = counter
    records = [registrar.edit(MARIA.id, {"organisation": name}).record for name in ("A", "B", "C")]

    def organisation() -> str:
        return registrar.badge_of(MARIA.id).attendee.organisation

    place.desk.undo(records[1])
    assert organisation() == "C"
    place.desk.undo(records[2])
    assert organisation() == "A"
    place.desk.undo(records[0])
    assert organisation() == "SSS"


def test_an_edit_of_another_desk_that_is_older_does_not_win(counter: Counter) -> None:
    """Desks learn of one another's edits in any order: corrected time decides, then journal, then number."""
    place, registrar = counter
    registrar.edit(MARIA.id, {"organisation": "here"})
    with place.database.write() as connection:
        raw = connection.connection.driver_connection
        journal = place.journal.__class__(2, "11111111-1111-4111-8111-111111111111", "Desk 2", 2)
        raw.execute(
            "INSERT INTO journal (id, journal_id, desk, desk_number, mine) VALUES (2, ?, 'Desk 2', 2, 0)",
            (journal.journal_id,),
        )
        early = round(at("08:00").timestamp() * 1000)
        for number, (at_ms, name) in enumerate(((early, "early"), (early + 10**7, "late")), 1):
            body = Body(Kind.ATTENDEE, f"{number:032x}", subject=MARIA.id, at_ms=at_ms, change="edit")
            append(raw, journal, body, 1, change_text({"organisation": ("x", name)}))
            project(connection, body)
            assert registrar.badge_of is not None
            shown = raw.execute("SELECT organisation FROM attendee WHERE id = 1").fetchone()[0]
            assert shown == ("here" if name == "early" else "late")
    assert_rebuilding_changes_nothing(place.database)


def test_a_clock_that_was_set_back_does_not_undo_a_desks_own_edit(counter: Counter) -> None:
    place, registrar = counter
    registrar.edit(MARIA.id, {"organisation": "first"})
    place.desk.scribe.clock = type(place.clock)(at("07:00"))
    assert registrar.edit(MARIA.id, {"organisation": "second"}).attendee.organisation == "second"
    assert_rebuilding_changes_nothing(place.database)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"category": "nobody"}, "category"),
        ({"status": "blocked"}, "status"),
        ({"id": "x"}, "id"),
        ({"phone": "1" * 61}, "phone"),
    ],
)
def test_a_wrong_edit_names_the_field_and_changes_nothing(
    counter: Counter, changes: dict[str, str], field: str
) -> None:
    place, registrar = counter
    with pytest.raises(FormError) as caught:
        registrar.edit(MARIA.id, changes)
    assert caught.value.field == field
    assert entries(place.database) == []


def test_nothing_changed_is_said_and_not_written(counter: Counter) -> None:
    place, registrar = counter
    with pytest.raises(CheckinError, match="Nothing was changed"):
        registrar.edit(MARIA.id, {"name": " Maria  Santos"})
    with pytest.raises(CheckinError, match="no longer on the list"):
        registrar.edit("00000000-0000-4000-8000-00000000ffff", {"name": "x"})
    assert entries(place.database) == []


def test_cancelled_refused_reinstated(counter: Counter) -> None:
    place, registrar = counter
    expected = place.desk.counters().expected
    cancelled = registrar.cancel(MARIA.id, "fell ill")
    refused = place.desk.admit(place.token(1))

    assert refused.verdict is Verdict.CANCELLED
    assert refused.attendee is not None
    assert refused.attendee.status_reason == "fell ill"
    assert place.desk.counters().expected == expected - 1
    with pytest.raises(CheckinError, match="already"):
        registrar.cancel(MARIA.id, "again")
    back = registrar.reinstate(MARIA.id, "came after all")
    assert (back.attendee.status, back.attendee.status_reason) == ("registered", "")
    assert place.desk.admit(place.token(1)).verdict is Verdict.CHECKED_IN
    assert place.desk.counters().expected == expected
    with pytest.raises(CheckinError, match="not cancelled"):
        registrar.reinstate(MARIA.id)
    place.desk.undo(back.record)
    assert place.desk.admit(place.token(1)).verdict is Verdict.CANCELLED
    place.desk.undo(cancelled.record)
    assert place.desk.admit(place.token(1)).verdict is Verdict.ALREADY_IN
    kinds = [line.kind for line in place.desk.history(MARIA.id) if line.record]
    assert kinds == ["undo", "undo", "checked_in", "reinstated", "registration_cancelled"]
    assert_rebuilding_changes_nothing(place.database)


def test_two_who_are_one_count_once_and_are_found_once(counter: Counter) -> None:
    place, registrar = counter
    place.desk.admit(place.token(1))
    place.desk.admit(TICKET)
    place.desk.admit("TICKET-4711")  # refused: already in
    before = snapshot(place.database, "undone", "entry")
    expected = place.desk.counters().expected
    assert place.desk.counters().came == 2
    done = registrar.merge(MARIA.id, TWIN.id, "the same woman")

    assert done.attendee == registrar.badge_of(MARIA.id).attendee == registrar.badge_of(TWIN.id).attendee
    assert place.desk.counters().came == 1
    assert place.desk.counters().expected == expected - 1
    assert found(place, "santos") == ["Maria Santos"]
    assert Listing(place.database).count(ListFilter()) == 2
    assert len(Listing(place.database).rows(ListFilter(), 0, 9)) == 2
    for badge in (place.token(1), place.token(3), TICKET):
        admission = place.desk.admit(badge)
        assert (admission.verdict, admission.attendee) == (Verdict.ALREADY_IN, done.attendee)
    assert place.desk.admit_person(TWIN.id).attendee == done.attendee
    assert [line.kind for line in place.desk.history(TWIN.id)] == [line.kind for line in place.desk.history(MARIA.id)]
    merged = next(line for line in place.desk.history(MARIA.id) if line.kind == "merged")
    assert (merged.about, merged.reason) == ("María Santos", "the same woman")
    with pytest.raises(CheckinError, match="one person already"):
        registrar.merge(TWIN.id, MARIA.id)
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)

    place.desk.undo(done.record)
    assert snapshot(place.database, "undone", "entry") == before
    assert place.desk.counters().came == 2
    assert place.desk.counters().expected == expected
    assert sorted(found(place, "santos")) == ["Maria Santos", "María Santos"]
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


def test_a_chain_of_three_comes_apart_in_any_order(counter: Counter) -> None:
    place, registrar = counter
    for badge in (place.token(1), place.token(2), TICKET):
        place.desk.admit(badge)
    before = snapshot(place.database, "undone", "entry")
    first = registrar.merge(TWIN.id, SOMYING.id).record
    second = registrar.merge(MARIA.id, TWIN.id).record
    assert place.desk.counters().came == 1
    place.desk.undo(first)
    assert place.desk.counters().came == 2
    assert_books_balance(place.database)
    place.desk.undo(second)
    assert snapshot(place.database, "undone", "entry") == before
    third, fourth = registrar.merge(MARIA.id, TWIN.id).record, registrar.merge(SOMYING.id, TWIN.id).record
    assert place.desk.admit(TICKET).attendee == SOMYING
    place.desk.undo(third)
    place.desk.undo(fourth)
    assert snapshot(place.database, "undone", "entry") == before


def test_two_desks_that_each_keep_another_one(counter: Counter) -> None:
    place, registrar = counter
    place.desk.admit(place.token(1))
    place.desk.admit(TICKET)
    registrar.merge(MARIA.id, TWIN.id)
    with place.database.write() as connection:
        raw = connection.connection.driver_connection
        body = Body(Kind.MERGE, "1" * 32, subject=TWIN.id, target=MARIA.id, at_ms=2**42)
        append(raw, place.desk.scribe.journal, body, 1)
        project(connection, body)
    assert place.desk.counters().came == 1
    assert place.desk.admit(TICKET).attendee == MARIA, "the earlier entry says who is kept"
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


def test_a_walk_in_that_was_on_the_list_all_along(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    assert place.desk.counters().walk_in == 1
    registrar.merge(MARIA.id, done.badge.attendee.id)

    counters = place.desk.counters()
    assert (counters.came, counters.walk_in) == (1, 0)
    assert place.desk.admit(done.badge.text).attendee == MARIA
    assert registrar.badge_of(MARIA.id).serial == 1, "the person's own badge is what is printed"
    assert_books_balance(place.database)


def test_a_code_is_learned_and_forgotten(counter: Counter) -> None:
    place, registrar = counter
    assert place.desk.admit("PASS-0815").verdict is Verdict.UNKNOWN
    done = registrar.learn(SOMYING.id, "]Q1PASS-0815\r\n", "handed out by the hotel")

    assert place.desk.admit("PASS-0815").attendee == SOMYING
    assert place.desk.history(SOMYING.id)[-1].changes == (("code", "", "PASS-0815"),)
    with pytest.raises(CheckinError, match="belongs to Somying"):
        registrar.learn(MARIA.id, "PASS-0815")
    assert_rebuilding_changes_nothing(place.database)
    place.desk.undo(done.record)
    assert place.desk.admit("PASS-0815").verdict is Verdict.UNKNOWN
    assert registrar.learn(MARIA.id, "PASS-0815").attendee == MARIA
    assert_rebuilding_changes_nothing(place.database)


def test_a_code_typed_under_the_thai_keyboard_is_learned_as_the_scanner_meant_it(counter: Counter) -> None:
    place, registrar = counter
    registrar.learn(SOMYING.id, "ฑฎฌขจจๅ/-")  # REG-00123
    assert place.desk.admit("REG-00123").attendee == SOMYING


@pytest.mark.parametrize(
    "payload",
    ["", "   ", "WIFI:S:hotel;;", "otpauth://totp/x?secret=Y", "BEGIN:VCARD\nN:x", "1" * 46, "x" * 513, "tel:+66"],
)
def test_what_names_nobody_is_not_learned(counter: Counter, payload: str) -> None:
    place, registrar = counter
    with pytest.raises(CheckinError, match="Print a new badge"):
        registrar.learn(MARIA.id, payload)
    with pytest.raises(CheckinError, match="Print a new badge"):
        registrar.learn(MARIA.id, place.token(99, issuer=5))
    assert entries(place.database) == []


def test_somebody_whose_name_follows_can_be_named_and_put_together(counter: Counter) -> None:
    place, registrar = counter
    unknown = place.desk.admit(place.token(5, issuer=9)).attendee
    assert unknown is not None
    with pytest.raises(CheckinError, match="whose name is known"):
        registrar.merge(unknown.id, MARIA.id)
    registrar.merge(MARIA.id, unknown.id)
    assert place.desk.admit(place.token(1)).verdict is Verdict.ALREADY_IN
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["register", "admit", "edit", "cancel", "reinstate", "merge", "learn", "issue", "undo", "again"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(ACTS)
def test_whatever_is_done_in_whatever_order_the_books_balance(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]
) -> None:
    """And everything that followed from the entries is gone when all of them are undone, the newest first."""
    place, registrar = make_counter(tmp_path_factory.mktemp("acts"), people=PEOPLE)
    people = [MARIA.id, SOMYING.id, TWIN.id]
    try:
        for act in acts:
            try:
                _do(place, registrar, people, *act)
            except CheckinError:
                continue
        assert_books_balance(place.database)
        assert_rebuilding_changes_nothing(place.database)
        _undo_all(place)
        assert_books_balance(place.database)
        assert_rebuilding_changes_nothing(place.database)
        with place.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT uid, name, status, merged FROM attendee WHERE id <= 3 ORDER BY id"
            )
            assert [tuple(row) for row in rows] == [(one.id, one.name, "registered", None) for one in PEOPLE]
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM presence").scalar() == 0
            assert connection.exec_driver_sql("SELECT text FROM code").fetchall() == [(TICKET,)]
            walk_ins = connection.exec_driver_sql("SELECT DISTINCT status FROM attendee WHERE id > 3").fetchall()
            assert walk_ins in ([], [("cancelled",)])
    finally:
        place.database.close()


def _do(place: Place, registrar: Registrar, people: list[str], act: str, one: int, other: int) -> None:
    who, whom = people[one % len(people)], people[other % len(people)]
    match act:
        case "register":
            people.append(registrar.register(replace(ANN, name=f"Walk {len(people)}")).badge.attendee.id)
        case "admit":
            place.desk.admit_person(who)
        case "again":
            place.desk.admit_person(who, force_reason="again")
        case "edit":
            registrar.edit(who, {"name": f"New {other}", "category": ("press", "vip")[other % 2]})
        case "cancel":
            registrar.cancel(who, f"reason {other}")
        case "reinstate":
            registrar.reinstate(who)
        case "merge":
            registrar.merge(who, whom)
        case "learn":
            registrar.learn(who, f"CODE-{other}")
        case "issue":
            registrar.issue_badge(who)
        case "undo":
            known = entries(place.database)
            place.desk.undo(known[other % len(known)].body.entry_id if known else "")


def _undo_all(place: Place) -> None:
    for entry in reversed(entries(place.database)):
        with place.database.read() as connection:
            row = log_rows.find_entry(connection.connection.driver_connection, entry.body.entry_id)
        if row is not None and not row.undone and row.body.kind is not Kind.UNDO:
            place.desk.undo(entry.body.entry_id)
