"""`undo RECORD`: take one entry back."""

from __future__ import annotations

import click

from checkin.cli._common import attendee_json, emit, json_option, opened
from checkin.i18n import _
from checkin.texts import isolate


@click.command("undo")
@click.argument("record")
@click.option("--reason", default="", metavar="TEXT", help="Why; kept beside the journal.")
@json_option
@click.pass_context
def undo_command(context: click.Context, record: str, reason: str, as_json: bool) -> None:
    """Take back a check-in, a registration or a change by its record id."""
    with opened(context) as app:
        undone = app.desk.undo(record, reason)
        if as_json:
            emit(
                {
                    "record": undone.record,
                    "target": undone.target,
                    "attendee": attendee_json(undone.attendee),
                    "seq": undone.seq,
                    "at": undone.at.isoformat(timespec="milliseconds"),
                }
            )
        else:
            name = isolate(undone.attendee.display_name) if undone.attendee else ""
            click.echo(_("Undone: {name}. New record {record}.").format(name=name, record=undone.record))


COMMANDS = [undo_command]
