"""What lies in a hub's folder, kept in memory while the hub is open: only files that are new are opened.

A manifest is signed by a desk of the event, so heads need no body. Bodies are opened when they are asked for, or when two
bundles of a journal overlap: then the entries themselves say which branch is the journal. The longest one that hangs
together is, among equals the one with the least last hash: every reader sees the same, in whatever order files arrive,
and a head only goes up as files arrive.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from checkin.domain.journal import GENESIS
from checkin.sync.bundle import Manifest, UnreadableBundleError, read_manifest, unpack
from checkin.sync.hubs._folder_files import Found, HubFolder, parse_bundle_name
from checkin.sync.keys import SyncKeys
from checkin.sync.records import Forked, Head, Record

log = logging.getLogger(__name__)

_EMPTY: Final = Head(0, GENESIS)
_KEPT_OPEN: Final = 32
"""Bundles whose entries are kept in memory."""
_STRANDED_NS: Final = 10 * 60 * 1_000_000_000
"""A synchronised folder brings files in any order, but not so late as this."""
_AGAIN: Final = 3
"""A listing that ran beside another desk's merge may miss both files: it is made again."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A bundle in the folder."""

    found: Found
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Part:
    """Entries `first`..`last` of a journal stand in this bundle."""

    first: int
    last: int
    stored: Stored


@dataclass(frozen=True, slots=True)
class Chain:
    """A journal as it stands here."""

    parts: tuple[Part, ...] = ()
    head: Head = _EMPTY
    losers: tuple[Record, ...] = ()
    """Entries of branches that lost their place."""
    waiting: tuple[Stored, ...] = ()
    """Bundles behind a gap."""

    def within(self, first: int, last: int) -> list[Part]:
        """Return the parts that hold entries of this range."""
        return [part for part in self.parts if part.first <= last and part.last >= first]


class VanishedError(Exception):
    """A bundle was merged into another one, or forgotten, since the folder was listed: list it again."""


class Index:
    """The folder's files, and the journals that they make."""

    def __init__(self, folder: HubFolder, keys: SyncKeys, allowed: Callable[[Manifest], bool]) -> None:
        """`allowed`: whether a bundle of a desk that was cut off may still be used."""
        self._folder = folder
        self._keys = keys
        self._allowed = allowed
        self._stored: dict[str, Stored] = {}
        self._journals: dict[str, dict[str, Stored]] = {}
        self._unread: dict[str, tuple[int, int]] = {}
        self._chains: dict[str, Chain] = {}
        self._evidence: dict[str, tuple[Forked, ...]] = {}
        self._open: OrderedDict[Found, tuple[Record, ...]] = OrderedDict()
        self.papers: dict[str, Found] = {}
        """Everything that is no bundle: cards, editions, chunks, who was enrolled, who was cut off."""

    def refresh(self) -> None:
        """List the folder and open what is new. Raises HubError."""
        for _attempt in range(_AGAIN):
            before = {journal: chain.head.seq for journal, chain in self._chains.items()}
            whole, changed = self._list()
            if whole and not any(self.chain(journal).head.seq < before.get(journal, 0) for journal in changed):
                return

    def journals(self) -> list[str]:
        """Return the ids of all journals of which there is a bundle."""
        return list(self._journals)

    def chain(self, journal: str) -> Chain:
        """Return a journal as it stands."""
        while journal not in self._chains:
            try:
                self._chains[journal] = self._linked(journal)
            except UnreadableBundleError:
                continue  # it was left out: once more without it
            except VanishedError:
                self._list()
        return self._chains[journal]

    def records(self, stored: Stored) -> tuple[Record, ...]:
        """Return a bundle's entries. Raises VanishedError; UnreadableBundleError where it lies, and leaves it out."""
        known = self._open.get(stored.found)
        if known is not None:
            self._open.move_to_end(stored.found)
            return known
        data = self._folder.read_one(stored.found.name)
        if data is None:
            raise VanishedError
        try:
            records = unpack(data, self._keys, stored.found.name).records
        except UnreadableBundleError as error:
            self._leave_out(stored.found, error, data)
            self._drop(stored.found.name)
            raise
        self.keep_open(stored.found, records)
        return records

    def keep_open(self, found: Found, records: tuple[Record, ...]) -> None:
        """Keep a bundle's entries in memory for a while."""
        self._open[found] = records
        if len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)

    def read(self, journal: str, first: int, last: int) -> list[Record]:
        """Return entries of the chain. Raises VanishedError."""
        while True:
            parts = self.chain(journal).within(first, last)
            try:
                return [r for part in parts for r in self._of(part) if first <= r.seq <= last]
            except UnreadableBundleError:
                continue

    def hash_at(self, journal: str, seq: int) -> bytes | None:
        """Return the hash under a number, None where there is no such entry. Raises VanishedError."""
        if seq == 0:
            return GENESIS
        for part in self.chain(journal).within(seq, seq):
            if part.last == seq and part.stored.manifest.last == seq:
                return part.stored.manifest.head
        found = self.read(journal, seq, seq)
        return found[0].hash if found else None

    def forks(self, journal: str) -> tuple[Forked, ...]:
        """Return entries that do not stand in the journal because another one does, or because what is before them has
        been missing for long: with a desk that is lost too, they would count nowhere. Raises VanishedError."""
        if journal not in self._evidence:
            chain = self.chain(journal)
            apart = {record.hash: record for record in chain.losers}
            for stored in list(self._journals.get(journal, {}).values()):
                if stored.manifest.kind != "fork":
                    continue
                try:
                    kept = self.records(stored)
                except UnreadableBundleError:
                    continue
                apart.update({r.hash: r for r in kept if self.hash_at(journal, r.seq) != r.hash})
            found = sorted(apart.values(), key=lambda record: (record.seq, record.hash))
            self._evidence[journal] = tuple(Forked(journal, record) for record in found)
        return self._evidence[journal] + self._stranded(journal)

    def _stranded(self, journal: str) -> tuple[Forked, ...]:
        chain = self.chain(journal)
        old = time.time_ns() - _STRANDED_NS
        found: list[Record] = []
        for stored in chain.waiting:
            if stored.found.stamp[0] < old:
                with suppress(UnreadableBundleError):
                    found += [record for record in self.records(stored) if record.seq > chain.head.seq]
        return tuple(Forked(journal, record) for record in sorted(found, key=lambda record: (record.seq, record.hash)))

    def bundles(self, journal: str) -> list[Stored]:
        """Return all bundles of a journal."""
        return list(self._journals.get(journal, {}).values())

    def put(self, found: Found, manifest: Manifest, records: tuple[Record, ...]) -> None:
        """Note a bundle that was just written here."""
        self._add(Stored(found, manifest))
        self.keep_open(found, records)

    def forget_file(self, name: str) -> None:
        """Note that a bundle was just deleted here."""
        self._drop(name)

    def recount(self) -> None:
        """Compute all journals anew: somebody was cut off."""
        self._chains.clear()
        self._evidence.clear()

    def _list(self) -> tuple[bool, set[str]]:
        """Return whether no file vanished while it was opened, and which journals changed."""
        seen: set[str] = set()
        papers: dict[str, Found] = {}
        whole, changed = True, set()
        for found in self._folder.listed():
            named = parse_bundle_name(found.name)
            if named is None:
                papers[found.name] = found
                continue
            seen.add(found.name)
            known = self._stored.get(found.name)
            if (known and known.found.stamp == found.stamp) or self._unread.get(found.name) == found.stamp:
                continue
            data = self._folder.read_one(found.name)
            if data is None:
                whole = False
                continue
            try:
                manifest, _body = read_manifest(data, self._keys, found.name)
                if not named.fits(manifest):
                    raise UnreadableBundleError("lie", "renamed")
            except UnreadableBundleError as error:
                self._leave_out(found, error, data)
                self._drop(found.name)
                continue
            self._add(Stored(found, manifest))
            changed.add(manifest.journal)
        for name in self._stored.keys() - seen:
            changed.add(self._stored[name].manifest.journal)
            self._drop(name)
        self.papers = papers
        return whole, changed

    def _leave_out(self, found: Found, error: UnreadableBundleError, data: bytes) -> None:
        """Leave a file where it is and do not open it again until it changes, or until the disk gives it."""
        if not data and found.stamp[1]:
            return
        if found.name not in self._unread:
            log.info("a bundle in the hub's folder is not used: %s", error.reason)
        self._unread[found.name] = found.stamp

    def _add(self, stored: Stored) -> None:
        name, journal = stored.found.name, stored.manifest.journal
        self._unread.pop(name, None)
        self._stored[name] = stored
        self._journals.setdefault(journal, {})[name] = stored
        self._changed(journal)

    def _drop(self, name: str) -> None:
        stored = self._stored.pop(name, None)
        if stored is None:
            return
        journal = stored.manifest.journal
        del self._journals[journal][name]
        if not self._journals[journal]:
            del self._journals[journal]
        self._changed(journal)

    def _changed(self, journal: str) -> None:
        self._chains.pop(journal, None)
        self._evidence.pop(journal, None)

    def _of(self, part: Part) -> Iterable[Record]:
        records = self.records(part.stored)
        start = part.stored.manifest.first
        return records[part.first - start : part.last - start + 1]

    def _linked(self, journal: str) -> Chain:
        """Put bundles in a row; where two overlap, their entries decide."""
        rows = [s for s in self.bundles(journal) if s.manifest.kind == "entries" and self._allowed(s.manifest)]
        rows.sort(key=lambda s: (s.manifest.first, -s.manifest.last, s.manifest.head))
        parts: list[Part] = []
        head = Head(0, GENESIS)
        for stored in rows:
            manifest = stored.manifest
            if manifest.first == head.seq + 1 and manifest.previous == head.hash:
                parts.append(Part(manifest.first, manifest.last, stored))
                head = Head(manifest.last, manifest.head)
        used = {part.stored.found.name for part in parts}
        if any(s.manifest.first <= head.seq for s in rows if s.found.name not in used):
            return self._branched(rows)
        return Chain(tuple(parts), head, waiting=tuple(s for s in rows if s.found.name not in used))

    def _branched(self, rows: list[Stored]) -> Chain:
        nodes: dict[bytes, _Node] = {}
        for stored in sorted(rows, key=lambda s: (-s.manifest.count, s.found.name)):  # few large ones rather than many
            before = stored.manifest.previous
            for record in self.records(stored):
                nodes.setdefault(record.hash, _Node(record, before, stored))
                before = record.hash
        rooted: set[bytes] = set()
        for digest, node in sorted(nodes.items(), key=lambda item: item[1].record.seq):
            if (node.before == GENESIS and node.record.seq == 1) or node.before in rooted:
                rooted.add(digest)
        if not rooted:
            return Chain(waiting=tuple(rows))
        tip = min(rooted, key=lambda digest: (-nodes[digest].record.seq, digest))
        head = Head(nodes[tip].record.seq, tip)
        standing: list[_Node] = []
        while tip != GENESIS:
            standing.append(nodes.pop(tip))
            tip = standing[-1].before
        losers = tuple(node.record for node in nodes.values() if node.record.seq <= head.seq)
        waiting = tuple(stored for stored in rows if stored.manifest.last > head.seq)
        return Chain(tuple(_parts(reversed(standing))), head, losers, waiting)


@dataclass(frozen=True, slots=True)
class _Node:
    record: Record
    before: bytes
    stored: Stored


def _parts(standing: Iterable[_Node]) -> Iterable[Part]:
    """Group neighbours that stand in the same bundle."""
    run: Part | None = None
    for node in standing:
        seq = node.record.seq
        if run is not None and run.stored is node.stored:
            run = Part(run.first, seq, run.stored)
            continue
        if run is not None:
            yield run
        run = Part(seq, seq, node.stored)
    if run is not None:
        yield run


def journal_of(stem: str) -> str:
    """Return a journal's id as it is written elsewhere, from the 32 hex digits of a file name."""
    return str(UUID(stem))
