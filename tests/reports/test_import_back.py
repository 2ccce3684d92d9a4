"""Our own attendance list is no news to the roster: read back, it changes nothing; what was changed in it is taken."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from checkin.app import App, Declared, create_app
from checkin.domain.quoting import needs_quote, quoted, unquoted
from checkin.reports.export import export
from checkin.roster.checking import check
from checkin.roster.fields import guess
from checkin.roster.reading import read_table
from tests.small_event import TOML

HOSTILE = [
    "=1+1", "+66 81 234 5678", "-5", "@SUM(A1)", "＝1＋1", "0012", "12345678901234567890", "1e5", "3-4", "MAR1", "1/2",
    "'quoted", "'0012", "''=x", "'70s Club", "a\";=1+1;\"b", "null", "TRUE", "a,b;c", "مرحبا", "สมชาย", "𝒜nn", "1 234", "(5)",
    "12:30", "5%", "$5", "O'Brien", "'", "--", "line; sep", "#N/A", "https://example.org",
]  # fmt: skip


@pytest.mark.parametrize("text", [*HOSTILE, "Maria", "12", "", "Mars 2030 Ltd"])
def test_the_apostrophe_comes_off_again(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not needs_quote(text) or quoted(text) == f"'{text}"


@pytest.mark.parametrize("text", ["0012", "12345678901234567890", "1e5", "3-4", "MAR1", "+66812345678", "12:30", "(5)"])
def test_what_a_spreadsheet_would_change_is_kept_by_an_apostrophe(text: str) -> None:
    assert quoted(text) == f"'{text}"


@pytest.fixture
def app(tmp_path: Path):
    """An event whose list is full of traps: namesakes, no organisation, codes and names that look like formulas."""
    app = create_app(tmp_path / "event", TOML, Declared(staff="Nok"))
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Organisation", "Country", "Category", "Badge code", "External id"])
        for number, text in enumerate(HOSTILE):
            writer.writerow([f"{quoted(text)}", quoted(text), "Thailand", "delegate", quoted(f"{text}{number}"), ""])
        for _twice in range(2):
            writer.writerow(["Ann Same", "", "", "vip", "", ""])
        writer.writerow(["Bob Only", "", "", "", "", "'0099"])
    app.importer.import_file(tmp_path / "list.csv")
    yield app
    app.close()


def everybody_comes(app: App) -> None:
    with app.database.read() as connection:
        uids = [row[0] for row in connection.exec_driver_sql("SELECT uid FROM attendee")]
    for uid in uids:
        app.desk.admit_person(uid)


def table_of(app: App) -> list[tuple[object, ...]]:
    with app.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM attendee ORDER BY id")
        return [tuple(row) for row in rows]


def reimported(app: App, file: Path):
    table = read_table(file)
    mapping = guess(table.headers, [row.cells for row in table.sample])
    return check(table, mapping, app.event, app.database)


def declare_first_day(app: App, checkpoint: str) -> None:
    from checkin.domain.declare import declare

    app.desk.set_post(declare(app.event, app.clock.now(), "2014-07-08", checkpoint))


def test_an_exported_list_changes_nothing(app: App, tmp_path: Path) -> None:
    for checkpoint in ("door-1", "opening"):
        declare_first_day(app, checkpoint)
        everybody_comes(app)
    before = table_of(app)
    written = export(app.database, app.event, "attendance", tmp_path / "who.csv")
    preview = reimported(app, tmp_path / "who.csv")
    assert (preview.added, preview.updated, preview.rejected) == (0, 0, 0)
    assert preview.unchanged == written.rows == len(before)
    assert not [one.reason for one in preview.problems if "no rows" in one.reason]
    preview.discard()
    result = app.importer.import_file(tmp_path / "who.csv")
    assert (result.added, result.updated, result.unchanged) == (0, 0, len(before))
    assert table_of(app) == before


def test_walk_ins_and_corrected_people_are_no_news_either(app: App, tmp_path: Path) -> None:
    declare_first_day(app, "door-1")
    with app.database.read() as connection:
        uid = connection.exec_driver_sql("SELECT uid FROM attendee WHERE name = 'Bob Only'").scalar_one()
    app.registrar.edit(uid, {"organisation": "+New Ministry"}, "asked")
    everybody_comes(app)
    export(app.database, app.event, "attendance", tmp_path / "who.csv")
    preview = reimported(app, tmp_path / "who.csv")
    preview.discard()
    assert (preview.added, preview.updated, preview.rejected) == (0, 0, 0)


def test_a_row_that_was_changed_is_taken_like_any_other_list(app: App, tmp_path: Path) -> None:
    declare_first_day(app, "door-1")
    everybody_comes(app)
    export(app.database, app.event, "attendance", tmp_path / "who.csv")
    text = (tmp_path / "who.csv").read_text("utf-8-sig")
    (tmp_path / "who.csv").write_text(text.replace("'MAR1,Thailand", "'MAR1,Japan"), "utf-8-sig")
    preview = reimported(app, tmp_path / "who.csv")
    preview.discard()
    assert (preview.added, preview.updated) == (0, 1)
