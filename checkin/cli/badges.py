"""`badges`: the badge of each person, as its code holds it. Layouts and printing come with the badge layouts."""

from __future__ import annotations

import click

from checkin.cli._common import emit, json_option, opened, say
from checkin.i18n import _
from checkin.texts import isolate


@click.command("badges")
@click.option("--attendee", "attendees", multiple=True, metavar="ID", help="Only this person; may be repeated.")
@json_option
@click.pass_context
def badges_command(context: click.Context, attendees: tuple[str, ...], as_json: bool) -> None:
    """List the badges: what the code of each holds. Prints nothing on paper and changes nothing."""
    from checkin.db.badges import issued
    from checkin.domain.badge import BadgeNumber, make_token

    with opened(context) as app, app.database.read() as connection:
        found: set[str] = set()
        for one in issued(connection, attendees):
            found.add(one.attendee.id)
            category = app.event.category(one.attendee.category)
            number = BadgeNumber(one.issuer, one.serial, one.revision, category.number if category else 0)
            text = one.attendee.badge_code or make_token(number, app.keyring)
            if as_json:
                emit({"attendee": one.attendee.id, "text": text, "revision": one.revision})
            else:
                click.echo(f"{text}  {isolate(one.attendee.display_name)}")
        for missing in [uid for uid in attendees if uid not in found]:
            say(_("There is no person with the id {id}.").format(id=missing))
    if set(attendees) - found:
        context.exit(1)


COMMANDS = [badges_command]
