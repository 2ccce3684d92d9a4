"""A range of one journal as one file: signed by a desk, readable by desks of the event only.

    CHECKIN-BUNDLE 1\\n
    manifest, one line of JSON, ASCII\\n
    Ed25519 signature over all above, 64 bytes
    body: the entries, compressed, then sealed under the event's key

A hub's folder is made of such files, and a stick or a letter carries one. Whoever reads one gets the same records as
from any hub, or an UnreadableBundleError that says what is the matter; nothing of it is then used.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from checkin.domain.journal import MAX_BODY, chain_hash
from checkin.errors import BundleError
from checkin.i18n import _
from checkin.sync.keys import SyncKeys, verified
from checkin.sync.records import Head, Record
from checkin.texts import escape
from checkin.whole_file import explain, replacing

SUFFIX: Final = ".bundle"
MAX_ENTRIES: Final = 50_000
MAX_SEALED: Final = 65_536
"""Bytes of private text beside one entry."""
MAX_FILE: Final = 64 * 1024 * 1024
_MAX_RAW: Final = 96 * 1024 * 1024
_MAX_MANIFEST: Final = 4096
_MAGIC: Final = b"CHECKIN-BUNDLE "
_VERSION: Final = b"1"
_SIGNATURE: Final = 64

Kind = Literal["entries", "fork"]
"""fork: entries that came too late for their place and are kept as evidence."""
Reason = Literal[
    "missing", "foreign file", "version", "cut", "altered", "other event", "unknown desk", "lie", "too big", "gap"
]


class UnreadableBundleError(BundleError):
    """A bundle that is not used, and why in one word."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        """`reason`: for programs; the sentence is for people."""
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself, signed."""

    event: str
    """SyncKeys.event_hash."""
    event_id: str
    kind: Kind
    journal: str
    first: int
    last: int
    previous: bytes
    """Hash before the first entry; empty where it is not known (a fork's only)."""
    start: bytes
    """Hash of the first entry."""
    head: bytes
    """Hash of the last one."""
    count: int
    length: int
    """Bytes of the body in the file."""
    raw: int
    """Bytes of the body when opened."""
    sha256: str
    """Of the body in the file, hex."""
    created_ms: int
    key: bytes
    certificate: bytes

    def line(self) -> bytes:
        """Return the manifest as it stands in the file."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name, value in fields.items():
            fields[name] = value.hex() if isinstance(value, bytes) else value
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Manifest:
        """Read it. Raises ValueError, KeyError, TypeError."""
        fields = json.loads(line)
        for name in ("previous", "start", "head", "key", "certificate"):
            fields[name] = bytes.fromhex(fields[name])
        made = cls(**fields)
        numbers = (made.first, made.last, made.count, made.length, made.raw, made.created_ms)
        if not all(type(n) is int and n >= 0 for n in numbers) or made.kind not in {"entries", "fork"}:
            raise ValueError("not a manifest")
        if len(made.journal) != 36 or len(bytes.fromhex(made.journal.replace("-", ""))) != 16:
            raise ValueError("no journal")
        if {len(made.start), len(made.head)} != {32} or len(made.previous) not in {0, 32}:
            raise ValueError("no hashes")
        if not isinstance(made.event_id, str) or not isinstance(made.sha256, str):
            raise TypeError("not a manifest")
        return made


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was opened and whose chain holds."""

    manifest: Manifest
    records: tuple[Record, ...]
    desk: str
    """The name under which the desk that signed it was enrolled."""

    @property
    def previous(self) -> Head:
        """Return where the journal must be for these entries to follow."""
        return Head(self.manifest.first - 1, self.manifest.previous)


def pack(
    keys: SyncKeys, journal_id: str, previous: Head, records: Sequence[Record], created_ms: int, kind: Kind = "entries"
) -> bytes:
    """Return the file of these entries, which follow `previous` without a gap."""
    plain = b"".join(_framed(record) for record in records)
    body = keys.seal(_context(journal_id, records[0].seq, records[-1].seq), zlib.compress(plain, 1))
    manifest = Manifest(
        keys.event_hash, keys.event_id, kind, journal_id, records[0].seq, records[-1].seq, previous.hash, records[0].hash,
        records[-1].hash, len(records), len(body), len(plain), hashlib.sha256(body).hexdigest(), created_ms, keys.public,
        keys.certificate,
    )  # fmt: skip
    return assemble(keys, manifest, body)


def assemble(keys: SyncKeys, manifest: Manifest, body: bytes) -> bytes:
    """Sign a manifest and put it before its body."""
    signed = _MAGIC + _VERSION + b"\n" + manifest.line()
    return signed + keys.sign(signed) + body


def read_manifest(data: bytes, keys: SyncKeys, name: str) -> tuple[Manifest, bytes]:
    """Return the manifest and the body, still sealed, of a file called `name`; both are whole and a desk of ours signed.

    Raises UnreadableBundleError.
    """
    if len(data) > MAX_FILE:
        raise _too_big(name)
    manifest, start = _parsed(data, name)
    _check_origin(manifest, keys, name)
    body = data[start + _SIGNATURE :]
    if len(data) < start + _SIGNATURE or len(body) < manifest.length:
        raise _cut(name)
    if not verified(manifest.key, data[start : start + _SIGNATURE], data[:start]):
        raise _altered(name)
    if len(body) != manifest.length or hashlib.sha256(body).hexdigest() != manifest.sha256:
        raise _altered(name)
    if manifest.count != manifest.last - manifest.first + 1 or not 1 <= manifest.count <= MAX_ENTRIES:
        raise _lie(name)
    if not manifest.previous and manifest.kind == "entries":
        raise _lie(name)
    return manifest, body


def unpack(data: bytes, keys: SyncKeys, name: str) -> Bundle:
    """Return what a file holds: entries whose chain holds. Raises UnreadableBundleError."""
    manifest, body = read_manifest(data, keys, name)
    plain = _opened(manifest, body, keys, name)
    records = _records(manifest, plain, name)
    return Bundle(manifest, records, _desk(keys, manifest.key, manifest.certificate) or "")


def write_bundle(
    path: Path, keys: SyncKeys, journal_id: str, previous: Head, records: Sequence[Record], created_ms: int
) -> None:
    """Write a bundle for a stick or a letter. Raises BundleError; a file that was there before then still is."""
    if not records or len(records) > MAX_ENTRIES:
        raise BundleError(
            _("A bundle carries 1 to {count} entries. Nothing was written; choose a smaller part.").format(
                count=MAX_ENTRIES
            )
        )
    try:
        with replacing(path) as part:
            part.write_bytes(pack(keys, journal_id, previous, records, created_ms))
    except OSError as error:
        raise BundleError(explain(error, path)) from error


def read_file(path: Path) -> bytes:
    """Return a bundle file's bytes. Raises UnreadableBundleError where it is gone, or too big to be one."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise _too_big(path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableBundleError(
            "missing",
            _("“{name}” cannot be read ({detail}). Nothing was taken; plug the stick in again, or copy the file anew.").format(
                name=path.name, detail=error.strerror or error
            ),
        ) from error  # fmt: skip


def read_bundle(path: Path, keys: SyncKeys) -> Bundle:
    """Open a bundle that came by stick or letter. Raises UnreadableBundleError."""
    return unpack(read_file(path), keys, path.name)


def _parsed(data: bytes, name: str) -> tuple[Manifest, int]:
    """Return the manifest and where its signature begins; nothing of it is believed yet."""
    magic, _newline, rest = data.partition(b"\n")
    if not magic.startswith(_MAGIC):
        if not data or _MAGIC.startswith(magic[: len(_MAGIC)]):
            raise _cut(name)
        raise UnreadableBundleError(
            "foreign file",
            _("“{name}” is no bundle of this program. Nothing was taken from it; choose another file.").format(
                name=name
            ),
        )
    if magic != _MAGIC + _VERSION:
        raise UnreadableBundleError(
            "version",
            _(
                "“{name}” was written by a newer version of this program. Nothing was taken from it; update this laptop, then"
                " try again."
            ).format(name=name),
        )
    line, newline, rest = rest[: _MAX_MANIFEST + _SIGNATURE].partition(b"\n")
    if not newline:
        raise _cut(name) if len(data) < _MAX_MANIFEST else _altered(name)
    start = len(magic) + 1 + len(line) + 1
    try:
        manifest = Manifest.from_line(line)
    except (ValueError, KeyError, TypeError) as error:
        raise _altered(name) from error
    return manifest, start


def _check_origin(manifest: Manifest, keys: SyncKeys, name: str) -> None:
    """Refuse what another event, or no desk of ours, wrote."""
    if manifest.event != keys.event_hash:
        raise UnreadableBundleError(
            "other event",
            _("“{name}” belongs to another event, “{event}”. Nothing was taken from it.").format(
                name=name, event=escape(manifest.event_id)
            ),
        )
    if _desk(keys, manifest.key, manifest.certificate) is None:
        raise UnreadableBundleError(
            "unknown desk",
            _(
                "“{name}” was signed by a laptop that is no desk of this event. Nothing was taken from it; the supervisor may"
                " enrol that laptop, after a look at it."
            ).format(name=name),
        )


@lru_cache(maxsize=1024)
def _desk(keys: SyncKeys, key: bytes, certificate: bytes) -> str | None:
    """A desk signs thousands of bundles: its certificate is looked at once."""
    return keys.enrolled(key, certificate)


def _context(journal_id: str, first: int, last: int) -> bytes:
    return f"checkin bundle 1 {journal_id} {first} {last}".encode()


def _framed(record: Record) -> bytes:
    return b"".join(
        (record.entry_id, len(record.body).to_bytes(2, "big"), record.body,
         len(record.sealed).to_bytes(4, "big"), record.sealed)
    )  # fmt: skip


def _opened(manifest: Manifest, body: bytes, keys: SyncKeys, name: str) -> bytes:
    """Unseal and decompress; never more than the manifest said, whatever the body would like to become."""
    if manifest.raw > _MAX_RAW:
        raise _too_big(name)
    try:
        packed = keys.unseal(_context(manifest.journal, manifest.first, manifest.last), body)
    except ValueError as error:
        raise _altered(name) from error
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(packed, manifest.raw + 1)
    except zlib.error as error:
        raise _lie(name) from error
    if len(plain) != manifest.raw or not inflate.eof:
        raise _lie(name)
    return plain


def _records(manifest: Manifest, plain: bytes, name: str) -> tuple[Record, ...]:
    records, at, before = [], 0, manifest.previous
    for seq in range(manifest.first, manifest.last + 1):
        entry_id, at = plain[at : at + 16], at + 16
        size, at = int.from_bytes(plain[at : at + 2], "big"), at + 2
        body, at = plain[at : at + size], at + size
        private, at = int.from_bytes(plain[at : at + 4], "big"), at + 4
        sealed, at = plain[at : at + private], at + private
        if at > len(plain) or size > MAX_BODY or private > MAX_SEALED:
            raise _lie(name)
        before = chain_hash(before, manifest.journal, seq, entry_id.hex(), body) if before else manifest.start
        records.append(Record(seq, entry_id, body, before, sealed))
    if at != len(plain) or records[0].hash != manifest.start or records[-1].hash != manifest.head:
        raise _lie(name)
    return tuple(records)


def _cut(name: str) -> UnreadableBundleError:
    return UnreadableBundleError(
        "cut",
        _("“{name}” is cut off: it was not copied to its end. Nothing was taken from it; copy it anew.").format(
            name=name
        ),
    )


def _altered(name: str) -> UnreadableBundleError:
    return UnreadableBundleError(
        "altered",
        _("“{name}” was altered after it was signed, or is damaged. Nothing was taken from it; copy it anew.").format(
            name=name
        ),
    )


def _lie(name: str) -> UnreadableBundleError:
    return UnreadableBundleError(
        "lie",
        _("“{name}” does not hold what it says of itself. Nothing was taken from it; ask the desk to write it again.").format(
            name=name
        ),
    )  # fmt: skip


def _too_big(name: str) -> UnreadableBundleError:
    return UnreadableBundleError(
        "too big",
        _("“{name}” is larger than a bundle can be. Nothing was taken from it.").format(name=name),
    )
