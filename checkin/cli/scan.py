"""`scan SOURCE...`: judge every badge that a camera, film, picture, folder or hand scanner shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import click

from checkin.cli._common import attendee_json, checkpoint_option, day_option, emit, json_option, opened, say
from checkin.domain.event import Direction, Event
from checkin.errors import DeclarationError, SourceError, StorageError

if TYPE_CHECKING:
    import io

    from checkin.app import App
    from checkin.desk.results import Admission, Mode


@click.command("scan")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@day_option
@checkpoint_option
@click.option("--direction", type=click.Choice(["in", "out"]), default="in", help="On the way in or out.")
@json_option
@click.pass_context
def scan_command(
    context: click.Context, sources: tuple[str, ...], day: str, checkpoint: str, direction: Direction, as_json: bool
) -> None:
    """Judge badges from pictures, folders, films, a camera number, or - (one payload a line on standard input)."""
    with opened(context, day, checkpoint, direction) as app:
        if app.undeclared:
            raise DeclarationError(app.undeclared)
        _warn_of_closing(app)
        failed = told = False
        for payload, mode, error in _payloads(sources, app.event.symbologies):
            if error is not None:
                failed = True
                say(str(error))
                continue
            try:
                admission = app.desk.admit(payload, mode=mode)
            except StorageError as trouble:
                failed = True
                say(str(trouble))
                continue
            if admission.record and not told:
                told = True
                app.at_work()
            if as_json:
                emit(admission_json(admission, app.event))
            else:
                click.echo(admission_line(admission, app.event))
    if failed:
        context.exit(1)


def _warn_of_closing(app: App) -> None:
    """Say that the day is closed already. Badges are judged all the same."""
    closing = app.evening.standing(app.desk.post.day)
    if closing is not None and closing.closes:
        from checkin.wording.closing import closed_warning

        say(closed_warning(closing, app.desk.post.day, app.event, app.event.local(app.clock.now()).date()))


def _payloads(sources: tuple[str, ...], symbologies: tuple[str, ...]) -> Iterator[tuple[str, Mode, SourceError | None]]:
    """Yield (payload, how it came, None), or the error of a source that cannot be read; the others are read all the same."""
    from checkin.desk.typed import payloads
    from checkin.scan import read_all
    from checkin.scan.sources import with_qr

    kinds = with_qr(symbologies)
    for spec in sources:
        if spec == "-":
            stdin = cast("io.BufferedReader", sys.stdin.buffer)
            for payload in payloads(lambda: stdin.read1(65536)):  # noqa: B023 - called within this turn only
                yield payload, "scanner", None
            continue
        try:
            for sighting in read_all(spec, kinds):
                for code in sighting.taken:
                    yield code.text, "camera", None
        except SourceError as error:
            yield "", "camera", error


def admission_json(admission: Admission, event: Event) -> dict[str, Any]:
    """Return the object of COMMANDS.md for one judged badge."""
    from checkin.wording.verdicts import sentence

    first = admission.first
    data: dict[str, Any] = {
        "verdict": admission.verdict.value,
        "attendee": attendee_json(admission.attendee),
        "record": admission.record or None,
        "desk": admission.desk,
        "seq": admission.seq or None,
        "day": admission.day.isoformat(),
        "checkpoint": admission.checkpoint,
        "at": admission.at.isoformat(timespec="milliseconds"),
        "first": {"at": first.at.isoformat(timespec="milliseconds"), "desk": first.desk, "staff": first.staff}
        if first
        else None,
        "message": sentence(admission, event),
    }
    extra = {
        "attention": admission.attention,
        "detail": admission.detail,
        "payload": admission.payload,
        "repaired": admission.repaired,
        "direction": admission.direction,
        "staff": admission.staff,
        "mode": admission.mode,
    }
    return data | {key: value for key, value in extra.items() if value}


def admission_line(admission: Admission, event: Event) -> str:
    """Return one line for a person at a terminal."""
    from checkin.texts import isolate
    from checkin.wording.verdicts import sentence, word

    attendee = admission.attendee
    who = isolate(attendee.display_name) if attendee and attendee.display_name else admission.payload
    attention = f" [{admission.attention}]" if admission.attention else ""
    return f"{admission.at:%H:%M:%S}  {word(admission.verdict)}: {who}{attention} - {sentence(admission, event)}"


COMMANDS = [scan_command]
