"""`backup FILE`, `restore FILE`: a checked copy of the event, and the way back."""

from __future__ import annotations

from pathlib import Path

import click

from checkin.cli._common import emit, json_option, opened, options, say
from checkin.i18n import _
from checkin.paths import KEYS


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def backup_command(context: click.Context, file: Path, as_json: bool) -> None:
    """Write a checked copy of the event to FILE: the list, every scan, every journal.

    The badge keys are not in it; keep a copy of event-keys.json apart from it.
    """
    from checkin.db.backup import back_up

    with opened(context) as app:
        made = back_up(app.database, file)
    if as_json:
        emit({"file": str(made.file), "bytes": made.bytes, "people": made.people, "entries": made.entries})
    else:
        say(
            _("“{file}” is written and verified: {people} people, {entries} journal entries.").format(
                file=made.file, people=made.people, entries=made.entries
            )
        )
    say(_("The badge keys are not in it: keep a copy of {name} in another place.").format(name=KEYS))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def restore_command(context: click.Context, file: Path, as_json: bool) -> None:
    """Put the backup FILE back. What it replaces is kept in the folder “backups”; badge keys and settings stay.

    Close the window first. The desk goes on with a new journal, so that no number is used twice.
    """
    from checkin.clock import SystemClock
    from checkin.db.backup import restore

    folder = options(context).folder()
    done = restore(folder, file, SystemClock())
    if as_json:
        emit(
            {
                "people": done.people, "entries": done.entries, "replaced": str(done.aside) if done.aside else None,
                "newer": done.newer,
            }
        )  # fmt: skip
    else:
        say(
            _("Restored to “{folder}”: {people} people, {entries} journal entries.").format(
                folder=folder, people=done.people, entries=done.entries
            )
        )
    if done.aside:
        say(_("What was there before is kept as “{file}”.").format(file=done.aside))
    if done.newer:
        say(
            _(
                "It holds {n} entries that the backup does not have: compare the counts with it before you go on."
            ).format(n=done.newer)
        )
    if not done.keys:
        say(_("This folder has no badge keys yet: copy {name} here from another desk.").format(name=KEYS))


COMMANDS = [backup_command, restore_command]
