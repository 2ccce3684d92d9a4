"""What travels between a desk and a hub: plain values, the same for every hub."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from checkin.domain.journal import chain_hash

BATCH: Final = 500
"""Entries in one push or pull at most."""


@dataclass(frozen=True, slots=True)
class Record:
    """One journal entry on its way. `body` and `hash` are exactly what the journal holds (domain.journal)."""

    seq: int
    entry_id: bytes
    """16 bytes."""
    body: bytes
    hash: bytes
    """32 bytes: domain.journal.chain_hash over the entry before it."""
    sealed: bytes = b""
    """Private text under the event's key (SyncKeys.seal, bound to the entry_id); empty where there is none or it was erased."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far a journal goes: its last number and hash. (0, 32 zero bytes) where it is empty."""

    seq: int
    hash: bytes


Status = Literal["ok", "gap", "fork", "refused"]
"""What became of a push: ok (all of it is there now) · gap (entries before it are missing) · fork (another entry stands
under one of these numbers; ours were kept as evidence, nothing was taken into the journal) · refused (malformed, too many,
a hash that does not follow; nothing was kept)."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """A hub's answer to a push, believed only where its head is in our own chain too."""

    status: Status
    head: Head
    epoch: str
    now_ms: int
    """The hub's clock, milliseconds since 1970 UTC."""
    detail: str = ""
    """For the log, never for a person as it is: a foreign program wrote it."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What a hub says of itself."""

    epoch: str
    """Changes when the hub is made, restored or replaced."""
    now_ms: int
    event: str
    """SHA-256 of the event id, hex: whose hub it is."""
    min_version: int = 1
    """The lowest PROTOCOL that may pull; an older program may still push."""


PROTOCOL: Final = 1


@dataclass(frozen=True, slots=True)
class DeskCard:
    """How a desk introduces one of its journals. Signed by the desk's key, which the event's authority certified."""

    journal_id: str
    desk: str
    """Its name, not secret."""
    number: int
    """Issuer of its badges."""
    key: bytes
    """Ed25519 public key, 32 bytes."""
    certificate: bytes
    """The authority's signature over event, desk name at enrolment and key (SyncKeys.certify), 64 bytes and the name."""
    head: Head
    """How far the journal goes on the desk itself."""
    at_ms: int
    """The desk's own clock, corrected."""
    state: str = "open"
    """sync.card_state: "open", "closed 2014-07-08" after the day was closed there, and what else it says of closings."""
    program: str = ""
    sealed: bytes = b""
    """Names of staff by hash, {"hash": "Art"}, JSON under the event's key."""
    signature: bytes = b""
    """Over `signed_bytes`."""

    def signed_bytes(self) -> bytes:
        """Return what the signature covers: every field but itself, length before each."""
        return _framed(
            b"checkin card 1", self.journal_id, self.desk, str(self.number), self.key, self.certificate,
            str(self.head.seq), self.head.hash, str(self.at_ms), self.state, self.program, self.sealed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A card as the hub has it."""

    card: DeskCard
    heard_ms: int
    """When the hub got it, by the hub's clock."""
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Forked:
    """An entry that lost its place to another one with the same number. It still counts: somebody re-appends it."""

    journal_id: str
    record: Record


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """What a hub may know of somebody on the list: enough to count, not to know."""

    uid: str
    category: str
    country: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the people of an edition. `sealed` is compressed JSON under the event's key, the same for the same content."""

    sealed: bytes
    public: tuple[PublicPerson, ...] = ()

    @property
    def digest(self) -> bytes:
        """Return SHA-256 of the sealed part and what stands beside it in clear."""
        text = "\n".join(f"{p.uid}\t{p.category}\t{p.country}" for p in self.public)
        return hashlib.sha256(_framed(b"checkin chunk 1", self.sealed, text)).digest()


@dataclass(frozen=True, slots=True)
class Edition:
    """What one journal's desk says of event and list, whole: versions of one journal only go up (TUF's snapshot).

    One signature binds the event, the keys, the revoked desks and every chunk, so that nothing old can be mixed in.
    """

    journal_id: str
    version: int
    at_ms: int
    sealed: bytes
    """Event definition, badge keys, layouts, timetable, JSON under the event's key."""
    chunks: tuple[bytes, ...]
    """Digests."""
    revoked: tuple[bytes, ...]
    """Public keys of desks that are cut off; believed only from the authority's own desk."""
    key: bytes
    certificate: bytes
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """Return what the signature covers."""
        return _framed(
            b"checkin edition 1", self.journal_id, str(self.version), str(self.at_ms), self.sealed, b"".join(self.chunks),
            b"".join(self.revoked), self.key, self.certificate,
        )  # fmt: skip


def fingerprint(heads: Mapping[str, Head]) -> str:
    """Return D: hex SHA-256 over (journal_id, head_seq, head_hash), sorted; empty journals are left out.

    Equal on two ends means that they hold the same entries (SYNC.md "Proof").
    """
    digest = hashlib.sha256()
    for journal_id in sorted(heads):
        head = heads[journal_id]
        if head.seq:
            digest.update(bytes.fromhex(journal_id.replace("-", "")) + head.seq.to_bytes(8, "big") + head.hash)
    return digest.hexdigest()


def chain_breaks(previous: Head, journal_id: str, records: Iterable[Record]) -> int | None:
    """Return the number of the first record that does not follow from the one before it; None where all do."""
    seq, before = previous.seq, previous.hash
    for record in records:
        expected = chain_hash(before, journal_id, record.seq, record.entry_id.hex(), record.body)
        if record.seq != seq + 1 or expected != record.hash:
            return record.seq
        seq, before = record.seq, record.hash
    return None


def _framed(label: bytes, *parts: bytes | str) -> bytes:
    data = [part.encode() if isinstance(part, str) else part for part in parts]
    return label + b"".join(len(part).to_bytes(4, "big") + part for part in data)
