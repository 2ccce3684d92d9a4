"""`export attendance|counts|journal --out FILE`: a report as csv, xlsx, pdf or json."""

from __future__ import annotations

from pathlib import Path

import click

from checkin.cli._common import day_option, emit, json_option, opened, say
from checkin.i18n import _, ngettext
from checkin.reports.export import REPORTS, WITH_NAMES, ReportName


@click.command("export")
@click.argument("report", type=click.Choice(REPORTS))
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="FILE.csv, FILE.xlsx, FILE.pdf or FILE.json; a folder gets an XLSX named after the event.",
)  # fmt: skip
@day_option
@click.option("--checkpoint", default="", metavar="KEY", help="Only this checkpoint: the list of one session.")
@click.option(
    "--reason", default="", metavar="TEXT",
    help="Why names leave the program; it is kept in the journal with your name (--staff). Counts need none.",
)  # fmt: skip
@click.option("--thai-digits", is_flag=True, help="PDF with Thai digits; its language is that of --lang.")
@json_option
@click.pass_context
def export_command(
    context: click.Context,
    report: ReportName,
    target: Path,
    day: str,
    checkpoint: str,
    reason: str,
    thai_digits: bool,
    as_json: bool,
) -> None:
    """Write who came, how many, or everything that happened, to a file. Without --day: of all days.

    Lists with names (attendance, journal) are for a supervisor: who wrote one, when and why stands in the journal.
    """
    from checkin.cli._report_pdf import exporters
    from checkin.desk.export_log import log_export
    from checkin.domain.declare import parse_day
    from checkin.reports.export import check_target, export, proposed_name

    with opened(context) as app:
        chosen = parse_day(app.event, day) if day else None
        if checkpoint:
            app.event.checkpoint(checkpoint)
        if target.is_dir():
            target /= proposed_name(app.event, report, ".xlsx", chosen)
        also = exporters(thai_digits=thai_digits)
        check_target(target, also)
        state = app.evening.report_state(chosen) if chosen else None
        record = ""
        if report in WITH_NAMES:
            record = log_export(app.database, app.desk.scribe, app.clock, report, target, chosen, reason)
        written = export(
            app.database, app.event, report, target, chosen, checkpoint=checkpoint, state=state, now=app.clock.now(),
            also=also,
        )  # fmt: skip
        if as_json:
            emit({"rows": written.rows, "file": str(written.file), "record": record, "incomplete": written.incomplete})
        else:
            say(
                ngettext("{n} row written to “{file}”.", "{n} rows written to “{file}”.", written.rows).format(
                    n=written.rows, file=written.file
                )
            )
        if written.incomplete:
            say(_("INCOMPLETE: entries of another desk are still missing; the file says which. Sync and export again."))
        if app.event.practice:
            say(_("This is practice data: no real attendance."))


COMMANDS = [export_command]
