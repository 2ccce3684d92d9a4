"""Whatever is in a file: a table, or one sentence. And the desk goes on scanning while a list comes in."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.domain.cleaning import clean
from checkin.errors import RosterFileError
from checkin.roster import read_table
from checkin.roster.dates import read_date
from checkin.roster.reading import _open
from checkin.roster.table import Choice
from tests.roster.place import roster, workbook, write
from tests.roster.test_bad_csv import big_csv


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_one_sentence(tmp_path: Path, data: bytes) -> None:
    with suppress(RosterFileError):
        table = read_table(write(tmp_path / "x.csv", data))
        for row in table.rows():
            assert len(row.cells) == len(table.headers)


@pytest.fixture
def sound_workbook(tmp_path: Path) -> bytes:
    """One workbook for all examples: it holds the time it was made at, so that two of them differ in length."""
    return workbook(tmp_path / "sound.xlsx", [["code", "name"], ["1", "Ann"], [2, "Bo"]], A3="000").read_bytes()


@settings(max_examples=60)
@given(st.data())
def test_a_workbook_with_changed_bytes_is_a_table_or_one_sentence(
    tmp_path: Path, sound_workbook: bytes, data: st.DataObject
) -> None:
    path = tmp_path / "x.xlsx"
    content = bytearray(sound_workbook)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RosterFileError):
        list(read_table(write(path, bytes(content))).rows())


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text).text
    assert len(once) <= 200
    assert "\n" not in once
    if not once.startswith("'"):
        assert clean(once).text == once


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found.day is None or found.day.year < 2400


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/12/2557", "2014-12-25"), ("๒๕/๑๒/๒๕๕๗", "2014-12-25"), ("25 ธ.ค. 2557", "2014-12-25"),
        ("25 ธันวาคม พ.ศ. 2557", "2014-12-25"), ("25 December 2014", "2014-12-25"), ("Dec 25, 2014", "2014-12-25"),
        ("2014-12-25", "2014-12-25"), ("2557-12-25", "2014-12-25"), ("13/12/2014", "2014-12-13"),
        ("12/13/2014", "2014-12-13"), ("29/02/2559", "2016-02-29"), ("31/02/2014", None), ("soon", None), ("03/04/57", None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, day: str | None) -> None:
    found = read_date(text).day
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("kind", ["text", "xlsx", "ods"])
def test_every_kind_of_file_has_a_reader(tmp_path: Path, kind: str) -> None:
    with pytest.raises((RosterFileError, FileNotFoundError)):
        _open(kind, tmp_path / "nothing", Choice())


def test_the_desk_can_write_while_a_list_is_imported(tmp_path: Path) -> None:
    longest, writes, done = 0.0, 0, threading.Event()
    with roster(tmp_path) as place:
        path = big_csv(tmp_path / "big.csv", 10_000)

        def scan() -> None:
            nonlocal longest, writes
            while not done.wait(0.005):
                started = time.monotonic()
                with place.database.write() as connection:
                    connection.exec_driver_sql("UPDATE desk_state SET value = value WHERE key = 'x'")
                longest = max(longest, time.monotonic() - started)
                writes += 1

        desk = threading.Thread(target=scan)
        desk.start()
        try:
            result = place.bring(path)
        finally:
            done.set()
            desk.join()
        assert result.added == 10_000
        assert writes > 10, "scans did not get through"
        assert longest < 4, "a scan would have been refused"
