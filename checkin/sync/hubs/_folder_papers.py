"""Cards, editions, parts of the list and cut-off desks as files; each is believed for its signature alone."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

from checkin.sync.keys import SyncKeys, verified
from checkin.sync.records import Chunk, DeskCard, Edition, Head, PublicPerson

_CHUNK: Final = b"checkin folder chunk"
_REVOKED: Final = b"checkin folder revoked 1\0"
_USED: Final = b"checkin folder used 1\0"
MALFORMED: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def card_to_bytes(card: DeskCard) -> bytes:
    """Return the file of a card."""
    return _dump(
        {
            "journal": card.journal_id, "desk": card.desk, "number": card.number, "key": _b(card.key),
            "certificate": _b(card.certificate), "seq": card.head.seq, "hash": _b(card.head.hash), "at_ms": card.at_ms,
            "state": card.state, "program": card.program, "sealed": _b(card.sealed), "signature": _b(card.signature),
        }
    )  # fmt: skip


def card_from_bytes(data: bytes) -> DeskCard:
    """Read it; whether it is believed is another question. Raises one of MALFORMED."""
    d = json.loads(data)
    return DeskCard(
        _s(d["journal"]), _s(d["desk"]), int(d["number"]), _u(d["key"]), _u(d["certificate"]),
        Head(int(d["seq"]), _u(d["hash"])), int(d["at_ms"]), _s(d["state"]), _s(d["program"]), _u(d["sealed"]),
        _u(d["signature"]),
    )  # fmt: skip


def edition_to_bytes(edition: Edition) -> bytes:
    """Return the file of an edition."""
    return _dump(
        {
            "journal": edition.journal_id, "version": edition.version, "at_ms": edition.at_ms, "sealed": _b(edition.sealed),
            "chunks": [_b(digest) for digest in edition.chunks], "revoked": [_b(key) for key in edition.revoked],
            "key": _b(edition.key), "certificate": _b(edition.certificate), "signature": _b(edition.signature),
        }
    )  # fmt: skip


def edition_from_bytes(data: bytes) -> Edition:
    """Read it; whether it is believed is another question. Raises one of MALFORMED."""
    d = json.loads(data)
    return Edition(
        _s(d["journal"]), int(d["version"]), int(d["at_ms"]), _u(d["sealed"]), tuple(_u(c) for c in d["chunks"]),
        tuple(_u(k) for k in d["revoked"]), _u(d["key"]), _u(d["certificate"]), _u(d["signature"]),
    )  # fmt: skip


def chunk_to_bytes(chunk: Chunk, keys: SyncKeys) -> bytes:
    """Return the file of a part of the list: sealed whole, so that a stick that is found tells nothing."""
    public = [[p.uid, p.category, p.country] for p in chunk.public]
    return keys.seal(_CHUNK, _dump({"sealed": _b(chunk.sealed), "public": public}))


def chunk_from_bytes(data: bytes, keys: SyncKeys) -> Chunk:
    """Read it. Raises one of MALFORMED."""
    d = json.loads(keys.unseal(_CHUNK, data))
    return Chunk(_u(d["sealed"]), tuple(PublicPerson(_s(u), _s(c), _s(n)) for u, c, n in d["public"]))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A desk that the authority let in."""

    key: bytes
    certificate: bytes

    def to_bytes(self) -> bytes:
        """Return its file."""
        return _dump({"key": _b(self.key), "certificate": _b(self.certificate)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Enrolled:
        """Read it. Raises one of MALFORMED."""
        d = json.loads(data)
        return cls(_u(d["key"]), _u(d["certificate"]))


@dataclass(frozen=True, slots=True)
class CutOff:
    """A desk that the authority cut off: of each journal it counts up to where it went then."""

    key: bytes
    until: dict[str, Head]
    """Journal -> the last entry that still counts."""
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """Return what the authority signs."""
        return _REVOKED + self._fields()

    def to_bytes(self) -> bytes:
        """Return its file."""
        return _dump({"what": self._fields().decode(), "signature": _b(self.signature)})

    @classmethod
    def from_bytes(cls, data: bytes) -> CutOff:
        """Read it. Raises one of MALFORMED."""
        d = json.loads(data)
        what = json.loads(d["what"])
        until = {_s(journal): Head(int(seq), _u(digest)) for journal, (seq, digest) in what["until"].items()}
        return cls(_u(what["key"]), until, _u(d["signature"]))

    def holds(self, keys: SyncKeys) -> bool:
        """Say whether the event's authority signed it."""
        return verified(keys.authority_public, self.signature, self.signed_bytes())

    def _fields(self) -> bytes:
        until = {journal: [head.seq, _b(head.hash)] for journal, head in self.until.items()}
        return _dump({"key": _b(self.key), "until": until})


@dataclass(frozen=True, slots=True)
class Used:
    """That a desk's enrolment was used, and by which laptop. Signed with the enrolment's own key."""

    key: bytes
    laptop: str
    signature: bytes

    @classmethod
    def signed(cls, keys: SyncKeys, laptop: str) -> Used:
        """Return it for the desk with these keys."""
        return cls(keys.public, laptop, keys.sign(_USED + laptop.encode()))

    def holds(self) -> bool:
        """Say whether whoever has the enrolment wrote it."""
        return verified(self.key, self.signature, _USED + self.laptop.encode())

    def to_bytes(self) -> bytes:
        """Return its file."""
        return _dump({"key": _b(self.key), "laptop": self.laptop, "signature": _b(self.signature)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Used:
        """Read it. Raises one of MALFORMED."""
        d = json.loads(data)
        return cls(_u(d["key"]), _s(d["laptop"]), _u(d["signature"]))


def _dump(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _b(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _u(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _s(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
