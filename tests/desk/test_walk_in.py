"""Somebody who is on no list: registered, badged and in, in one go, and taken back in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkin.db.listing import ListFilter, Listing
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.badge import read_token
from checkin.domain.journal import Kind
from checkin.domain.verdict import Verdict
from checkin.errors import CheckinError, DeclarationError, FormError
from checkin.reports.counts import count
from tests.desk.counter import ANN, assert_rebuilding_changes_nothing, found, make_counter
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import EVENT, KEYRING, TOML, Place, at, make_place

Counter = tuple[Place, Registrar]


@pytest.fixture
def counter(tmp_path: Path):
    place, registrar = make_counter(tmp_path)
    yield place, registrar
    place.database.close()


def test_registered_badged_and_in(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(replace(ANN, consents=(("mailing", False), ("photo", True))))

    assert done.admission.verdict is Verdict.CHECKED_IN
    assert done.admission.attendee == done.badge.attendee
    assert (done.badge.attendee.name, done.badge.attendee.walk_in) == ("Ann Walker", True)
    assert done.admission.attention == "late"
    kinds = [entry.body.kind for entry in entries(place.database)]
    assert kinds == [Kind.WALK_IN, Kind.BADGE_ISSUED, Kind.CHECK_IN]
    walk_in, badge, _check_in = (entry.body for entry in entries(place.database))
    assert (walk_in.category, walk_in.country, walk_in.consent) == (
        "delegate",
        "Thailand",
        "built-in-1 photo=1 mailing=0",
    )
    assert badge.target == f"1-{done.badge.serial}-0"
    assert read_token(done.badge.text, KEYRING).number is not None
    assert place.desk.admit(done.badge.text).verdict is Verdict.ALREADY_IN
    assert found(place, "walker") == found(place, "แอน") == ["Ann Walker"]
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


def test_nobodys_name_is_in_the_journal(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    registrar.edit(done.badge.attendee.id, {"name": "Anna Walker", "email": "anna@example.org"}, "Ann misspelt it")
    registrar.learn(done.badge.attendee.id, "TICKET-ANN-1")
    chain = b"".join(entry.data for entry in entries(place.database))

    assert chain.isascii()
    for word in (b"Ann", b"Walker", b"example", b"ILO", b"+66", b"TICKET", b"late", b"misspelt"):
        assert word not in chain


def test_a_walk_in_came_and_was_never_expected(counter: Counter) -> None:
    place, registrar = counter
    before = place.desk.counters()
    registrar.register(ANN)
    after = place.desk.counters()

    assert (after.came, after.walk_in, after.expected) == (1, 1, before.expected)
    counts = count(place.database, EVENT, place.desk.post, "category")
    assert (counts.came, counts.walk_in, counts.expected, counts.by) == (1, 1, before.expected, {"delegate": 1})


def test_undoing_the_registration_takes_the_check_in_along(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    undone = place.desk.undo(done.record, "it was Maria")

    assert (undone.target, undone.kind) == (done.record, "WALK_IN")
    assert undone.attendee is not None
    assert (undone.attendee.status, undone.attendee.status_reason) == ("cancelled", "it was Maria")
    assert [e.body.kind for e in entries(place.database)][3:] == [Kind.UNDO, Kind.UNDO]
    assert place.desk.counters().came == place.desk.counters().walk_in == 0
    assert place.desk.admit(done.badge.text).verdict is Verdict.CANCELLED
    assert Listing(place.database).count(ListFilter(status="registered")) == 2
    for record in (done.record, done.admission.record):
        with pytest.raises(CheckinError, match="already undone"):
            place.desk.undo(record)
    lines = place.desk.history(done.badge.attendee.id)
    assert {line.kind for line in lines if line.undone} == {"walk_in", "checked_in"}
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


def test_undoing_the_check_in_alone_leaves_the_person_on_the_list(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    undone = place.desk.undo()

    assert undone.target == done.admission.record
    assert place.desk.admit(done.badge.text).verdict is Verdict.CHECKED_IN
    place.desk.undo(done.record)
    assert place.desk.counters().came == 1, "what happened later stands"
    assert_books_balance(place.database)


def test_who_was_taken_back_can_be_reinstated(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    place.desk.undo(done.record)
    changed = registrar.reinstate(done.badge.attendee.id)

    assert changed.attendee.status == "registered"
    assert place.desk.admit(done.badge.text).verdict is Verdict.CHECKED_IN
    assert_rebuilding_changes_nothing(place.database)


def test_a_checkpoint_that_refuses_never_loses_the_registration(tmp_path: Path) -> None:
    place, registrar = make_counter(tmp_path, now="08:00", checkpoint="panel-1")
    done = registrar.register(ANN)

    assert (done.admission.verdict, done.admission.record) == (Verdict.TOO_EARLY, "")
    assert [entry.body.kind for entry in entries(place.database)] == [Kind.WALK_IN, Kind.BADGE_ISSUED]
    assert place.desk.counters().came == 0
    forced = place.desk.admit(done.badge.text, force_reason="the speaker")
    assert forced.verdict is Verdict.CHECKED_IN
    place.desk.undo(done.record)
    assert_books_balance(place.database)
    place.database.close()


def test_without_a_declared_day_nothing_is_written(tmp_path: Path) -> None:
    place, _registrar = make_counter(tmp_path)
    from checkin.desk.desk import Desk

    desk = Desk(place.database, EVENT, KEYRING, place.clock, journal=place.journal, staff="Nok", post=None)
    with pytest.raises(DeclarationError):
        Registrar(place.database, EVENT, KEYRING, desk).register(ANN)
    assert entries(place.database) == []
    place.database.close()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(ANN, name="", name_local=""), "name"),
        (replace(ANN, name=" \u200b ", name_local=""), "name"),
        (replace(ANN, name="\u0301\u0302"), "name"),
        (replace(ANN, organisation=" "), "organisation"),
        (replace(ANN, country=""), "country"),
        (replace(ANN, category=""), "category"),
        (replace(ANN, category="delegates"), "category"),
        (replace(ANN, organisation="x" * 301), "organisation"),
        (replace(ANN, note="x" * 501), "note"),
        (replace(ANN, consents=(("sms", True),)), "consents"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(counter: Counter, form: WalkIn, field: str) -> None:
    place, registrar = counter
    with pytest.raises(FormError) as caught:
        registrar.register(form)

    assert caught.value.field == field
    assert str(caught.value).endswith((".", "vip, press.", "mailing."))
    assert entries(place.database) == []
    assert Listing(place.database).count(ListFilter()) == 2


def test_a_name_in_one_script_is_enough(counter: Counter) -> None:
    _place, registrar = counter
    assert registrar.register(replace(ANN, name="")).badge.attendee.display_name == "แอน วอล์กเกอร์"
    assert registrar.register(replace(ANN, name_local="")).badge.attendee.name == "Ann Walker"


def test_what_cannot_be_seen_is_cleaned_as_in_a_roster(counter: Counter) -> None:
    _place, registrar = counter
    who = registrar.register(
        replace(ANN, name="  Ann\x00\u202e  Walker ", organisation="=cmd|' /C calc'!A0", note="two\nlines", email="")
    ).badge.attendee

    assert (who.name, who.note) == ("Ann Walker", "two lines")
    assert who.organisation == "=cmd|' /C calc'!A0", "a name is data; exports make formulas harmless"


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE attendee; --", "{0}", "%s%n", "<b>x</b>", "ก" * 200, "A" + "😀" * 199, '"\\']
)
def test_names_are_data(counter: Counter, text: str) -> None:
    place, registrar = counter
    done = registrar.register(replace(ANN, name=text, name_local="ชื่อ", country="😀" * 100, note="é" * 500))

    assert done.badge.attendee.name == text
    assert place.desk.history(done.badge.attendee.id)[-1].attendee == done.badge.attendee
    assert_books_balance(place.database)


def test_walk_ins_of_two_desks_never_get_the_same_badge(tmp_path: Path) -> None:
    badges = set()
    for number in (1, 2):
        place, registrar = make_counter(tmp_path / str(number), number=number)
        badges |= {registrar.register(ANN).badge.text for _ in range(20)}
        place.database.close()
    assert len(badges) == 40


def test_a_walk_ins_badge_at_a_desk_that_has_not_synced_counts_once(tmp_path: Path) -> None:
    """Two data folders with the same keys; what both know together is folded as it will be after a sync."""
    from checkin.domain.journal import fold

    one, registrar = make_counter(tmp_path / "one", number=7, desk="Desk 7")
    (tmp_path / "other").mkdir()
    other = make_place(tmp_path / "other", number=8, desk="Desk 8")
    done = registrar.register(ANN)

    there = other.desk.admit(done.badge.text)
    assert (there.verdict, there.detail, there.issuer) == (Verdict.CHECKED_IN, "issued_elsewhere", 7)
    assert other.desk.admit(done.badge.text).verdict is Verdict.ALREADY_IN
    assert other.desk.counters().came == 1
    folded = fold([*entries(one.database), *entries(other.database)])
    assert len(folded.present) == 1
    one.database.close()
    other.database.close()


def test_a_restored_desk_gives_no_badge_number_twice(tmp_path: Path) -> None:
    from checkin.db.backup import back_up, restore
    from checkin.db.event_store import save_definition

    place, registrar = make_counter(tmp_path / "desk")
    save_definition(place.database, TOML, 0)
    back_up(place.database, tmp_path / "copy.sqlite")
    lost = registrar.register(ANN).badge
    place.database.close()
    restore(tmp_path / "desk", tmp_path / "copy.sqlite", place.clock)
    place, registrar = make_counter(tmp_path / "desk")

    assert registrar.register(replace(ANN, name="Bo Walker")).badge.text != lost.text
    assert place.desk.admit(lost.text).detail == "issued_elsewhere", "genuine, and known to nobody here"
    place.database.close()


def test_time_and_desk_stand_in_the_history(counter: Counter) -> None:
    place, registrar = counter
    done = registrar.register(ANN)
    lines = {line.kind: line for line in place.desk.history(done.badge.attendee.id)}

    assert set(lines) == {"walk_in", "badge_issued", "checked_in"}
    assert lines["walk_in"].desk == "Desk 1"
    assert lines["walk_in"].staff == "Nok"
    assert abs((lines["walk_in"].at - at("08:30")).total_seconds()) < 60
