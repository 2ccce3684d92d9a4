"""One PostgreSQL and 500 desks: what a push takes in two busy hours, what an entry costs, and how far from COPY that is.

The two hours are compressed into one minute: each desk, under its own role and connection, over TLS, sends what has come
due whenever it is its turn. Then every desk catches up on 500 more at once, and COPY writes the same rows into a table with
the same primary key, from as many connections. The server is as initdb makes it, but for the number of connections.

What an entry costs as the hub grows is the median of batches of 500 over one connection, each beside a COPY of the same
batch into a table of the same size: a checkpoint or a vacuum of the server falls upon both.
"""

from __future__ import annotations

import itertools
import multiprocessing
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pg8000.native
from uuid6 import uuid7

from benchmarks._report import report
from checkin.domain.journal import GENESIS, Body, Kind, chain_hash
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.hubs._pg_address import read_url
from checkin.sync.hubs.postgres import connect
from checkin.sync.keys import SyncKeys, new_keys
from checkin.sync.records import BATCH, Head, Record, fingerprint
from tests.sync.postgres.server import Server, binaries, running

DESKS = 500
EACH = 2000
"""Check-ins of a desk in the two hours."""
SECONDS = 60.0
"""What the two hours are compressed into."""
WORKERS = 4
THREADS = 4
PROBE = 10_000
_FLOOR = (
    "CREATE TABLE {} (journal_id uuid, seq bigint, entry_id uuid, body bytea, hash bytea, sealed bytea,"
    " PRIMARY KEY (journal_id, seq))"
)


def main() -> int:
    if binaries() is None:
        print("no PostgreSQL server on this machine: apt-get install postgresql", file=sys.stderr)
        return 1
    keys = new_keys("bench-2014", "Keeper")
    with running(("max_connections=600",)) as server:
        url = server.url(server.database())
        admin.init(url, keys)
        database = read_url(url).database
        server.sql(database, _FLOOR.format("floor") + ";" + _FLOOR.format("beside"))
        costs = [_probe(server, url, keys, 0), _probe(server, url, keys, 9 * PROBE)]
        ended = _rush(url, keys)
        server.sql(
            database,
            "INSERT INTO beside SELECT journal_id, seq, entry_id, body, hash, sealed FROM hub.entry"
            " ON CONFLICT DO NOTHING",
        )
        costs.append(_probe(server, url, keys, 0))
        server.sql(database, "VACUUM ANALYZE")
        server.sql(database, "CHECKPOINT")
        costs.append(_probe(server, url, keys, 0))
        _counted(url, keys, ended)
    for size, (cost, copy) in zip(
        ("10,000", "100,000", "1,350,000", "1,350,000, the server at rest"), costs, strict=True
    ):
        report(f"push, one connection, {size} entries there, beside COPY", cost, unit="µs/entry", floor=copy)
        report(f"the same, growth from 10,000 to {size}", cost / costs[0][0], unit="x", target=1.1)
        report(f"growth of COPY from 10,000 to {size}", copy / costs[0][1], unit="x")
    return 0


def _rush(url: str, keys: SyncKeys) -> dict[str, Head]:
    """Let the desks work; return what heads the hub must have."""
    urls = [admin.add_desk(url, keys, f"Desk {number}", number.to_bytes(32, "big")) for number in range(DESKS)]
    context = multiprocessing.get_context("spawn")
    gates = [context.Barrier(WORKERS + 1) for _gate in range(5)]
    results: Any = context.Queue()
    workers = [
        context.Process(target=_work, args=(urls[number::WORKERS], url, keys, gates, results))
        for number in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    took = []
    for before, after in itertools.pairwise(gates):
        if before is gates[0]:
            before.wait()
        start = time.perf_counter()
        after.wait()
        took.append(time.perf_counter() - start)
    ended: dict[str, Head] = {}
    pushes: list[float] = []
    for _worker in workers:
        heads, timings = results.get()
        ended |= heads
        pushes += timings
    for worker in workers:
        worker.join()
    rush, catch_up, _ready, copy = took
    total = DESKS * EACH
    report(f"p99 of {len(pushes):,} pushes of {DESKS} desks", _p99(pushes), unit="s", target=1.0)
    report("median of them", statistics.median(pushes), unit="s")
    report(f"{total:,} check-ins of two hours, all in after", rush, unit="s", floor=SECONDS, target=1.1)
    report(
        f"500 desks catch up on {DESKS * BATCH:,}, beside COPY",
        catch_up / (DESKS * BATCH) * 1e6,
        unit="µs/entry",
        floor=copy / (DESKS * BATCH) * 1e6,
        target=4.0,
    )
    return ended


def _counted(url: str, keys: SyncKeys, ended: dict[str, Head]) -> None:
    """See that every entry is there and counted, and how long the organiser waits for the numbers."""
    desk = admin.add_desk(url, keys, "Reader", bytes(32))
    with closing(connect(desk, keys)) as hub:
        heads = {journal: head for journal, head in hub.heads().items() if journal in ended}
    assert fingerprint(heads) == fingerprint(ended), "an entry is missing"
    start = time.perf_counter()
    came = sum(row.came for row in admin.counts(url, keys))
    report(f"api.counts over {came:,} check-ins", time.perf_counter() - start, unit="s")


def _probe(server: Server, url: str, keys: SyncKeys, before: int) -> tuple[float, float]:
    """Push `before` entries, then measure PROBE more; return µs an entry of a push and of COPY beside it."""
    desk = admin.add_desk(url, keys, f"Probe {time.perf_counter_ns()}", bytes(32))
    journal = _Desk(desk, before + PROBE)
    pushes, copies = [], []
    with closing(connect(desk, keys)) as hub, closing(server.connection(read_url(url).database)) as copier:
        for start in range(0, before + PROBE, BATCH):
            batch = journal.records[start : start + BATCH]
            lines = [b"".join(_line(journal.id, record) for record in batch)]
            began = time.perf_counter()
            assert hub.push(journal.id, batch).status == "ok"
            pushed = time.perf_counter()
            copier.run("COPY beside FROM STDIN", stream=lines)
            copied = time.perf_counter()
            pushes.append((pushed - began) / BATCH * 1e6)
            copies.append((copied - pushed) / BATCH * 1e6)
    last = PROBE // BATCH
    return statistics.median(pushes[-last:]), statistics.median(copies[-last:])


@dataclass
class _Desk:
    """A desk with everything it will send already on its disk."""

    url: str
    entries: int
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent: int = 0
    records: list[Record] = field(init=False)

    def __post_init__(self) -> None:
        self.records = list(self._write())

    def _write(self) -> Iterator[Record]:
        before = GENESIS
        for seq in range(1, self.entries + 1):
            entry_id = str(uuid7())
            body = Body(
                Kind.CHECK_IN, entry_id, str(uuid.uuid4()), "main", "in", "2014-07-08", 1_404_781_200_000 + 3600 * seq,
                3600 * seq, "0123456789abcdef", 0, "fedcba9876543210",
            ).to_bytes()  # fmt: skip
            before = chain_hash(before, self.id, seq, entry_id, body)
            yield Record(seq, bytes.fromhex(entry_id.replace("-", "")), body, before)


def _work(urls: Sequence[str], keeper: str, keys: SyncKeys, gates: Sequence[Any], results: Any) -> None:
    """Be some of the desks, on a few threads."""
    desks = [_Desk(url, EACH + BATCH) for url in urls]
    hubs = [connect(desk.url, keys) for desk in desks]
    for hub in hubs:
        hub.hello()
    timings: list[float] = []
    gates[0].wait()
    began = time.perf_counter()

    def rush(mine: Sequence[int]) -> None:
        while any(desks[number].sent < EACH for number in mine):
            for number in mine:
                desk = desks[number]
                due = min(EACH, int((time.perf_counter() - began) / SECONDS * EACH))
                batch = desk.records[desk.sent : min(due, desk.sent + BATCH)]
                if batch:
                    start = time.perf_counter()
                    answer = hubs[number].push(desk.id, batch)
                    timings.append(time.perf_counter() - start)
                    assert answer.status == "ok"
                    desk.sent = answer.head.seq
            time.sleep(0.005)

    def catch_up(mine: Sequence[int]) -> None:
        for number in mine:
            assert hubs[number].push(desks[number].id, desks[number].records[EACH:]).status == "ok"

    _on_threads(rush, len(desks))
    gates[1].wait()
    _on_threads(catch_up, len(desks))
    gates[2].wait()
    lines = [b"".join(_line(desk.id, record) for record in desk.records[EACH:]) for desk in desks]
    address = read_url(keeper)
    copier = pg8000.native.Connection(
        address.user, host=address.host, port=address.port, database=address.database, password=address.password,
        ssl_context=address.context(),
    )  # fmt: skip
    gates[3].wait()
    copier.run("COPY floor FROM STDIN", stream=lines)
    gates[4].wait()
    copier.close()
    for hub in hubs:
        hub.close()
    results.put(({desk.id: Head(len(desk.records), desk.records[-1].hash) for desk in desks}, timings))


def _on_threads(work: Any, desks: int) -> None:
    threads = [threading.Thread(target=work, args=(range(number, desks, THREADS),)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _line(journal_id: str, record: Record) -> bytes:
    cells = (record.body, record.hash, record.sealed)
    text = "\t".join((journal_id, str(record.seq), record.entry_id.hex(), *("\\\\x" + cell.hex() for cell in cells)))
    return text.encode() + b"\n"


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


if __name__ == "__main__":
    sys.exit(main())
