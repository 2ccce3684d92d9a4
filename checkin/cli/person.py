"""`person`: change somebody on the list; every change is a record that `undo` takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from checkin.cli._common import attendee_json, emit, json_option, opened
from checkin.domain.event import FORM_FIELDS
from checkin.i18n import _
from checkin.texts import isolate

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkin.desk.results import Changed

reason_option = click.option("--reason", default="", metavar="TEXT", help="Why; kept beside the journal.")


@click.group("person")
def person_group() -> None:
    """Change somebody on the list, by id; `undo RECORD` takes any of it back."""


def _field_options(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(FORM_FIELDS):
        command = click.option(f"--{name.replace('_', '-')}", name, default=None, metavar="TEXT")(command)
    return command


@person_group.command("edit")
@click.argument("who", metavar="ID")
@_field_options
@reason_option
@json_option
@click.pass_context
def edit_command(context: click.Context, /, who: str, reason: str, as_json: bool, **fields: str | None) -> None:
    """Change fields; only those that are named. An empty text takes what is there away."""
    changes = {name: text for name, text in fields.items() if text is not None}
    if not changes:
        raise click.UsageError(_("Name what is to be changed, for example --organisation TEXT."), context)
    with opened(context) as app:
        _tell(app.registrar.edit(who, changes, reason), as_json=as_json)


@person_group.command("cancel")
@click.argument("who", metavar="ID")
@click.option("--reason", default="", metavar="TEXT", help="Why; the desk is told when this person comes.")
@json_option
@click.pass_context
def cancel_command(context: click.Context, who: str, reason: str, as_json: bool) -> None:
    """Cancel a registration."""
    with opened(context) as app:
        _tell(app.registrar.cancel(who, reason), as_json=as_json)


@person_group.command("reinstate")
@click.argument("who", metavar="ID")
@reason_option
@json_option
@click.pass_context
def reinstate_command(context: click.Context, who: str, reason: str, as_json: bool) -> None:
    """Take a cancellation or a block back."""
    with opened(context) as app:
        _tell(app.registrar.reinstate(who, reason), as_json=as_json)


@person_group.command("merge")
@click.argument("keep", metavar="ID")
@click.argument("other", metavar="OTHER-ID")
@reason_option
@json_option
@click.pass_context
def merge_command(context: click.Context, keep: str, other: str, reason: str, as_json: bool) -> None:
    """Two who are one: keep the first, and let what is the other’s count for it."""
    with opened(context) as app:
        _tell(app.registrar.merge(keep, other, reason), as_json=as_json)


@person_group.command("learn")
@click.argument("who", metavar="ID")
@click.argument("code")
@reason_option
@json_option
@click.pass_context
def learn_command(context: click.Context, who: str, code: str, reason: str, as_json: bool) -> None:
    """Bind a code that nobody has to this person: from now on it is this person’s badge."""
    with opened(context) as app:
        _tell(app.registrar.learn(who, code, reason), as_json=as_json)


@person_group.command("history")
@click.argument("who", metavar="ID")
@json_option
@click.pass_context
def history_command(context: click.Context, who: str, as_json: bool) -> None:
    """Show everything that happened to a person, newest first."""
    from checkin.db.origin import person
    from checkin.errors import CheckinError
    from checkin.wording.histories import details, happened

    with opened(context) as app:
        if person(app.database, who) is None:
            raise CheckinError(_("There is no person with the id {id}.").format(id=who))
        for line in app.desk.history(who):
            text, more = happened(line, app.event), details(line, app.event)
            if not as_json:
                signed = " · ".join(isolate(part) for part in (more, line.reason, line.desk, line.staff) if part)
                click.echo(f"{line.at:%Y-%m-%d %H:%M:%S}  {text}  {signed}".rstrip())
                continue
            data: dict[str, Any] = {
                "at": line.at.isoformat(timespec="milliseconds"), "kind": line.kind, "record": line.record or None,
                "desk": line.desk, "staff": line.staff, "day": line.day, "checkpoint": line.checkpoint,
                "undone": line.undone, "reason": line.reason, "revision": line.revision,
                "changes": {name: [old, new] for name, old, new in line.changes}, "message": text,
            }  # fmt: skip
            emit(data)


def _tell(changed: Changed, *, as_json: bool) -> None:
    if as_json:
        emit({"record": changed.record, "attendee": attendee_json(changed.attendee), "seq": changed.seq})
        return
    name = isolate(changed.attendee.display_name)
    click.echo(_("Changed: {name}. Record {record}.").format(name=name, record=changed.record))


COMMANDS = [person_group]
