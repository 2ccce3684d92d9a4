"""The sums of a report agree with `counts`, and the summary sheet shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl

from checkin.domain.declare import declare
from checkin.reports.counts import count
from checkin.reports.export import export
from checkin.reports.summary import Summary, summary
from checkin.reports.words import total_sentence
from tests.small_event import EVENT, Place, at, make_place, someone

DAY = EVENT.days[0].date
PEOPLE = [
    someone(1, country="Viet Nam", organisation="VSS"), someone(2, country="Vietnam", organisation="VSS"),
    someone(3, country="Thailand", organisation="SSO", category="vip"), someone(4, status="cancelled"),
    someone(5, country="", organisation="ILO", walk_in=True),
]  # fmt: skip


def sums(place: Place, day: object = DAY) -> Summary:
    with place.database.read() as connection:
        return summary(connection, EVENT, day)  # type: ignore[arg-type]


def some_came(folder: Path) -> Place:
    for now, checkpoint, serials in (
        ("08:10", "door-1", (1, 2)),
        ("09:00", "opening", (1,)),
        ("09:50", "door-1", (5,)),
    ):
        place = make_place(folder, PEOPLE, now=now, checkpoint=checkpoint)
        for serial in serials:
            place.desk.admit(place.token(serial))
        place.database.close()
    place = make_place(folder, now="2014-07-09 08:00", checkpoint="door-2")
    place.desk.admit(place.token(1))
    place.desk.admit(place.token(3))
    return place


def test_the_report_has_the_numbers_of_counts(tmp_path: Path) -> None:
    place = some_came(tmp_path)
    found = sums(place)
    told = count(place.database, EVENT, declare(EVENT, at("09:00"), checkpoint="door-1"), "category")
    place.database.close()
    assert (found.total.expected, found.total.came, found.total.walk_in) == (told.expected, told.came, told.walk_in)
    assert {line.key: line.came for line in found.groups if line.came} == told.by
    assert [(line.key, line.came) for line in found.days[0].sessions] == [
        ("opening", 1),
        ("panel-1", 0),
        ("panel-2", 0),
    ]


def test_a_country_is_one_however_it_is_spelled(tmp_path: Path) -> None:
    place = some_came(tmp_path)
    found = sums(place)
    place.database.close()
    assert [(line.code, line.came) for line in found.countries][:2] == [("VN", 2), ("", 1)]
    assert found.countries_that_came == 1, "a country that is not known is none"
    assert total_sentence(found) == (
        "3 people took part, from 1 country and 2 organisations: 2 of 3 registered (67 %) and 1 who registered on the spot."
    )


def test_whoever_was_let_in_though_not_expected_is_told_apart(tmp_path: Path) -> None:
    people = [someone(1), someone(2), someone(3, expected=("2014-07-09",))]
    place = make_place(tmp_path, people, now="08:10", checkpoint="door-1")
    place.desk.admit(place.token(1))
    place.desk.admit(place.token(3), force_reason="the minister's guest")
    found = sums(place)
    place.database.close()
    assert (found.total.expected, found.total.came, found.total.expected_came, found.total.others) == (2, 2, 1, 1)
    assert (
        "1 of 2 registered (50 %), 0 who registered on the spot, and 1 let in though not expected."
        in total_sentence(found)
    )


def test_arrivals_stand_in_quarters_of_an_hour_without_gaps(tmp_path: Path) -> None:
    place = some_came(tmp_path)
    found = sums(place)
    place.database.close()
    curve = dict(found.days[0].arrivals)
    assert (curve[8 * 60], curve[9 * 60 + 45]) == (2, 1)
    assert list(curve) == list(range(8 * 60, 10 * 60, 15))


def test_whoever_came_on_both_days_counts_once_in_all(tmp_path: Path) -> None:
    place = some_came(tmp_path)
    found = sums(place, None)
    place.database.close()
    assert [day.door.came for day in found.days] == [3, 2]
    assert found.total.came == 4


def test_the_summary_sheet_has_charts_and_only_values(tmp_path: Path) -> None:
    place = some_came(tmp_path)
    hostile = replace(EVENT, name=replace(EVENT.name, by_language=(("en", "=HYPERLINK(1)"),)))
    export(place.database, hostile, "counts", tmp_path / "sums.xlsx", DAY)
    place.database.close()
    book = openpyxl.load_workbook(tmp_path / "sums.xlsx")
    tab = book["Summary"]
    with ZipFile(tmp_path / "sums.xlsx") as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 2
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not [data for data in sheets if b"<f>" in data or b"<f " in data]
    rows = [[cell.value for cell in row] for row in tab.iter_rows()]
    assert next(row for row in rows if row[0] == "Total")[1:5] == [3, 3, 1, 67]
    assert next(row for row in rows if row[0] == "Opening")[:5] == ["Opening", 3, 1, 0, 33]
