"""The organiser's side of a hub that is a folder: make it, let desks in, cut one off, count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from checkin.errors import HubError
from checkin.i18n import _
from checkin.sync.counted import CountRow
from checkin.sync.counting import count_rows
from checkin.sync.hubs import _folder_papers as papers
from checkin.sync.hubs._folder_files import DESK, HUB_FILE
from checkin.sync.hubs.folder import FolderHub, connect, hub_file
from checkin.sync.keys import SyncKeys
from checkin.sync.records import BATCH


def init(url: str, keys: SyncKeys) -> None:
    """Make the folder this event's hub; harmless where it is already. Raises HubError."""
    with closing(connect(url, keys)) as hub:
        hub.hello()


def new_epoch(url: str, keys: SyncKeys) -> None:
    """Tell every desk that the folder was put back from an older copy: they send again what it lacks."""
    with _opened(url, keys) as hub, hub.folder.lock():
        hub.folder.write(HUB_FILE, hub_file(keys))


def add_desk(url: str, keys: SyncKeys, name: str, public: bytes) -> str:
    """Note a desk that is let in; return where it finds the hub. Raises HubError; `keys` are the authority's."""
    with _opened(url, keys) as hub, hub.folder.lock():
        enrolled = papers.Enrolled(public, keys.certify(public, name))
        hub.folder.write(f"{public.hex()}.desk", enrolled.to_bytes())
    return url


def revoke_desk(url: str, keys: SyncKeys, name: str) -> None:
    """Cut off every laptop that was enrolled under this name; what it sent until now counts. Raises HubError."""
    with _opened(url, keys) as hub:
        heads = hub.heads()
        cut = _named(hub, keys, name)
        if not cut:
            raise HubError(
                _("The hub knows no desk “{name}” that could be cut off. Nothing was changed.").format(name=name)
            )
        for key in cut:
            written = {s.manifest.journal for j in heads for s in hub.index.bundles(j) if s.manifest.key == key}
            made = papers.CutOff(key, {journal: heads[journal] for journal in written})
            made = replace(made, signature=keys.vouch(made.signed_bytes()))
            with hub.folder.lock():
                hub.folder.write(f"{key.hex()}.revoked", made.to_bytes())


def counts(url: str, keys: SyncKeys) -> list[CountRow]:
    """Return who came, from what lies in the folder. Raises HubError."""
    with _opened(url, keys) as hub:
        entries = [(fork.journal_id, fork.record) for fork in hub.forks()]
        for journal, head in hub.heads().items():
            for first in range(1, head.seq + 1, BATCH):
                entries += [(journal, record) for record in hub.pull(journal, first, first + BATCH - 1)]
        editions = sorted(hub.editions(), key=lambda edition: (edition.at_ms, edition.journal_id))
        people = [p for edition in editions for digest in edition.chunks for p in hub.chunk(digest).public]
    return count_rows(entries, people)


@contextmanager
def _opened(url: str, keys: SyncKeys) -> Iterator[FolderHub]:
    """Open a hub that was made before: a folder that is none does not become one by the way."""
    with closing(connect(url, keys)) as hub:
        hub.hello("never")
        yield hub


def _named(hub: FolderHub, keys: SyncKeys, name: str) -> set[bytes]:
    """Return the keys that were enrolled under a name and are not cut off yet."""
    known = {heard.card.key: heard.card.certificate for heard in hub.desks() if not heard.revoked}
    gone = {heard.card.key for heard in hub.desks() if heard.revoked}
    for stored in (s for journal in hub.index.journals() for s in hub.index.bundles(journal)):
        known.setdefault(stored.manifest.key, stored.manifest.certificate)
    for file in hub.index.papers:
        data = hub.folder.read(file) if DESK.fullmatch(file) else None
        if data is not None:
            try:
                enrolled = papers.Enrolled.from_bytes(data)
            except papers.MALFORMED:
                continue
            known.setdefault(enrolled.key, enrolled.certificate)
    gone |= {bytes.fromhex(file[:64]) for file in hub.index.papers if file.endswith(".revoked")}
    gone.add(keys.public)  # nobody locks himself out
    return {key for key, certificate in known.items() if key not in gone and keys.enrolled(key, certificate) == name}
