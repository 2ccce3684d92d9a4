"""A bundle that came by stick or letter is offered to a hub: the same checks as a push, the same answers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from checkin.errors import BundleError
from checkin.i18n import _
from checkin.sync.bundle import Bundle, UnreadableBundleError, read_file, unpack
from checkin.sync.hub import Hub, open_hub
from checkin.sync.hubs.folder import FolderHub
from checkin.sync.keys import SyncKeys
from checkin.sync.records import BATCH, Head, Pushed


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a bundle at a hub."""

    bundle: Bundle
    new: int
    """Entries that the hub did not have."""
    forked: bool
    """Another laptop wrote in the same journal: both are kept, nothing is lost."""


def read_bundle_into(hub: Hub | str, path: Path, keys: SyncKeys) -> Carried:
    """Bring a bundle file to a hub, or to the hub behind a URL.

    Raises UnreadableBundleError (whatever is wrong with the file, and where entries before it are missing), BundleError
    where the hub does not take it, HubError.
    """
    if isinstance(hub, str):
        with closing(open_hub(hub, keys)) as opened:
            return read_bundle_into(opened, path, keys)
    data = read_file(path)
    bundle = unpack(data, keys, path.name)
    journal = bundle.manifest.journal
    before = hub.heads().get(journal, Head(0, bytes(32)))
    answer = hub.take(bundle, data) if isinstance(hub, FolderHub) else _push(hub, bundle)
    if answer.status == "gap":
        raise gap(path.name, bundle, before)
    if answer.status == "refused":
        raise BundleError(
            _(
                "The hub takes the entries of “{name}” from their own desk only. Nothing was lost: take the bundle on this"
                " desk, then sync."
            ).format(name=path.name)
        )
    return Carried(bundle, max(answer.head.seq - before.seq, 0), answer.status == "fork")


def gap(name: str, bundle: Bundle, head: Head) -> UnreadableBundleError:
    """Return the sentence for a bundle that does not follow what is there."""
    return UnreadableBundleError(
        "gap",
        _(
            "“{name}” begins with entry {first} of {desk}, but entries {missing} to {before} are not here yet. Nothing was taken;"
            " bring the bundle with those first."
        ).format(
            name=name, first=bundle.manifest.first, desk=bundle.desk, missing=head.seq + 1, before=bundle.manifest.first - 1
        ),
    )  # fmt: skip


def _push(hub: Hub, bundle: Bundle) -> Pushed:
    records = bundle.records
    answer = hub.push(bundle.manifest.journal, records[:BATCH])
    for start in range(BATCH, len(records), BATCH):
        if answer.status != "ok":
            break
        answer = hub.push(bundle.manifest.journal, records[start : start + BATCH])
    return answer
