"""The group of all commands, and how their failures reach a person: one sentence, never a traceback."""

from __future__ import annotations

import logging
import os
import sys
from datetime import datetime
from pathlib import Path

import click

import checkin
import checkin.cli
from checkin.cli._common import Options
from checkin.errors import CheckinError
from checkin.i18n import LANGUAGES, Language, _, for_terminal, set_language
from checkin.registry import walk

_log = logging.getLogger(__name__)


class _Commands(click.Group):
    """Finds the commands by walking checkin/cli, only when one is asked for: the window must not wait for them."""

    _loaded = False

    def _load(self) -> None:
        if not self._loaded:
            self._loaded = True
            for module in walk(checkin.cli):
                for command in module.COMMANDS:
                    self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._load()
        return super().get_command(ctx, cmd_name)


class _Instant(click.ParamType[datetime]):
    """A time in ISO 8601, with or without an offset."""

    name = "ISO"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(_("“{value}” is no time; write it as 2014-07-08T07:45.").format(value=value), param, ctx)


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(checkin.__version__, prog_name="checkin")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder that holds all of one event.")
@click.option("--desk", default="", metavar="NAME", help="Name of this desk.")
@click.option("--staff", default="", metavar="NAME", help="Name of the person at the desk.")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language of messages.")
@click.option("--now", type=_Instant(), default=None, metavar="ISO", help="Start the clock here (practice data only).")
@click.option("--camera", default="", metavar="SOURCE", help="The window’s camera: number, film, folder, or none.")
@click.pass_context
def cli(
    context: click.Context,
    data: Path | None,
    desk: str,
    staff: str,
    lang: Language | None,
    now: datetime | None,
    camera: str,
) -> None:
    """Registration desk: badges in, verdicts out. Without a command: open the desk window on the last event."""
    if lang:
        set_language(lang)
    context.obj = Options(data, desk, staff, now, lang, camera)
    if context.invoked_subcommand is None:
        from checkin.cli._window import open_window

        context.exit(open_window(context.obj))
    if context.invoked_subcommand != "demo":  # which may open the window
        for_terminal()


def main() -> int:
    """Run a command. Returns 0 done, 1 refused or failed with a clear sentence, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the terminal's locale says
    logging.getLogger("checkin").addHandler(logging.NullHandler())  # else Python prints errors on the terminal itself
    try:
        result = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Stopped. Everything that was printed is saved."), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CheckinError as error:
        click.echo(str(error), err=True)
        return 1
    except BrokenPipeError:
        # The reader went away. Point stdout at nothing, so that Python's own flush at exit does not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001 - the last line of defence: no traceback reaches a person
        _log.exception("unexpected error")
        click.echo(
            _("The program made a mistake and stopped this command. Every scan that was printed is saved. Please try again;"
              " if it happens again, send the file of logs/ in the data folder to your supervisor."),
            err=True,
        )  # fmt: skip
        return 1
    return result if isinstance(result, int) else 0
