"""What one round has in its hands, and what its parts share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from checkin.db import journals, remote
from checkin.db.engine import Database
from checkin.db.journal import OwnJournal
from checkin.db.people import raw_of
from checkin.errors import CancelledError
from checkin.i18n import _, ngettext
from checkin.sync.hub import Hub
from checkin.sync.keys import SyncKeys
from checkin.sync.records import Head, Record

Progress = Callable[[str, int, int], None]
"""(stage, done, total); stages: "people", "send", "receive"."""
NOTHING: Final = Head(0, bytes(32))
"""The head of an empty journal."""
_SHORT: Final = 50
"""Entries in one transaction: a scan waits for one of these at most."""


class Writer(Protocol):
    """What a round needs of the desk whose journal it sends. `desk.Scribe` is one."""

    journal: OwnJournal
    offset_ms: int
    """How far this laptop's clock is behind the hub's, as far as is known; 0 where it agrees."""

    def now_ms(self) -> int:
        """Return this laptop's clock, milliseconds since 1970 UTC."""

    def note_clock(self, raw: Any) -> None:
        """Append a CLOCK entry that says how far this clock is off, in the caller's transaction."""


@dataclass
class Exchange:
    """One round while it lasts. Its parts (meeting, sending, receiving, rescuing) work on this."""

    database: Database
    keys: SyncKeys
    writer: Writer
    hub: Hub
    progress: Progress
    cancelled: Callable[[], bool]
    notices: list[str] = field(default_factory=list)
    pulled: int = 0
    blocked: set[str] = field(default_factory=set)
    """Journals that do not verify at the hub: nothing more is taken of them."""

    @property
    def own(self) -> OwnJournal:
        """Return the journal that is written here now: it changes when a fork is found."""
        return self.writer.journal

    def own_journals(self) -> list[journals.Known]:
        """Return every journal that this desk writes or wrote, the oldest first."""
        with self.database.read() as connection:
            known = journals.known(connection)
        mine = [one for one in known.values() if one.mine or one.key == self.keys.public]
        return sorted(mine, key=lambda one: one.pk)

    def known(self) -> dict[str, journals.Known]:
        """Return every journal that is known here now."""
        with self.database.read() as connection:
            return journals.known(connection)

    def head(self, journal_pk: int) -> Head:
        """Return how far a journal goes here."""
        with self.database.read() as connection:
            return Head(*remote.head(raw_of(connection), journal_pk))

    def hash_at(self, journal_pk: int, seq: int) -> bytes | None:
        """Return the hash of one of our copies of an entry, None where it is not here."""
        with self.database.read() as connection:
            return journals.hash_at(connection, journal_pk, seq)

    def common(self, journal: journals.Known) -> int:
        """Return the last number under which the hub and we have the same entry: the chain makes a search by halves right."""
        there = self.hub.heads().get(journal.journal_id, NOTHING)
        low, high = 0, min(there.seq, self.head(journal.pk).seq)
        while low < high:
            middle = (low + high + 1) // 2
            records = self.hub.pull(journal.journal_id, middle, middle)
            if records and records[0].hash == self.hash_at(journal.pk, middle):
                low = middle
            else:
                high = middle - 1
        return low

    def take(self, journal_pk: int, records: Sequence[Record]) -> None:
        """Store what a hub sent of one journal, in short transactions: scans go on between two."""
        entries = [arrived(self.keys, record) for record in records]
        unknown = 0
        for start in range(0, len(entries), _SHORT):
            with self.database.write() as connection:
                taken = remote.take(connection, journal_pk, entries[start : start + _SHORT])
            self.pulled += taken.new
            unknown += taken.unknown
        if unknown:
            self.notices.append(
                ngettext(
                    "{count} entry was made by a newer version of this program: it is kept, and counts after an update.",
                    "{count} entries were made by a newer version of this program: they are kept, and count after an update.",
                    unknown,
                ).format(count=unknown)
            )

    def go_on(self) -> None:
        """Raise CancelledError where somebody stopped the round."""
        if self.cancelled():
            raise CancelledError(
                _("Stopped. What was exchanged so far is kept; everything else follows with the next round.")
            )


def record(
    keys: SyncKeys, seq: int, entry_id: bytes, body: bytes, digest: bytes, salt: bytes | None, text: str | None
) -> Record:
    """Return an entry as it travels: the text beside it sealed. The arguments are a row of `journals.entries`."""
    sealed = b"" if text is None else keys.seal(entry_id, (salt or b"") + text.encode())
    return Record(seq, entry_id, body, digest, sealed)


def arrived(keys: SyncKeys, one: Record) -> remote.Arrived:
    """Open what travelled sealed. What cannot be opened is left out: the fact itself still counts."""
    private: tuple[bytes, str] | None = None
    if one.sealed:
        try:
            opened = keys.unseal(one.entry_id, one.sealed)
            private = opened[:16], opened[16:].decode()
        except ValueError:
            private = None
    return remote.Arrived(one.seq, one.entry_id, one.body, one.hash, private)
