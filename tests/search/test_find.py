"""What the search promises, one promise a test."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.db.search import Search
from tests.search.roster import names, opened, person
from tests.shared import shared_dir

PEOPLE = [
    person("Somchai Rakdee", "สมชาย รักดี", organisation="กระทรวงแรงงาน", country="Thailand", email="somchai.r@mol.example.go.th"),
    person("Nguyễn Văn Đức", organisation="Vietnam Social Security", country="Viet Nam", badge_code="REG-00123"),
    person("Ann Lee", organisation="International Labour Organization (ILO)", country="Switzerland", external_id="X-778"),
    person("Ann Lee", organisation="Ministry of Manpower", country="Singapore"),
    person("Dr Siti binti Ahmad", organisation="BPJS", country="Indonesia"),
    person("Søren O'Brien-Łukasz", organisation="ISSA", country="Denmark"),
    person("", "นายทองสุวรรณ ใจดี", organisation="สำนักงานประกันสังคม"),
    person("", "ສົມສັກ ພອນສະຫວັນ", country="Lao PDR"),
    person("U Aung Win", "အောင်ဝင်း", country="Myanmar"),
    person("Sok Dara", "សុខ ដារា", country="Cambodia"),
    person("Cristina Garcia", organisation="SSS", status="cancelled"),
    person("Cristina Garcia", organisation="GSIS"),
    person("NULL", country="Nowhere"),
    person("محمد علي", country="Egypt"),
    person("Namfon Saelim", "น้ำฝน แซ่ลิ้ม"),
]  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    with opened(tmp_path_factory.mktemp("find"), PEOPLE) as database:
        yield Search(database)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("so", "Sok Dara"),
        ("somchai rakdee", "Somchai Rakdee"),
        ("rakdee somchai", "Somchai Rakdee"),
        ("rak som", "Somchai Rakdee"),
        ("สมชาย", "Somchai Rakdee"),
        ("รักดี สม", "Somchai Rakdee"),
        ("somchai สมชาย", "Somchai Rakdee"),
        ("nguyen", "Nguyễn Văn Đức"),
        ("NGUYEN van duc", "Nguyễn Văn Đức"),
        (unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn Văn Đức"),
        ("soren", "Søren O'Brien-Łukasz"),
        ("obrien", "Søren O'Brien-Łukasz"),
        ("o’brien", "Søren O'Brien-Łukasz"),
        ("brien lukasz", "Søren O'Brien-Łukasz"),
        ("วรรณ", "นายทองสุวรรณ ใจดี"),
        ("ทองสุวรรณ", "นายทองสุวรรณ ใจดี"),
        ("นายทองสุวรรณ", "นายทองสุวรรณ ใจดี"),
        ("นายสมชาย", "Somchai Rakdee"),
        ("ประกันสังคม", "นายทองสุวรรณ ใจดี"),
        ("แรงงาน สมชาย", "Somchai Rakdee"),
        ("น้ำฝน", "Namfon Saelim"),
        ("นํ้าฝน", "Namfon Saelim"),
        ("นำ้ฝน", "Namfon Saelim"),
        ("เเซ่ลิม", "Namfon Saelim"),
        ("ສົມສັກ", "ສົມສັກ ພອນສະຫວັນ"),
        ("ສະຫວັນ", "ສົມສັກ ພອນສະຫວັນ"),
        ("ဝင်း", "U Aung Win"),
        ("ដារា", "Sok Dara"),
        ("محمد", "محمد علي"),
        ("dr siti", "Dr Siti binti Ahmad"),
        ("mrs siti ahmad", "Dr Siti binti Ahmad"),
        ("vietnam social", "Nguyễn Văn Đức"),
        ("cambodia", "Sok Dara"),
        ("REG-00123", "Nguyễn Văn Đức"),
        ("reg00123", "Nguyễn Văn Đức"),
        ("123", "Nguyễn Văn Đức"),
        ("g0012", "Nguyễn Văn Đức"),
        ("x-778", "Ann Lee"),
        ("somchai.r@mol.example.go.th", "Somchai Rakdee"),
        ("somchai.r@mol", "Somchai Rakdee"),
        ("somchai.r@", "Somchai Rakdee"),
        ("mol somchai", "Somchai Rakdee"),
        ("null", "NULL"),
    ],
)
def test_finds(search: Search, typed: str, first: str) -> None:
    assert names(search.find(typed))[:1] == [first]


@pytest.mark.parametrize("letter", ["s", "S", "ส", "n", "ສ", "م"])
def test_one_letter_is_enough(search: Search, letter: str) -> None:
    assert search.find(letter)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("somcahi", "Somchai Rakdee"),
        ("somchay", "Somchai Rakdee"),
        ("smochai rakde", "Somchai Rakdee"),
        ("nguyne", "Nguyễn Văn Đức"),
        ("nguyn duc", "Nguyễn Văn Đức"),
        ("rakdii somchai", "Somchai Rakdee"),
        ("cristnia garzia", "Cristina Garcia"),
        ("สมซาย", "Somchai Rakdee"),
        ("an leee ilo", "Ann Lee"),
    ],
)
def test_one_or_two_typing_errors(search: Search, typed: str, meant: str) -> None:
    assert names(search.find(typed))[:1] == [meant]


def test_an_exact_name_stands_before_one_with_a_typing_error(tmp_path: Path) -> None:
    people = [person("Anan Sok"), person("Anna Sok"), person("Annan Sokha")]
    with opened(tmp_path, people) as database:
        assert names(Search(database).find("anna sok")) == ["Anna Sok", "Annan Sokha", "Anan Sok"]


def test_whole_word_then_beginning_then_piece_and_name_before_organisation(tmp_path: Path) -> None:
    people = [person("Zed Four", organisation="Chai Co"), person("Chaiyo Two"), person("", "กชายข"), person("Chai One")]
    with opened(tmp_path, people) as database:
        search = Search(database)
        assert names(search.find("chai")) == ["Chai One", "Chaiyo Two", "Zed Four"]
        assert names(search.find("ชาย")) == ["กชายข"]


def test_namesakes_are_told_apart_by_organisation_and_country(search: Search) -> None:
    both = search.find("ann lee")
    assert {hit.attendee.organisation for hit in both[:2]} == {PEOPLE[2].organisation, PEOPLE[3].organisation}
    assert search.find("ann lee ilo")[0].attendee == PEOPLE[2]
    assert search.find("singapore ann")[0].attendee == PEOPLE[3]


def test_somebody_cancelled_comes_after_a_registered_namesake(search: Search) -> None:
    assert [hit.attendee.status for hit in search.find("cristina garcia")] == ["registered", "cancelled"]


def test_hits_carry_the_whole_person_and_scores_fall(search: Search) -> None:
    hits = search.find("s", limit=5)
    assert len(hits) == 5
    assert all(hit.attendee in PEOPLE and 0 < hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert search.find("s", limit=5) == hits


@pytest.mark.parametrize(
    "typed",
    [
        "_", "%", "*", "?", '"', "'", "\\", "[a-z]*", '"NEAR(" OR *', "'); DROP TABLE attendee;--", "' OR 1=1 --", "ann*", "a%",
        "^ann", "NEAR(ann lee)", "name:ann", "{name}: ann", "-ann +lee", "lee OR nguyen", "ann NOT ilo",
        "\x00", "ann\x00*", "", " ", "🙂", "\ue001", "\ue002",
        "zzzzqqq", "\u0e48\u0e49\u0301",
    ],
)  # fmt: skip
def test_signs_are_text_and_never_an_error(search: Search, typed: str) -> None:
    """None of these is in anybody's data; as wildcards or operators they would find many."""
    assert search.find(typed) == []


def test_the_shared_injection_texts_find_nobody(search: Search) -> None:
    lines = (shared_dir() / "bad_inputs.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if "as search text it matches literally" in case["expected"]]
    assert cases
    for case in cases:
        assert search.find(case["input"]) == [], case["id"]


def test_the_shared_names_are_found_by_themselves(tmp_path: Path) -> None:
    lines = (shared_dir() / "bad_inputs.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["area"] == "names" and case["enc"] == "utf8"]
    searchable = [case for case in cases if any(char.isalnum() for char in case["input"])]
    assert len(searchable) > 8
    with opened(tmp_path, [person(case["input"]) for case in searchable]) as database:
        search = Search(database)
        for case in searchable:
            assert case["input"] in names(search.find(case["input"])), case["id"]
        assert names(search.find("กิ่"))[:1] == ["ก่ิ"]  # names-003: tone before vowel
        assert names(search.find("กิ"))[:1] == ["ก่ิ"]
        assert names(search.find(unicodedata.normalize("NFC", "José Nuñez")))[:1] == [
            unicodedata.normalize("NFD", "José Nuñez")
        ]  # names-001


def test_a_literal_sign_that_is_in_the_data_is_found(tmp_path: Path) -> None:
    with opened(
        tmp_path, [person("Ann", email="ann_lee@example.org"), person("Ann", email="ann.lee@example.org")]
    ) as database:
        assert [hit.attendee.email for hit in Search(database).find("ann_lee@example.org")] == ["ann_lee@example.org"]


def test_a_long_paste_and_a_long_name(tmp_path: Path) -> None:
    people = [
        person("A" * 10_000),
        person("Dr Ann Lee", organisation="International Labour Organization", country="Switzerland"),
    ]
    with opened(tmp_path, people) as database:
        search = Search(database)
        assert len(search.find("a" * 10_000)) == 1
        assert names(search.find("Dr. Ann Lee, International Labour Organization, Switzerland")) == ["Dr Ann Lee"]
        assert search.find("lorem ipsum dolor " * 40) == []
