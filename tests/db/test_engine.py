"""The database: what is green is on disk, and what could not be saved is said in one sentence."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from checkin.db.engine import Database
from checkin.db.migrate import HEAD, KNOWN, migrate
from checkin.errors import DatabaseBusyError, NewerDatabaseError, StorageError
from tests.small_event import make_place


def test_it_is_as_durable_as_it_says(tmp_path: Path) -> None:
    database = Database(tmp_path / "checkin.sqlite")
    with database.write_fast() as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert raw.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    database.close()


def test_the_sqlite_that_runs_has_no_wal_reset_bug(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3", reason="no wheel for this machine: Python's own SQLite runs, doctor says which")
    database = Database(tmp_path / "checkin.sqlite")
    assert tuple(int(part) for part in database.sqlite_version.split(".")) >= (3, 51, 3)
    database.close()


def test_eight_threads_adding_one_lose_nothing(tmp_path: Path) -> None:
    """SQLAlchemy's default on SQLite ends at 51 of 400 (FACTS)."""
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO desk_state VALUES ('n', '0')")

    def add() -> None:
        for _ in range(50):
            with database.write() as connection:
                value = int(connection.exec_driver_sql("SELECT value FROM desk_state WHERE key = 'n'").scalar() or 0)
                connection.exec_driver_sql("UPDATE desk_state SET value = ? WHERE key = 'n'", (str(value + 1),))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT value FROM desk_state WHERE key = 'n'").scalar() == "400"
    database.close()


def test_db_file_003_disk_full_says_so_and_goes_on_when_there_is_space(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    with place.database.write_fast() as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    writer = place.database._writer
    assert writer is not None
    writer.connection.driver_connection.execute(f"PRAGMA max_page_count = {pages}").close()  # type: ignore[union-attr]

    def scan_on(payload: str, reason: str | None = None) -> None:
        for _ in range(500):
            place.desk.admit(payload, force_reason=reason)

    with pytest.raises(StorageError, match="NOT SAVED: the disk is full"):
        scan_on("https://example.org/" + "x" * 40)
    with pytest.raises(StorageError, match="NOT SAVED: the disk is full"):
        scan_on(place.token(1), "again " * 100)
    writer.connection.driver_connection.execute("PRAGMA max_page_count = 100000").close()  # type: ignore[union-attr]
    assert place.desk.admit(place.token(2)).verdict.accepted
    from tests.desk.test_desk import assert_books_balance

    assert_books_balance(place.database)
    place.database.close()


def test_db_file_005_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """Root may write anywhere, so the file's place is taken by a folder instead: the same message either way."""
    (tmp_path / "checkin.sqlite").mkdir()
    with pytest.raises(StorageError, match="cannot be written to"):
        Database(tmp_path / "checkin.sqlite")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "checkin.sqlite").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(StorageError, match="damaged"):
        Database(tmp_path / "checkin.sqlite")


def test_another_program_that_holds_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checkin.db.engine.BUSY_TIMEOUT_MS", 50)
    one, other = Database(tmp_path / "checkin.sqlite"), Database(tmp_path / "checkin.sqlite")
    with one.write_fast(), pytest.raises(DatabaseBusyError, match="Another program"), other.write_fast():
        pass
    one.close()
    other.close()


def test_db_file_017_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match="newer version"):
        migrate(database)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    database.close()


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    from alembic.script import ScriptDirectory

    import checkin.db

    scripts = ScriptDirectory(str(Path(checkin.db.__file__).parent / "migrations"))
    assert scripts.get_current_head() == HEAD
    assert {script.revision for script in scripts.walk_revisions()} == set(KNOWN)


def test_a_migrated_file_has_the_tables_of_the_models(tmp_path: Path) -> None:
    """Columns, keys and indexes: a migration that forgets one is found here."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from checkin.db.models import metadata

    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [d for d in differences if d[0] != "remove_table"] == []
    database.close()


def test_an_exception_rolls_everything_back(tmp_path: Path) -> None:
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    for opened in (database.write, database.write_fast):
        with pytest.raises(ZeroDivisionError), opened() as connection:
            _insert_and_fail(connection)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM desk_state").scalar() == 0
    database.close()


def test_a_commit_that_fails_keeps_nothing_and_lets_the_next_one_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    reached: list[int] = []
    with pytest.raises(Exception, match="FOREIGN KEY"), database.write_fast() as raw:
        reached.append(_badge_of_nobody(raw))
    assert reached == [1]
    written: list[int] = []

    def write() -> None:
        with database.write_fast() as raw:
            written.append(raw.execute("SELECT COUNT(*) FROM badge").fetchone()[0])

    other = threading.Thread(target=write)  # the lock belongs to a thread: another one must get it
    other.start()
    other.join(timeout=10)
    assert written == [0]
    database.close()


def _badge_of_nobody(raw: Any) -> int:
    """Break a rule that is looked at only when the transaction is committed; return the rows written."""
    raw.execute("PRAGMA defer_foreign_keys = ON")
    return int(raw.execute("INSERT INTO badge (issuer, serial, attendee, revision) VALUES (1, 1, 99, 0)").rowcount)


def _insert_and_fail(connection: Any) -> None:
    getattr(connection, "exec_driver_sql", connection.execute)("INSERT INTO desk_state VALUES ('k', 'v')")
    raise ZeroDivisionError


def test_db_file_027_a_long_path_works(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 300:
        folder = folder / ("long-folder-name-" * 3)
    folder.mkdir(parents=True)
    place = make_place(folder)
    assert place.desk.admit(place.token(1)).verdict.accepted
    place.database.close()


def test_db_file_025_a_file_time_in_the_future_changes_nothing(tmp_path: Path) -> None:
    import os

    place = make_place(tmp_path)
    place.desk.admit(place.token(1))
    place.database.close()
    os.utime(tmp_path / "checkin.sqlite", (4_000_000_000, 4_000_000_000))
    place = make_place(tmp_path)
    assert place.desk.counters().came == 1
    place.database.close()
