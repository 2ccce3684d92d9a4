"""What a folder hub decides about a push: is it well formed, where does it branch off, what grows together."""

from __future__ import annotations

from collections.abc import Sequence

from checkin.domain.journal import MAX_BODY
from checkin.sync.bundle import MAX_SEALED
from checkin.sync.hubs._folder_index import Part
from checkin.sync.records import BATCH, Record


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
