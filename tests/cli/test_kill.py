"""kill -9 while codes pour in: what was printed is on disk, the chain verifies, nothing stands twice."""

from __future__ import annotations

import json
import random
import subprocess
import threading
from collections import Counter
from pathlib import Path

import pytest

from checkin.app import create_app
from checkin.db.engine import Database
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.journal import Kind, verify
from tests.cli.run import ROOT, command
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import TOML, add_person, someone

PEOPLE = 3000


@pytest.fixture
def tokens(tmp_path: Path) -> list[str]:
    app = create_app(tmp_path / "event", TOML)
    with app.database.write_fast() as raw:
        for number in range(1, PEOPLE + 1):
            add_person(raw, someone(number), number)
    app.close()
    return [make_token(BadgeNumber(1, number), app.keyring) for number in range(1, PEOPLE + 1)]


def test_30_kills_lose_nothing_that_was_printed(tmp_path: Path, tokens: list[str]) -> None:
    kills(tmp_path / "event", tokens, 30, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_500_kills_lose_nothing_that_was_printed(tmp_path: Path, tokens: list[str]) -> None:
    kills(tmp_path / "event", tokens, 500, seed=2)


def kills(folder: Path, tokens: list[str], times: int, seed: int) -> None:
    chance = random.Random(seed)
    printed: set[str] = set()
    for _ in range(times):
        printed |= scan_and_kill(folder, chance.sample(tokens, 400), chance)
        database = Database(folder / "checkin.sqlite")
        written = entries(database)
        database.close()
        assert printed <= {entry.body.entry_id for entry in written}
        assert list(verify(written)) == []
    database = Database(folder / "checkin.sqlite")
    admitted = Counter(entry.body.subject for entry in entries(database) if entry.body.kind is Kind.CHECK_IN)
    assert set(admitted.values()) == {1}
    assert len(printed) >= times, "the program was killed before it did anything: the test proves nothing"
    assert_books_balance(database)
    database.close()


def scan_and_kill(folder: Path, codes: list[str], chance: random.Random) -> set[str]:
    """Feed codes, kill the program at a random instant after its first verdict, return the records that it printed."""
    program = subprocess.Popen(
        command(folder, "scan", "-", "--json", "--checkpoint", "door-1"),
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("".join(f"{code}\n" for code in codes).encode())
    program.stdin.flush()
    first = program.stdout.readline()
    killer = threading.Timer(chance.random() * 0.15, program.kill)
    killer.start()
    lines = [first, *program.stdout.read().splitlines(keepends=True)]
    killer.join()
    program.stdin.close()
    program.stdout.close()
    program.wait(timeout=30)
    whole = [json.loads(line) for line in lines if line.endswith(b"\n")]
    return {verdict["record"] for verdict in whole if verdict["record"]}
