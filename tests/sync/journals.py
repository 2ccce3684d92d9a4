"""Journals of desks as tests need them: real bodies, a real chain, clones on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from uuid6 import uuid7

from checkin.domain.journal import GENESIS, Body, Kind, chain_hash
from checkin.sync.keys import SyncKeys, new_keys, public_of
from checkin.sync.records import DeskCard, Head, Record

EVENT = "small-2014"
DAY = "2014-07-08"


def desk_keys(authority: SyncKeys, name: str, seed: bytes | None = None) -> SyncKeys:
    """Return the keys of a desk that was enrolled by `authority`."""
    own = seed or uuid4().bytes + uuid4().bytes
    return replace(authority, authority_seed=b"", desk_seed=own, certificate=authority.certify(public_of(own), name))


def event_keys(name: str = "Desk 1") -> SyncKeys:
    """Return the keys of a new event."""
    return new_keys(EVENT, name)


class DeskJournal:
    """A journal that grows; `clone` gives a second laptop with the same file."""

    def __init__(self, journal_id: str = "", records: Sequence[Record] = ()) -> None:
        self.journal_id = journal_id or str(uuid4())
        self.records = list(records)

    @property
    def head(self) -> Head:
        return Head(self.records[-1].seq, self.records[-1].hash) if self.records else Head(0, GENESIS)

    def add(self, count: int = 1, *, keys: SyncKeys | None = None, text: str = "") -> list[Record]:
        """Append admissions of made-up people and return them; with `keys` each carries a sealed text."""
        bodies = [
            Body(Kind.CHECK_IN, str(uuid7()), f"p{uuid4().hex[:12]}", "main", "in", DAY, 1_404_781_200_000 + number)
            for number in range(count)
        ]
        return [self.append(body, keys=keys, text=text) for body in bodies]

    def append(self, body: Body, *, keys: SyncKeys | None = None, text: str = "") -> Record:
        """Append one body."""
        head, data, entry_id = self.head, body.to_bytes(), bytes.fromhex(body.entry_id.replace("-", ""))
        digest = chain_hash(head.hash, self.journal_id, head.seq + 1, body.entry_id, data)
        sealed = keys.seal(entry_id, (text or "note").encode()) if keys else b""
        self.records.append(Record(head.seq + 1, entry_id, data, digest, sealed))
        return self.records[-1]

    def part(self, first: int, last: int) -> list[Record]:
        """Return entries `first`..`last`."""
        return self.records[first - 1 : last]

    def before(self, first: int) -> Head:
        """Return the head before entry `first`."""
        return Head(first - 1, self.records[first - 2].hash if first > 1 else GENESIS)

    def clone(self, upto: int = 0) -> DeskJournal:
        """Return the journal as another laptop with a copy of the file would go on with it."""
        return DeskJournal(self.journal_id, self.records[: upto or len(self.records)])


def card(keys: SyncKeys, journal: DeskJournal, at_ms: int = 1_404_781_200_000, **changes: object) -> DeskCard:
    """Return a signed card of a journal."""
    made = DeskCard(journal.journal_id, "Desk 1", 7, b"", b"", journal.head, at_ms)
    return keys.signed_card(replace(made, **changes))  # type: ignore[arg-type]
