"""`walkin`: register somebody who is on no list, check in, and make the badge; offline, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin.cli._common import (
    attendee_json,
    checkpoint_option,
    day_option,
    emit,
    json_option,
    opened,
    print_option,
    say,
)
from checkin.i18n import _
from checkin.texts import isolate

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.badges.layout import Layout
    from checkin.cli._badge_print import Printed, Printing
    from checkin.desk.results import Registered, WalkIn
    from checkin.domain.alike import LookAlike


@click.command("walkin")
@click.option("--name", default="", metavar="N", help="Name on the badge.")
@click.option("--name-local", default="", metavar="N", help="Name in the guest’s own script.")
@click.option("--organisation", "--organization", default="", metavar="O", help="Where the guest comes from.")
@click.option("--country", default="", metavar="C")
@click.option("--category", default="", metavar="K", help="Category key; default: the one that the event’s file names.")
@click.option("--email", default="", metavar="TEXT")
@click.option("--phone", default="", metavar="TEXT")
@click.option("--note", default="", metavar="TEXT", help="What the desk is to be told when this person comes.")
@click.option("--consent", "consents", multiple=True, metavar="KEY", help="The guest agreed to this; may be repeated.")
@day_option
@checkpoint_option
@click.option("--badge", type=click.Path(path_type=Path), metavar="FILE.pdf", help="Draw the badge on a PDF.")
@click.option(
    "--layout", "layout_name", default="", metavar="NAME", help="How the badge looks; with --badge or --print."
)
@print_option
@click.option("--force", is_flag=True, help="Register although somebody on the list looks like the same person.")
@json_option
@click.pass_context
def walkin_command(
    context: click.Context, name: str, name_local: str, organisation: str, country: str, category: str, email: str,
    phone: str, note: str, consents: tuple[str, ...], day: str, checkpoint: str, badge: Path | None, layout_name: str,
    printer: str | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Register a guest and check in. Somebody on the list who may be the same person is named, and nothing is written."""
    from checkin.desk.results import WalkIn
    from checkin.errors import DeclarationError

    if layout_name and badge is None and printer is None:
        raise click.UsageError(_("--layout is for a print: add --badge FILE.pdf, or --print for the printer."), context)
    came_out = True
    with opened(context, day, checkpoint) as app:
        if app.undeclared:
            raise DeclarationError(app.undeclared)
        asked = {one.key for one in app.event.walk_in.consents}
        form = WalkIn(
            name, name_local, organisation, country, category, email, phone, note,
            consents=tuple((key, key in consents) for key in sorted(asked | set(consents))),
        )  # fmt: skip
        layout = _layout(app, layout_name, badge) if badge is not None else None
        printing = _printing(app, printer, layout_name) if printer is not None else None
        alike = _look_alikes(app, form)
        if alike and not force:
            _refuse(alike, as_json=as_json)
            context.exit(1)
        registered = app.registrar.register(form)
        if badge is not None and layout is not None:
            _draw(app, registered, layout, badge)
        printed = printing.one(registered.badge) if printing is not None else None
        _tell(app, registered, alike, printed, as_json=as_json)
        came_out = printed is None or printed.came_out
        if printed is not None and not came_out:
            uid = registered.badge.attendee.id
            if as_json:
                say(printed.told)
            say(_("Print the badge later with: checkin badges --print --attendee {id}").format(id=uid))
    if not came_out:
        context.exit(1)


def _look_alikes(app: App, form: WalkIn) -> list[LookAlike]:
    from checkin.domain.alike import Sought

    return app.look_alikes.find(
        Sought(form.name, form.name_local, form.organisation, form.country, form.email, form.phone), limit=5
    )


def _layout(app: App, name: str, target: Path) -> Layout:
    """Find out what can go wrong with the badge before anybody is registered."""
    from checkin.badges.store import DEFAULT, layout
    from checkin.cli._badge_pdf import check_place

    chosen = layout(app.folder, name or DEFAULT)
    check_place(target)
    return chosen


def _printing(app: App, printer: str, layout_name: str) -> Printing:
    """Find out what can go wrong with the layout; a printer that is off keeps nobody from being registered."""
    from checkin.cli._badge_print import Printing

    return Printing(app, printer, layout_name)


def _draw(app: App, registered: Registered, layout: Layout, target: Path) -> None:
    from checkin.badges.content import content
    from checkin.cli._badge_pdf import draw
    from checkin.db import copies
    from checkin.errors import CheckinError, ExportError

    issued = registered.badge
    copies.note_written(app.database, "badges", target, app.desk.scribe.now_ms())
    try:
        draw(target, layout, [content(app.event, issued.attendee, issued.text)])
    except CheckinError as error:
        raise ExportError(
            _(
                "{why} {name} is registered; make the badge with: checkin badges --again --attendee {id} --out FILE.pdf"
            ).format(why=error, name=isolate(issued.attendee.display_name), id=issued.attendee.id)
        ) from error


def _refuse(alike: list[LookAlike], *, as_json: bool) -> None:
    if as_json:
        emit({"attendee": None, "record": None, "look_alikes": [_alike_json(one) for one in alike]})
    say(_("Is it one of these? Nobody was registered; add --force if it is none of them."))
    if not as_json:
        for one in alike:
            who = one.attendee
            parts = (who.display_name, who.organisation, who.country)
            click.echo(f"{who.id}  {' · '.join(isolate(part) for part in parts if part)}  ({', '.join(one.why)})")


def _tell(app: App, registered: Registered, alike: list[LookAlike], printed: Printed | None, *, as_json: bool) -> None:
    from checkin.cli.scan import admission_json, admission_line

    if not as_json:
        click.echo(admission_line(registered.admission, app.event))
        click.echo(
            _("Registered. Record {record}; undoing it takes the check-in back too.").format(record=registered.record)
        )
        if printed is not None:
            click.echo(printed.told)
        return
    emit(
        {
            "attendee": attendee_json(registered.badge.attendee),
            "record": registered.record,
            "look_alikes": [_alike_json(one) for one in alike],
            "admission": admission_json(registered.admission, app.event),
            "badge": {"text": registered.badge.text, "revision": registered.badge.revision},
            **({"print": printed.as_dict()} if printed is not None else {}),
        }
    )


def _alike_json(one: LookAlike) -> dict[str, Any]:
    return {**(attendee_json(one.attendee) or {}), "score": one.score, "why": list(one.why)}


COMMANDS = [walkin_command]
