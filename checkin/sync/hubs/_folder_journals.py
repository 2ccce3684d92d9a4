"""The journals in a hub's folder: what is taken, what is kept as evidence, what is merged, what is forgotten.

Nothing here locks: FolderHub does, around whatever writes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from checkin.domain.journal import MAX_BODY
from checkin.errors import HubError
from checkin.sync.bundle import MAX_SEALED, Kind, pack, read_manifest
from checkin.sync.hubs._folder_files import Found, HubFolder, bundle_name
from checkin.sync.hubs._folder_index import Index, Part
from checkin.sync.keys import SyncKeys
from checkin.sync.records import BATCH, Head, Record, Status, chain_breaks


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of entries that were offered."""

    status: Status
    head: Head
    detail: str = ""
    """For the log."""


class Journals:
    """Writes bundles. Each call may raise VanishedError: list the folder and call again."""

    def __init__(self, folder: HubFolder, keys: SyncKeys, index: Index) -> None:
        """`keys`: of the desk that writes."""
        self._folder = folder
        self._keys = keys
        self._index = index

    def push(self, journal_id: str, records: Sequence[Record]) -> Outcome:
        """Take the next entries of this desk's own journal, all or none."""
        chain = self._index.chain(journal_id)
        reason = malformed(records)
        if not reason and chain.parts and chain.parts[-1].stored.manifest.key != self._keys.public:
            reason = "another desk's journal"
        if reason:
            return Outcome("refused", chain.head, reason)
        if not records:
            return Outcome("ok", chain.head)
        if records[0].seq > chain.head.seq + 1:
            return Outcome("gap", chain.head)
        return self._follow(journal_id, records)

    def _follow(self, journal_id: str, records: Sequence[Record]) -> Outcome:
        """Skip what stands, take what follows, keep what stands in the way of another one as evidence."""
        head = self._index.chain(journal_id).head
        first = records[0].seq
        before = self._index.hash_at(journal_id, first - 1)
        assert before is not None
        standing = self._index.read(journal_id, first, min(records[-1].seq, head.seq))
        other = branch(records, standing)
        if other is None:
            new = records[len(standing) :]
            if chain_breaks(head, journal_id, new) is not None:
                return Outcome("refused", head, "a hash does not follow")
            if new:
                self._append(journal_id, new)
            return Outcome("ok", self._index.chain(journal_id).head)
        evidence = records[other:]
        known = records[other - 1].hash if other else before
        if chain_breaks(Head(evidence[0].seq - 1, known), journal_id, evidence) is not None:
            # a clone that left the journal before this batch: its first entry follows one that is not here
            rest_breaks = chain_breaks(Head(evidence[0].seq, evidence[0].hash), journal_id, evidence[1:])
            if other or evidence[0].seq == 1 or rest_breaks is not None:
                return Outcome("refused", head, "a hash does not follow")
            known = b""
        kept = {fork.record.hash for fork in self._index.forks(journal_id)}
        if not kept >= {record.hash for record in evidence}:
            self._write(journal_id, known, evidence, "fork")
        return Outcome("fork", head)

    def _append(self, journal_id: str, new: Sequence[Record]) -> None:
        """Write new entries together with the small bundles before them; the last file first, so that all or none is seen."""
        chain = self._index.chain(journal_id)
        merged = to_merge(chain.parts, new, self._keys.public)
        records = [r for part in merged for r in self._index.records(part.stored)] + list(new)
        before = merged[0].stored.manifest.previous if merged else chain.head.hash
        blocks: list[tuple[bytes, list[Record]]] = []
        for record in records:
            if not blocks or record.seq % BATCH == 1:
                blocks.append((before, []))
            blocks[-1][1].append(record)
            before = record.hash
        written = {self._write(journal_id, start, block, "entries") for start, block in reversed(blocks)}
        for name in {part.stored.found.name for part in merged} - written:
            self._delete(name)
        self._tidy(journal_id)

    def _tidy(self, journal_id: str) -> None:
        """Delete bundles of this desk that stand whole in larger ones: a merge that was cut short left them."""
        chain = self._index.chain(journal_id)
        used = {part.stored.found.name for part in chain.parts}
        for stored in self._index.bundles(journal_id):
            manifest = stored.manifest
            if stored.found.name in used or manifest.kind == "fork" or manifest.key != self._keys.public:
                continue
            if manifest.last <= chain.head.seq and self._index.hash_at(journal_id, manifest.last) == manifest.head:
                self._delete(stored.found.name)

    def _write(self, journal_id: str, before: bytes, records: Sequence[Record], kind: Kind) -> str:
        data = pack(self._keys, journal_id, Head(records[0].seq - 1, before), records, now_ms(), kind)
        manifest, _body = read_manifest(data, self._keys, "")
        name = bundle_name(manifest)
        self._folder.write(name, data)
        self._index.put(Found(name, self._folder.stamp(name) or (0, 0)), manifest, tuple(records))
        return name

    def _delete(self, name: str) -> None:
        """Delete what stands whole in another bundle. Where a reader has it open (Windows), the next push does."""
        with suppress(HubError):
            self._folder.delete(name)
            self._index.forget_file(name)

    def forget(self, journal_id: str, entry_ids: Sequence[bytes]) -> None:
        """Write what this desk signed anew without the sealed texts of these entries."""
        gone = set(entry_ids)
        for stored in self._index.bundles(journal_id):
            if stored.manifest.key != self._keys.public:
                continue
            records = self._index.records(stored)
            if any(r.entry_id in gone and r.sealed for r in records):
                kept = [replace(r, sealed=b"") if r.entry_id in gone else r for r in records]
                self._write(journal_id, stored.manifest.previous, kept, stored.manifest.kind)


def now_ms() -> int:
    """Return this laptop's clock: a folder has none."""
    return time.time_ns() // 1_000_000


def malformed(records: Sequence[Record]) -> str:
    """Return what is wrong with a push, for the log; empty where nothing is."""
    if len(records) > BATCH:
        return "too many entries"
    for number, record in enumerate(records):
        if record.seq < 1 or record.seq != records[0].seq + number:
            return "numbers are not in a row"
        if len(record.entry_id) != 16 or len(record.hash) != 32:
            return "an id or a hash of the wrong length"
        if not 0 < len(record.body) <= MAX_BODY or len(record.sealed) > MAX_SEALED:
            return "an entry that is too large"
    return ""


def branch(records: Sequence[Record], standing: Sequence[Record]) -> int | None:
    """Return the place in `records` from which on they are others than those that stand; None where they are the same."""
    for number, (ours, theirs) in enumerate(zip(records, standing, strict=False)):
        if ours.hash != theirs.hash:
            return number
    return None


def to_merge(parts: Sequence[Part], new: Sequence[Record], own: bytes) -> list[Part]:
    """Return the last parts that are rewritten together with new entries: those of the same 500, signed by ourselves,
    and no larger than what they are merged with, unless the 500 are full now. An entry is so written some nine times."""
    block = (new[0].seq - 1) // BATCH
    full = new[-1].seq >= (block + 1) * BATCH
    merged: list[Part] = []
    size = len(new)
    for part in reversed(parts):
        manifest = part.stored.manifest
        whole = (part.first, part.last) == (manifest.first, manifest.last)
        if not whole or manifest.key != own or (part.first - 1) // BATCH != block or (part.last - 1) // BATCH != block:
            break
        if not full and manifest.count > size:
            break
        merged.insert(0, part)
        size += manifest.count
    return merged
