"""The organiser's side of a hub, whatever it is made of: set it up, let desks in, cut one off, count.

It needs the rights of whoever set the hub up (for a server, the database owner's URL), which lie in a file of their own
for the owner's eyes only. A hub's module is `hubs/_NAME_admin.py` with init, add_desk, revoke_desk, counts, new_epoch.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from checkin.errors import CheckinError, HubRefusedError, HubUrlError, StorageError
from checkin.i18n import _
from checkin.settings import DESK_NUMBERS, MAX_NAME
from checkin.sync.counted import CountRow
from checkin.sync.enrolment import Enrolment
from checkin.sync.hub import open_hub, shown_url
from checkin.sync.keys import SyncKeys, public_of
from checkin.texts import tidy
from checkin.whole_file import write_private

ADMIN_FILE: Final = "hub-admin.json"
_MODULES: Final = {"folder": "_folder_admin", "postgresql": "_postgres_admin", "postgres": "_postgres_admin"}


def init(url: str, keys: SyncKeys) -> None:
    """Make the hub for this event; harmless where it is there already. Raises HubError."""
    _module(url).init(url, keys)


def add_desk(url: str, keys: SyncKeys, name: str, public: bytes) -> str:
    """Let a desk in under its public key; return the URL for that desk. Raises HubError."""
    check_authority(keys)
    return str(_module(url).add_desk(url, keys, name, public))


def revoke_desk(url: str, keys: SyncKeys, name: str) -> None:
    """Cut a desk off: what it sent stays and counts, nothing more is taken from it. Raises HubError."""
    check_authority(keys)
    _module(url).revoke_desk(url, keys, name)


def counts(url: str, keys: SyncKeys) -> list[CountRow]:
    """Return who came by day, checkpoint, category and country, from the hub's own data. Raises HubError."""
    return list(_module(url).counts(url, keys))


def new_epoch(url: str, keys: SyncKeys) -> None:
    """Tell every desk that the hub was put back from an older copy. Raises HubError."""
    _module(url).new_epoch(url, keys)


def check_authority(keys: SyncKeys) -> None:
    """Raise HubRefusedError on a laptop that may not administer the event's hub."""
    if not keys.authority_seed:
        raise HubRefusedError(
            _("Only the laptop on which the event was made may let desks in or cut them off. Nothing was changed.")
        )


def enrol(url: str, keys: SyncKeys, name: str, taken: Iterable[int] = ()) -> Enrolment:
    """Let a new desk in and return what it needs. `taken`: badge issuers that must not be given again.

    Raises HubError; HubRefusedError where this laptop may not enrol others, or the name is in use.
    """
    name = tidy(name, MAX_NAME)
    if not name:
        raise HubRefusedError(_("The new desk needs a name. Nothing was changed."))
    check_authority(keys)
    with closing(open_hub(url, keys)) as hub:
        cards = [heard.card for heard in hub.desks() if not heard.revoked]
    if name in {card.desk for card in cards} | {keys.enrolled(card.key, card.certificate) for card in cards}:
        raise HubRefusedError(
            _("There is a desk “{name}” already. Nothing was changed; choose another name, or cut that one off first.").format(
                name=name
            )
        )  # fmt: skip
    used = {*taken, *(card.number for card in cards)}
    number = next(n for n in iter(lambda: secrets.randbelow(len(DESK_NUMBERS)) + 1, 0) if n > 999 and n not in used)
    seed = secrets.token_bytes(32)
    own_url = add_desk(url, keys, name, public_of(seed))
    certificate = keys.certify(public_of(seed), name)
    return Enrolment(own_url, keys.event_id, keys.secret, keys.authority_public, seed, certificate, number)


def keys_named(url: str, keys: SyncKeys, name: str) -> set[bytes]:
    """Return the public keys of desks that call themselves so, or were enrolled so, ours never among them."""
    with closing(open_hub(url, keys)) as hub:
        cards = [heard.card for heard in hub.desks()]
    return {
        card.key
        for card in cards
        if name in {card.desk, keys.enrolled(card.key, card.certificate)} and card.key != keys.public
    }


def remember(folder: Path, url: str) -> None:
    """Keep the URL with the owner's rights in the data folder, for the owner's eyes only. Raises StorageError."""
    try:
        write_private(folder / ADMIN_FILE, json.dumps({"hub": url}))
    except OSError as error:
        raise StorageError(
            _("The data folder “{folder}” cannot be written to. Nothing was saved; check its permissions.").format(
                folder=folder
            )
        ) from error


def remembered(folder: Path) -> str:
    """Return that URL, empty where there is none. Raises CheckinError where the file is damaged."""
    path = folder / ADMIN_FILE
    try:
        return str(json.loads(path.read_text("utf-8"))["hub"])
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CheckinError(
            _("“{name}” is damaged. Every scan is safe; set the hub up again with “checkin hub init URL”.").format(
                name=ADMIN_FILE
            )
        ) from error


def _module(url: str) -> Any:
    name = _MODULES.get(url.partition(":")[0].lower())
    if name is None:
        raise HubUrlError(
            _("“{url}” names no hub. Write folder:PATH or postgresql://…; nothing was changed.").format(
                url=shown_url(url)
            )
        )
    return import_module(f"checkin.sync.hubs.{name}")
