"""The hub that is a folder: on a shared drive, in a synchronised folder, on a stick. Every desk reads and writes it itself.

Nothing is ever changed in place. A desk merges only bundles that it signed itself, so that a journal of a day is a few
files: small ones grow together as in a counter, 500 entries are final.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final, TypeVar
from uuid import UUID, uuid4

from checkin.domain.journal import GENESIS
from checkin.errors import HubError, HubRefusedError, HubUnreachableError, RollbackError
from checkin.i18n import _
from checkin.sync.bundle import Manifest
from checkin.sync.hub import Make
from checkin.sync.hubs import _folder_papers as papers
from checkin.sync.hubs._folder_files import (
    CARD,
    CHUNK,
    EDITION,
    HUB_FILE,
    REVOKED,
    USED,
    HubFolder,
    path_of,
)
from checkin.sync.hubs._folder_index import Index, VanishedError, journal_of
from checkin.sync.hubs._folder_journals import Journals, Outcome, now_ms
from checkin.sync.keys import SyncKeys
from checkin.sync.records import (
    BATCH,
    Chunk,
    DeskCard,
    Edition,
    Forked,
    Head,
    Heard,
    Hello,
    Pushed,
    Record,
)
from checkin.texts import escape
from checkin.whole_file import remove_parts

log = logging.getLogger(__name__)

SCHEMES: Final = ("folder",)
FORMAT: Final = 1
_AGAIN: Final = 3
_DAY_MS: Final = 24 * 60 * 60 * 1000
_Made = TypeVar("_Made")


def connect(url: str, keys: SyncKeys) -> FolderHub:
    """Return the hub of a folder; the folder is looked at with the first call. Raises HubUrlError."""
    return FolderHub(url, keys)


class FolderHub:
    """See hub.Hub. For one thread at a time."""

    def __init__(self, url: str, keys: SyncKeys) -> None:
        """Use `connect`."""
        self.url = url
        self.folder = HubFolder(path_of(url))
        self.keys = keys
        self.index = Index(self.folder, keys, self._allowed)
        self._journals = Journals(self.folder, keys, self.index)
        self._cut_off: dict[bytes, dict[str, Head]] = {}
        self._read: dict[str, tuple[tuple[int, int], object]] = {}
        self._epoch = ""
        self._closed = False

    def hello(self, make: Make = "anywhere") -> Hello:
        """Say whose hub this is; a folder that is none yet becomes one. A folder has no clock: it is this laptop's."""
        data = self._hub_file() or self._made(make)
        try:
            said = json.loads(data)
            version, event, event_id = int(said["version"]), str(said["event"]), str(said["event_id"])
            self._epoch, lowest = str(said["epoch"]), int(said["min_version"])
        except papers.MALFORMED as error:
            raise HubError(
                _(
                    "The hub’s file {name} in “{folder}” is damaged. Every scan is safe here; delete that one file, and the next"
                    " sync makes it anew."
                ).format(name=HUB_FILE, folder=self.folder.path)
            ) from error
        if event != self.keys.event_hash:
            raise HubRefusedError(
                _(
                    "“{folder}” is the hub of another event, “{event}”. Nothing was sent; choose the folder of this event."
                ).format(folder=self.folder.path, event=escape(event_id))
            )
        if version > FORMAT:
            raise HubRefusedError(
                _(
                    "The hub in “{folder}” was made by a newer version of this program. Every scan is safe here; update this"
                    " laptop."
                ).format(folder=self.folder.path)
            )
        return Hello(self._epoch, now_ms(), event, lowest)

    def announce(self, card: DeskCard) -> None:
        """Keep a desk's newest card."""
        if not self.keys.believes(card) or _journal(card.journal_id) is None:
            raise _not_ours()
        with self._writing():
            name = f"{_journal(card.journal_id)}.card"
            known = self._paper(name, papers.card_from_bytes)
            if known is None or known.at_ms < card.at_ms or not self.keys.believes(known):
                self.folder.write(name, papers.card_to_bytes(card))

    def desks(self) -> list[Heard]:
        """Return the newest card of every journal; one that nobody of this event signed is left out."""
        self._refresh()
        heard = []
        for name, found in self.index.papers.items():
            match = CARD.fullmatch(name)
            card = self._paper(name, papers.card_from_bytes) if match else None
            if card is None or card.journal_id != journal_of(name[:32]) or not self.keys.believes(card):
                continue
            heard.append(Heard(card, min(found.stamp[0] // 1_000_000, now_ms()), card.key in self._cut_off))
        return heard

    def heads(self) -> dict[str, Head]:
        """Return how far every journal goes here."""
        self._refresh()
        heads = {journal: self.index.chain(journal).head for journal in self.index.journals()}
        return {journal: head for journal, head in heads.items() if head.seq}

    def push(self, journal_id: str, records: Sequence[Record]) -> Pushed:
        """Take the next entries of a journal, all or none."""
        if _journal(journal_id) is None or str(UUID(journal_id)) != journal_id:
            return self._answer(Outcome("refused", Head(0, GENESIS), "no journal id"))
        with self._writing():
            return self._answer(self._again(lambda: self._journals.push(journal_id, records)))

    def pull(self, journal_id: str, first: int, last: int) -> list[Record]:
        """Return entries as they stand here."""
        self._ready()
        last = min(last, first + BATCH - 1)
        return self._again(lambda: self._pull(journal_id, max(first, 1), last))

    def forks(self) -> list[Forked]:
        """Return what was kept as evidence, and the branches of clones that lost their place."""
        self._refresh()
        return self._again(lambda: [fork for journal in self.index.journals() for fork in self.index.forks(journal)])

    def editions(self) -> list[Edition]:
        """Return the edition of every journal that published one; one that nobody of this event signed is left out."""
        self._refresh()
        names = [name for name in self.index.papers if EDITION.fullmatch(name)]
        found = ((name, self._paper(name, papers.edition_from_bytes)) for name in sorted(names))
        return [e for name, e in found if e and e.journal_id == journal_of(name[:32]) and self.keys.believes(e)]

    def publish(self, edition: Edition, chunks: Mapping[bytes, Chunk]) -> None:
        """Put an edition in the place of an older one; parts of the list that it alone had named are deleted."""
        if not self.keys.believes(edition) or _journal(edition.journal_id) is None:
            raise _not_ours()
        if any(chunk.digest != digest for digest, chunk in chunks.items()):
            raise HubError(_("A part of the list was altered on its way. Nothing was published; sync once more."))
        with self._writing():
            standing = {e.journal_id: e for e in self.editions()}
            known = standing.get(edition.journal_id)
            if known == edition:
                return
            if known is not None and known.version >= edition.version:
                raise RollbackError(
                    _("The hub has a newer list of this desk than this one. Nothing was replaced; sync once more.")
                )
            lacking = [d for d in self._lacking(edition.chunks) if d not in chunks]
            if lacking:
                raise HubError(_("A part of the list is missing at the hub. Nothing was published; sync once more."))
            for digest, chunk in chunks.items():
                self.folder.write(f"{digest.hex()}.chunk", papers.chunk_to_bytes(chunk, self.keys))
            self.folder.write(f"{_journal(edition.journal_id)}.edition", papers.edition_to_bytes(edition))
            standing[edition.journal_id] = edition
            named = {digest for e in standing.values() for digest in e.chunks}
            for digest in set(known.chunks if known else ()) - named:
                self.folder.delete(f"{digest.hex()}.chunk")
            self._sweep(named)

    def _sweep(self, named: Collection[bytes]) -> None:
        """Delete parts of lists that no edition names, and half files: what a desk left that was cut off while it published.
        They are a day old, so nobody is at it any more."""
        before_ns = (now_ms() - _DAY_MS) * 1_000_000
        kept = {f"{digest.hex()}.chunk" for digest in named}
        for name, found in list(self.index.papers.items()):
            if CHUNK.fullmatch(name) and name not in kept and found.stamp[0] < before_ns:
                self.folder.delete(name)
        remove_parts(self.folder.path)

    def missing_chunks(self, digests: Sequence[bytes]) -> list[bytes]:
        """Return which of these are not here, or not whole."""
        self._refresh()
        return self._lacking(digests)

    def chunk(self, digest: bytes) -> Chunk:
        """Return a part of the list."""
        self._ready()
        data = self.folder.read(f"{digest.hex()}.chunk")
        with suppress(*papers.MALFORMED):
            chunk = papers.chunk_from_bytes(data or b"", self.keys)
            if chunk.digest == digest:
                return chunk
        raise HubUnreachableError(
            _("A part of the list is not at the hub, or not whole yet. Nothing of it was taken; it is tried again.")
        )

    def forget(self, journal_id: str, entry_ids: Sequence[bytes]) -> None:
        """Delete the sealed texts of these entries, where this desk itself signed what holds them."""
        with self._writing():
            self._again(lambda: self._journals.forget(journal_id, entry_ids))

    def enter(self, laptop: str) -> str:
        """Note who uses this desk's enrolment; return who did first."""
        with self._writing():
            name = f"{self.keys.public.hex()}{USED}"
            with suppress(*papers.MALFORMED):
                used = papers.Used.from_bytes(self.folder.read(name) or b"")
                if used.holds():
                    return used.laptop
            self.folder.write(name, papers.Used.signed(self.keys, laptop).to_bytes())
        return laptop

    def close(self) -> None:
        """Let go of the folder."""
        self._closed = True

    def _pull(self, journal_id: str, first: int, last: int) -> list[Record]:
        chain = self.index.chain(journal_id)
        parts = chain.within(first, last)
        if last > chain.head.seq or any(self.folder.stamp(p.stored.found.name) != p.stored.found.stamp for p in parts):
            self._refresh()
        return self.index.read(journal_id, first, last)

    def _again(self, call: Callable[[], _Made]) -> _Made:
        """Do it; where a file was merged into another one meanwhile, list the folder and do it again."""
        for _attempt in range(_AGAIN):
            try:
                return call()
            except VanishedError:
                self._refresh()
        raise HubUnreachableError(
            _("The hub’s folder “{folder}” changes all the time. Every scan is safe here; it is tried again.").format(
                folder=self.folder.path
            )
        )

    def _lacking(self, digests: Sequence[bytes]) -> list[bytes]:
        here = {name[:64] for name in self.index.papers if CHUNK.fullmatch(name)}
        return [digest for digest in digests if digest.hex() not in here]

    def _paper(self, name: str, read: Callable[[bytes], _Made]) -> _Made | None:
        """Return a file's content, read once; None where it is gone or malformed."""
        found = self.index.papers.get(name)
        if found is None:
            return None
        known = self._read.get(name)
        if known is None or known[0] != found.stamp:
            content: object = None
            data = self.folder.read_one(name)
            if not data:
                return None
            with suppress(*papers.MALFORMED):
                content = read(data)
            self._read[name] = known = found.stamp, content
        return known[1]  # type: ignore[return-value]

    def _ready(self) -> None:
        if self._closed:
            raise HubError(_("The hub was closed. Every scan is safe here; sync again."))
        if not self._epoch:
            self.hello()

    def _refresh(self) -> None:
        self.hello()
        self.index.refresh()
        cut_off = {}
        for name in self.index.papers:
            cut = self._paper(name, papers.CutOff.from_bytes) if REVOKED.fullmatch(name) else None
            if cut is not None and cut.holds(self.keys):
                cut_off[cut.key] = cut.until
        if cut_off != self._cut_off:
            self._cut_off = cut_off
            self.index.recount()

    def _allowed(self, manifest: Manifest) -> bool:
        until = self._cut_off.get(manifest.key)
        if until is None:
            return True
        last = until.get(manifest.journal, Head(0, GENESIS))
        return manifest.last < last.seq or (manifest.last == last.seq and manifest.head == last.hash)

    def _answer(self, outcome: Outcome) -> Pushed:
        self._ready()
        return Pushed(outcome.status, outcome.head, self._epoch, now_ms(), outcome.detail)

    def _hub_file(self) -> bytes | None:
        if self._closed:
            raise HubError(_("The hub was closed. Every scan is safe here; sync again."))
        data = self.folder.read(HUB_FILE)
        if data is None and self._epoch:  # it was here before: the stick is gone and its empty folder is left
            raise self.folder.gone()
        return data

    def _made(self, make: Make) -> bytes:
        """Make the folder this event's hub; whoever comes first does. Where only its own file was lost, it still is one."""
        there = self.folder.path.is_dir()
        if (make == "here" and not there) or (make == "never" and not (there and any(self.folder.listed()))):
            raise self.folder.no_hub()
        self.folder.make()
        with self.folder.lock():
            data = self.folder.read(HUB_FILE)
            if data is None:
                data = hub_file(self.keys)
                self.folder.write(HUB_FILE, data)
        return data

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, with the folder listed as it is now; a desk that was cut off does not get it."""
        self.hello()
        with self.folder.lock():
            self._refresh()
            if self.keys.public in self._cut_off:
                raise HubRefusedError(
                    _(
                        "The supervisor cut this desk off. Its scans are safe on this laptop; ask the supervisor to enrol it"
                        " again."
                    )
                )
            yield


def hub_file(keys: SyncKeys) -> bytes:
    """Return the file that makes a folder the hub of an event, with an epoch of its own."""
    said = {
        "format": "checkin hub", "version": FORMAT, "min_version": 1, "event": keys.event_hash,
        "event_id": keys.event_id, "epoch": str(uuid4()),
    }  # fmt: skip
    return json.dumps(said, indent=1).encode()


def _journal(journal_id: str) -> str | None:
    try:
        return UUID(journal_id).hex
    except (ValueError, AttributeError, TypeError):
        return None


def _not_ours() -> HubError:
    return HubRefusedError(
        _(
            "What was to be sent is not signed by a desk of this event. Nothing was sent; ask the supervisor to enrol it."
        )
    )
