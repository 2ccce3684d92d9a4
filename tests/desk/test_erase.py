"""Erasing: the name is in no file of ours, and every count and chain stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkin.db import search
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.journal import Kind
from checkin.errors import CheckinError
from tests.desk.counter import assert_rebuilding_changes_nothing
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import EVENT, KEYRING, MARIA, SOMYING, Place, make_place

SECRET = ("Xanthippe", "Quintessa", "xq@example.org", "ZZTOP-4711")
PERSON = replace(
    MARIA,
    name="Xanthippe Quintessa",
    organisation="Quintessa Works",
    email=SECRET[2],
    badge_code=SECRET[3],
    note="Xanthippe is late",
)


@pytest.fixture
def place(tmp_path: Path):
    place = make_place(tmp_path, [PERSON, SOMYING])
    with place.database.write() as connection:
        search.index(connection, [1, 2])
    place.desk.admit(SECRET[3])
    place.desk.admit(SECRET[3], force_reason="Xanthippe came back")
    place.desk.admit(SECRET[3])
    place.desk.admit(place.token(2))
    yield place
    place.database.close()


def left_behind(folder: Path) -> list[str]:
    """Return every file that still holds a trace, whatever the case of the letters."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes().lower()
            found += [f"{path.name}: {word}" for word in SECRET if word.lower().encode() in data]
    return found


def test_app_011_one_person_is_erased_and_the_count_is_unchanged(place: Place, tmp_path: Path) -> None:
    assert left_behind(tmp_path)
    before = place.desk.counters()
    assert place.desk.erase([PERSON.id]) == 1
    assert left_behind(tmp_path) == []
    after = place.desk.counters()
    assert (after.came, after.expected) == (before.came, before.expected)
    assert_books_balance(place.database)
    assert entries(place.database)[-1].body.kind is Kind.ERASE
    assert search.Search(place.database).find("xanthippe") == []
    assert [hit.attendee.id for hit in search.Search(place.database).find("somying")] == [SOMYING.id]


def test_app_009_everybody_is_erased_and_the_chain_still_verifies(place: Place, tmp_path: Path) -> None:
    assert place.desk.erase([]) == 2
    assert left_behind(tmp_path) == []
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Somying" not in data
    assert b"Nok" not in data
    assert place.desk.counters().came == 2
    assert_books_balance(place.database)


@pytest.fixture
def counter(place: Place) -> tuple[Place, Registrar, str, list[str]]:
    """The counter of that desk, and everything it can write about one person: the id, and the records."""
    registrar = Registrar(place.database, EVENT, KEYRING, place.desk)
    form = WalkIn(
        "Xanthippe Quintessa", "แซนทิปพี", "Quintessa Works", "Greece", "press", SECRET[2], "+30 123", "Xanthippe!"
    )
    done = registrar.register(form)
    uid = done.badge.attendee.id
    records = [
        done.record,
        registrar.edit(
            uid, {"name": "Xanthippe Q.", "category": "vip", "note": "Quintessa"}, "Xanthippe said so"
        ).record,
        registrar.learn(uid, "QUINTESSA-4711").record,
        registrar.issue_badge(uid, reason="Xanthippe lost it").record,
        registrar.cancel(uid, "Xanthippe went home").record,
        registrar.reinstate(uid, "Xanthippe is back").record,
    ]
    return place, registrar, uid, records


def test_everything_the_counter_wrote_of_a_person_is_erased(
    counter: tuple[Place, Registrar, str, list[str]], tmp_path: Path
) -> None:
    place, registrar, uid, _records = counter
    double = registrar.register(WalkIn("Quintessa Xanthippe", "", "Quintessa Works", "Greece", "press")).badge.attendee
    registrar.merge(uid, double.id, "Xanthippe twice")
    registrar.merge(uid, PERSON.id, "Xanthippe thrice")
    before = place.desk.counters()
    assert place.desk.erase([uid]) == 1, "all three are one person"

    assert left_behind(tmp_path) == []
    assert "แซนทิปพี".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [e.body.subject for e in entries(place.database)][-3:] == [PERSON.id, uid, double.id]
    after = place.desk.counters()
    assert (after.came, after.walk_in, after.expected) == (before.came, before.walk_in, before.expected)
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)
    assert place.desk.admit("QUINTESSA-4711").verdict.value == "unknown"


def test_what_was_erased_can_still_be_undone_as_far_as_it_is_counted(
    counter: tuple[Place, Registrar, str, list[str]],
) -> None:
    place, _registrar, uid, records = counter
    place.desk.erase([uid])
    for record in reversed(records):
        place.desk.undo(record)
        assert_rebuilding_changes_nothing(place.database)
    with place.database.read() as connection:
        row = connection.exec_driver_sql("SELECT name, category, status FROM attendee WHERE uid = ?", (uid,)).one()
    assert tuple(row) == ("", "press", "cancelled")
    assert_books_balance(place.database)


def test_everybody_is_erased_with_all_that_the_counter_wrote(
    counter: tuple[Place, Registrar, str, list[str]], tmp_path: Path
) -> None:
    place = counter[0]
    assert place.desk.erase([]) == 3
    assert left_behind(tmp_path) == []
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)


def test_somebody_who_is_not_listed_erases_nobody(place: Place, tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="Nobody was erased"):
        place.desk.erase([PERSON.id, "00000000-0000-4000-8000-00000000ffff"])
    assert left_behind(tmp_path)
