"""A backup that can be trusted, and the way back from it: on real files, damaged ones too."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkin.app import App, create_app, open_app
from checkin.clock import SystemClock
from checkin.db.backup import back_up, restore
from checkin.db.engine import driver
from checkin.db.inspect import Contents, inspect_file
from checkin.domain.journal import Body, Kind
from checkin.errors import CancelledError, CheckinError, DatabaseBusyError, NewerDatabaseError, StorageError
from tests.small_event import MARIA, SOMYING, TOML, add_person

PRACTICE = TOML.replace('id = "small-2014"', 'id = "small-2014"\npractice = true\npractice_start = 2014-07-08T08:30:00')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with two people, one of them checked in."""
    app = create_app(tmp_path / "data", PRACTICE)
    with app.database.write_fast() as raw:
        add_person(raw, MARIA, 1)
        add_person(raw, SOMYING, 2)
    app.desk.admit_person(MARIA.id)
    app.close()
    return tmp_path / "data"


@contextmanager
def opened(folder: Path) -> Iterator[App]:
    app = open_app(folder)
    try:
        yield app
    finally:
        app.close()


def backed_up(folder: Path) -> Path:
    target = folder.parent / "backup.sqlite"
    with opened(folder) as app:
        back_up(app.database, target)
    return target


def change(file: Path, statement: str, *values: object) -> None:
    connection = driver().connect(str(file), isolation_level=None)
    connection.execute(statement, values)
    connection.execute("PRAGMA journal_mode=DELETE").close()
    connection.close()


def bodies(folder: Path, journal_id: str) -> list[tuple[int, Body]]:
    connection = driver().connect(str(folder / "checkin.sqlite"))
    rows = connection.execute(
        "SELECT seq, body FROM entry WHERE journal = (SELECT id FROM journal WHERE journal_id = ?) ORDER BY seq",
        (journal_id,),
    ).fetchall()
    connection.close()
    return [(row[0], Body.from_bytes(row[1])) for row in rows]


def head(folder: Path) -> Contents:
    return inspect_file(folder / "checkin.sqlite")


def test_a_backup_holds_the_event_whole_while_the_desk_goes_on(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.sqlite"
    during: list[str] = []
    with opened(folder) as app:
        made = back_up(
            app.database, target, progress=lambda done, total: during.append(app.desk.admit_person(SOMYING.id).verdict)
        )
        assert app.desk.counters().came == 2
    assert during[0] == "checked_in"
    assert (made.people, made.entries, made.bytes) == (2, 1, target.stat().st_size)
    found = inspect_file(target, alone=True)
    assert (found.trouble, found.people, found.entries, found.breaks, found.differences) == ("", 2, 1, (), 0)
    assert [path.name for path in tmp_path.iterdir()] == ["data", "backup.sqlite"], "one file, no log beside it"


def test_a_backup_holds_no_badge_key(folder: Path) -> None:
    import json

    keys = json.loads((folder / "event-keys.json").read_text())
    secret = keys["keys"]["1"]["secret"]
    data = backed_up(folder).read_bytes()
    assert bytes.fromhex(secret) not in data
    assert secret.encode() not in data


def test_a_backup_replaces_an_older_one_and_a_failed_one_does_not(folder: Path, tmp_path: Path) -> None:
    target = backed_up(folder)
    before = target.read_bytes()
    with opened(folder) as app:
        app.desk.admit_person(SOMYING.id)
        with pytest.raises(CancelledError):
            back_up(app.database, target, cancelled=lambda: True)
        assert target.read_bytes() == before
        assert back_up(app.database, target).entries == 2
    assert inspect_file(target, alone=True).entries == 2
    assert not list(tmp_path.glob(".*.part*"))


def test_a_full_disk_is_said_and_leaves_the_old_backup(folder: Path, tmp_path: Path) -> None:
    target = backed_up(folder)
    before = target.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with opened(folder) as app:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        try:
            with pytest.raises(StorageError, match=r"(disk is full|not made)"):
                back_up(app.database, target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*.part*"))


def test_a_backup_is_never_written_over_the_event_itself(folder: Path) -> None:
    with opened(folder) as app, pytest.raises(StorageError, match="own file"):
        back_up(app.database, folder / "checkin.sqlite")
    assert head(folder).entries == 1


def test_an_event_with_a_broken_journal_is_not_passed_off_as_checked(folder: Path, tmp_path: Path) -> None:
    change(folder / "checkin.sqlite", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 1")
    with pytest.raises(StorageError, match="does not verify"):
        _backup_bare(folder, tmp_path / "b.sqlite")
    assert not (tmp_path / "b.sqlite").exists()


def test_a_journal_that_was_given_up_keeps_nobody_from_a_backup(folder: Path, tmp_path: Path) -> None:
    """The desk noticed the damage at its start and went on with a new journal: that state can be saved."""
    change(folder / "checkin.sqlite", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 1")
    with opened(folder) as app:
        assert any("damaged" in notice for notice in app.notices)
        app.desk.admit_person(SOMYING.id)
        made = back_up(app.database, tmp_path / "b.sqlite")
    assert made.entries == 3
    assert restore(folder, tmp_path / "b.sqlite", SystemClock()).entries == 3
    assert head(folder).given_up


def test_restoring_begins_a_new_journal_that_names_its_parent(folder: Path) -> None:
    target = backed_up(folder)
    ((old_journal, _count),) = head(folder).heads
    with opened(folder) as app:
        lost = app.desk.admit_person(SOMYING.id)
    assert lost.seq == 2
    done = restore(folder, target, SystemClock())
    assert (done.people, done.entries, done.newer, done.keys) == (2, 1, 1, True)
    with opened(folder) as app:
        assert app.notices == []
        again = app.desk.admit_person(SOMYING.id)
        assert app.desk.counters().came == 2
    heads = dict(head(folder).heads)
    assert heads.pop(old_journal) == 1, "number 2 of the old journal is never written again"
    ((new_journal, count),) = heads.items()
    entries = bodies(folder, new_journal)
    assert count == 2
    assert (entries[0][1].kind, entries[0][1].target) == (Kind.PARENT, old_journal)
    assert (entries[1][0], entries[1][1].entry_id) == (2, again.record)
    assert head(folder).breaks == ()


def test_what_a_restore_replaces_is_kept(folder: Path) -> None:
    target = backed_up(folder)
    with opened(folder) as app:
        app.desk.admit_person(SOMYING.id)
    done = restore(folder, target, SystemClock())
    assert done.aside is not None
    assert done.aside.parent == folder / "backups"
    assert inspect_file(done.aside, alone=True).entries == 2
    twice = restore(folder, target, SystemClock())
    assert twice.aside != done.aside
    assert inspect_file(done.aside, alone=True).entries == 2


def test_a_damaged_event_is_brought_back(folder: Path) -> None:
    """bad_inputs db_file-007: a page of the file was overwritten; the log beside it must not meet the restored file."""
    target = backed_up(folder)
    file = folder / "checkin.sqlite"
    data = bytearray(file.read_bytes())
    data[0:8192] = b"\xff" * 8192
    file.write_bytes(data)
    file.with_name("checkin.sqlite-wal").write_bytes(b"rubbish")
    with pytest.raises(StorageError):
        open_app(folder)
    done = restore(folder, target, SystemClock())
    assert done.aside is not None
    assert done.aside.read_bytes()[:8] == b"\xff" * 8
    with opened(folder) as app:
        assert app.desk.counters().came == 1
        assert app.desk.admit_person(SOMYING.id).verdict == "checked_in"


def test_a_restore_after_a_crash_says_nothing_of_lost_scans(folder: Path) -> None:
    target = backed_up(folder)
    (folder / "checkin.open").touch()
    restore(folder, target, SystemClock())
    with opened(folder) as app:
        assert app.notices == []


def test_an_open_event_is_not_replaced_under_the_window(folder: Path) -> None:
    target = backed_up(folder)
    with opened(folder) as app:
        app.desk.admit_person(SOMYING.id)
        with pytest.raises(DatabaseBusyError, match="another window"):
            restore(folder, target, SystemClock())
        assert app.desk.counters().came == 2


@pytest.mark.parametrize(
    ("spoil", "error", "sentence"),
    [
        (lambda file: file.unlink(), StorageError, "There is no file"),
        (lambda file: file.write_text("not a database " * 99), StorageError, "no backup of an event"),
        (lambda file: file.write_bytes(file.read_bytes()[:-30_000]), StorageError, "damaged"),
        (lambda file: change(file, "UPDATE entry SET body = X'7B7D'"), StorageError, "does not verify"),
        (lambda file: change(file, "UPDATE journal SET journal_id = 'no id'"), StorageError, "damaged"),
        (
            lambda file: change(file, "UPDATE alembic_version SET version_num = '9999'"),
            NewerDatabaseError,
            "newer version",
        ),
        (lambda file: change(file, "DELETE FROM event"), StorageError, "no backup of an event"),
        (
            lambda file: change(file, "UPDATE event SET definition = replace(definition, 'small-2014', 'other-2014')"),
            CheckinError,
            "backup of “other-2014”",
        ),
    ],
    ids=["missing", "text", "cut", "chain", "id", "newer", "empty", "other"],
)
def test_an_unfit_backup_is_refused_and_nothing_changes(folder: Path, spoil, error, sentence: str) -> None:
    target = backed_up(folder)
    spoil(target)
    with pytest.raises(error, match=sentence):
        restore(folder, target, SystemClock())
    assert head(folder).entries == 1
    assert not (folder / "backups").exists()
    assert not list(folder.glob(".*.part*"))
    with opened(folder) as app:
        assert app.desk.counters().came == 1


def test_a_new_laptop_takes_a_backup_and_asks_for_the_keys(folder: Path, tmp_path: Path) -> None:
    target = backed_up(folder)
    fresh = tmp_path / "fresh"
    done = restore(fresh, target, SystemClock())
    assert (done.aside, done.keys, done.newer) == (None, False, 0)
    with pytest.raises(CheckinError, match="keys"):
        open_app(fresh)
    shutil.copy(folder / "event-keys.json", fresh)
    with opened(fresh) as app:
        assert app.desk.counters().came == 1


def test_restoring_counts_anew_where_the_counts_were_wrong(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as app:
        app.desk.undo(app.desk.admit_person(SOMYING.id).record)
    change(folder / "checkin.sqlite", "DELETE FROM presence")
    change(folder / "checkin.sqlite", "UPDATE tally SET came = 77")
    assert head(folder).differences == 2, "a person who is missing, a counter that is wrong"
    target = backed_up(folder)
    restore(folder, target, SystemClock())
    assert head(folder).differences == 0
    with opened(folder) as app:
        assert (app.desk.counters().came, app.desk.counters().inside) == (1, 1)


def _backup_bare(folder: Path, target: Path) -> None:
    """Back up without opening the event: opening would notice the damage and begin a new journal."""
    from checkin.db.engine import Database

    database = Database(folder / "checkin.sqlite")
    try:
        back_up(database, target)
    finally:
        database.close()
