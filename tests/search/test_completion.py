"""Completing organisation and country while a walk-in is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.search.completion import Completion

ORGANISATIONS = [
    *["BPJS Ketenagakerjaan"] * 3, "BPJS-Ketenagakerjaan", "bpjs ketenagakerjan", "BPJS Kesehatan",
    "Social Security Office", "สำนักงานประกันสังคม", "Ministry of Labour",
]  # fmt: skip


@pytest.fixture
def completion(tmp_path: Path):
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    add(database, [(name, "Viet Nam") for name in ORGANISATIONS])
    yield Completion(database)
    database.close()


def add(database: Database, people: list[tuple[str, str]]) -> None:
    with database.write_fast() as raw:
        first = raw.execute("SELECT coalesce(max(id), 0) + 1 FROM attendee").fetchone()[0]
        raw.executemany(
            "INSERT INTO attendee (id, uid, name, name_local, organisation, country, category, status, status_reason, note,"
            " email, phone, badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
            " VALUES (?, ?, '', '', ?, ?, '', 'registered', '', '', '', '', '', '', '', 0, '', 0, '', 0)",
            [(first + n, f"uid-{first + n}", name, country) for n, (name, country) in enumerate(people)],
        )


def test_spellings_of_one_organisation_are_one_suggestion(completion: Completion) -> None:
    assert completion.suggest("organisation", "bpjs") == ["BPJS Ketenagakerjaan", "BPJS Kesehatan"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("secur", "Social Security Office"), ("office soc", "Social Security Office"), ("SSO", "Social Security Office"),
     ("ประกันสังคม", "สำนักงานประกันสังคม")],
)  # fmt: skip
def test_an_organisation_is_found_by_any_of_its_words(completion: Completion, typed: str, name: str) -> None:
    assert completion.suggest("organisation", typed) == [name]


@pytest.mark.parametrize("typed", ["viet", "vietnam", "VN", "เวียดนาม"])
def test_a_country_is_written_as_the_roster_writes_it(completion: Completion, typed: str) -> None:
    assert completion.suggest("country", typed)[0] == "Viet Nam"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("laos", "Lao PDR"), ("burma", "Myanmar"), ("usa", "United States"), ("uk", "United Kingdom"), ("ญี่ปุ่น", "Japan")],
)
def test_a_country_goes_by_many_names(completion: Completion, typed: str, name: str) -> None:
    assert completion.suggest("country", typed)[0] == name


def test_who_joined_since_is_known(completion: Completion) -> None:
    assert completion.suggest("organisation", "perkeso") == []
    add(completion._database, [("PERKESO", "Malaysia")])
    assert completion.suggest("organisation", "perk") == ["PERKESO"]


def test_nothing_typed_suggests_nothing(completion: Completion) -> None:
    assert completion.suggest("organisation", " ") == []
    assert completion.suggest("country", "") == []
