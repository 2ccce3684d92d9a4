"""Rows that move in from a file beside the event's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from checkin.db.engine import Database, driver
from checkin.db.migrate import migrate

TABLES = ("attendee", "badge", "code")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(tmp_path / "checkin.sqlite")
    migrate(found)
    yield found
    found.close()


@pytest.fixture
def beside(database: Database, tmp_path: Path) -> Path:
    """A file with tables and indexes like the event's, and one person in it."""
    with database.read() as connection:
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('attendee', 'badge', 'code') AND sql IS NOT NULL"
            " ORDER BY type DESC"
        ).fetchall()
    path = tmp_path / "beside.sqlite"
    raw = driver().connect(str(path))
    for (statement,) in made:
        raw.execute(statement)
    raw.execute(
        "INSERT INTO attendee (id, uid, name, name_local, organisation, country, category, status, status_reason, note, email,"
        " phone, badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
        " VALUES (7, 'u', 'Ann', '', '', '', '', 'registered', '', '', '', '', 'T1', '', '', 0, '', 0, '', 0)"
    )
    raw.execute("INSERT INTO badge (issuer, serial, attendee, revision) VALUES (1, 1, 7, 0)")
    raw.execute("INSERT INTO code (text, attendee) VALUES ('T1', 7)")
    raw.commit()
    raw.close()
    return path


def move_twice(database: Database, beside: Path) -> None:
    with database.write_with(beside, "staged") as connection:
        for _twice in range(2):
            connection.exec_driver_sql("INSERT INTO main.badge SELECT * FROM staged.badge")


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_filled_without_looking_into_the_rows(database: Database, beside: Path, table: str) -> None:
    # RowData copies a record as it is. It is gone as soon as the tables differ in anything, or foreign keys are looked up.
    copy = f"INSERT INTO main.{table} SELECT * FROM staged.{table}"
    with database.write_with(beside, "staged") as connection:
        program = [row[1] for row in connection.exec_driver_sql(f"EXPLAIN {copy}")]
        connection.exec_driver_sql(copy)
    assert "RowData" in program
    with database.read() as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_failure_keeps_nothing_and_leaves_the_file_as_strict_as_before(database: Database, beside: Path) -> None:
    with pytest.raises(IntegrityError):
        move_twice(database, beside)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM badge").scalar() == 0
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.exec_driver_sql("INSERT INTO code (text, attendee) VALUES ('T2', 8)")
    with database.write() as connection:
        assert "staged" not in [row[1] for row in connection.exec_driver_sql("PRAGMA database_list")]
    with database.write_with(beside, "staged") as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"INSERT INTO main.{table} SELECT * FROM staged.{table}")
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
