"""An event's hub in a database of its own, and desks of it."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from checkin.domain.journal import GENESIS, Body, Kind, chain_hash
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.hubs.postgres import PostgresHub, connect
from checkin.sync.keys import SyncKeys, new_keys
from checkin.sync.records import DeskCard, Head, Record
from tests.sync.postgres.server import Server, binaries, running

MINUTE = 60_000


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for all tests of a run; each test has a database of its own."""
    if binaries() is None:
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql (make test does)")
    with running() as one:
        yield one


@dataclass
class Place:
    """One hub and those who speak to it."""

    server: Server
    database: str
    keys: SyncKeys
    urls: dict[str, str] = field(default_factory=dict)
    hubs: list[PostgresHub] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the keeper's URL."""
        return self.server.url(self.database)

    def keys_of(self, name: str) -> SyncKeys:
        """Return a desk's keys; always the same for one name."""
        seed = uuid.uuid5(uuid.NAMESPACE_DNS, name).bytes * 2
        keys = replace(self.keys, desk_seed=seed, authority_seed=b"")
        return replace(keys, certificate=self.keys.certify(keys.public, name))

    def enrol(self, name: str) -> str:
        """Let a desk in; return its URL."""
        if name not in self.urls:
            self.urls[name] = admin.add_desk(self.url, self.keys, name, self.keys_of(name).public)
        return self.urls[name]

    def hub(self, name: str = "Desk 1", *, port: int = 0) -> PostgresHub:
        """Return a new connection of a desk, through another port where one is given."""
        url = self.enrol(name)
        if port:
            url = url.replace(f":{self.server.port}/", f":{port}/")
        return self.connect(url, self.keys_of(name))

    def connect(self, url: str, keys: SyncKeys) -> PostgresHub:
        """Return the hub behind any URL; it is closed after the test."""
        hub = connect(url, keys)
        assert isinstance(hub, PostgresHub)
        self.hubs.append(hub)
        return hub

    def sql(self, statement: str) -> list[list[Any]]:
        """Run SQL as the superuser."""
        return self.server.sql(self.database, statement)

    def entries(self, journal_id: str) -> list[int]:
        """Return the numbers that stand in a journal."""
        return [row[0] for row in self.sql(f"SELECT seq FROM hub.entry WHERE journal_id = '{journal_id}' ORDER BY seq")]


@pytest.fixture
def place(server: Server) -> Iterator[Place]:
    """A hub that was just made."""
    made = Place(server, server.database(), new_keys("small-2014", "Keeper"))
    admin.init(made.url, made.keys)
    yield made
    for hub in made.hubs:
        hub.close()
    server.recycle(made.database)


class Journal:
    """A desk's journal, in memory."""

    def __init__(self, journal_id: str = "") -> None:
        self.id = journal_id or str(uuid.uuid4())
        self.records: list[Record] = []
        self._clock = itertools.count(1_404_790_000_000, MINUTE)

    @property
    def head(self) -> Head:
        """Return number and hash of the last entry."""
        return Head(len(self.records), self.records[-1].hash if self.records else GENESIS)

    def write(self, count: int = 1, kind: Kind = Kind.CHECK_IN, sealed: bytes = b"", **fields: Any) -> list[Record]:
        """Append entries and return them."""
        made = []
        for _number in range(count):
            fields.setdefault("checkpoint", "door-1")
            fields.setdefault("day", "2014-07-08")
            entry_id = str(uuid.uuid4())
            values = {"subject": str(uuid.uuid4()), "at_ms": next(self._clock), **fields}
            made.append(self.take(entry_id, Body(kind, entry_id, **values).to_bytes(), sealed))
        return made

    def take(self, entry_id: str, body: bytes, sealed: bytes = b"") -> Record:
        """Append an entry as it is."""
        head, seq = self.head, len(self.records) + 1
        digest = chain_hash(head.hash, self.id, seq, entry_id, body)
        self.records.append(Record(seq, uuid.UUID(entry_id).bytes, body, digest, sealed))
        return self.records[-1]

    def clone(self, upto: int) -> Journal:
        """Return what another laptop has that was copied when there were `upto` entries."""
        other = Journal(self.id)
        other.records = self.records[:upto]
        return other

    def card(self, keys: SyncKeys, at_ms: int = 1, name: str = "Desk 1", **fields: Any) -> DeskCard:
        """Return its card, signed."""
        return keys.signed_card(DeskCard(self.id, name, 1, b"", b"", self.head, at_ms, **fields))


def push_all(hub: PostgresHub, journal: Journal, size: int = 500) -> None:
    """Send everything that the hub lacks, as a desk does."""
    there = hub.heads().get(journal.id, Head(0, GENESIS))
    while there.seq < len(journal.records):
        answer = hub.push(journal.id, journal.records[there.seq : there.seq + size])
        assert answer.status == "ok"
        there = answer.head


def seqs(records: Sequence[Record]) -> list[int]:
    """Return the numbers."""
    return [record.seq for record in records]
