"""The journal: facts are written, states are computed (design: SYNC.md "The journal").

Each desk appends to its own journal. An entry's body holds no name: persons are pseudonymous ids, staff a keyed hash,
free text (a reason) lives beside the chain under a salted commitment, so that it can be erased and the chain still
verifies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

BODY_VERSION = 1
MAX_BODY = 4096
GENESIS = bytes(32)
"""The hash before a journal's first entry."""
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), check_circular=False)
"""Kept: json.dumps would make a new one for every entry, which costs more than the encoding."""


class Kind(StrEnum):
    """What an entry states. The first letters keep bodies short; the names are SYNC.md's."""

    CHECK_IN = "CHECK_IN"
    CHECK_OUT = "CHECK_OUT"
    UNDO = "UNDO"
    WALK_IN = "WALK_IN"
    ATTENDEE = "ATTENDEE"
    BADGE_ISSUED = "BADGE_ISSUED"
    BADGE_REVOKED = "BADGE_REVOKED"
    MERGE = "MERGE"
    NOTE = "NOTE"
    CLOCK = "CLOCK"
    DAY_CLOSED = "DAY_CLOSED"
    PARENT = "PARENT"
    RESCUE = "RESCUE"
    ERASE = "ERASE"
    EXPORT = "EXPORT"


@dataclass(frozen=True, slots=True)
class Body:
    """What an entry states, before it has its place in a journal."""

    kind: Kind
    entry_id: str
    """UUIDv7, hex with dashes: the identity of the fact; survives re-journaling."""
    subject: str = ""
    """Attendee id, or badge "issuer-serial" where no person is known."""
    checkpoint: str = ""
    direction: str = ""
    day: str = ""
    """The declared day, ISO."""
    at_ms: int = 0
    """Wall clock of the desk, milliseconds since 1970 UTC."""
    monotonic_ms: int = 0
    boot: str = ""
    offset_ms: int = 0
    """Estimated correction of the wall clock; 0: none known."""
    operator: str = ""
    """Keyed hash of the staff name."""
    target: str = ""
    """UNDO: the entry that is meant. MERGE: the attendee who is the subject too. BADGE_ISSUED, BADGE_REVOKED: the print,
    "issuer-serial-revision". CHECK_IN: the WALK_IN that it was made with."""
    commitment: str = ""
    """Hex SHA-256 over salt and private text kept beside the chain; empty: there is none."""
    flags: str = ""
    """One letter each: c the clock disagreed with the declared day, j the clock was set since the last entry, f forced;
    s by hand scanner, t typed, p picked from a search (none of these three: by camera)."""
    change: str = ""
    """ATTENDEE: "edit", "cancel", "reinstate" or "code"; what exactly lies beside the chain (domain.changes). NOTE: "settled"
    where its target is a double that somebody looked at. DAY_CLOSED: "closed", "corrected" or "reopened". EXPORT: which
    report as which file, "attendance.xlsx"."""
    category: str = ""
    """WALK_IN, and an edit that changes it: what a hub counts by."""
    country: str = ""
    consent: str = ""
    """WALK_IN: version of the notice, then each choice: "2014-07 photo=1 mailing=0"."""
    must_understand: bool = True

    def to_bytes(self) -> bytes:
        """Return the canonical bytes: JSON, keys sorted, no spaces, ASCII, empty fields left out.

        Raises ValueError above 4 KB.
        """
        fields: dict[str, Any] = {
            "v": BODY_VERSION,
            "k": self.kind.value,
            "id": self.entry_id,
            "mu": int(self.must_understand),
            "s": self.subject,
            "cp": self.checkpoint,
            "dir": self.direction,
            "day": self.day,
            "at": self.at_ms,
            "mono": self.monotonic_ms,
            "boot": self.boot,
            "off": self.offset_ms,
            "op": self.operator,
            "t": self.target,
            "c": self.commitment,
            "f": self.flags,
            "ch": self.change,
            "cat": self.category,
            "co": self.country,
            "cs": self.consent,
        }
        data = _CANONICAL.encode({k: v for k, v in fields.items() if v}).encode()
        if len(data) > MAX_BODY:
            raise ValueError(f"a journal entry may hold {MAX_BODY} bytes, this one has {len(data)}")
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Body:
        """Read canonical bytes. Raises ValueError where they are no entry of a version this program knows."""
        fields = json.loads(data)
        if not isinstance(fields, dict) or fields.get("v") != BODY_VERSION:
            raise ValueError("not a journal entry of this version")
        return cls(
            kind=Kind(fields["k"]),
            entry_id=fields["id"],
            subject=fields.get("s", ""),
            checkpoint=fields.get("cp", ""),
            direction=fields.get("dir", ""),
            day=fields.get("day", ""),
            at_ms=fields.get("at", 0),
            monotonic_ms=fields.get("mono", 0),
            boot=fields.get("boot", ""),
            offset_ms=fields.get("off", 0),
            operator=fields.get("op", ""),
            target=fields.get("t", ""),
            commitment=fields.get("c", ""),
            flags=fields.get("f", ""),
            change=fields.get("ch", ""),
            category=fields.get("cat", ""),
            country=fields.get("co", ""),
            consent=fields.get("cs", ""),
            must_understand=bool(fields.get("mu", 0)),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A body in its place: (journal_id, seq) is its address, entry_id is what is counted."""

    journal_id: str
    seq: int
    body: Body
    data: bytes
    hash: bytes


def chain_hash(previous: bytes, journal_id: str, seq: int, entry_id: str, data: bytes) -> bytes:
    """Return SHA-256(previous | journal_id | seq | entry_id | body): ids as 16 bytes, seq as 8 big-endian."""
    journal, entry = bytes.fromhex(journal_id.replace("-", "")), bytes.fromhex(entry_id.replace("-", ""))
    return hashlib.sha256(previous + journal + seq.to_bytes(8, "big") + entry + data).digest()


def commitment(salt: bytes, text: str) -> str:
    """Return the hex commitment that ties private text to an entry without showing it."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def operator_hash(event_id: str, staff: str) -> str:
    """Return the pseudonym of a staff member in this event, 16 hex digits."""
    return hashlib.sha256(f"checkin staff\0{event_id}\0{staff}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a journal's chain does not verify."""

    journal_id: str
    seq: int
    reason: str


def verify(entries: Iterable[Entry]) -> Iterator[Break]:
    """Yield every gap and every wrong hash. `entries`: of any number of journals, each in the order of seq."""
    heads: dict[str, tuple[int, bytes]] = {}
    for entry in entries:
        seq, previous = heads.get(entry.journal_id, (0, GENESIS))
        if entry.seq != seq + 1:
            yield Break(entry.journal_id, entry.seq, "gap")
        expected = chain_hash(previous, entry.journal_id, entry.seq, entry.body.entry_id, entry.data)
        if expected != entry.hash:
            yield Break(entry.journal_id, entry.seq, "hash")
        heads[entry.journal_id] = (entry.seq, entry.hash)


Key = tuple[str, str, str]
"""(subject, day, checkpoint)"""


def one_person(merges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for everybody who was put together with somebody else, the one who is kept.

    `merges`: (kept, other) in the order of time, journal and seq. All who hang together are one person; where two desks
    each kept another one of the same two, the earlier entry says which.
    """
    parent: dict[str, str] = {}

    def root(who: str) -> str:
        while who in parent:
            who = parent[who]
        return who

    for keep, other in merges:
        kept, gone = root(keep), root(other)
        if kept != gone:
            parent[gone] = kept
    return {who: root(who) for who in parent}


def _order(entry: Entry) -> tuple[int, str, int]:
    """Put entries in the one order that every desk agrees on: corrected time, journal, seq."""
    return entry.body.at_ms + entry.body.offset_ms, entry.journal_id, entry.seq


@dataclass(frozen=True, slots=True)
class Fold:
    """What all known entries together say."""

    present: Mapping[Key, Entry]
    """Every (subject, day, checkpoint) that counts, with the first admission: least (time, journal, seq)."""
    inside: frozenset[Key]
    undone: frozenset[str]


def fold(entries: Iterable[Entry], owners: Mapping[str, str] | None = None) -> Fold:
    """Compute presence from the entries alone: two sets that only grow, so order and repetition do not matter.

    People who were found to be one (MERGE) count once, as the one who is kept; `owners`: the same of ids that were made
    from a badge (domain.badge.holder_uid), id -> whose badge it is. An entry that stands in two journals counts once,
    at the lesser address. This is the reference that the database's projection is tested against.
    """
    unique: dict[str, Entry] = {}
    for entry in entries:
        known = unique.get(entry.body.entry_id)
        if known is None or (entry.journal_id, entry.seq) < (known.journal_id, known.seq):
            unique[entry.body.entry_id] = entry
    undone = frozenset(e.body.target for e in unique.values() if e.body.kind is Kind.UNDO)
    moves = sorted(
        (
            e
            for e in unique.values()
            if e.body.kind in {Kind.CHECK_IN, Kind.CHECK_OUT} and e.body.entry_id not in undone
        ),
        key=_order,
    )
    merges = sorted(
        (e for e in unique.values() if e.body.kind is Kind.MERGE and e.body.entry_id not in undone), key=_order
    )
    known_owners = [(owner, uid) for uid, owner in sorted((owners or {}).items())]
    kept = one_person([*known_owners, *((e.body.subject, e.body.target) for e in merges)])
    present: dict[Key, Entry] = {}
    inside: set[Key] = set()
    for entry in moves:
        subject = entry.body.subject
        key = (kept.get(subject, subject), entry.body.day, entry.body.checkpoint)
        if entry.body.kind is Kind.CHECK_IN:
            present.setdefault(key, entry)
            inside.add(key)
        else:
            inside.discard(key)
    return Fold(present, frozenset(inside), undone)


def find_doubles(moves: Iterable[tuple[int, str, int, Body, int]]) -> list[tuple[Body, Body]]:
    """Return (first, second) of each admission of somebody who was inside by another journal's word.

    `moves`: (corrected ms, journal id, seq, body, journal pk) of one person at one post, in that order, none undone. One
    that staff let in again with a reason (flag f) knew of the first: it is no double.
    """
    found: list[tuple[Body, Body]] = []
    inside: tuple[str, Body] | None = None
    for _at, journal_id, _seq, body, _pk in moves:
        if body.kind is not Kind.CHECK_IN:
            inside = None
        elif inside is None:
            inside = journal_id, body
        elif inside[0] != journal_id and "f" not in body.flags:
            found.append((inside[1], body))
    return found
