"""Scans are never slowed by a hub: p50 and p99 of admit without a hub, and while rounds fail in every way there is.

    python -m benchmarks.sync_beside_scans

The hub hangs (30 s a call), refuses at once, or is cut; a thread does round after round beside the scans, as the window's
does. Runs are interleaved; the floor of each is admit without a hub in the same run.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks._report import report
from checkin.domain.badge import BadgeNumber, make_token
from checkin.errors import CheckinError, HubUnreachableError
from tests.small_event import KEYRING
from tests.sync.world import FolderPlace, OneDesk, World

SCANS = 1500
ROUNDS = 4
TARGET = 1.1


class BadHub:
    """A hub of which every call ends the same bad way."""

    url = "bad:"

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call

    def __getattr__(self, name: str) -> Any:
        def fail(*_values: Any, **_named: Any) -> None:
            self._call()
            raise HubUnreachableError("not there")

        return fail


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="checkin-sync-"))
    world = World(home, FolderPlace(home / "hub"), 1)
    over = threading.Event()
    hubs: dict[str, Callable[[], None]] = {
        "no hub": lambda: None,
        "refusing": lambda: time.sleep(0.01),
        "down or half-open, 30 s a call": lambda: over.wait(30) and None,
    }
    times: dict[str, list[float]] = {name: [] for name in [*hubs, "a working folder hub, a round every 0.2 s"]}
    number = 0
    try:
        for _round in range(ROUNDS):
            for name, taken in times.items():
                over.clear()
                desk = world.desks[0]
                worker = None
                if name != "no hub":
                    desk.syncer.line.hub = BadHub(hubs[name]) if name in hubs else world.place.open(desk.keys)  # type: ignore[assignment]
                    worker = threading.Thread(target=rounds, args=(desk, over), daemon=True)
                    worker.start()
                for _scan in range(SCANS // ROUNDS):
                    number += 1
                    token = make_token(BadgeNumber(7, number, 0), KEYRING)
                    start = time.perf_counter()
                    desk.desk.admit(token)
                    taken.append((time.perf_counter() - start) * 1000)
                    time.sleep(0.002)
                over.set()
                if worker:
                    worker.join()
        floor50, floor99 = (quantile(times["no hub"], q) for q in (0.5, 0.99))
        for name, found in times.items():
            if name != "no hub":
                report(f"admit p50, {name}", quantile(found, 0.5), unit="ms", target=TARGET, floor=floor50)
                report(f"admit p99, {name}", quantile(found, 0.99), unit="ms", target=TARGET, floor=floor99)
    finally:
        world.close()
        shutil.rmtree(home)


def rounds(desk: OneDesk, over: threading.Event) -> None:
    """Do what the window's sync thread does: one round after the other."""
    while not over.is_set():
        with suppress(CheckinError):
            desk.syncer.round()
        over.wait(0.2)


def quantile(values: list[float], part: float) -> float:
    return statistics.quantiles(values, n=1000)[round(part * 1000) - 1]


if __name__ == "__main__":
    main()
