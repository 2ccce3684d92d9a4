"""Make a data folder for a desk that was enrolled: first everything is fetched, then it is written."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from checkin import settings as settings_file
from checkin.clock import SystemClock
from checkin.db import event_store
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.domain.event_file import parse_event
from checkin.errors import CheckinError, EnrolmentError, StorageError
from checkin.i18n import _
from checkin.paths import DATABASE, machine_id
from checkin.sync import key_file
from checkin.sync.editions import LAYOUTS, EventPack, fetch_event
from checkin.sync.enrolment import Enrolment
from checkin.sync.hub import open_hub
from checkin.sync.key_file import Kept


def join(folder: Path, enrolment: Enrolment, hub: str = "") -> None:
    """Fetch the event from the hub and make the data folder `folder` of it; then `open_app` opens it, and a round brings
    list and entries. `hub`: where this laptop finds the hub, if it is not where the enrolment says.

    Raises HubError, EnrolmentError, StorageError; until the last step `folder` holds no event, and it can be done again.
    """
    url = hub or enrolment.hub
    if (folder / DATABASE).exists() and _holds_event(folder):
        raise EnrolmentError(
            _("“{folder}” holds an event already. Nothing was changed; choose another folder with --data.").format(
                folder=folder
            )
        )
    keys = enrolment.keys
    with closing(open_hub(url, keys)) as there:
        there.hello("never")
        pack = fetch_event(there, keys)
        own = parse_event(pack.definition).id == enrolment.event_id
        laptop = _laptop(folder)
        if own and there.enter(laptop) != laptop:
            raise EnrolmentError(
                _(
                    "This enrolment was used before, on another laptop or in another folder, and two laptops cannot be one desk."
                    " Nothing was changed; let the supervisor add another desk, and join with its own file or code."
                )
            )
    if not own:
        raise EnrolmentError(
            _("The hub holds another event than this enrolment is for. Nothing was changed; ask the supervisor.")
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put_layouts(folder, pack)
    except OSError as error:
        raise StorageError(
            _("The data folder “{folder}” cannot be written to. Nothing was saved; check its permissions.").format(
                folder=folder
            )
        ) from error
    known = settings_file.load(folder).settings
    settings_file.save(folder, replace(known, desk=enrolment.desk, desk_number=enrolment.number))
    key_file.save(folder, Kept(keys, url))
    event_store.save_keyring(folder, pack.keyring)
    database = Database(folder / DATABASE)
    try:
        migrate(database)
        event_store.save_definition(database, pack.definition, round(SystemClock().now().timestamp() * 1000))
        database.checkpoint()
    finally:
        database.close()


def _holds_event(folder: Path) -> bool:
    database = Database(folder / DATABASE)
    try:
        migrate(database)
        return event_store.load_definition(database) is not None
    except CheckinError:
        return True  # whatever it is, it is not ours to write over
    finally:
        database.close()


def _laptop(folder: Path) -> str:
    """Return what tells this laptop and folder from any other, so that a join that was cut short can be done again."""
    machine = machine_id() or secrets.token_hex(16)
    return hashlib.sha256(f"checkin laptop {machine} {folder.absolute()}".encode()).hexdigest()[:32]


def _put_layouts(folder: Path, pack: EventPack) -> None:
    home = folder / LAYOUTS
    for name, text in pack.layouts.items():
        home.mkdir(exist_ok=True)
        (home / Path(name).name).write_text(text, "utf-8")
