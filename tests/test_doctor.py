"""The doctor finds what is wrong, names a cure, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from checkin.app import create_app
from checkin.db.engine import driver
from checkin.doctor import Check, examine
from checkin.doctor import camera as doctor_camera
from checkin.doctor.event import clock, disk, memory
from checkin.doctor.machine import memory_bytes, sqlite
from checkin.scan import CameraInfo, camera, cameras
from checkin.scan.camera_mode import CameraFacts
from tests.scan.pictures import room
from tests.scan.test_loop import Driver
from tests.small_event import EVENT, MARIA, SOMYING, TOML, add_person

PRACTICE = TOML.replace('id = "small-2014"', 'id = "small-2014"\npractice = true\npractice_start = 2014-07-08T08:30:00')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    app = create_app(tmp_path / "data", PRACTICE)
    with app.database.write_fast() as raw:
        add_person(raw, MARIA, 1)
        add_person(raw, SOMYING, 2)
    app.desk.admit_person(MARIA.id)
    app.desk.undo(app.desk.admit_person(SOMYING.id).record)
    app.desk.admit_person(SOMYING.id)
    app.close()
    return tmp_path / "data"


def findings(folder: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(folder)}


def change(folder: Path, statement: str) -> None:
    connection = driver().connect(str(folder / "checkin.sqlite"), isolation_level=None)
    connection.execute(statement).close()
    connection.close()


def test_a_healthy_event_is_found_healthy_and_nothing_is_touched(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = findings(folder)
    of_the_event = ("data_folder", "disk", "memory", "database", "journals", "counts", "event", "keys", "clock")
    assert {name: found[name].found for name in of_the_event if not found[name].ok} == {}
    assert found["database"].found == "whole: 2 people, 4 journal entries"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_it_works_without_an_event(tmp_path: Path) -> None:
    found = findings(tmp_path / "nothing" / "here")
    assert found["event"].ok
    assert "checkin demo" in found["event"].cure
    assert "database" not in found
    assert not (tmp_path / "nothing").exists()


def test_what_this_machine_needs_to_run_the_tests_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path)
    for name in (
        "python",
        "qt",
        "sqlite",
        "decoder:zxing-cpp",
        "decoder:pyzbar",
        "font:thai",
        "font:burmese",
        "time_zones",
    ):
        assert found[name].ok, found[name]


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2", "journals"),
        ("UPDATE entry SET body = replace(body, 'door-1', 'door-9') WHERE seq = 1", "journals"),
        ("DELETE FROM entry WHERE seq = 2", "journals"),
        ("DELETE FROM presence WHERE attendee = 1", "counts"),
        ("UPDATE presence SET attendee = 9 WHERE attendee = 1", "counts"),
        ("UPDATE presence SET admissions = 5", "counts"),
        ("UPDATE tally SET came = came + 1", "counts"),
        ("DELETE FROM undone", "counts"),
        ("UPDATE alembic_version SET version_num = '9999'", "database"),
        ("DELETE FROM event", "database"),
    ],
)
def test_every_kind_of_damage_is_found_with_a_cure(folder: Path, statement: str, check: str) -> None:
    change(folder, statement)
    found = findings(folder)
    assert not found[check].ok
    assert found[check].cure


def test_a_damaged_file_is_found(folder: Path) -> None:
    """bad_inputs db_file-007"""
    file = folder / "checkin.sqlite"
    data = bytearray(file.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\x55" * (4096 * 6)
    file.write_bytes(data)
    found = findings(folder)["database"]
    assert not found.ok
    assert "checkin restore" in found.cure


def test_missing_keys_are_found(folder: Path) -> None:
    (folder / "event-keys.json").unlink()
    assert "event-keys.json" in findings(folder)["keys"].cure


@pytest.mark.parametrize(
    ("now", "fine"),
    [
        ("2014-07-08T01:00:00+00:00", True),
        ("2014-07-07T17:30:00+00:00", True),  # half past midnight in Bangkok: the first day already
        ("1970-01-01T00:00:00+00:00", False),
        ("2026-07-08T01:00:00+00:00", False),
    ],
)
def test_the_clock_is_held_against_the_days_in_the_events_own_zone(now: str, fine: bool) -> None:
    """bad_inputs clock-003, clock-005"""
    at = datetime.fromisoformat(now)
    assert clock(EVENT, at).ok is fine
    if not fine:
        assert "8 Jul 2014" in clock(EVENT, at).cure


def test_little_memory_warns_only_for_a_large_list() -> None:
    """bad_inputs app-015"""
    assert memory(4_000_000_000, 350).ok
    assert not memory(4_000_000_000, 1_000_000).ok
    assert memory(16_000_000_000, 1_000_000).ok
    assert memory_bytes() > 100_000_000


def test_a_nearly_full_disk_and_an_old_sqlite_are_told() -> None:
    assert not disk(200_000_000).ok
    assert disk(20_000_000_000).ok
    assert not sqlite("3.40.1").ok
    assert sqlite("3.51.3").ok
    assert sqlite("3.53.4").ok


def test_the_command_prints_one_object_a_line(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "checkin", "--data", str(folder), "doctor", "--json"],
        capture_output=True, text=True, timeout=100, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert all(set(line) == {"check", "ok", "found", "cure"} for line in lines)
    assert {"python", "cameras", "display", "journals", "clock"} <= {line["check"] for line in lines}


def test_commands_export_back_up_and_restore(folder: Path, tmp_path: Path) -> None:
    def checkin(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "checkin", "--data", str(folder), *arguments],
            capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip

    out = tmp_path / "who.csv"
    run = checkin("export", "attendance", "--out", str(out), "--day", "1", "--json")
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert (said["rows"], said["file"], said["incomplete"]) == (2, str(out), False)
    refused = checkin("export", "attendance", "--out", str(tmp_path / "who.odt"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert ".xlsx" in refused.stderr
    assert "Traceback" not in refused.stderr
    saved = checkin("backup", str(tmp_path / "b.sqlite"))
    assert saved.returncode == 0
    assert "event-keys.json" in saved.stderr
    back = checkin("restore", str(tmp_path / "b.sqlite"), "--json")
    assert (back.returncode, json.loads(back.stdout)["entries"]) == (0, 5), "the export is an entry too"
    counted = checkin("counts", "--json")
    assert json.loads(counted.stdout)["came"] == 2, counted.stderr


def test_the_camera_is_opened_and_told_with_what_it_really_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = room()
    driver = Driver(lambda _i: picture, fps=30)
    monkeypatch.setattr(cameras, "list_cameras", lambda: [CameraInfo(0, "Desk camera")])
    monkeypatch.setattr(camera, "list_cameras", lambda: [CameraInfo(0, "Desk camera")])
    monkeypatch.setattr(camera, "_capture", lambda _info: driver)
    found = {check.name: check for check in doctor_camera.checks(tmp_path)}
    assert found["cameras"].found == "Desk camera"
    assert found["camera"].found.startswith("Desk camera; Video4Linux; ")
    assert "pictures a second" in found["camera"].found
    assert "ms a picture with a badge" in found["reading"].found
    assert driver.released

    driver = Driver(lambda _i: None)
    driver.unplugged = True
    busy = {check.name: check for check in doctor_camera.checks(tmp_path)}["camera"]
    assert not busy.ok
    assert "Another program may be using it" in busy.cure


def test_a_camera_that_is_too_slow_or_set_by_hand_has_a_cure() -> None:
    slow = CameraFacts("C", "DSHOW", 1280, 720, "MJPG", 30.0, 9.6, "automatic", "unknown", settled=True)
    check = doctor_camera.described(slow)
    assert not check.ok
    assert check.found == "C; DirectShow; 1280 × 720, MJPG, 10 pictures a second; automatic focus, exposure not told"
    assert "switch on a light" in check.cure
