"""I1: what was green is on disk after any power cut. The same test finds lost scans with synchronous=NORMAL."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from checkin.db.engine import Database, driver
from checkin.db.inspect import verify_journals
from checkin.desk.desk import Desk
from checkin.domain.verdict import Verdict
from tests.db.power_cut import Disk, Op, recorded
from tests.small_event import EVENT, KEYRING, make_place, someone

PEOPLE = 60


def scan_on_a_recorded_disk(folder: Path, seed: int, synchronous: str) -> Disk:
    """Admit people, some twice, with a checkpoint of the log now and then; return what the disk was asked for."""
    folder.mkdir()
    place = make_place(folder, [someone(number) for number in range(1, PEOPLE + 1)])
    tokens = [place.token(number) for number in range(1, PEOPLE + 1)]
    place.database.close()
    chance = random.Random(seed)
    with recorded(folder / "checkin.sqlite", synchronous) as (database, disk):
        desk = Desk(database, EVENT, KEYRING, place.clock, journal=place.journal, staff="Nok", post=place.desk.post)  # type: ignore[arg-type]
        for token in chance.sample(tokens, PEOPLE):
            admission = desk.admit(token, force_reason="again" if chance.random() < 0.1 else None)
            assert admission.verdict is Verdict.CHECKED_IN
            disk.ops.append(Op("green", record=admission.record))
            if chance.random() < 0.1:
                database.checkpoint()
        return Disk(disk.files, list(disk.ops))  # closing is no part of it


def lost(image: dict[str, bytes], folder: Path, greens: list[str]) -> list[str]:
    """Start the program's SQLite on a cut's image; return what a person saw green and is not there. It must be whole."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in image.items():
        (folder / name).write_bytes(data)
    raw = driver().connect(str(folder / "checkin.sqlite"), isolation_level=None)
    try:
        assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert list(verify_journals(raw)) == []
        there = {bytes(row[0]).hex() for row in raw.execute("SELECT entry_id FROM entry")}
        return [record for record in greens if record.replace("-", "") not in there]
    finally:
        raw.close()


def cut(folder: Path, *, traces: int, images: int, synchronous: str) -> int:
    """Make `images` cuts of each of some runs; return how many of them lost a green scan."""
    losses = 0
    for seed in range(traces):
        disk = scan_on_a_recorded_disk(folder / f"run-{seed}", seed, synchronous)
        assert len(disk.greens(len(disk.ops))) == PEOPLE
        chance = random.Random(1000 + seed)
        for _image in range(images):
            at = chance.randrange(len(disk.ops) + 1)
            losses += bool(lost(disk.image(at, chance), folder / "image", disk.greens(at)))
    return losses


def test_no_green_scan_is_lost_at_a_power_cut(tmp_path: Path) -> None:
    assert cut(tmp_path, traces=3, images=150, synchronous="FULL") == 0


def test_the_same_cuts_find_what_synchronous_normal_loses(tmp_path: Path) -> None:
    assert cut(tmp_path, traces=1, images=100, synchronous="NORMAL") > 50


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_twenty_thousand_power_cuts_lose_nothing(tmp_path: Path) -> None:
    assert cut(tmp_path, traces=20, images=1000, synchronous="FULL") == 0


def test_the_program_opens_its_file_with_synchronous_full(tmp_path: Path) -> None:
    """The recorded disk sets its own pragmas: this is the line that ties it to the program."""
    database = Database(tmp_path / "checkin.sqlite")
    with database.write_fast() as raw:
        assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()
