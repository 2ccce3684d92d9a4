"""`demo`: the ready-made event, in the window or, without one, the same pipeline from import to counts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkin.cli._common import emit, options, say
from checkin.cli.scan import admission_json, admission_line
from checkin.i18n import _, day_text, for_terminal

if TYPE_CHECKING:
    from checkin.app import App


@click.command("demo")
@click.option("--headless", is_flag=True, help="No window: import, scan, commit, sync, close the day, export, counts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line; the last one holds the counts.")
@click.pass_context
def demo_command(context: click.Context, headless: bool, as_json: bool) -> None:
    """Open the demonstration event with its recording as the camera. Practice data: nothing real is touched."""
    from checkin.cli._window import open_demo_window

    if headless:
        context.exit(_headless(context, as_json))
    context.exit(open_demo_window(options(context)))


def _headless(context: click.Context, as_json: bool) -> int:
    """Run the whole demonstration in a folder of its own and compare it with what the recording's script knows."""
    for_terminal()
    chosen = options(context)
    if chosen.data is not None:
        return _run(context, chosen.data, as_json, keep=True)
    folder = Path(tempfile.mkdtemp(prefix="checkin-demo-"))
    try:
        return _run(context, folder, as_json, keep=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(context: click.Context, folder: Path, as_json: bool, *, keep: bool) -> int:
    from checkin.app import open_demo
    from checkin.db.listing import ListFilter
    from checkin.demo.compare import compare
    from checkin.demo.files import demo_files
    from checkin.demo.truth import load_truth
    from checkin.reports.counts import count
    from checkin.reports.export import export
    from checkin.scan import read_all

    fresh = not (folder / "checkin.sqlite").exists()
    files = demo_files()
    app = open_demo(folder, options(context).declared())
    try:
        people = app.listing.count(ListFilter())
        say(_("Practice event: {n} people imported from {file}.").format(n=people, file=files.roster.name))
        admissions = []
        for sighting in read_all(str(files.recording)):
            for code in sighting.taken:
                admission = app.desk.admit(code.text)
                admissions.append(admission)
                if as_json:
                    emit(admission_json(admission, app.event))
                else:
                    click.echo(admission_line(admission, app.event))
        counts = count(app.database, app.event, app.desk.post, "category")
        report = folder / "attendance.csv"
        written = export(app.database, app.event, "attendance", report)
        if keep:
            say(_("Attendance, {n} rows: {file}").format(n=written.rows, file=report))
        _evening(app)
        differences = compare(load_truth(files.truth), admissions, counts) if fresh else []
        for difference in differences:
            say(difference)
        emit(counts.as_json())
        return 1 if differences else 0
    finally:
        app.close()


def _evening(app: App) -> None:
    """Sync with the hub that comes with every event and close the day, as a supervisor would at five o'clock."""
    from checkin.wording.closing import closed_line, proof_line, step_line, step_title

    day, today = app.desk.post.day, app.event.local(app.clock.now()).date()
    state = app.evening.reconcile(day)  # its first step is a round with the hub
    for step in state.steps:
        say(f"  {step_title(step)}: {step_line(step, app.event, today)}")
    closed = app.evening.close(state, anyway=True)
    app.evening.tell_hub()
    if closed.closing is not None:
        say(f"{day_text(day)}: {closed_line(closed.closing, app.event, today)}")
        say(proof_line(closed.closing))


COMMANDS = [demo_command]
