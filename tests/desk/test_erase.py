"""Erasing: the name is in no file of ours, and every count and chain stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkin.db import search
from checkin.domain.journal import Kind
from checkin.errors import CheckinError
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import MARIA, SOMYING, Place, make_place

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


def test_somebody_who_is_not_listed_erases_nobody(place: Place, tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="Nobody was erased"):
        place.desk.erase([PERSON.id, "00000000-0000-4000-8000-00000000ffff"])
    assert left_behind(tmp_path)
