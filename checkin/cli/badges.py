"""`badges`: what the code of each badge holds; `--out` draws them on a PDF, `--print` prints them: both count as prints."""

from __future__ import annotations

from pathlib import Path

import click

from checkin.cli._common import emit, json_option, opened, options, print_option, say
from checkin.i18n import _
from checkin.paths import resources
from checkin.texts import isolate

SHIPPED = ", ".join(sorted(path.stem for path in (resources() / "badges").glob("*.toml")))


@click.command("badges")
@click.option("--attendee", "attendees", multiple=True, metavar="ID", help="Only this person; may be repeated.")
@click.option(
    "--layout", "layout_name", default="", metavar="NAME",
    help=f"How they look: {SHIPPED}, or a file of your own in the folder badges of the data folder. Default: lanyard;"
    " with --print the desk's own.",
)  # fmt: skip
@click.option(
    "--out", "target", type=click.Path(path_type=Path), metavar="FILE.pdf",
    help="Draw them on a PDF. That is a print: a person's first one, else a new one that replaces the older badge.",
)  # fmt: skip
@print_option
@click.option(
    "--missing", is_flag=True,
    help="With --print: only those of whom no badge was made yet, or whose last one at this desk did not come out.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="With --out or --print: the same prints once more; no badge is replaced.")
@click.option(
    "--layouts", "list_layouts", is_flag=True, help="List the layouts and where their files lie, nothing else."
)
@json_option
@click.pass_context
def badges_command(
    context: click.Context,
    attendees: tuple[str, ...],
    layout_name: str,
    target: Path | None,
    printer: str | None,
    missing: bool,
    again: bool,
    list_layouts: bool,
    as_json: bool,
) -> None:
    """List the badges: what the code of each holds. Without --out and --print it prints nothing and changes nothing."""
    if list_layouts:
        _list_layouts(options(context).folder(), as_json)
        return
    _check_usage(context, target, printer, chosen=bool(layout_name or again), missing=missing)
    all_came_out = True
    with opened(context) as app:
        if printer is not None:
            from checkin.cli._badge_print import print_badges as print_on_paper

            unknown, all_came_out = print_on_paper(
                app, attendees, printer, layout_name, again=again, missing=missing, as_json=as_json
            )
        elif target is None:
            from checkin.db.badges import issued
            from checkin.domain.badge import BadgeNumber, make_token

            with app.database.read() as connection:
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
            unknown = [uid for uid in attendees if uid not in found]
        else:
            from checkin.cli._badge_pdf import print_badges

            unknown = print_badges(app, attendees, layout_name, target, again=again, as_json=as_json)
        for uid in unknown:
            say(_("There is no person with the id {id}.").format(id=uid))
    if unknown or not all_came_out:
        context.exit(1)


def _check_usage(
    context: click.Context, target: Path | None, printer: str | None, *, chosen: bool, missing: bool
) -> None:
    """Raise UsageError for options that do not go together."""
    if target is not None and printer is not None:
        raise click.UsageError(_("--out and --print are two prints: give one of them at a time."), context)
    if target is None and printer is None and chosen:
        raise click.UsageError(
            _("--layout and --again are for a print: add --out FILE.pdf, or --print for the printer."), context
        )
    if missing and printer is None:
        raise click.UsageError(_("--missing is for the printer: add --print."), context)


def _list_layouts(folder: Path, as_json: bool) -> None:
    from checkin.badges.store import broken, files, layouts

    paths = files(folder)
    for key, layout in layouts(folder).items():
        width, height = layout.page_mm
        if as_json:
            emit({"layout": key, "name": layout.name.as_dict(), "page_mm": [width, height], "file": str(paths[key])})
        else:
            click.echo(f"{key:14}{width:g} × {height:g} mm  {paths[key]}")
    for problem in broken(folder).values():
        say(problem)


COMMANDS = [badges_command]
