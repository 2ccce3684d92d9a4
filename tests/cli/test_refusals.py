"""What a user may type that cannot be: one sentence, nothing half done, nothing shown that hides or moves what is read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from checkin.app import create_app
from tests.cli.run import checkin, objects
from tests.small_event import TOML

PRACTICE = TOML.replace('id = "small-2014"', 'id = "small-2014"\npractice = true\npractice_start = 2014-07-08T07:45:00')


def event_file(folder: Path, text: str) -> Path:
    """Write an event file."""
    path = folder / "event.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_clock_of_ones_own_is_refused_before_a_real_event_is_made(tmp_path: Path) -> None:
    file, folder = event_file(tmp_path, TOML), tmp_path / "data"
    done = checkin(folder, "--now", "2014-07-08T09:00", "event", "create", str(file), code=1)
    assert "practice data only" in done.stderr
    assert not folder.exists()
    checkin(folder, "event", "create", str(file))


def test_an_event_file_nested_without_end_is_one_sentence(tmp_path: Path) -> None:
    file = event_file(tmp_path, TOML + "\nx = " + "[" * 5000 + "]" * 5000)
    done = checkin(tmp_path / "data", "event", "create", str(file), code=1)
    assert done.stderr.strip() == "The event file nests lists or tables too deeply. No event needs that."


def test_an_events_name_shows_as_it_reads(tmp_path: Path) -> None:
    file = event_file(tmp_path, TOML.replace('en = "Small event"', r'en = "Small\u202E\u0000\n event\u200B"'))
    checkin(tmp_path / "data", "event", "create", str(file))
    [shown] = objects(checkin(tmp_path / "data", "event", "show", "--json"))
    assert shown["name"]["en"] == "Small event"


def test_desk_and_staff_names_are_one_short_line(tmp_path: Path) -> None:
    create_app(tmp_path / "data", PRACTICE).close()
    names = ("--desk", "Desk\u202e\x1b[31m\n3 " + "x" * 5000, "--staff", "  ")
    [judged] = objects(checkin(tmp_path / "data", *names, "scan", "--json", "-", stdin="hello\n"))
    assert judged["desk"].startswith("Desk[31m 3 xxx")
    assert len(judged["desk"]) == 60
    assert "staff" not in judged


def test_a_day_by_a_number_that_the_event_has_not(tmp_path: Path) -> None:
    create_app(tmp_path / "data", PRACTICE).close()
    done = checkin(tmp_path / "data", "counts", "--day", "3", code=1)
    assert done.stderr.strip() == "The event has no day 3. Its days are: 2014-07-08, 2014-07-09."


@pytest.mark.parametrize("encoding", ["rot13", "base64", "undefined", "nosuch", ""])
def test_an_encoding_that_is_none_is_refused(tmp_path: Path, encoding: str) -> None:
    create_app(tmp_path / "data", PRACTICE).close()
    (tmp_path / "list.csv").write_text("name\nAnn\n")
    done = checkin(tmp_path / "data", "roster", "import", str(tmp_path / "list.csv"), "--encoding", encoding, code=1)
    assert done.stderr.startswith(f"There is no encoding “{encoding}”")


@pytest.mark.parametrize(
    "damage", ["DROP TABLE journal", "DELETE FROM alembic_version", "UPDATE event SET definition = 'no TOML'"]
)
def test_an_event_file_that_is_not_whole_is_called_damaged(tmp_path: Path, damage: str) -> None:
    create_app(tmp_path, PRACTICE).close()
    with sqlite3.connect(tmp_path / "checkin.sqlite") as connection:
        connection.execute(damage)
    connection.close()
    done = checkin(tmp_path, "counts", code=1)
    assert "The event's file is damaged" in done.stderr
    assert "checkin restore FILE" in done.stderr


def test_an_emptied_event_file_is_not_called_unfinished_only(tmp_path: Path) -> None:
    """Whoever is told to create the event again would lose the day, though a backup lies there."""
    create_app(tmp_path / "data", PRACTICE).close()
    checkin(tmp_path / "data", "backup", str(tmp_path / "copy.checkin"))
    (tmp_path / "data" / "checkin.sqlite").write_bytes(b"")
    assert "checkin restore FILE" in checkin(tmp_path / "data", "counts", code=1).stderr
    checkin(tmp_path / "data", "restore", str(tmp_path / "copy.checkin"))
    checkin(tmp_path / "data", "counts")


def test_thai_on_a_terminal_and_in_json_has_no_marks_to_wrap_at(tmp_path: Path) -> None:
    """A terminal may draw U+200B as a box, and whoever compares a message from the JSON does not see it."""
    create_app(tmp_path / "data", PRACTICE).close()
    thai = ("--lang", "th")
    [judged] = objects(checkin(tmp_path / "data", *thai, "scan", "--json", "-", stdin="https://example.org/\n"))
    refused = checkin(tmp_path / "data", *thai, "undo", "nosuch", code=1)
    assert "เว็บ" in judged["message"]
    assert "ไม่มี" in refused.stderr
    assert "\u200b" not in judged["message"] + refused.stderr


def test_counts_by_category_are_named_as_the_event_names_them(tmp_path: Path) -> None:
    create_app(tmp_path / "data", PRACTICE).close()
    (tmp_path / "list.csv").write_text("name,badge code,category\nAnn,REG-1,vip\n")
    checkin(tmp_path / "data", "roster", "import", str(tmp_path / "list.csv"))
    checkin(tmp_path / "data", "scan", "-", stdin="REG-1\n")
    assert "1  แขกสำคัญ" in checkin(tmp_path / "data", "--lang", "th", "counts", "--by", "category").stdout
    [counts] = objects(checkin(tmp_path / "data", "counts", "--by", "category", "--json"))
    assert counts["by"] == {"vip": 1}
