"""`event create FILE.toml`, `event show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from checkin.cli._common import emit, json_option, opened, options, say
from checkin.domain.event import Event
from checkin.errors import EventFileError
from checkin.i18n import _, day_text, language


@click.group("event")
def event_group() -> None:
    """Make an event, or show the one in the data folder."""


@event_group.command("create")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def create(context: click.Context, file: Path, as_json: bool) -> None:
    """Make a new event from its TOML file."""
    from checkin.app import create_app
    from checkin.settings import remember_folder

    try:
        definition = file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise EventFileError(_("There is no file “{file}”.").format(file=file)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EventFileError(_("“{file}” cannot be read as UTF-8 text.").format(file=file)) from error
    chosen = options(context)
    app = create_app(chosen.folder(), definition, chosen.declared())
    try:
        remember_folder(app.folder)
        if as_json:
            emit(event_json(app.event))
        else:
            say(
                _("Event “{name}” is ready. Next: checkin roster import FILE").format(
                    name=app.event.name.get(language())
                )
            )
    finally:
        app.close()


@event_group.command("show")
@json_option
@click.pass_context
def show(context: click.Context, as_json: bool) -> None:
    """Show the event: days, categories, checkpoints."""
    with opened(context) as app:
        if as_json:
            emit(event_json(app.event))
            return
        tongue = language()
        click.echo(f"{app.event.name.get(tongue)} ({app.event.id})")
        if app.event.symbologies:
            click.echo(_("Codes that are read: {names}").format(names=", ".join(("QR", *app.event.symbologies))))
        for day in app.event.days:
            click.echo(f"\n{day_text(day.date)}")
            for checkpoint in app.event.at_day(day.date):
                times = (
                    f"{checkpoint.start or '':%H:%M}–{checkpoint.end or '':%H:%M}"
                    if checkpoint.start and checkpoint.end
                    else ""
                )
                click.echo(f"  {checkpoint.key:<20} {times:<12} {checkpoint.name.get(tongue)}")


def event_json(event: Event) -> dict[str, Any]:
    """Return the event as one JSON object."""
    return {
        "id": event.id,
        "name": event.name.as_dict(),
        "venue": event.venue.as_dict(),
        "timezone": event.timezone.key,
        "languages": list(event.languages),
        "practice": event.practice,
        "symbologies": list(event.symbologies),
        "retention": event.retention.isoformat() if event.retention else None,
        "days": [{"date": day.date.isoformat(), "name": day.name.as_dict()} for day in event.days],
        "categories": [
            {"key": category.key, "name": category.name.as_dict(), "colour": category.colour}
            for category in event.categories
        ],
        "checkpoints": [
            {
                "key": checkpoint.key,
                "name": checkpoint.name.as_dict(),
                "kind": checkpoint.kind,
                "day": checkpoint.day.isoformat(),
                "start": checkpoint.start.isoformat("minutes") if checkpoint.start else None,
                "end": checkpoint.end.isoformat("minutes") if checkpoint.end else None,
                "grace_minutes": int(checkpoint.grace.total_seconds() // 60) if checkpoint.grace is not None else None,
                "expected": "listed"
                if checkpoint.listed_only
                else sorted(checkpoint.expected)
                if checkpoint.expected
                else "all",
                "exits": checkpoint.exits,
            }
            for checkpoint in event.checkpoints
        ],
    }


COMMANDS = [event_group]
