"""`printers`: what this computer can print on, as the desk sees it."""

from __future__ import annotations

import sys

import click

from checkin.cli._common import emit, json_option, options, say


@click.command("printers")
@json_option
@click.pass_context
def printers_command(context: click.Context, as_json: bool) -> None:
    """List the printers of this computer and whether each would print now. The desk's own is marked."""
    from checkin.errors import CheckinError
    from checkin.i18n import _
    from checkin.settings import load
    from checkin.ui.printing.system import system_spooler
    from checkin.wording.printing import cause, printer_sentence

    if sys.platform == "win32":
        from checkin.ui.painting.headless import program

        program()
    found = system_spooler().printers()
    if found is None:
        raise CheckinError(cause("no_spooler", "") + " " + _("Badges can be saved as PDF files without one."))
    chosen = load(options(context).folder()).settings.printer
    for printer in found:
        if as_json:
            emit(
                {
                    "printer": printer.name,
                    "title": printer.title,
                    "default": printer.default,
                    "chosen": printer.name == chosen,
                    "state": printer.state.kind,
                    "reasons": list(printer.state.reasons),
                    "message": printer.state.message,
                }
            )
        else:
            mark = "→" if printer.name == chosen else " "
            click.echo(f"{mark} {printer.name}  {printer_sentence(printer.state, printer.name)}")
    if not found and not as_json:
        say(_("No printer is set up on this computer. Badges can be saved as PDF files without one."))


COMMANDS = [printers_command]
