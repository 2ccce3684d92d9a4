"""`erase`: after the event, or when somebody asks for it, take names out of every file of ours."""

from __future__ import annotations

import dataclasses

import click

from checkin.cli._common import emit, json_option, opened, say
from checkin.i18n import _, ngettext


@click.command("erase")
@click.option("--attendee", "attendees", multiple=True, metavar="ID", help="Erase this person; may be repeated.")
@click.option("--everybody", is_flag=True, help="Erase all personal data of this event. It cannot be taken back.")
@click.option("--copies", "only_copies", is_flag=True, help="Erase nobody; list the copies that still hold names.")
@json_option
@click.pass_context
def erase_command(
    context: click.Context, attendees: tuple[str, ...], everybody: bool, only_copies: bool, as_json: bool
) -> None:
    """Erase personal data. Counts stay right and the journal still verifies: it never held a name.

    The event's file and the backups beside it forget at once, the hub and other desks with their next sync. Copies that
    only a person can delete are listed: backups and badges kept elsewhere, lists that were exported at any desk.
    """
    if [bool(attendees), everybody, only_copies].count(True) != 1:
        raise click.UsageError(_("Name people with --attendee, or all of them with --everybody."))
    from checkin.db.forgetting import copies
    from checkin.wording.copies import copy_text

    with opened(context) as app:
        erased = 0 if only_copies else app.desk.erase(attendees)
        found = copies(app.database)
        if as_json:
            emit(
                {
                    "erased": erased,
                    "files": [one.file for one in found],
                    "copies": [dataclasses.asdict(o) for o in found],
                }
            )
            return
        if not only_copies:
            click.echo(ngettext("{n} person was erased.", "{n} people were erased.", erased).format(n=erased))
            say(_("The hub and the other desks forget with their next sync; sync now."))
        for one in found:
            text = _("This copy may still hold names; delete it: {copy}").format(copy=copy_text(one, app.event))
            if only_copies:
                click.echo(text)
            else:
                say(text)


COMMANDS = [erase_command]
