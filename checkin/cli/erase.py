"""`erase`: after the event, or when somebody asks for it, take names out of every file of ours."""

from __future__ import annotations

import click

from checkin.cli._common import emit, json_option, opened, say
from checkin.i18n import _, ngettext


@click.command("erase")
@click.option("--attendee", "attendees", multiple=True, metavar="ID", help="Erase this person; may be repeated.")
@click.option("--everybody", is_flag=True, help="Erase all personal data of this event. It cannot be taken back.")
@json_option
@click.pass_context
def erase_command(context: click.Context, attendees: tuple[str, ...], everybody: bool, as_json: bool) -> None:
    """Erase personal data. Counts stay right and the journal still verifies: it never held a name."""
    if bool(attendees) == everybody:
        raise click.UsageError(_("Name people with --attendee, or all of them with --everybody."))
    from checkin.db.erase import files_with_names

    with opened(context) as app:
        erased = app.desk.erase(attendees)
        left = [str(path) for path in files_with_names(app.folder)]
        if as_json:
            emit({"erased": erased, "files": left})
            return
        click.echo(ngettext("{n} person was erased.", "{n} people were erased.", erased).format(n=erased))
        for path in left:
            say(_("This copy still holds the names; delete it: {file}").format(file=path))


COMMANDS = [erase_command]
