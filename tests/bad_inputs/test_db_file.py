"""Area db_file, the cases that need the whole program. The others: tests/db, tests/cli/test_kill.py, tests/e2e."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

from checkin.app import create_app, open_app
from checkin.db.engine import Database
from checkin.domain.journal import verify
from tests.cli.run import ROOT, command
from tests.desk.test_desk import entries
from tests.small_event import TOML, make_place


def test_db_file_013_a_synchronised_folder_is_warned_of(tmp_path: Path) -> None:
    for name, warned in (("OneDrive - Ministry", True), ("Dropbox", True), ("desk", False)):
        app = create_app(tmp_path / name / "event", TOML)
        assert any("synchronises" in notice for notice in app.notices) is warned
        app.close()


def test_db_file_021_a_program_killed_in_the_middle_of_an_import_leaves_the_old_state(tmp_path: Path) -> None:
    """Killed at several instants; what is found afterwards is the whole list or nothing of it (the power cut below
    SQLite comes with the sync issue's file system shim)."""
    people = 20_000
    roster = tmp_path / "list.csv"
    roster.write_text("name,organisation\n" + "".join(f"Person {n},Office {n % 9}\n" for n in range(people)), "utf-8")
    found = set()
    for number, wait in enumerate((1.5, 2.5, 3.5)):
        folder = tmp_path / str(number)
        create_app(folder, TOML).close()
        program = subprocess.Popen(
            command(folder, "roster", "import", str(roster)),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        program.kill()
        program.wait()
        app = open_app(folder)
        with app.database.read() as connection:
            found.add(connection.exec_driver_sql("SELECT COUNT(*) FROM attendee").scalar())
            assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        app.close()
    assert found <= {0, people}


def test_db_file_023_a_slow_disk_turns_green_only_after_the_commit(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    other = Database(tmp_path / "checkin.sqlite")
    answered: list[float] = []
    with other.write_fast():  # what a disk that takes two seconds looks like to the next scan
        scan = threading.Thread(target=lambda: (place.desk.admit(place.token(1)), answered.append(time.monotonic())))
        scan.start()
        time.sleep(1)
        assert answered == []
        released = time.monotonic()
    scan.join()
    assert answered[0] >= released
    assert len(entries(place.database)) == 1
    assert list(verify(entries(place.database))) == []
    other.close()
    place.database.close()
