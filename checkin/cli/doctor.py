"""`doctor`: what works on this laptop and what does not, with the cure."""

from __future__ import annotations

import click

from checkin.cli._common import emit, json_option, options


@click.command("doctor")
@json_option
@click.pass_context
def doctor_command(context: click.Context, as_json: bool) -> None:
    """Look at this laptop and at the event in the data folder. Nothing is changed."""
    from itertools import chain

    from checkin.doctor import examine
    from checkin.evening import hub_check

    folder = options(context).folder()
    for check in chain(examine(folder), hub_check.checks(folder)):
        if as_json:
            emit(check.as_json())
            continue
        click.echo(f"{'✓' if check.ok else '✗'} {check.title}: {check.found}")
        if check.cure:
            click.echo(f"    → {check.cure}")


COMMANDS = [doctor_command]
