"""Three days without a network, then everybody at once: 20 desks x 5,000 entries through one folder hub, to equal D.

    python -m benchmarks.sync_offline [DESKS ENTRIES]

Every desk is a data folder with its own file; all of them sync in one process, one after the other, until every desk
holds the same, so the time is what one laptop would need for all twenty. The floor: the same bytes, copied as files.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._report import report
from checkin.domain.badge import BadgeNumber, make_token
from tests.small_event import KEYRING
from tests.sync.world import PEOPLE, FolderPlace, World

TARGET_S = 300.0


def main(desks: int = 20, entries: int = 5000) -> None:
    home = Path(tempfile.mkdtemp(prefix="checkin-sync-"))
    world = World(home, FolderPlace(home / "hub"), desks)
    try:
        for desk in world.desks:
            write(world, desk.number, entries)
        start = time.perf_counter()
        rounds = 0
        while True:
            rounds += 1
            done = [desk.syncer.round() for desk in world.desks]
            if all(one.verified and not one.pushed and not one.pulled for one in done):
                break
        seconds = time.perf_counter() - start
        equal = len({one.fingerprint for one in done}) == 1
        counts = {len(desk.present()) for desk in world.desks}
        start = time.perf_counter()
        shutil.copytree(home / "hub", home / "copy")
        floor = time.perf_counter() - start
        bytes_ = sum(path.stat().st_size for path in (home / "hub").rglob("*") if path.is_file())
        report(
            f"{desks} desks, {entries} entries each: all to equal D, {rounds} rounds",
            seconds,
            unit="s",
            target=TARGET_S,
        )
        report("the same: desks that differ in D or count", float((not equal) + len(counts) - 1), unit="", target=0)
        report("the same: bundles in the folder", bytes_ / 1e6, unit="MB")
        report("the same: copying the folder once", floor, unit="s")
    finally:
        world.close()
        shutil.rmtree(home)


def write(world: World, number: int, entries: int) -> None:
    """Let a desk scan for three days without a network."""
    desk = next(one for one in world.desks if one.number == number)
    for count in range(entries):
        token = BadgeNumber(1, count + 1, 0) if count < PEOPLE else BadgeNumber(number, count, 0)
        desk.desk.admit(make_token(token, KEYRING))


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3]))
