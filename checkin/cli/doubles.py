"""`doubles`: badges that were let in at two desks; `doubles settle`: say that somebody looked at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from checkin.cli._common import attendee_json, day_option, emit, json_option, opened
from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.texts import isolate

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.db.doubles import Admitted, Double


@click.group("doubles", invoke_without_command=True)
@day_option
@json_option
@click.pass_context
def doubles_command(context: click.Context, day: str, as_json: bool) -> None:
    """List who was let in at two desks that did not know of each other; each counts once. Default: of all days."""
    if context.invoked_subcommand is not None:
        return
    with opened(context, day) as app:
        found = _read(app, _day(app, day))
        if as_json:
            for double in found:
                emit(_as_json(double))
            return
        from checkin.ui.doubles.words import double_sentence

        if not found:
            click.echo(_("No badge was let in at two desks."))
        for double in found:
            click.echo(double_sentence(double, app.event, app.desk.name))
            if double.settled:
                click.echo("  " + _("Looked at: {reason}").format(reason=isolate(double.reason or "-")))
            else:
                click.echo(f"  checkin doubles settle {double.second.record} --reason …")


@doubles_command.command("settle")
@click.argument("record", metavar="RECORD")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept beside the journal, and seen at every desk.")
@json_option
@click.pass_context
def settle_command(context: click.Context, record: str, reason: str, as_json: bool) -> None:
    """Note that somebody looked at the double with the admission RECORD. Both admissions stand and count once."""
    with opened(context) as app:
        double = _named(_read(app, ""), record)
        if not reason.strip():
            raise click.UsageError(_("Say why with --reason: who looks later has nothing else to go by."))
        app.desk.settle(double, reason.strip())
        (settled,) = [one for one in _read(app, "") if one.second.record == double.second.record]
        if as_json:
            emit(_as_json(settled))
        else:
            name = isolate(settled.attendee.display_name)
            click.echo(_("Looked at: {name}. The other desks see it with the next sync.").format(name=name))


def _read(app: App, day: str) -> list[Double]:
    from checkin.db.doubles import doubles

    with app.database.read() as connection:
        return sorted(doubles(connection, day), key=lambda one: one.settled)


def _day(app: App, day: str) -> str:
    from checkin.errors import DeclarationError

    if day and app.desk.post is None:
        raise DeclarationError(app.undeclared)
    return app.desk.post.day.isoformat() if day and app.desk.post is not None else ""


def _named(found: list[Double], record: str) -> Double:
    """Return the double with this admission, the second one before the first. Raises CheckinError."""
    wanted = record.strip().lower()
    named = [one for one in found if wanted == one.second.record] or [
        one for one in found if wanted == one.first.record
    ]
    if not named:
        raise CheckinError(
            _("No double has an admission “{record}”. Nothing was changed; “checkin doubles” lists them.").format(
                record=record
            )
        )
    if named[0].settled:
        raise CheckinError(
            _("Somebody looked at this one before: {reason}. Nothing was changed.").format(
                reason=named[0].reason or "-"
            )
        )
    return named[0]


def _as_json(double: Double) -> dict[str, Any]:
    return {
        "attendee": attendee_json(double.attendee),
        "day": double.day,
        "checkpoint": double.checkpoint,
        "first": _admitted(double.first),
        "second": _admitted(double.second),
        "settled": double.settled,
        "reason": double.reason,
    }


def _admitted(one: Admitted) -> dict[str, str]:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(one.at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return {"record": one.record, "at": at, "desk": one.desk, "staff": one.staff}


COMMANDS = [doubles_command]
