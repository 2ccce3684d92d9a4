"""`close-day [DAY]`: the evening: sync, reconcile, back up, state what was found, write the reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkin.cli._common import emit, in_window, json_option, opened, say
from checkin.i18n import _, day_text

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.evening.state import DayState, Step

REPORTS = "reports"
"""Where the files go in the data folder, unless --out names another place."""


@click.command("close-day")
@click.argument("day", default="", metavar="[DAY]")
@click.option(
    "--anyway",
    is_flag=True,
    help="Close it at once though a desk is missing or has not confirmed: the report says INCOMPLETE.",
)
@click.option(
    "--wait", "wait_s", type=click.IntRange(0, 3600), default=20, show_default=True, metavar="SECONDS",
    help="How long to wait for desks that are there to confirm that they sent everything.",
)  # fmt: skip
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where the reports go; default: the folder “reports” of the data folder.",
)  # fmt: skip
@click.option(
    "--backup", "backup", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where the backup goes, a USB stick say; default: the folder “backups” of the data folder.",
)  # fmt: skip
@click.option(
    "--reason", default="close-day", metavar="TEXT",
    help="Why the lists with names are written; it is kept in the journal with your name (--staff).",
)  # fmt: skip
@click.option(
    "--stick", "sticks", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Read what another desk left on this stick first: a folder to which it synced.",
)  # fmt: skip
@click.option("--without", "unused", multiple=True, metavar="DESK", help="This desk was not in use on that day.")
@click.option("--reopen", is_flag=True, help="Open a closed day again instead.")
@json_option
@click.pass_context
def close_day_command(
    context: click.Context,
    day: str,
    anyway: bool,
    wait_s: int,
    folder: Path | None,
    backup: Path | None,
    reason: str,
    sticks: tuple[Path, ...],
    unused: tuple[str, ...],
    reopen: bool,
    as_json: bool,
) -> None:
    """Close a day (default: today): sync with the hub, ask every desk, back up, write the reports.

    Each desk confirms with its next sync that everything it scanned is here; one that was shut after its last sync has
    done so. Nothing is written while one is missing, unless --anyway says so. What arrives later makes a correction: call
    it again.
    """
    from checkin.errors import DeclarationError

    with opened(context, day) as app:
        if app.undeclared:
            raise DeclarationError(app.undeclared)
        chosen = app.desk.post.day
        if reopen:
            _reopen(app, chosen, as_json=as_json)
            return
        for stick in sticks:
            app.evening.sync(f"folder:{stick.resolve()}")
        _check_names(app, chosen, unused)
        state = app.evening.reconcile(
            chosen,
            backup_to=backup,
            unused=unused or None,
            wait_s=0 if anyway else wait_s,
            progress=_Progress(app).show,
        )
        if (state.complete and not state.hindered) or anyway:
            state = app.evening.close(state, anyway=anyway)
            files = _write(app, chosen, folder or app.folder / REPORTS, reason)
            _tell(app, state, files, as_json=as_json)
            return
        _tell(app, state, [], as_json=as_json)
        app.evening.tell_hub(leaving=_leaving(app))
        app.evening.close(state)  # says what is missing and what to do


def _check_names(app: App, day: date, unused: tuple[str, ...]) -> None:
    """Raise CheckinError where a desk was named that nobody knows: a slip of the pen must not make a day complete."""
    from checkin.domain.closing import StepKey
    from checkin.errors import CheckinError
    from checkin.evening.state import Heard

    heard = app.evening.look(day).step(StepKey.DESKS).found
    known = {desk.desk for desk in heard.desks} if isinstance(heard, Heard) else set()
    for name in unused:
        if name not in known:
            raise CheckinError(
                _("There is no desk “{name}”, so nothing was closed. These are known: {known}.").format(
                    name=name, known=", ".join(sorted(known)) or "–"
                )
            )


def _write(app: App, day: date, folder: Path, reason: str) -> list[Path]:
    """Write the reports, and let the other desks know of the closing whatever becomes of them."""
    from checkin.cli._report_pdf import exporters

    try:
        (pdf,) = exporters()
        return app.evening.write_files(day, folder, pdf, reason=reason)
    finally:
        app.evening.tell_hub(leaving=_leaving(app))


def _leaving(app: App) -> str:
    """Return the day to name at the hub: this command ends, and nobody need wait for this desk then."""
    return "" if in_window(app.folder) else app.working_day


def _reopen(app: App, day: date, *, as_json: bool) -> None:
    state = app.evening.reopen(day)
    app.evening.tell_hub(leaving=_leaving(app))
    if as_json:
        emit(_json(app, state, []))
    else:
        say(_("{day} is open again. Close it once more when everything is in.").format(day=day_text(day)))


def _tell(app: App, state: DayState, files: list[Path], *, as_json: bool) -> None:
    from checkin.wording.closing import closed_line, difference_line, missing_sentence, proof_line

    today = app.event.local(app.clock.now()).date()
    if as_json:
        emit(_json(app, state, files))
    said = state.closing.statement if state.closing is not None and state.closed else None
    if files and (said is None or not said.complete) and (missing := missing_sentence(state)):
        say(missing)
    if state.closed and state.closing is not None and files:
        say(f"{day_text(state.day)}: {closed_line(state.closing, app.event, today)}")
        say(proof_line(state.closing))
        for change in app.evening.report_state(state.day).differences:
            say(f"  {difference_line(change, app.event)}")
    if not as_json:
        for file in files:
            click.echo(str(file))


def _json(app: App, state: DayState, files: list[Path]) -> dict[str, object]:
    from checkin.domain.closing import StepKey
    from checkin.evening.state import Settled
    from checkin.reports.counts import count

    doubles = state.step(StepKey.DOUBLES).found
    said = state.closing.statement if state.closing is not None and state.closed else None
    return {
        "day": state.day.isoformat(),
        "complete": said.complete if said is not None else state.complete,
        "missing_desks": list(state.missing),
        "conflicts": doubles.unsettled if isinstance(doubles, Settled) else 0,
        "counts": count(app.database, app.event, app.desk.post, "category").as_json(),
        "files": [str(file) for file in files],
        "closed": state.closed,
        "correction": said.number if said is not None else 0,
        "fingerprint": said.digest if said is not None else state.digest,
    }


class _Progress:
    """Says each step once, on standard error, when it is known how it stands."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._said: set[str] = set()
        self._awaited: tuple[str, ...] = ()

    def show(self, steps: tuple[Step, ...], _done: int, _total: int) -> None:
        from checkin.domain.closing import StepState
        from checkin.evening.state import Heard
        from checkin.wording.closing import step_line, step_state, step_title

        today = self._app.event.local(self._app.clock.now()).date()
        for step in steps:
            if isinstance(step.found, Heard) and step.state is StepState.RUNNING and step.found.coming != self._awaited:
                self._awaited = step.found.coming
                if self._awaited:
                    say(f"  … {step_line(step, self._app.event, today)}")
            if step.key not in self._said and step.state not in {StepState.WAITING, StepState.RUNNING}:
                self._said.add(step.key)
                say(f"{step_title(step)} ({step_state(step)}): {step_line(step, self._app.event, today)}")


COMMANDS = [close_day_command]
