"""The stories of tests/sync/steps.py on a real PostgreSQL: eight desks with real files, a proxy that cuts and delays, a
server that is killed and a database that is put back. Nothing is lost, nothing counts twice, equal D on every desk."""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from checkin.sync.counting import count_rows
from checkin.sync.hub import Hub
from checkin.sync.hubs import _pg_wire, postgres
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.keys import SyncKeys
from tests.sync.postgres.server import Server
from tests.sync.proxy import Proxy
from tests.sync.steps import FAULTS, STEPS
from tests.sync.world import SECRETS, OneDesk, World

MANY = int(os.environ.get("CHECKIN_PG_STORIES", "6"))
"""Stories of one run; `make soak` tells 300."""
_TABLES = ("journal", "entry", "fork", "card", "edition", "chunk", "person")
_PROXY = ("cut half-way", "cut before the answer", "cut before it is sent", "cut while idle", "slow")
_NAMES = [*STEPS, *["admit"] * 3, *["sync"] * 4, *FAULTS, *_PROXY, *_PROXY]
STORY = st.lists(st.tuples(st.sampled_from(_NAMES), st.integers(0, 7), st.integers(0, 999)), min_size=5, max_size=25)


class DatabasePlace:
    """One database, emptied between two stories; the desks' roles stay. See world.HubPlace."""

    def __init__(self, server: Server, proxy: Proxy) -> None:
        self.server, self.proxy = server, proxy
        self.database = server.database()
        self.url = server.url(self.database)
        self._urls: dict[bytes, str] = {}
        self._copies = itertools.count(1)
        admin.init(self.url, SECRETS)

    def open(self, keys: SyncKeys) -> Hub:
        """Return a connection of a desk through the proxy; the organiser's own goes straight."""
        if keys.public not in self._urls:
            name = keys.certificate[64:].decode()
            self._urls[keys.public] = admin.add_desk(self.url, SECRETS, name, keys.public)
        url = self._urls[keys.public]
        if keys is not SECRETS:
            url = url.replace(f":{self.server.port}/", f":{self.proxy.port}/")
        return postgres.connect(url, keys)

    def snapshot(self) -> str:
        """Copy every table."""
        name = f"copy_{next(self._copies)}"
        copies = "".join(f"CREATE TABLE {name}.{table} AS TABLE hub.{table};" for table in _TABLES)
        self.server.sql(self.database, f"CREATE SCHEMA {name}; {copies}")
        return name

    def restore(self, copy: Any) -> None:
        """Put a copy back, as whoever keeps the hub would, and tell so."""
        back = "".join(f"INSERT INTO hub.{table} TABLE {copy}.{table};" for table in _TABLES)
        self.server.sql(self.database, f"{self._emptied()} {back}")
        admin.new_epoch(self.url, SECRETS)

    def empty(self) -> None:
        """Make room for the next story."""
        copies = self.server.sql(self.database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'copy%'")
        drops = "".join(f"DROP SCHEMA {name} CASCADE;" for (name,) in copies)
        self.server.sql(self.database, f"SET client_min_messages = error; {self._emptied()} {drops}")
        admin.new_epoch(self.url, SECRETS)

    def _emptied(self) -> str:
        tables = ", ".join(f"hub.{table}" for table in _TABLES)
        return f"SET session_replication_role = replica; TRUNCATE {tables};"

    def crash(self) -> None:
        """Kill the server, start it again."""
        self.server.stop("immediate")
        self.server.start()


@pytest.fixture(scope="module")
def hub_place(server: Server) -> Iterator[DatabasePlace]:
    with Proxy(("127.0.0.1", server.port)) as proxy:
        place = DatabasePlace(server, proxy)
        yield place
        server.recycle(place.database)


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """Return a folder in memory, for many small files."""
    home = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(dir=home))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The stories are full of what the log warns of."""
    monkeypatch.setattr(_pg_wire, "CALL_S", 5.0)
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def live(folder: Path, place: DatabasePlace, desks: int, story: list[tuple[str, int, int]], crashes: bool) -> None:
    """Tell one story, let everything come to rest, and check what must hold."""
    home = Path(tempfile.mkdtemp(dir=folder))
    world = World(home, place, desks)
    try:
        for number, (name, which, chance) in enumerate(story):
            desk = world.desks[which % len(world.desks)]
            if name in _PROXY:
                trouble(place.proxy, world, desk, name, chance)
            else:
                (STEPS.get(name) or FAULTS[name])(world, desk, chance)
            if crashes and number == len(story) // 2:
                place.crash()
        place.proxy.heal()
        world.settle(14)
        world.check()
        numbers_agree(place)
    finally:
        place.proxy.heal()
        world.close()
        shutil.rmtree(home)
        place.empty()


def trouble(proxy: Proxy, world: World, desk: OneDesk, name: str, chance: int) -> None:
    """Do a round while the network does its worst."""
    if name == "cut half-way":
        proxy.cut_after = chance * 5
    elif name == "cut before the answer":
        proxy.cut_on_answer = True
    elif name == "cut before it is sent":
        proxy.cut_on_request = True
    elif name == "cut while idle":
        proxy.cut()
    else:
        proxy.delay = 0.002
    world.sync(desk)
    proxy.delay, proxy.cut_after, proxy.cut_on_answer, proxy.cut_on_request = 0.0, None, False, False


def numbers_agree(place: DatabasePlace) -> None:
    """The organiser's numbers are those that the entries make."""
    hub = place.open(SECRETS)
    records = [
        (journal, record)
        for journal, head in hub.heads().items()
        for first in range(1, head.seq + 1, 500)
        for record in hub.pull(journal, first, head.seq)
    ]
    records += [(fork.journal_id, fork.record) for fork in hub.forks()]
    editions = sorted(hub.editions(), key=lambda edition: (edition.at_ms, edition.journal_id))
    people = [person for edition in editions for digest in edition.chunks for person in hub.chunk(digest).public]
    hub.close()
    came = sum(row.came for row in count_rows(records, people))
    assert sum(row.came for row in admin.counts(place.url, SECRETS)) == came


def _tell(place: DatabasePlace, memory: Path, count: int, part: int, crashes: bool = False) -> None:
    @seed(part)  # derandomized, all parts would tell the same stories
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.generate],  # a story takes seconds: it is told whole, not made shorter
        suppress_health_check=list(HealthCheck),
    )
    @given(story=STORY)
    def tell_many(story: list[tuple[str, int, int]]) -> None:
        live(memory, place, 8, story, crashes)

    tell_many()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(2))
def test_no_story_loses_or_invents_anything(memory: Path, hub_place: DatabasePlace, part: int) -> None:
    """hub-015, hub-017, hub-033: the hub put back, the hub and a desk, two desks that admit one badge."""
    _tell(hub_place, memory, MANY // 2, part)


@pytest.mark.timeout(300)
def test_nor_does_a_server_that_is_killed(memory: Path, hub_place: DatabasePlace) -> None:
    _tell(hub_place, memory, 2, 7, crashes=True)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_three_hundred_stories(memory: Path, hub_place: DatabasePlace) -> None:
    _tell(hub_place, memory, 300, 9)
    _tell(hub_place, memory, 30, 10, crashes=True)
