"""What every command shares: the global options, opening the event, printing one JSON object a line."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from checkin.i18n import Language

if TYPE_CHECKING:
    from checkin.app import App, Declared
    from checkin.domain.attendee import Attendee
    from checkin.domain.event import Direction


@dataclass(frozen=True, slots=True)
class Options:
    """The global options as the user gave them."""

    data: Path | None
    desk: str
    staff: str
    now: datetime | None
    language: Language | None = None
    camera: str = ""
    """What stands in for the camera that the settings name, as checkin.scan.open_source takes it."""
    day: str = ""
    checkpoint: str = ""
    direction: Direction = "in"

    def declared(self) -> Declared:
        """Return what the composition root needs of them."""
        from checkin.app import Declared

        return Declared(self.desk, self.staff, self.now, self.day, self.checkpoint, self.direction)

    def folder(self) -> Path:
        """Return the data folder: the one named, else the one that was open last, else the user's own."""
        from checkin.paths import user_data
        from checkin.settings import last_folder

        return self.data or last_folder() or user_data() / "event"


def options(context: click.Context) -> Options:
    """Return the global options of this call."""
    return cast("Options", context.find_root().obj)


@contextmanager
def opened(context: click.Context, day: str = "", checkpoint: str = "", direction: Direction = "in") -> Iterator[App]:
    """Open the event of the data folder and close it at the end; notices go to standard error."""
    from checkin.app import open_app
    from checkin.log import set_up

    chosen = dataclasses.replace(options(context), day=day, checkpoint=checkpoint, direction=direction)
    if chosen.folder().is_dir():
        set_up(chosen.folder())
    app = open_app(chosen.folder(), chosen.declared())
    try:
        for notice in app.notices:
            say(notice)
        app.catch_up()
        yield app
    finally:
        app.close()


def in_window(folder: Path) -> bool:
    """Say whether a window has this data folder open, or had when it crashed: then it is not shut when a command ends."""
    from checkin.paths import LOCK

    return (folder / LOCK).exists()


def emit(data: dict[str, Any]) -> None:
    """Print one JSON object as one line and flush it, so that a program on the other end of a pipe sees it at once."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Tell the person at the terminal something: never on standard output when that is JSON."""
    click.echo(text, err=True)


def attendee_json(attendee: Attendee | None) -> dict[str, Any] | None:
    """Return the fields of a person that commands print."""
    if attendee is None:
        return None
    return {
        "id": attendee.id,
        "name": attendee.name,
        "name_local": attendee.name_local,
        "organisation": attendee.organisation,
        "country": attendee.country,
        "category": attendee.category,
        "status": attendee.status,
    }


print_option = click.option(
    "--print", "printer", is_flag=False, flag_value="", default=None, metavar="[PRINTER]",
    help="Print on this printer (`checkin printers` lists them; pdf:FOLDER is one too); without a name: on the desk's own.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, and nothing else.")
day_option = click.option("--day", default="", metavar="DAY", help="Day of the event, 2014-07-08 or its number.")
checkpoint_option = click.option(
    "--checkpoint", default="", metavar="KEY", help="Checkpoint key; default: the timetable's."
)
