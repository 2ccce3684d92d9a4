"""Prints and reprints: an older one shows "replaced", and nobody runs out of revisions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkin.desk.registrar import Registrar
from checkin.domain.badge import IssuedBadge, is_token, read_token
from checkin.domain.journal import Kind
from checkin.domain.verdict import Verdict
from checkin.errors import CheckinError
from tests.desk.counter import ANN, assert_rebuilding_changes_nothing, make_counter, snapshot
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import KEYRING, MARIA, SOMYING, Place, make_place, someone

FOREIGN = replace(someone(3), badge_code="A-1B2C3D4")
Counter = tuple[Place, Registrar]


@pytest.fixture
def counter(tmp_path: Path):
    place, registrar = make_counter(tmp_path, people=(MARIA, SOMYING, FOREIGN))
    yield place, registrar
    place.database.close()


def kinds(place: Place) -> list[Kind]:
    return [entry.body.kind for entry in entries(place.database)]


def test_the_first_print_is_the_badge_as_it_is(counter: Counter) -> None:
    place, registrar = counter
    before = registrar.badge_of(MARIA.id)
    first = registrar.issue_badge(MARIA.id)

    assert first.text == before.text == place.token(1)
    assert (first.revision, before.record) == (0, "")
    assert [entry.body.target for entry in entries(place.database)] == ["1-1-0"]
    assert place.desk.admit(first.text).verdict is Verdict.CHECKED_IN


def test_a_reprint_makes_the_older_one_replaced(counter: Counter) -> None:
    place, registrar = counter
    first = registrar.issue_badge(MARIA.id)
    second = registrar.issue_badge(MARIA.id, reason="coffee")

    assert (second.revision, registrar.badge_of(MARIA.id).text) == (1, second.text)
    refused = place.desk.admit(first.text)
    assert refused.verdict is Verdict.REPLACED
    assert refused.attendee == MARIA
    assert place.desk.admit(second.text).verdict is Verdict.CHECKED_IN
    line = place.desk.history(MARIA.id)[2]
    assert (line.kind, line.revision, line.reason) == ("badge_issued", 1, "coffee")
    assert_rebuilding_changes_nothing(place.database)


def test_the_same_print_again_writes_nothing(counter: Counter) -> None:
    place, registrar = counter
    assert registrar.issue_badge(MARIA.id, same=True).record, "it was never printed: that is a first print"
    again = registrar.issue_badge(MARIA.id, same=True)

    assert (again.text, again.record, again.revision) == (place.token(1), "", 0)
    assert kinds(place) == [Kind.BADGE_ISSUED]


def test_an_undone_reprint_gives_the_older_badge_back_and_never_comes_again(counter: Counter) -> None:
    place, registrar = counter
    first, second = registrar.issue_badge(MARIA.id), registrar.issue_badge(MARIA.id)
    place.desk.undo(second.record)
    assert place.desk.admit(first.text).verdict is Verdict.CHECKED_IN
    third = registrar.issue_badge(MARIA.id)
    assert third.revision == 2
    assert place.desk.admit(second.text).verdict is Verdict.REPLACED
    with pytest.raises(CheckinError, match="already undone"):
        place.desk.undo(second.record)
    assert_rebuilding_changes_nothing(place.database)


def test_after_fifteen_reprints_there_is_a_new_number_and_every_old_print_is_replaced(counter: Counter) -> None:
    place, registrar = counter
    prints = [registrar.issue_badge(MARIA.id) for _ in range(16)]
    assert [one.revision for one in prints] == list(range(16))
    new = registrar.issue_badge(MARIA.id, reason="the seventeenth")

    assert (new.issuer, new.revision) == (1, 0)
    assert new.serial != 1
    assert kinds(place)[-2:] == [Kind.BADGE_REVOKED, Kind.BADGE_ISSUED]
    for old in prints:
        assert place.desk.admit(old.text).verdict is Verdict.REPLACED
    assert place.desk.admit(new.text).attendee == MARIA
    assert registrar.issue_badge(MARIA.id).serial == new.serial
    assert registrar.issue_badges([MARIA.id], same=True)[0].revision == 1
    assert_rebuilding_changes_nothing(place.database)
    revoked = next(line for line in place.desk.history(MARIA.id) if line.kind == "badge_revoked")
    place.desk.undo(revoked.record)
    assert place.desk.admit(prints[-1].text).verdict is Verdict.ALREADY_IN
    assert_rebuilding_changes_nothing(place.database)


def test_a_foreign_code_stays_on_the_badge(counter: Counter) -> None:
    place, registrar = counter
    assert registrar.issue_badge(FOREIGN.id).text == FOREIGN.badge_code
    assert registrar.issue_badge(FOREIGN.id).text == FOREIGN.badge_code
    assert place.desk.admit(FOREIGN.badge_code).verdict is Verdict.CHECKED_IN


def test_everybodys_badges_in_one_transaction(counter: Counter) -> None:
    place, registrar = counter
    place.desk.admit(place.token(5, issuer=9))  # somebody whose name follows: nothing to print yet
    walk_in = registrar.register(ANN).badge
    issued = registrar.issue_badges()

    assert [one.attendee.id for one in issued] == [MARIA.id, SOMYING.id, FOREIGN.id, walk_in.attendee.id]
    assert [one.revision for one in issued] == [0, 0, 0, 1]
    assert len({one.text for one in issued}) == 4
    assert [one.text for one in registrar.issue_badges(same=True)] == [one.text for one in issued]
    assert not {line.kind for line in place.desk.recent()} & {"badge_issued"}, (
        "the log is for what staff did one by one"
    )
    assert_books_balance(place.database)


def test_one_who_is_not_listed_leaves_all_unissued(counter: Counter) -> None:
    place, registrar = counter
    with pytest.raises(CheckinError, match="no longer on the list"):
        registrar.issue_badges([MARIA.id, "nobody"])
    assert entries(place.database) == []


def test_looking_changes_nothing_and_is_no_ticket(counter: Counter) -> None:
    place, registrar = counter
    before = snapshot(place.database)
    shown = registrar.preview_badge(replace(MARIA, id="", name="Not yet"))
    registrar.badge_of(MARIA.id)

    assert is_token(shown.text)
    assert len(shown.text) == 46
    assert read_token(shown.text, KEYRING).flaw == "forged"
    assert snapshot(place.database) == before
    assert place.desk.admit(shown.text).verdict is Verdict.FORGED
    assert registrar.preview_badge(FOREIGN).text == FOREIGN.badge_code


def test_the_category_on_the_badge_follows_an_edit(counter: Counter) -> None:
    place, registrar = counter
    registrar.edit(MARIA.id, {"category": "press"})
    number = read_token(registrar.issue_badge(MARIA.id).text, KEYRING).number
    assert number is not None
    assert number.category_class == 2
    assert place.desk.admit(place.token(1)).verdict is Verdict.CHECKED_IN, "an earlier paper of the same print"


def test_a_reprint_at_another_desk_of_the_same_badge(tmp_path: Path) -> None:
    """Before a sync a desk knows only its own prints: a newer one than it knows is genuine."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, registrar = make_counter(tmp_path / "one", number=1)
    other = make_place(tmp_path / "other", number=1)
    registrar.issue_badge(MARIA.id)
    newer: IssuedBadge = registrar.issue_badge(MARIA.id)
    assert other.desk.admit(newer.text).attendee == MARIA
    one.database.close()
    other.database.close()
