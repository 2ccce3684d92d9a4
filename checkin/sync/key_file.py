"""The file that holds this desk's sync keys and where it syncs: for the owner's eyes only, never in a database or backup."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checkin.errors import CheckinError, StorageError
from checkin.i18n import _
from checkin.sync.keys import SyncKeys, authority_keys, new_keys
from checkin.whole_file import write_private

SYNC_KEYS: Final = "sync-keys.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file says."""

    keys: SyncKeys
    hub: str = ""
    """URL of the hub, with its password; empty: none was set."""


def load(folder: Path) -> Kept | None:
    """Read the file; None where there is none. Raises CheckinError where it is damaged."""
    path = folder / SYNC_KEYS
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        secret, public, desk = (bytes.fromhex(data[name]) for name in ("secret", "authority_public", "desk"))
        keys = SyncKeys(
            data["event"], secret, public, bytes.fromhex(data["authority"]), desk, bytes.fromhex(data["certificate"])
        )
        kept = Kept(keys, str(data["hub"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckinError(_damaged(folder)) from error
    if {len(secret), len(public), len(desk)} != {32} or len(keys.authority_seed) not in {0, 32}:
        raise CheckinError(_damaged(folder))
    return kept


def save(folder: Path, kept: Kept) -> None:
    """Write the file whole. Raises StorageError."""
    keys = kept.keys
    data = {
        "event": keys.event_id,
        "secret": keys.secret.hex(),
        "authority_public": keys.authority_public.hex(),
        "authority": keys.authority_seed.hex(),
        "desk": keys.desk_seed.hex(),
        "certificate": keys.certificate.hex(),
        "hub": kept.hub,
    }
    try:
        write_private(folder / SYNC_KEYS, json.dumps(data, indent=1))
    except OSError as error:
        raise StorageError(
            _("The data folder “{folder}” cannot be written to. Nothing was saved; check its permissions.").format(
                folder=folder
            )
        ) from error


def load_or_make(folder: Path, event_id: str, desk: str, *, practice: bool) -> Kept:
    """Return the keys of this data folder, made at the first use: whoever made the event may enrol others."""
    kept = load(folder)
    if kept is not None:
        return kept
    keys = practice_keys(event_id, desk) if practice else new_keys(event_id, desk)
    kept = Kept(keys)
    save(folder, kept)
    return kept


def practice_keys(event_id: str, desk: str) -> SyncKeys:
    """Return keys that everybody can read here, so that two practice folders share a hub; a desk's own key is its own."""
    secret, authority = (
        hashlib.sha256(f"checkin practice {what} {event_id}".encode()).digest() for what in ("sync", "authority")
    )
    return authority_keys(event_id, desk, secret, authority, secrets.token_bytes(32))


def _damaged(folder: Path) -> str:
    return _(
        "The sync keys in “{folder}” are damaged, so this desk cannot send or receive. Every scan is safe here; let the"
        " supervisor enrol this desk again."
    ).format(folder=folder)
