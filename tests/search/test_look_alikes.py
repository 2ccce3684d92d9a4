"""Is it one of these? Each rule with somebody who must be shown, and somebody who must not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.db import search as db_search
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.models import attendee
from checkin.db.search import Search
from checkin.db.search.look_alikes import LookAlikes
from checkin.domain.alike import Sought

FUND = "Bandara Pension Fund"
ROSTER = (
    ("Chonthicha Rattanamongkol", "", FUND, "Thailand", "c.rattana@example.org", "+66 81 234 5678"),
    ("", "วิชัย ประเสริฐสุข", FUND, "Thailand", "", ""),
    ("Nurul Huda binti Ismail", "", FUND, "Malaysia", "", ""),
    ("Mario Kovalenkov", "", FUND, "Italy", "", ""),
    ("Thandar Nwe Oo Lwin", "", FUND, "Myanmar", "", ""),
    ("Nguyễn Khắc Vịnh", "", FUND, "Viet Nam", "", ""),
    ("Prasoet Saetang", "", FUND, "Thailand", "", ""),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LookAlikes]:
    folder: Path = tmp_path_factory.mktemp("alike")
    fields = ("name", "name_local", "organisation", "country", "email", "phone")
    others = [(f"Guest{n:03d} Plain{n:03d}", "", f"Body {n % 7}", "Thailand", "", "") for n in range(400)]
    rows = [dict(zip(fields, row, strict=True)) for row in (*ROSTER, *others)]
    database = Database(folder / "event.sqlite")
    try:
        migrate(database)
        with database.write() as connection:
            connection.execute(attendee.insert(), [{"uid": f"{n:032x}", **row} for n, row in enumerate(rows)])
            db_search.index_range(connection, 1, len(rows))
        yield LookAlikes(database, Search(database))
    finally:
        database.close()


def shown(ask: LookAlikes, **typed: str) -> list[str]:
    return [found.attendee.name or found.attendee.name_local for found in ask.find(Sought(**typed))]


@pytest.mark.parametrize(
    ("name", "local", "who"),
    [
        ("Rattanamongkol Chonthicha", "", "Chonthicha Rattanamongkol"),  # the other order
        ("Cholthicha Ratanamongkhon", "", "Chonthicha Rattanamongkol"),  # another spelling
        ("Chonthicha Rattanamogkol", "", "Chonthicha Rattanamongkol"),  # a letter left out
        ("Vichai Prasertsuk", "", "วิชัย ประเสริฐสุข"),  # the other script
        ("Nurulhuda Ismail", "", "Nurul Huda binti Ismail"),  # two words as one, without binti
        ("", "นายวิชัย ประเสริฐสุข", "วิชัย ประเสริฐสุข"),  # a title written onto it
        ("Nguyen Khac Vinh", "", "Nguyễn Khắc Vịnh"),  # without accents
    ],
)
def test_the_same_person_written_otherwise_is_shown(ask: LookAlikes, name: str, local: str, who: str) -> None:
    assert shown(ask, name=name, name_local=local, organisation=FUND) == [who]


@pytest.mark.parametrize(
    "name",
    [
        "Maria Kovalenkov",  # a man's and a woman's form
        "Pimchanok Rattanamongkol",  # another given name in the family
    ],
)
def test_another_person_of_the_same_organisation_is_not_shown(ask: LookAlikes, name: str) -> None:
    assert shown(ask, name=name, organisation=FUND) == []


def test_a_burmese_name_without_a_word_is_another_name(ask: LookAlikes) -> None:
    assert shown(ask, name="Lwin Thandar Nwe Oo", phone="+95 9 111 2222") == ["Thandar Nwe Oo Lwin"]
    assert shown(ask, name="Nwe Oo Lwin", phone="+95 9 111 2222") == []


def test_other_accents_are_another_name_where_both_are_written_with_them(ask: LookAlikes) -> None:
    same, without, other = (
        ask.find(Sought(name=name, organisation=FUND))[0].score
        for name in ("Nguyễn Khắc Vịnh", "Nguyen Khac Vinh", "Nguyễn Khắc Vình")
    )
    assert same == without > other


def test_an_initial_is_filled_out_by_the_address(ask: LookAlikes) -> None:
    told = "prasoet.saetang@example.com"
    assert shown(ask, name="P. Saetang", organisation=FUND, email=told) == ["Prasoet Saetang"]
    assert shown(ask, name="P. Saetang", organisation="Another Body Altogether", email="") == []


def test_address_and_number_find_a_person_whose_name_does_not(ask: LookAlikes) -> None:
    assert shown(ask, name="Chonthicha", phone="081-234-5678") == ["Chonthicha Rattanamongkol"]
    assert shown(ask, name="Somebody Else", phone="081-234-9999") == []
    assert ask.find(Sought(name="Chonthicha", email="C.Rattana@example.org"))[0].why[0] == "email"


def test_what_is_remembered_between_keys_is_forgotten_when_the_roster_changes(tmp_path: Path) -> None:
    database = Database(tmp_path / "event.sqlite")
    try:
        migrate(database)
        ask = LookAlikes(database, Search(database))
        sought = Sought(name="Chonthicha Rattanamongkol", organisation=FUND)
        assert ask.find(sought) == []
        with database.write() as connection:
            row = {"uid": "a" * 32, "name": sought.name, "organisation": FUND}
            connection.execute(attendee.insert(), [row])
            db_search.index_range(connection, 1, 1)
        assert [found.attendee.id for found in ask.find(sought)] == ["a" * 32]
    finally:
        database.close()
