"""A file of the first schema, with people, scans and refusals in it, becomes one of the second and loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from checkin.db.engine import Database
from checkin.db.inspect import inspect_file
from checkin.db.migrate import HEAD, migrate
from checkin.db.rebuild import rebuild
from checkin.db.search import Search, catch_up
from checkin.desk.registrar import Registrar
from checkin.domain.verdict import Verdict
from checkin.errors import StorageError
from tests.desk.counter import ANN
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import EVENT, KEYRING, TOML, make_place

OLD = ("attendee", "badge", "code", "entry", "presence", "tally", "refused", "private", "staff", "journal")

LATER = {"merged", "owner", "learned", "key", "heard_ms", "announced", "confirmed", "state", "revoked"}
"""Columns of later schemas."""


def write_old(path: Path) -> None:
    """Make a file as the first version left it."""
    from alembic import command
    from alembic.config import Config

    import checkin.db

    config = Config()
    config.set_main_option("script_location", str(Path(checkin.db.__file__).parent / "migrations"))
    database = Database(path)
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    database.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO event VALUES (1, ?, 0)", (TOML,))
        for number, (name, phone) in enumerate((("Maria Santos", ""), ("Somying Jaidee", "+66812345678")), 1):
            raw.execute(
                "INSERT INTO attendee VALUES (?, ?, ?, '', 'SSO', 'Thailand', 'delegate', 'registered', '', '', '', ?, '',"
                " '', '', 0, 'list', ?, ?, 0)",
                (number, f"00000000-0000-4000-8000-{number:012d}", name, phone, number, name.lower()),
            )
            raw.execute("INSERT INTO badge VALUES (1, ?, ?, 0)", (number, number))
        raw.execute("INSERT INTO code VALUES ('TICKET-1', 1)")
        raw.execute("INSERT INTO desk_state VALUES ('next_serial', '3')")
        raw.commit()


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table of the first schema, in its columns."""
    with closing(sqlite3.connect(path)) as raw:
        found = {}
        for table in OLD:
            columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            columns = [name for name in columns if name not in LATER]
            found[table] = sorted(raw.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
        return found


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A first-schema file in which one person was let in, let in again and refused, and one undone."""
    path = tmp_path / "checkin.sqlite"
    write_old(path)
    (tmp_path / "new").mkdir()
    place = make_place(tmp_path / "new")
    for badge, reason in ((place.token(1), None), (place.token(1), "came back"), (place.token(1), None)):
        place.desk.admit(badge, force_reason=reason)
    place.desk.admit(place.token(2))
    place.desk.undo()
    place.database.close()
    with closing(sqlite3.connect(path)) as raw:  # scans are written alike by both versions
        raw.execute("ATTACH ? AS new", (str(tmp_path / "new" / "checkin.sqlite"),))
        for table in ("journal", "entry", "presence", "tally", "refused", "private", "staff", "undone"):
            columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO main.{table} SELECT {columns} FROM new.{table}")
        raw.commit()
    return path


def test_nothing_is_lost_and_the_counter_works_at_once(old: Path) -> None:
    before = rows(old)
    assert len(before["entry"]) == 4
    place = make_place(old.parent)

    assert rows(old) == before
    assert_books_balance(place.database)
    assert [e.body.kind.value for e in entries(place.database)] == ["CHECK_IN", "CHECK_IN", "CHECK_IN", "UNDO"]
    assert place.desk.admit("TICKET-1").verdict is Verdict.ALREADY_IN
    assert place.desk.admit(place.token(2)).verdict is Verdict.CHECKED_IN
    done = Registrar(place.database, EVENT, KEYRING, place.desk).register(ANN)
    assert (done.badge.issuer, done.admission.verdict) == (1, Verdict.CHECKED_IN)
    assert_books_balance(place.database)
    place.database.close()


def test_the_file_is_copied_first_with_what_stands_only_in_its_log(old: Path) -> None:
    writer = sqlite3.connect(old)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("UPDATE attendee SET name = 'In the log' WHERE id = 1")
    writer.commit()
    before = rows(old)
    database = Database(old)
    migrate(database)
    database.close()
    writer.close()

    copy = old.with_suffix(f".before-{HEAD}")
    assert rows(copy) == before
    assert "In the log" in str(rows(copy)["attendee"])
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert "merged" not in [row[1] for row in raw.execute("PRAGMA table_info(attendee)")]


def test_phones_of_an_older_file_are_indexed_at_the_next_start(old: Path) -> None:
    database = Database(old)
    migrate(database)
    assert catch_up(database) == 1
    assert [hit.attendee.name for hit in Search(database).find("somying")] == ["Somying Jaidee"]
    database.close()


def test_an_old_backup_can_still_be_looked_into_and_counted_anew(old: Path) -> None:
    contents = inspect_file(old)
    assert (contents.trouble, contents.people, contents.entries, contents.differences) == ("", 2, 4, 0)
    database = Database(old)
    with database.write_fast() as raw:
        before = raw.execute("SELECT * FROM presence").fetchall()
        rebuild(raw)
        assert raw.execute("SELECT * FROM presence").fetchall() == before
    database.close()


def test_a_migration_that_fails_changes_nothing(old: Path) -> None:
    before = rows(old)
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("CREATE TABLE print_job (id INTEGER)")  # in the way
        raw.commit()
    database = Database(old)
    with pytest.raises(StorageError, match="damaged"):
        migrate(database)
    database.close()
    assert rows(old) == before
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert "merged" not in [row[1] for row in raw.execute("PRAGMA table_info(attendee)")]
