"""The event and its list, as one desk publishes them whole and another takes them: a second laptop needs nothing else.

An edition is signed as one piece and its versions only go up, so that nothing old can be mixed in or played back. People
are cut into chunks by their id; a chunk that has not changed is the same bytes and is not sent again.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from checkin.db import journals, listed
from checkin.db import state as rows
from checkin.db.engine import Database
from checkin.domain.badge import EventKey, Keyring
from checkin.errors import HubError
from checkin.i18n import _
from checkin.sync.hub import Hub
from checkin.sync.keys import SyncKeys, verified
from checkin.sync.records import Chunk, Edition, PublicPerson

_PEOPLE: Final = 1000
"""People in a chunk, about."""
_MAX_JSON: Final = 64 * 1024 * 1024
_PACK: Final = b"checkin edition pack"
_CHUNK: Final = b"checkin edition chunk"
LAYOUTS: Final = "badges"
"""Where an organiser's own layouts lie in a data folder."""


@dataclass(frozen=True, slots=True)
class EventPack:
    """What is needed to make the event on another laptop."""

    definition: str
    """The organiser's TOML."""
    keyring: Keyring
    layouts: Mapping[str, str]
    """File name -> text."""


def fetch_event(hub: Hub, keys: SyncKeys) -> EventPack:
    """Return the event as the newest edition at the hub has it. Raises HubError where nobody has published it yet."""
    trusted = [edition for edition in hub.editions() if keys.believes(edition)]
    if not trusted:
        raise HubError(
            _(
                "The event has not arrived at the hub yet. Nothing was changed here; sync the first desk once, then try again."
            )
        )
    return unpack(keys, max(trusted, key=lambda edition: (edition.at_ms, edition.journal_id)))


def unpack(keys: SyncKeys, edition: Edition) -> EventPack:
    """Open an edition's sealed part. Raises HubError where it cannot be opened."""
    try:
        data = json.loads(_inflate(keys.unseal(_PACK, edition.sealed)))
        ring = {int(key_id): EventKey(bytes.fromhex(secret), bool(retired)) for key_id, secret, retired in data["keys"]}
        return EventPack(data["event"], Keyring(keys.event_id, ring, int(data["current"])), dict(data["layouts"]))
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise HubError(
            _("What the hub says of the event cannot be read. Nothing was changed; ask the supervisor.")
        ) from error


class Publisher:
    """Publishes what this data folder knows of the list, and takes what others publish."""

    def __init__(self, database: Database, folder: Path, keys: SyncKeys, definition: str, keyring: Keyring) -> None:
        """Work on one open event."""
        self._database = database
        self._folder = folder
        self._keys = keys
        self._definition = definition
        self._keyring = keyring

    def publish(self, hub: Hub, journal_id: str, at_ms: int, known: Sequence[Edition]) -> bool:
        """Publish a new edition if something changed here since the last one, or the hub has another; say whether it was.

        `known`: the editions that the hub has.
        """
        mine = next((edition for edition in known if edition.journal_id == journal_id), None)
        with self._database.read() as connection:
            changed = rows.get(connection, rows.LIST_CHANGED)
            published = rows.get(connection, rows.LIST_PUBLISHED)
            version, digest = rows.edition_of(connection, journal_id)
            erasures = journals.erasures(connection)
        pack, revoked = self._pack(), self.revoked()
        stamp = f"{changed}/{hashlib.sha256(pack).hexdigest()[:16]}/{len(revoked)}/{erasures}"
        if not (self._keys.authority_seed or changed):
            return False
        if mine is not None and published == stamp and _digest(mine) == digest:
            return False
        chunks, sealed = self._chunks(), self._keys.seal(_PACK, pack)
        if mine is not None and (mine.sealed, set(mine.chunks), mine.revoked) == (sealed, set(chunks), revoked):
            self._remember(mine, stamp)  # a copy of this laptop published the same
            return False
        version = max(version, mine.version if mine else 0) + 1
        edition = self._keys.signed_edition(
            Edition(journal_id, version, at_ms, sealed, tuple(chunks), revoked, b"", b"")
        )
        missing = set(hub.missing_chunks(list(chunks)))
        hub.publish(edition, {digest: chunk for digest, chunk in chunks.items() if digest in missing})
        self._remember(edition, stamp)
        return True

    def retire(self, hub: Hub, journal_id: str, editions: Sequence[Edition]) -> None:
        """Take the list out of editions of this desk's older journals that are older than an erasure: a restored desk began
        a new journal, so nobody publishes under the old one any more, and who was erased would stand there for good.

        Call it after `publish`, with the editions that the hub had before. A copy of this laptop that still writes the old
        journal publishes its own, newer one again.
        """
        with self._database.read() as connection:
            erased_ms = journals.last_erasure_ms(connection)
        for one in editions:
            if one.journal_id != journal_id and one.key == self._keys.public and one.chunks and one.at_ms < erased_ms:
                hub.publish(self._keys.signed_edition(replace(one, version=one.version + 1, chunks=())), {})

    def _remember(self, edition: Edition, stamp: str) -> None:
        with self._database.write() as connection:
            rows.put(connection, rows.LIST_PUBLISHED, stamp)
            rows.put_edition(connection, edition.journal_id, edition.version, _digest(edition))
            rows.put(connection, rows.CHUNKS + edition.journal_id, _join(edition.chunks))

    def take(
        self, hub: Hub, own_journal: str, editions: Sequence[Edition],
        progress: Callable[[int, int], None], cancelled: Callable[[], bool],
    ) -> int:  # fmt: skip
        """Take the newer editions of others; return how many people are new or changed. An older one is left alone.

        One under our own journal that is not ours comes from a copy of this laptop: it is taken like any other.
        """
        news = 0
        for edition in editions:
            ours = edition.journal_id == own_journal
            if not self._keys.believes(edition) or not (self._is_other(edition) if ours else self._is_newer(edition)):
                continue
            with self._database.read() as connection:
                had = set(_split(rows.get(connection, rows.CHUNKS + edition.journal_id)))
            wanted = [digest for digest in edition.chunks if digest not in had]
            for number, digest in enumerate(wanted):
                if cancelled():
                    return news
                progress(number, len(wanted))
                news += self._take_chunk(hub, digest)
            self._take_layouts(edition)
            with self._database.write() as connection:
                if not ours:
                    rows.put_edition(connection, edition.journal_id, edition.version, _digest(edition))
                    rows.put(connection, rows.CHUNKS + edition.journal_id, _join(edition.chunks))
                self._take_revoked(connection, edition)
        return news

    def revoked(self) -> tuple[bytes, ...]:
        """Return the keys that are cut off, each with the authority's signature (96 bytes)."""
        with self._database.read() as connection:
            return _split(rows.get(connection, rows.REVOKED), 96)

    def revoke(self, public: bytes) -> None:
        """Cut a desk's key off: every desk learns of it with the next edition. Raises ValueError without authority."""
        entry = public + self._keys.vouch(_revocation(public))
        with self._database.write() as connection:
            rows.put(connection, rows.REVOKED, _join(sorted({*self.revoked(), entry})))

    def cut_off(self) -> set[bytes]:
        """Return the public keys that nothing is believed of any more."""
        return {entry[:32] for entry in self.revoked()}

    def _is_newer(self, edition: Edition) -> bool:
        with self._database.read() as connection:
            return edition.version > rows.edition_of(connection, edition.journal_id)[0]

    def _is_other(self, edition: Edition) -> bool:
        with self._database.read() as connection:
            return _digest(edition) != rows.edition_of(connection, edition.journal_id)[1]

    def _take_chunk(self, hub: Hub, digest: bytes) -> int:
        chunk = hub.chunk(digest)
        if chunk.digest != digest:
            raise HubError(_("A part of the list was altered at the hub. Nothing of it was taken; ask the supervisor."))
        try:
            people = json.loads(_inflate(self._keys.unseal(_CHUNK, chunk.sealed)))
        except (ValueError, zlib.error) as error:
            raise HubError(
                _("A part of the list at the hub cannot be read. Nothing of it was taken; ask the supervisor.")
            ) from error
        news = 0
        for start in range(0, len(people), 200):  # scans go on between two transactions
            with self._database.write() as connection:
                news += listed.take_listed(connection, people[start : start + 200])
        return news

    def _take_revoked(self, connection: Any, edition: Edition) -> None:
        good = {
            entry
            for entry in edition.revoked
            if len(entry) == 96 and verified(self._keys.authority_public, entry[32:], _revocation(entry[:32]))
        }
        known = set(_split(rows.get(connection, rows.REVOKED), 96))
        if not good <= known:
            rows.put(connection, rows.REVOKED, _join(sorted(good | known)))

    def _take_layouts(self, edition: Edition) -> None:
        """Put layouts that are not here yet beside the event; one that was changed here stays."""
        home = self._folder / LAYOUTS
        for name, text in unpack(self._keys, edition).layouts.items():
            target = home / Path(name).name
            if not target.exists():
                home.mkdir(exist_ok=True)
                target.write_text(text, "utf-8")

    def _pack(self) -> bytes:
        home = self._folder / LAYOUTS
        layouts = {path.name: path.read_text("utf-8") for path in sorted(home.glob("*.toml"))} if home.is_dir() else {}
        ring = [[key_id, key.secret.hex(), key.retired] for key_id, key in sorted(self._keyring.keys.items())]
        data = {"event": self._definition, "keys": ring, "current": self._keyring.current, "layouts": layouts}
        return zlib.compress(json.dumps(data, ensure_ascii=False, sort_keys=True).encode(), 6)

    def _chunks(self) -> dict[bytes, Chunk]:
        """Cut the list by the first digits of the ids."""
        parts: dict[str, list[list[Any]]] = {}
        with self._database.read() as connection:
            total = rows.people_on_lists(connection)
            digits = 0
            while total > _PEOPLE * 16**digits:
                digits += 1
            for row in listed.listed(connection):
                parts.setdefault(row[0][:digits], []).append(row)
        chunks = (self._chunk(part) for part in parts.values())
        return {chunk.digest: chunk for chunk in chunks}

    def _chunk(self, part: list[list[Any]]) -> Chunk:
        text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
        public = tuple(PublicPerson(*listed.public_part(row)) for row in part)
        return Chunk(self._keys.seal(_CHUNK, zlib.compress(text.encode(), 6)), public)


def _inflate(data: bytes) -> bytes:
    """Decompress what one of our desks made; never more than a desk would send."""
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(data, _MAX_JSON)
    if unpacker.unconsumed_tail:
        raise ValueError("more than a desk would send")
    return text


def _digest(edition: Edition) -> bytes:
    return hashlib.sha256(edition.signed_bytes()).digest()


def _revocation(public: bytes) -> bytes:
    return b"checkin revoked 1\0" + public


def _join(parts: Any) -> str:
    return " ".join(part.hex() for part in parts)


def _split(text: str, length: int = 32) -> tuple[bytes, ...]:
    return tuple(data for data in map(bytes.fromhex, text.split()) if len(data) == length)
