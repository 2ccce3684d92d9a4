"""`export attendance|counts|journal --out FILE`: a report as csv, xlsx or json."""

from __future__ import annotations

from pathlib import Path

import click

from checkin.cli._common import day_option, emit, json_option, opened, say
from checkin.i18n import _, ngettext
from checkin.reports.export import REPORTS, ReportName


@click.command("export")
@click.argument("report", type=click.Choice(REPORTS))
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="FILE.csv, FILE.xlsx or FILE.json; a folder gets an XLSX named after the event.",
)  # fmt: skip
@day_option
@json_option
@click.pass_context
def export_command(context: click.Context, report: ReportName, target: Path, day: str, as_json: bool) -> None:
    """Write who came, how many, or everything that happened, to a file. Without --day: of all days."""
    from checkin.domain.declare import parse_day
    from checkin.reports.export import export, proposed_name

    with opened(context) as app:
        chosen = parse_day(app.event, day) if day else None
        if target.is_dir():
            target /= proposed_name(app.event, report, ".xlsx", chosen)
        written = export(app.database, app.event, report, target, chosen)
        if as_json:
            emit({"rows": written.rows, "file": str(written.file)})
        else:
            say(
                ngettext("{n} row written to “{file}”.", "{n} rows written to “{file}”.", written.rows).format(
                    n=written.rows, file=written.file
                )
            )
        if app.event.practice:
            say(_("This is practice data: no real attendance."))


COMMANDS = [export_command]
