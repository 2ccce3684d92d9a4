"""A journal that lost its end is never continued: no sequence number is used twice."""

from __future__ import annotations

import shutil
from pathlib import Path

from checkin.clock import SystemClock
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.own_journal import Opened, OpenMarker, open_own
from checkin.domain.journal import Kind, verify
from tests.desk.test_desk import entries
from tests.small_event import make_place


def admitted(folder: Path, serial: int) -> None:
    place = make_place(folder)
    assert place.desk.admit(place.token(serial)).verdict.accepted
    place.database.close()


def reopen(folder: Path) -> tuple[Database, Opened, OpenMarker]:
    marker = OpenMarker(folder / "checkin.sqlite")
    database = Database(folder / "checkin.sqlite")
    migrate(database)
    opened = open_own(database, SystemClock(), "Desk 1", 1, log_lost=marker.log_lost)
    marker.set()
    return database, opened, marker


def test_an_orderly_end_is_continued(tmp_path: Path) -> None:
    admitted(tmp_path, 1)
    database, first, marker = reopen(tmp_path)
    database.close()
    marker.clear()
    database, second, marker = reopen(tmp_path)
    assert first == second
    assert second.trouble == ""
    database.close()


def test_db_file_009_a_deleted_log_after_a_crash_begins_a_new_journal(tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    admitted(live, 2)
    database, first, _marker = reopen(live)
    place = make_place(live)
    place.desk.admit(place.token(1))
    crashed = tmp_path / "crashed"
    shutil.copytree(live, crashed)  # as the disk looks when the power goes
    database.close()
    place.database.close()
    (crashed / "checkin.sqlite-wal").unlink()
    database, second, _marker = reopen(crashed)
    assert second.trouble == "lost"
    assert second.journal.journal_id != first.journal.journal_id
    assert [entry.body.kind for entry in entries(database) if entry.journal_id == second.journal.journal_id] == [
        Kind.PARENT
    ]
    assert list(verify(entries(database))) == []
    database.close()


def test_a_crash_that_left_the_log_is_continued_with_every_scan(tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    database, first, _marker = reopen(live)
    place = make_place(live)
    for serial in (1, 2):
        place.desk.admit(place.token(serial))
    crashed = tmp_path / "crashed"
    shutil.copytree(live, crashed)
    database.close()
    place.database.close()
    (crashed / "checkin.sqlite-shm").unlink()  # db_file-011: it is rebuilt
    database, second, _marker = reopen(crashed)
    assert second == first
    assert [entry.seq for entry in entries(database)] == [1, 2]
    database.close()


def test_db_file_007_a_flipped_bit_in_an_entry_begins_a_new_journal_and_is_reported(tmp_path: Path) -> None:
    admitted(tmp_path, 1)
    admitted(tmp_path, 2)
    file = tmp_path / "checkin.sqlite"
    data = file.read_bytes()
    spot = data.rindex(b'"k":"CHECK_IN"')
    file.write_bytes(data[: spot - 3] + bytes([data[spot - 3] ^ 1]) + data[spot - 2 :])
    database, opened, _marker = reopen(tmp_path)
    assert opened.trouble == "damaged"
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM journal").scalar() == 2
    database.close()
