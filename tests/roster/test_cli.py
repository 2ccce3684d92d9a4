"""`roster import` and `roster find` as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import checkin, objects
from tests.roster.place import write
from tests.small_event import TOML

KEYS = {"added", "updated", "unchanged", "rejected", "problems"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    checkin(data, "event", "create", str(write(tmp_path / "event.toml", TOML)))
    return data


def test_a_list_goes_in_and_people_are_found(folder: Path, tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv", "code,name,organisation\nT1,Nguyễn Văn An,VSS\nT1,Bo,ILO\nT3,,ILO\nT4,Cy Lee,ILO\n"
    )
    (dry,) = objects(checkin(folder, "roster", "import", str(path), "--dry-run", "--json"))
    assert (dry["added"], dry["rejected"]) == (1, 3)
    (done,) = objects(checkin(folder, "roster", "import", str(path), "--source", "list", "--json"))
    assert done.keys() >= KEYS
    assert (done["added"], done["updated"], done["unchanged"], done["rejected"]) == (1, 0, 0, 3)
    assert {(p["row"], p["column"]) for p in done["problems"] if p["severity"] == "rejected"} == {
        (2, "code"), (3, "code"), (4, "name")
    }  # fmt: skip
    (again,) = objects(checkin(folder, "roster", "import", str(path), "--source", "list", "--json"))
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 1)
    (hit,) = objects(checkin(folder, "roster", "find", "lee cy", "--json"))
    assert {"id", "name", "name_local", "organisation", "country", "category", "status", "score"} <= hit.keys()
    assert hit["name"] == "Cy Lee"


def test_strict_writes_nothing_while_a_row_is_rejected(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "code,name\nT1,\nT2,Bo\n")
    done = checkin(folder, "roster", "import", str(path), "--strict", "--json", code=1)
    assert objects(done)[0]["rejected"] == 1
    assert objects(checkin(folder, "roster", "find", "Bo", "--json")) == []


def test_failures_are_one_sentence_and_wrong_usage_is_2(folder: Path, tmp_path: Path) -> None:
    missing = checkin(folder, "roster", "import", str(tmp_path / "nothing.csv"), "--json", code=1)
    assert missing.stdout == ""
    assert "There is no file" in missing.stderr
    path = write(tmp_path / "list.csv", "alpha,beta\nT1,Bo\n")
    assert "--map name=" in checkin(folder, "roster", "import", str(path), code=1).stderr
    checkin(folder, "roster", "import", str(path), "--map", "shoe=B", code=2)
    assert "no column" in checkin(folder, "roster", "import", str(path), "--map", "name=gamma", code=1).stderr
    checkin(folder, "roster", "import", str(path), "--map", "name=beta")


def test_without_json_a_person_reads_what_happened(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "code,name\nT1,Ann\nT2,\n")
    out = checkin(folder, "roster", "import", str(path)).stdout
    assert "LEFT OUT: row 3" in out
    assert "1 new, 0 changed, 0 unchanged, 1 row left out." in out
    assert "Nothing new" in checkin(folder, "roster", "import", str(path)).stdout
