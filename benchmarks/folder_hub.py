"""A hub that is a folder: 10,000 bundles in it, and a push of 500 entries."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from benchmarks._report import report
from checkin.domain.journal import GENESIS, Body, Kind, chain_hash
from checkin.sync.bundle import pack, read_manifest
from checkin.sync.hubs._folder_files import bundle_name
from checkin.sync.hubs.folder import connect
from checkin.sync.keys import SyncKeys, new_keys
from checkin.sync.records import BATCH, Head, Record

_IN_A_BUNDLE = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 bundles")
    count = 1_000 if parser.parse_args().quick else 10_000
    keys = new_keys("bench-2014", "Desk 1")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        listing(keys, folder / "many", count)
        pushing(keys, folder / "push")


def listing(keys: SyncKeys, folder: Path, count: int) -> None:
    """Open a hub for the first time, then again with 100 bundles that are new."""
    folder.mkdir()
    fill(keys, folder, count)
    with closing(connect(f"folder:{folder}", keys)) as hub:
        busy = time.process_time()
        first = seconds(hub.heads)
        busy = time.process_time() - busy
        assert len(hub.heads()) == count // 100
        floor = seconds(lambda: [path.read_bytes() for path in folder.iterdir()])
        report(f"folder hub, first look at {count} bundles; floor: reading them", first, unit="s", floor=floor)
        report(f"folder hub, first look at {count} bundles", first, unit="s", target=10.0)
        report(f"folder hub, first look at {count} bundles, processor time", busy, unit="s")
        again = statistics.median(seconds(hub.heads) for _ in range(20))
        listed = statistics.median(seconds(lambda: [e.stat() for e in os.scandir(folder)]) for _ in range(20))
        report(
            f"folder hub, {count} bundles, nothing new; floor: listing", again * 1000, unit="ms", floor=listed * 1000
        )
        fill(keys, folder, 100)
        report(f"folder hub, 100 new among {count} bundles", seconds(hub.heads) * 1000, unit="ms")


def pushing(keys: SyncKeys, folder: Path) -> None:
    """Push 500 entries at a time, beside a plain file of the same bytes that is flushed and renamed."""
    folder.mkdir()
    ours, plain = [], []
    with closing(connect(f"folder:{folder}", keys)) as hub:
        hub.hello()
        journal = str(uuid4())
        head = Head(0, GENESIS)
        for number in range(30):
            records = entries(keys, journal, head, BATCH)
            ours.append(seconds(lambda records=records: hub.push(journal, records)))  # type: ignore[misc]
            head = Head(records[-1].seq, records[-1].hash)
            data = max(folder.glob("*.bundle"), key=lambda path: path.name).read_bytes()
            target = folder / f"{number}.floor"
            plain.append(seconds(lambda data=data, target=target: written(target, data)))  # type: ignore[misc]
            target.unlink()
        assert hub.heads()[journal] == head
        report("folder hub, push of 500 entries, p50; floor: write, flush and rename of the same bytes",
               statistics.median(ours) * 1000, unit="ms", floor=statistics.median(plain) * 1000)  # fmt: skip
        report("folder hub, bundle of 500 entries", len(data) / 1024, unit="KB")


def fill(keys: SyncKeys, folder: Path, count: int) -> None:
    """Write bundles of 20 entries, 100 of each journal: more and smaller ones than a hub leaves behind."""
    for number in range(count):
        if number % 100 == 0:
            journal, head = str(uuid4()), Head(0, GENESIS)
        records = entries(keys, journal, head, _IN_A_BUNDLE)
        data = pack(keys, journal, head, records, 1)
        (folder / bundle_name(read_manifest(data, keys, "")[0])).write_bytes(data)
        head = Head(records[-1].seq, records[-1].hash)


def entries(keys: SyncKeys, journal: str, head: Head, count: int) -> list[Record]:
    """Return admissions as a desk writes them, every tenth with a sealed reason."""
    made = []
    for seq in range(head.seq + 1, head.seq + 1 + count):
        entry_id = uuid4()
        body = Body(
            Kind.CHECK_IN, str(entry_id), uuid4().hex[:16], "opening", "in", "2014-07-08", 1_404_781_200_000 + seq,
            monotonic_ms=seq * 7919, boot=uuid4().hex[:12], operator="0123456789abcdef",
        ).to_bytes()  # fmt: skip
        head = Head(seq, chain_hash(head.hash, journal, seq, entry_id.hex, body))
        sealed = keys.seal(entry_id.bytes, os.urandom(40)) if seq % 10 == 0 else b""
        made.append(Record(seq, entry_id.bytes, body, head.hash, sealed))
    return made


def written(target: Path, data: bytes) -> None:
    """Do the least that keeps a file through a power cut."""
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
