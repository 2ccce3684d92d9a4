"""The event's definition and its badge keys, as this data folder keeps them.

The keys lie in a file of their own with rights for the owner only, not in the database: backups, bundles and exports of
the database can then never carry them (docs/adr/0004-badge-token.md).
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select

from checkin.db.engine import Database
from checkin.db.models import entry
from checkin.db.models import event as event_table
from checkin.domain.badge import EventKey, Keyring
from checkin.domain.journal import Body
from checkin.errors import CheckinError, StorageError
from checkin.i18n import _
from checkin.paths import KEYS
from checkin.whole_file import write_private


def load_definition(database: Database) -> str | None:
    """Return the TOML of this folder's event, None where there is none yet."""
    with database.read() as connection:
        return connection.execute(select(event_table.c.definition)).scalar()


def save_definition(database: Database, definition: str, created_ms: int) -> None:
    """Keep the TOML of a new event."""
    with database.write() as connection:
        connection.execute(insert(event_table).values(id=1, definition=definition, created_ms=created_ms))


def save_keyring(folder: Path, keyring: Keyring) -> None:
    """Write the keys for the owner's eyes only. Raises StorageError."""
    data = {
        "event": keyring.event_id,
        "current": keyring.current,
        "keys": {
            str(key_id): {"secret": key.secret.hex(), "retired": key.retired} for key_id, key in keyring.keys.items()
        },
    }
    try:
        write_private(folder / KEYS, json.dumps(data, indent=1))
    except OSError as error:
        raise StorageError(
            _("The data folder “{folder}” cannot be written to. Nothing was saved; check its permissions.").format(
                folder=folder
            )
        ) from error


def load_keyring(folder: Path) -> Keyring:
    """Read the keys. Raises CheckinError where they are missing or damaged: badges cannot be told from forgeries."""
    try:
        data = json.loads((folder / KEYS).read_text("ascii"))
        keys = {
            int(key_id): EventKey(bytes.fromhex(key["secret"]), bool(key["retired"]))
            for key_id, key in data["keys"].items()
        }
        keyring = Keyring(data["event"], keys, int(data["current"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckinError(
            _(
                "The badge keys in “{folder}” are missing or damaged, so badges cannot be checked. The list and all scans are"
                " safe; copy the file {name} from another desk or from your backup."
            ).format(folder=folder, name=KEYS)
        ) from error
    if keyring.current not in keyring.keys or not all(len(key.secret) == 32 for key in keyring.keys.values()):
        raise CheckinError(
            _("The badge keys in “{folder}” are damaged. Copy them from another desk.").format(folder=folder)
        )
    return keyring


def resume_practice(database: Database, start: datetime) -> datetime:
    """Return the time at which practice goes on: `start`, or the last entry's time on that same day if it is later."""
    with database.read() as connection:
        data = connection.execute(select(entry.c.body).order_by(entry.c.journal, entry.c.seq.desc()).limit(1)).scalar()
    if data is None:
        return start
    last = datetime.fromtimestamp(Body.from_bytes(data).at_ms / 1000, start.tzinfo)
    return last if last > start and last.date() == start.date() else start
