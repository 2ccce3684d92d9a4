"""`join FILE`: make this laptop a desk of an event."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checkin.cli._common import emit, json_option, options, say
from checkin.i18n import _


@click.command("join")
@click.argument("file", metavar="FILE")
@click.option("--pin", default="", metavar="PIN", help="What was said aloud; without it you are asked.")
@click.option("--hub", default="", metavar="URL", help="Where this laptop finds the hub, if not where the file says.")
@json_option
@click.pass_context
def join_command(context: click.Context, file: str, pin: str, hub: str, as_json: bool) -> None:
    """Make this laptop a desk with FILE (NAME.checkin-desk, or - for a code that a scanner types), then sync once."""
    from checkin.app import open_app
    from checkin.errors import EnrolmentError
    from checkin.settings import remember_folder
    from checkin.sync import enrolment as paper
    from checkin.sync.joining import join

    text = sys.stdin.readline() if file == "-" else paper.read_file(Path(file))
    if not pin:
        if file == "-" or not sys.stdin.isatty():
            raise EnrolmentError(_("The PIN is missing. Nothing was changed; add --pin and what was said aloud."))
        pin = click.prompt(_("PIN"), hide_input=True, err=True)
    made = paper.from_text(text, pin)
    chosen = options(context)
    join(chosen.folder(), made, hub)
    app = open_app(chosen.folder(), chosen.declared())
    try:
        remember_folder(app.folder)
        done = app.syncer.round()
        for notice in done.notices:
            say(notice)
        if as_json:
            emit(
                {
                    "desk": made.desk, "number": made.number, "event": app.event.id, "people": done.people,
                    "pulled": done.pulled, "verified": done.verified,
                }
            )  # fmt: skip
        else:
            say(
                _(
                    "This laptop is the desk “{desk}” now: {people} people of the list and {pulled} entries are here."
                ).format(desk=made.desk, people=done.people, pulled=done.pulled)
            )
    finally:
        app.close()


COMMANDS = [join_command]
