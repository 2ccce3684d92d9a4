"""Two laptops and a shared folder, from the terminal: what a supervisor reads when the folder was emptied, and the numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checkin.app import create_app
from tests.cli.run import checkin, objects
from tests.ui.conftest import PRACTICE


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """“one” and “two”, joined by a folder hub; each has let somebody in and synced."""
    home = tmp_path_factory.mktemp("desks")
    app = create_app(home / "one", PRACTICE)
    list_ = "Name,Category,Country,Badge code\nMaria Santos,delegate,Philippines,A1\nSomying Jaidee,vip,Thailand,A2\n"
    (home / "list.csv").write_text(list_, "utf-8")
    app.importer.import_file(home / "list.csv")
    app.close()
    checkin(home / "one", "hub", "init", f"folder:{home / 'hub'}")
    file = home / "two.checkin-desk"
    checkin(home / "one", "hub", "add-desk", "Desk 2", "--pin", "12345678", "--out", str(file))
    checkin(home / "two", "join", str(file), "--pin", "12345678")
    checkin(home / "one", "scan", "-", stdin="A1\n")
    checkin(home / "two", "scan", "-", stdin="A2\n")
    for desk in ("one", "two", "one"):
        checkin(home / desk, "sync")
    return home


def test_the_hub_counts_what_every_desk_counts_in_straight_columns(place: Path) -> None:
    lines = checkin(place / "one", "hub", "counts").stdout.splitlines()
    assert sum(int(line.rsplit(None, 1)[1]) for line in lines) == 2
    assert len(lines) == 2
    assert len({len(line) for line in lines}) == 1, lines
    for desk in ("one", "two"):
        assert objects(checkin(place / desk, "counts", "--json"))[-1]["came"] == 2


def test_an_emptied_hub_names_the_desk_that_has_to_sync(place: Path) -> None:
    shutil.rmtree(place / "hub")
    for _gone in range(2):
        refused = checkin(place / "one", "sync", code=1).stderr
        assert "no hub in" in refused
        assert "Everything is safe on this laptop" in refused
        assert "“checkin hub init”" in refused
        found = {one["check"]: one for one in objects(checkin(place / "one", "doctor", "--json"))}["hub"]
        assert not found["ok"]
        assert "0 entries wait" in found["found"]
        assert "no hub in" in found["cure"]
        assert not list((place / "hub").glob("*"))
        (place / "hub").mkdir(exist_ok=True)  # then the empty folder under a drive
    checkin(place / "one", "hub", "init", f"folder:{place / 'hub'}")
    assert (
        "it answers"
        in {one["check"]: one for one in objects(checkin(place / "one", "doctor", "--json"))}["hub"]["found"]
    )
    said = checkin(place / "one", "sync").stdout
    assert "Desk 2" in said.splitlines()[-1], said
    assert "sync once more" not in said, "that would never help"
    assert "Desk 2" in checkin(place / "one", "close-day", code=1).stderr.splitlines()[-1]
    checkin(place / "two", "sync")
    assert "Both sides hold the same" in checkin(place / "one", "sync").stdout


def test_a_laptop_without_an_event_is_told_that_it_can_join_one(tmp_path: Path) -> None:
    assert "checkin join FILE" in checkin(tmp_path / "new", "counts", code=1).stderr
