"""The hub in a PostgreSQL database: a desk's role may call the functions of schema `api`, and nothing else.

What they do stands in `_postgres_sql`; who may call them was settled by `_postgres_admin`. Lists go as array literals in
one parameter, so that a push is one round trip and is parsed by the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from checkin.domain.journal import GENESIS
from checkin.errors import HubError
from checkin.sync.hub import Hub, Make
from checkin.sync.hubs import _pg_says as says
from checkin.sync.hubs._pg_address import read_url
from checkin.sync.hubs._pg_wire import Wire
from checkin.sync.keys import SyncKeys
from checkin.sync.records import (
    BATCH,
    PROTOCOL,
    Chunk,
    DeskCard,
    Edition,
    Forked,
    Head,
    Heard,
    Hello,
    PublicPerson,
    Pushed,
    Record,
)

SCHEMES: Final = ("postgresql", "postgres")
_PARCEL: Final = 2_000_000
"""Bytes of chunks in one call: a slow network carries them within the deadline."""


def connect(url: str, keys: SyncKeys) -> Hub:
    """Return the hub; it is opened by the first call. Raises HubUrlError."""
    return PostgresHub(Wire(read_url(url)), keys)


class PostgresHub:
    """See checkin.sync.hub.Hub."""

    def __init__(self, wire: Wire, keys: SyncKeys) -> None:
        """`keys`: of the event that the hub must be for."""
        self.url = wire.address.shown
        self._wire = wire
        self._keys = keys
        self._hello: Hello | None = None
        self._closed = False

    def hello(self, make: Make = "anywhere") -> Hello:  # noqa: ARG002 - a desk cannot make one here
        """Say whose hub this is."""
        epoch, now_ms, event, min_version, _version = self._asked("SELECT * FROM api.hello()")[0]
        if event != self._keys.event_hash:
            self._wire.close()
            raise says.other_event(self._wire.address.name)
        self._hello = Hello(epoch, now_ms, event, min_version)
        return self._hello

    def enter(self, laptop: str) -> str:
        """Note who uses this desk's enrolment; return who did first."""
        return str(self._call("SELECT api.enter($1)", laptop)[0][0])

    def announce(self, card: DeskCard) -> None:
        """Keep a desk's newest card."""
        if not self._keys.believes(card):
            raise says.not_signed()
        self._call(
            "SELECT api.announce($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            card.journal_id, card.desk, card.number, _hex(card.key), _hex(card.certificate), card.head.seq,
            _hex(card.head.hash), card.at_ms, card.state, card.program, _hex(card.sealed), _hex(card.signature),
        )  # fmt: skip

    def desks(self) -> list[Heard]:
        """Return the newest card of every journal; one that no desk of this event signed is left out."""
        heard = []
        for row in self._call("SELECT * FROM api.desks()"):
            (
                journal,
                desk,
                number,
                key,
                certificate,
                seq,
                head,
                at_ms,
                state,
                program,
                sealed,
                signature,
                ms,
                revoked,
            ) = row
            card = DeskCard(
                journal, desk, number, key, certificate, Head(seq, head), at_ms, state, program, sealed, signature
            )
            heard.append(Heard(card, ms, revoked))
        return [one for one in heard if self._keys.believes(one.card)]

    def heads(self) -> dict[str, Head]:
        """Return how far every journal goes here; one without an entry is left out."""
        return {journal: Head(seq, digest) for journal, seq, digest in self._call("SELECT * FROM api.heads()")}

    def push(self, journal_id: str, records: Sequence[Record]) -> Pushed:
        """Take the next entries of a journal, all or none."""
        wrong = _malformed(records)
        sent = () if wrong else records
        row = self._call(
            "SELECT * FROM api.push($1, $2, $3, $4, $5, $6)",
            journal_id,
            sent[0].seq if sent else 1,
            "{" + ",".join(record.entry_id.hex() for record in sent) + "}",
            _array(record.body for record in sent),
            _array(record.hash for record in sent),
            _array(record.sealed for record in sent),
        )[0]
        status, seq, head, epoch, now_ms, detail = row
        return Pushed("refused" if wrong else status, Head(seq, head), epoch, now_ms, wrong or detail)

    def pull(self, journal_id: str, first: int, last: int) -> list[Record]:
        """Return entries `first`..`last`, at most BATCH."""
        if (self._hello or self.hello()).min_version > PROTOCOL:
            raise says.newer(self._wire.address.name)
        return [Record(*row) for row in self._call("SELECT * FROM api.pull($1, $2, $3)", journal_id, first, last)]

    def forks(self) -> list[Forked]:
        """Return what was kept as evidence."""
        return [Forked(row[0], Record(*row[1:])) for row in self._call("SELECT * FROM api.forks()")]

    def editions(self) -> list[Edition]:
        """Return the newest edition of every journal that published one; what no desk of this event signed is left out."""
        found = []
        for journal, version, at_ms, sealed, chunks, revoked, key, certificate, signature in self._call(
            "SELECT * FROM api.editions()"
        ):
            digests, keys = _split(chunks), _split(revoked)
            found.append(Edition(journal, version, at_ms, sealed, digests, keys, key, certificate, signature))
        return [edition for edition in found if self._keys.believes(edition)]

    def publish(self, edition: Edition, chunks: Mapping[bytes, Chunk]) -> None:
        """Put an edition in the place of an older one: its chunks first, then the one call that makes it count."""
        if not self._keys.believes(edition):
            raise says.not_signed()
        for parcel in _parcels(chunks.values()):
            self._call(
                "SELECT api.put_chunks($1, $2)",
                _array(chunk.sealed for chunk in parcel),
                _texts(_lines(chunk.public) for chunk in parcel),
            )
        self._call(
            "SELECT api.publish($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            edition.journal_id, edition.version, edition.at_ms, _hex(edition.sealed), _array(edition.chunks),
            _array(edition.revoked), _hex(edition.key), _hex(edition.certificate), _hex(edition.signature),
        )  # fmt: skip

    def missing_chunks(self, digests: Sequence[bytes]) -> list[bytes]:
        """Return which of these chunks the hub does not have."""
        return [row[0] for row in self._call("SELECT api.missing_chunks($1)", _array(digests))]

    def chunk(self, digest: bytes) -> Chunk:
        """Return one chunk. Raises HubError where it is not there or is not what its digest says."""
        sealed, public = self._call("SELECT * FROM api.chunk($1)", _hex(digest))[0]
        chunk = Chunk(sealed, tuple(_person(line) for line in public.split("\n") if line))
        if chunk.digest != digest:
            raise says.of_code("CH007", self._wire.address.name)
        return chunk

    def forget(self, journal_id: str, entry_ids: Sequence[bytes]) -> None:
        """Delete the sealed texts of these entries of our own journal."""
        self._call("SELECT api.forget($1, $2)", journal_id, "{" + ",".join(one.hex() for one in entry_ids) + "}")

    def close(self) -> None:
        """Let go of the connection."""
        self._closed = True
        self._wire.close()

    def _call(self, statement: str, *parameters: Any) -> list[list[Any]]:
        if self._hello is None:
            self.hello()
        return self._asked(statement, *parameters)

    def _asked(self, statement: str, *parameters: Any) -> list[list[Any]]:
        if self._closed:
            raise says.closed(self._wire.address.name)
        return self._wire.call(statement, *parameters)


def _malformed(records: Sequence[Record]) -> str:
    """Return what is wrong with a batch that the server's types could not even hold; "" for nothing."""
    if len(records) > BATCH:
        return f"more than {BATCH} entries at once"
    first = records[0].seq if records else 1
    if not 0 < first < 2**62:
        return "no such number"
    for number, record in enumerate(records, first):
        if record.seq != number:
            return "numbers that do not follow"
        if len(record.entry_id) != 16 or len(record.hash) != len(GENESIS):
            return "malformed"
    return ""


def _hex(data: bytes) -> str:
    return "\\x" + data.hex()


def _array(parts: Iterable[bytes]) -> str:
    return "{" + ",".join(['"\\\\x' + part.hex() + '"' for part in parts]) + "}"


def _texts(parts: Iterable[str]) -> str:
    return "{" + ",".join(['"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts]) + "}"


def _split(joined: bytes) -> tuple[bytes, ...]:
    """Take apart what hub.joined put together."""
    parts, at = [], 0
    while at < len(joined):
        end = at + 4 + int.from_bytes(joined[at : at + 4], "big")
        parts.append(joined[at + 4 : end])
        at = end
    return tuple(parts)


def _lines(public: Iterable[PublicPerson]) -> str:
    return "\n".join(f"{person.uid}\t{person.category}\t{person.country}" for person in public)


def _person(line: str) -> PublicPerson:
    parts = line.split("\t")
    if len(parts) != 3:
        raise HubError(says.of_code("CH007", "").args[0])
    return PublicPerson(*parts)


def _parcels(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    parcel: list[Chunk] = []
    size = 0
    for chunk in chunks:
        if parcel and size + len(chunk.sealed) > _PARCEL:
            yield parcel
            parcel, size = [], 0
        parcel.append(chunk)
        size += len(chunk.sealed)
    if parcel:
        yield parcel
