"""`counts`: how many unique people came."""

from __future__ import annotations

import click

from checkin.cli._common import checkpoint_option, day_option, emit, json_option, opened
from checkin.i18n import _, day_text, language
from checkin.reports.counts import By


@click.command("counts")
@day_option
@checkpoint_option
@click.option(
    "--by", type=click.Choice(["category", "country", "organisation", "hour"]), default=None, help="Divide them."
)
@json_option
@click.pass_context
def counts_command(context: click.Context, day: str, checkpoint: str, by: By | None, as_json: bool) -> None:
    """Count unique people at a day's checkpoint (default: its door)."""
    from checkin.errors import DeclarationError
    from checkin.reports.counts import count

    with opened(context, day, checkpoint) as app:
        if app.undeclared:
            raise DeclarationError(app.undeclared)
        counts = count(app.database, app.event, app.desk.post, by)
        if as_json:
            emit(counts.as_json())
            return
        where = app.desk.post.checkpoint.name.get(language())
        click.echo(
            _("{day}, {checkpoint}: {came} of {expected} came, {walk_in} of them walk-ins.").format(
                day=day_text(app.desk.post.day), checkpoint=where, came=counts.came, expected=counts.expected,
                walk_in=counts.walk_in,
            )
        )  # fmt: skip
        for key, number in counts.by.items():
            category = app.event.category(key) if by == "category" else None
            name = category.name.get(language()) if category else key
            click.echo(f"  {number:>7}  {name or _('(not known)')}")


COMMANDS = [counts_command]
