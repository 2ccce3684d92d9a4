"""The invented people, and the roster file they are shipped as."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from checkin.app import open_demo
from checkin.demo import demo_files
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.event_file import parse_event
from checkin.roster.fields import guess
from checkin.roster.reading import read_table
from tools.demo.people import Person, make_people
from tools.demo.roster import roster_bytes

SCRIPTS = {
    "thai": "[\u0e01-\u0e5b]",
    "lao": "[\u0e81-\u0edf]",
    "khmer": "[\u1780-\u17dd]",
    "burmese": "[\u1000-\u109f]",
    "arabic": "[\u0620-\u064a]",
    "han": "[\u4e00-\u9fff]",
    "hangul": "[\uac00-\ud7a3]",
}


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return make_people()


def test_there_are_350_of_all_kinds(people: tuple[Person, ...]) -> None:
    assert len(people) == 350
    assert [p.serial for p in people] == list(range(1, 351))
    event = parse_event(demo_files().event.read_text("utf-8"))
    assert {p.category for p in people} == {c.key for c in event.categories}
    asean = {p.country for p in people if p.category == "delegate-asean"}
    assert len(asean) == 10
    assert Counter(p.status for p in people) == {"registered": 341, "cancelled": 7, "blocked": 2}
    assert sum(bool(p.note) for p in people) >= 10


@pytest.mark.parametrize(
    ("country", "script"),
    [
        ("Thailand", "thai"),
        ("Lao PDR", "lao"),
        ("Cambodia", "khmer"),
        ("Myanmar", "burmese"),
        ("Brunei Darussalam", "arabic"),
        ("Jordan", "arabic"),
        ("Singapore", "han"),
        ("China", "han"),
        ("Republic of Korea", "hangul"),
    ],
)
def test_names_are_written_in_the_script_of_the_country(people: tuple[Person, ...], country: str, script: str) -> None:
    local = [p.name_local for p in people if p.country == country and p.name_local]
    assert len(local) >= 3
    assert all(re.search(SCRIPTS[script], name) for name in local)


def test_vietnamese_names_have_their_marks(people: tuple[Person, ...]) -> None:
    names = [p.name for p in people if p.country == "Viet Nam"]
    assert sum(not name.isascii() for name in names) > len(names) * 0.9


def test_every_text_is_as_it_is_stored(people: tuple[Person, ...]) -> None:
    for person in people:
        for text in (person.name, person.name_local, person.organisation, person.note):
            assert text == unicodedata.normalize("NFC", text).strip()
            assert not unicodedata.category((text or "x")[0]).startswith("M"), "no vowel sign without a consonant"


def test_namesakes_can_be_told_apart_and_look_alikes_are_there(people: tuple[Person, ...]) -> None:
    namesakes = [name for name, n in Counter(p.shown_name for p in people).items() if n > 1]
    assert {"Nguyễn Thị Hoa", "Siti Aminah binti Abdullah"} <= set(namesakes)
    for name in namesakes:
        same = [p for p in people if p.shown_name == name]
        assert len({(p.organisation, p.country) for p in same}) == len(same)
    names = {p.name for p in people}
    assert {"Maria Santos", "Mario Santos", "Nguyễn Thị Hòa", "Somchai Srisawat", "Somchai Srisawas"} <= names


def test_some_wear_badges_of_other_systems(people: tuple[Person, ...]) -> None:
    codes = [p.badge_code for p in people if p.badge_code]
    assert len(codes) == len(set(codes)) >= 15
    assert any(code.startswith("000") for code in codes), "leading zeros"
    assert any(re.fullmatch(r"REG-[0-9]{5}", code) for code in codes)
    assert any(re.fullmatch(r"[a-z0-9]{32}", code) for code in codes)


def test_nobody_can_be_written_to_or_called(people: tuple[Person, ...]) -> None:
    assert all(p.email.endswith("@example.org") for p in people)
    assert len({p.email for p in people}) == 350
    assert all(re.fullmatch(r"|\+66 2 555 0[0-9]{3}", p.phone) for p in people)


def test_another_seed_makes_other_people(people: tuple[Person, ...]) -> None:
    other = make_people(seed=1)
    assert len(other) == 350
    assert {p.name for p in other} != {p.name for p in people}


def test_the_shipped_roster_is_what_the_script_makes(people: tuple[Person, ...]) -> None:
    shipped, made = demo_files().roster.read_bytes(), roster_bytes(people)
    assert _parts(shipped) == _parts(made), "run tools/make_demo.py"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_program_understands_the_roster_without_help(people: tuple[Person, ...]) -> None:
    table = read_table(demo_files().roster)
    mapping = guess(table.headers, [row.cells for row in table.sample])
    found = {field: table.headers[column].split(" / ")[-1] for field, column in mapping.columns}
    assert found["name"] == "Full name"
    assert found["name_local"] == "Name in local script"
    assert found["badge_code"] == "Badge code"
    assert found["external_id"] == "Reference"
    assert found["expected"] == "Sessions"
    assert found["note"] == "Note for the desk"
    assert not mapping.ambiguous


def test_a_fresh_demo_folder_knows_everybody_by_the_badge_that_is_shown(
    people: tuple[Person, ...], tmp_path: Path
) -> None:
    """All 350 are imported as they are, and each gets the serial that the recording's badges were made with."""
    app = open_demo(tmp_path)
    try:
        assert app.keyring.keys[1].secret == _practice_secret()
        categories = {c.key: c.number for c in app.event.categories}
        for person in people:
            number = BadgeNumber(1, person.serial, 0, categories[person.category])
            payload = person.badge_code or make_token(number, app.keyring)
            attendee = app.desk.admit(payload, mode="camera").attendee
            assert attendee is not None, person
            assert (attendee.external_id, attendee.name, attendee.name_local, attendee.organisation) == (
                person.external_id,
                person.name,
                person.name_local,
                person.organisation,
            )
            assert (attendee.country, attendee.category, attendee.status, attendee.note, attendee.expected) == (
                person.country,
                person.category,
                person.status,
                person.note,
                person.expected,
            )
    finally:
        app.close()


def _practice_secret() -> bytes:
    import hashlib

    return hashlib.sha256(b"checkin practice key").digest()
