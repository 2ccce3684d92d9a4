"""Eight programs on one file: one admission a badge, whoever comes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from checkin.domain.journal import verify
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import make_place, someone

ROOT = Path(__file__).resolve().parents[2]


def test_eight_processes_offering_the_same_hundred_badges(tmp_path: Path) -> None:
    place = make_place(tmp_path, [someone(n) for n in range(1, 101)])
    command = [sys.executable, "-m", "tests.desk.offer", str(tmp_path)]
    programs = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    answers = [program.communicate(timeout=100)[0] for program in programs]
    assert sum(int(answer) for answer in answers) == 100
    assert len(entries(place.database)) == 100
    assert list(verify(entries(place.database))) == []
    assert_books_balance(place.database)
    with place.database.read() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM refused").scalar() == 700
    place.database.close()
