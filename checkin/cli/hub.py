"""`hub init`, `add-desk`, `revoke-desk`, `counts`, `restored`: the organiser's side of a hub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkin.cli._common import emit, json_option, opened, say
from checkin.i18n import _

if TYPE_CHECKING:
    from checkin.app import App


@click.group("hub")
def hub_group() -> None:
    """Set up where desks meet, let desks in, cut one off, count there."""


@hub_group.command("init")
@click.argument("url", metavar="URL")
@json_option
@click.pass_context
def init(context: click.Context, url: str, as_json: bool) -> None:
    """Make the hub of this event at URL (folder:PATH or postgresql://...), send the event there, and sync there from now on."""
    from checkin.sync import administration
    from checkin.sync.hub import without_password

    with opened(context) as app:
        keys = app.sync_keys
        administration.check_authority(keys)
        administration.init(url, keys)
        own = administration.add_desk(url, keys, app.settings.desk_name, keys.public)
        administration.remember(app.folder, url)
        app.set_hub(own)
        done = app.syncer.round()
        for notice in done.notices:
            say(notice)
        if as_json:
            emit(
                {"hub": without_password(url), "event": app.event.id, "pushed": done.pushed, "verified": done.verified}
            )
        else:
            say(_("The hub is ready and has the event. Next: checkin hub add-desk NAME"))


@hub_group.command("add-desk")
@click.argument("name", metavar="NAME")
@click.option("--pin", default="", metavar="PIN", help="What the new desk is asked for; default: 8 digits made here.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; default: NAME.checkin-desk"
)
@click.option(
    "--qr", type=click.Path(dir_okay=False, path_type=Path), help="Write the same as a code for a camera, PNG."
)
@json_option
@click.pass_context
def add_desk(context: click.Context, name: str, pin: str, out: Path | None, qr: Path | None, as_json: bool) -> None:
    """Let the desk NAME in: writes a file that makes a new laptop a desk. Say the PIN aloud, do not write it beside it."""
    from checkin.paths import HUB
    from checkin.sync import enrolment as paper
    from checkin.sync.administration import check_authority, enrol

    with opened(context) as app:
        target = out or Path(paper.file_name(name))
        pin = pin or paper.new_pin()
        paper.check_pin(pin)
        check_authority(app.sync_keys)
        app.syncer.round()  # the new desk finds the event at the hub
        made = enrol(_admin_url(app), app.sync_keys, name, _issuers(app), own_url=app.hub_url)
        text = paper.to_text(made, pin)
        paper.write_file(target, text)
        if qr is not None:
            paper.write_code(qr, text)
        if Path(made.hub.removeprefix("folder:")) == app.folder / HUB:
            say(
                _("The hub is a folder on this laptop, which another laptop cannot reach: choose a shared one with"
                  " “checkin hub init URL”.")
            )  # fmt: skip
        if as_json:
            emit(
                {
                    "desk": made.desk,
                    "number": made.number,
                    "file": str(target),
                    "qr": str(qr) if qr else None,
                    "pin": pin,
                }
            )
            return
        say(_("“{file}” makes a laptop the desk “{desk}”: checkin join “{file}”.").format(file=target, desk=made.desk))
        say(_("PIN: {pin} — say it aloud; do not send it with the file.").format(pin=pin))


@hub_group.command("revoke-desk")
@click.argument("name", metavar="NAME")
@json_option
@click.pass_context
def revoke_desk(context: click.Context, name: str, as_json: bool) -> None:
    """Cut the desk NAME off, a lost laptop for instance: what it sent stays and counts, nothing more is taken from it."""
    from checkin.sync import administration
    from checkin.sync.editions import Publisher

    with opened(context) as app:
        url = _admin_url(app)
        cut = administration.keys_named(app.hub_url, app.sync_keys, name)
        administration.revoke_desk(url, app.sync_keys, name)
        publisher = Publisher(app.database, app.folder, app.sync_keys, "", app.keyring)
        for public in cut:
            publisher.revoke(public)
        app.syncer.round()
        if as_json:
            emit({"desk": name, "revoked": True, "keys": len(cut)})
        else:
            say(_("“{desk}” is cut off. What it sent before stays and counts.").format(desk=name))


@hub_group.command("counts")
@json_option
@click.pass_context
def counts(context: click.Context, as_json: bool) -> None:
    """Count who came, from what the hub holds: it must be what every desk counts."""
    from checkin.sync import administration

    with opened(context) as app:
        rows = administration.counts(_admin_url(app), app.sync_keys)
        if as_json:
            for row in rows:
                emit(row._asdict())
            return
        place, group, country = (
            max((len(text) for text in texts), default=0)
            for texts in (
                [row.checkpoint for row in rows], [row.category for row in rows], [row.country for row in rows]
            )
        )  # fmt: skip
        for row in rows:
            click.echo(
                f"{row.day}  {row.checkpoint:<{place}}  {row.category:<{group}}  {row.country:<{country}}  {row.came:>7}"
            )


@hub_group.command("restored")
@json_option
@click.pass_context
def restored(context: click.Context, as_json: bool) -> None:
    """Tell every desk that the hub was put back from an older copy, so that each sends again what the hub lost."""
    from checkin.sync import administration

    with opened(context) as app:
        administration.new_epoch(_admin_url(app), app.sync_keys)
        if as_json:
            emit({"restored": True})
        else:
            say(_("Every desk now sends again what the hub lacks, with its next round."))


def _admin_url(app: App) -> str:
    """Return where the owner's rights are: what `hub init` was given, else this desk's own hub."""
    from checkin.sync import administration

    return administration.remembered(app.folder) or app.hub_url


def _issuers(app: App) -> set[int]:
    from checkin.db.desks import desks

    with app.database.read() as connection:
        return {row.number for row in desks(connection)}


COMMANDS = [hub_group]
