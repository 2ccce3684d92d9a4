"""kill -9 while guests are registered: each is whole or not there at all, and whoever was shown is on disk."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from checkin.domain.journal import Kind
from tests.cli.run import ROOT
from tests.desk.counter import assert_rebuilding_changes_nothing, make_counter
from tests.desk.test_desk import assert_books_balance, entries


def test_8_kills_leave_no_half_registration(tmp_path: Path) -> None:
    kills(tmp_path, 8, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_kills_leave_no_half_registration(tmp_path: Path) -> None:
    kills(tmp_path, 200, seed=2)


def kills(folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    printed: set[str] = set()
    for _ in range(times):
        printed |= register_and_kill(folder, chance.random() * 0.1)
    place, _registrar = make_counter(folder)
    bodies = [entry.body for entry in entries(place.database)]
    assert [body.kind for body in bodies] == [Kind.WALK_IN, Kind.BADGE_ISSUED, Kind.CHECK_IN] * (len(bodies) // 3)
    for walk_in, badge, check_in in zip(bodies[::3], bodies[1::3], bodies[2::3], strict=True):
        assert walk_in.subject == badge.subject == check_in.subject
        assert check_in.target == walk_in.entry_id
    assert printed <= {body.entry_id for body in bodies}
    assert len(printed) >= times, "it was killed before it did anything: the test proves nothing"
    with place.database.read() as connection:
        walk_ins = connection.exec_driver_sql("SELECT COUNT(*) FROM attendee WHERE walk_in").scalar()
        indexed = connection.exec_driver_sql("SELECT COUNT(*) FROM search_doc WHERE attendee > 2").scalar()
        badges = connection.exec_driver_sql("SELECT COUNT(*) FROM badge").scalar()
    assert (walk_ins, indexed, badges) == (len(bodies) // 3, len(bodies) // 3, len(bodies) // 3 + 2)
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)
    place.database.close()


def register_and_kill(folder: Path, after: float) -> set[str]:
    """Kill the program at an instant after its first registration; return the records that it printed."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.desk.register", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    killer = threading.Timer(after, program.kill)
    killer.start()
    lines = [first, *program.stdout.read().splitlines(keepends=True)]
    killer.join()
    program.stdout.close()
    program.wait(timeout=30)
    return {line.strip() for line in lines if line.endswith("\n")}
