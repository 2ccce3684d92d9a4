"""What the Settings of sync have done off the GUI thread: set a hub up, look at one, let a desk in, carry bundles."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from checkin.db.desks import desks
from checkin.paths import HUB
from checkin.sync import administration
from checkin.sync import enrolment as paper
from checkin.sync.hub import open_hub
from checkin.sync.stick import Carried, take_bundle, write_bundles

if TYPE_CHECKING:
    from checkin.app import App


@dataclass(frozen=True)
class NewDesk:
    """A desk that was let in. Its repr hides PIN and text, which open the event."""

    desk: str
    pin: str
    text: str
    """What stands in the file and in the code."""
    local: bool
    """Whether the hub is the folder that comes with the event: another laptop cannot reach it."""

    def __repr__(self) -> str:
        """Say whom it is for."""
        return f"NewDesk({self.desk!r})"


def built_in(app: App) -> str:
    """Return the URL of the hub that comes with every event."""
    return f"folder:{app.folder / HUB}"


def server_url(address: str, password: str) -> str:
    """Return the URL of a server from what was typed: the address with or without its scheme, the password beside it."""
    address = address.strip()
    if "://" not in address:
        address = f"postgresql://{address}"
    scheme, _sign, rest = address.partition("://")
    login, at, place = rest.rpartition("@")
    if password and at and ":" not in login:
        return f"{scheme}://{login}:{quote(password, safe='')}@{place}"
    return address


def use_hub(app: App, url: str) -> None:
    """Sync there from now on. Where this laptop may, the hub is made for the event; elsewhere it must be there.

    Raises HubError and changes nothing where it cannot be used.
    """
    keys = app.sync_keys
    if keys.authority_seed:
        administration.init(url, keys)
        url = administration.add_desk(url, keys, app.settings.desk_name, keys.public)
        administration.remember(app.folder, url)
    else:
        look(app, url)
    app.set_hub("" if url == built_in(app) else url)


def look(app: App, url: str = "") -> int:
    """Ask a hub who it is and how many desks it knows; only the one that comes with the event is made. Raises HubError."""
    url = url or app.hub_url
    with closing(open_hub(url, app.sync_keys)) as hub:
        hub.hello("anywhere" if url == built_in(app) else "never")
        return len({one.card.desk for one in hub.desks() if not one.revoked})


def let_in(app: App, name: str) -> NewDesk:
    """Make the enrolment of a new desk, after a round: the new desk finds the event at the hub. Raises HubError."""
    administration.check_authority(app.sync_keys)
    app.syncer.round()
    with app.database.read() as connection:
        taken = {row.number for row in desks(connection)}
    url = administration.remembered(app.folder) or app.hub_url
    made = administration.enrol(url, app.sync_keys, name, taken)
    pin = paper.new_pin()
    return NewDesk(made.desk, pin, paper.to_text(made, pin), made.hub == built_in(app))


def read_bundles(app: App, files: list[Path]) -> list[Carried]:
    """Take the entries of bundles, in the order of their names. Raises BundleError at the first that cannot be taken."""
    return [take_bundle(app.database, app.sync_keys, file) for file in sorted(files)]


def write_to(app: App, folder: Path) -> list[Path]:
    """Write everything of this desk into bundles. Raises BundleError."""
    name = paper.file_name(app.desk.name).removesuffix(paper.SUFFIX)
    return write_bundles(app.database, app.sync_keys, folder, name, app.desk.scribe.now_ms())
