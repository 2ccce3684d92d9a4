"""The hub: does it answer, when were this desk and the hub in step, how much waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from checkin.db.engine import driver
from checkin.db.inspect import reading
from checkin.doctor import Check
from checkin.errors import CheckinError, HubError
from checkin.i18n import _, ngettext
from checkin.paths import DATABASE, HUB
from checkin.sync import key_file
from checkin.sync.hub import open_hub, without_password


def checks(folder: Path) -> Iterator[Check]:
    """Yield one finding where there is an event. The hub is asked who it is, and nothing is sent."""
    title = _("Hub")
    path = folder / DATABASE
    if not path.is_file():
        return
    try:
        kept = key_file.load(folder)
    except CheckinError as error:
        yield Check("hub", title, False, _("the sync keys are damaged"), str(error))
        return
    built_in = folder / HUB
    if kept is None or (not kept.hub and not built_in.is_dir()):
        yield Check("hub", title, True, _("the folder that comes with the event; not synced yet"))
        return
    url = kept.hub or f"folder:{built_in}"
    said = f"{without_password(url).partition('?')[0]}; {_last(path)}"
    try:
        with closing(open_hub(url, kept.keys)) as hub:
            hub.hello("never")
    except HubError as error:
        yield Check("hub", title, False, _("{hub}; it does not answer").format(hub=said), str(error))
        return
    yield Check("hub", title, True, _("{hub}; it answers").format(hub=said))


def _last(path: Path) -> str:
    """Say when the hub heard of this desk last, and how many of its entries the hub lacks, as of then."""
    alone = not path.with_name(path.name + "-wal").exists()
    try:
        with reading(path, alone=alone) as raw:
            row = raw.execute(
                "SELECT heard_ms, (SELECT count(*) FROM entry e WHERE e.journal = j.id AND e.seq > j.confirmed)"
                " FROM journal j WHERE mine = 1"
            ).fetchone()
    except driver().Error:
        row = None
    heard_ms, waiting = row or (None, 0)
    waits = ngettext("{n} entry waits", "{n} entries wait", waiting).format(n=waiting)
    if heard_ms is None:
        return _("no round yet, {waits}").format(waits=waits)
    moment = datetime.fromtimestamp(heard_ms / 1000, UTC).astimezone()
    return _("last round {when}, {waits}").format(when=f"{moment:%Y-%m-%d %H:%M}", waits=waits)
