"""A hub that has more of this desk's scans than the desk: what is said depends on how that came about."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checkin import app as composition
from checkin.app import App, Declared, create_app, open_app
from checkin.clock import SystemClock
from checkin.db.backup import back_up, restore
from checkin.reports.counts import count
from checkin.sync import administration
from tests.small_event import TOML

PRACTICE = TOML.replace("[event]", "[event]\npractice = true\npractice_start = 2014-07-08T08:30:00", 1)
PEOPLE = "Name,Organisation,Category,Badge code\nMaria Santos,SSS,delegate,A1\nSok Dara,NSSF,delegate,A2\n"


def again(folder: Path) -> App:
    return open_app(folder, Declared(staff="Art"))


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A desk that has let one person in and told the hub."""
    app = create_app(tmp_path / "first", PRACTICE, Declared(staff="Art"))
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    app.importer.import_file(tmp_path / "people.csv")
    url = f"folder:{tmp_path / 'shared'}"
    administration.init(url, app.sync_keys)
    administration.add_desk(url, app.sync_keys, "Desk 1", app.sync_keys.public)
    app.set_hub(url)
    app.desk.admit("A1")
    app.syncer.round()
    app.close()
    return tmp_path / "first"


def scan_on(folder: Path) -> None:
    app = again(folder)
    assert app.desk.admit("A2").verdict == "checked_in"
    app.syncer.round()
    app.close()


def hears(folder: Path) -> tuple[str, ...]:
    """Return what a round says in this folder, where both people count once after it."""
    app = again(folder)
    told = app.syncer.round().notices
    assert count(app.database, app.event, app.desk.post).came == 2
    app.close()
    return told


def test_a_restored_backup_gets_its_lost_scans_back(first: Path, tmp_path: Path) -> None:
    app = again(first)
    back_up(app.database, tmp_path / "copy.sqlite")
    app.close()
    scan_on(first)
    restore(first, tmp_path / "copy.sqlite", SystemClock())
    assert hears(first) == ("Scans of this desk that this laptop had lost came back from the hub.",)


def test_an_older_copy_of_the_folder_may_be_one_that_is_in_use_elsewhere(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "copy")
    scan_on(first)
    (told,) = hears(tmp_path / "copy")
    assert told.startswith("The hub had scans of this desk that this laptop did not have")
    assert "a copy of it is in use elsewhere: tell the supervisor" in told


def test_a_copy_on_another_laptop_says_that_the_first_one_goes_on(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(first, tmp_path / "copy")
    scan_on(first)
    monkeypatch.setattr(composition, "machine_id", lambda: "another laptop")
    (told,) = hears(tmp_path / "copy")
    assert told.startswith("The laptop that this data folder was copied from went on scanning")
    assert "lost" not in told.replace("nothing was lost", "")
