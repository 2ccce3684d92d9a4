"""The printers of this laptop, and the one that prints the badges of the data folder's desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from checkin import settings as settings_file
from checkin.doctor.check import Check
from checkin.i18n import _
from checkin.printing.cups import CupsSpooler
from checkin.printing.folder import PREFIX, FolderSpooler
from checkin.printing.spooler import PrinterState, Spooler


def checks(folder: Path) -> Iterator[Check]:
    """Yield what prints here. On Windows only the window can tell (Qt asks its print system)."""
    title = _("Printers")
    chosen = settings_file.load(folder).settings.printer
    if sys.platform == "win32":
        yield Check("printers", title, True, _("the system’s own: “checkin printers” lists them"))
    else:
        yield _printers(CupsSpooler())
    if chosen.startswith(PREFIX):
        yield _chosen(chosen, FolderSpooler().check(chosen))
    elif chosen and sys.platform != "win32":
        yield _chosen(chosen, CupsSpooler().check(chosen))


def _printers(spooler: Spooler) -> Check:
    title = _("Printers")
    found = spooler.printers()
    way_round = _("Badges can be saved as PDF files without one.")
    if found is None:
        cure = _("For a printer install and start CUPS.")
        return Check("printers", title, False, _("no print system answers"), f"{cure} {way_round}")
    if not found:
        cure = _("Set a printer up in the settings of this computer.")
        return Check("printers", title, False, _("none"), f"{cure} {way_round}")
    return Check("printers", title, True, ", ".join(printer.name for printer in found))


def _chosen(printer: str, state: PrinterState) -> Check:
    title = _("Badge printer")
    name = printer.removeprefix(PREFIX)
    if state.kind == "ready":
        complaints = ", ".join(state.reasons)
        found = _("{printer}: ready") if not complaints else _("{printer}: ready, but it says: {complaints}")
        return Check("printer", title, True, found.format(printer=name, complaints=complaints))
    words = {
        "paused": _("{printer}: paused"),
        "rejecting": _("{printer}: takes no jobs"),
        "missing": _("{printer}: not there any more"),
        "refused": _("{printer}: the print system refuses"),
        "no_spooler": _("{printer}: no print system answers"),
    }
    cure = _("Put it right in the settings of this computer, or choose another printer under Settings, Printing.")
    return Check("printer", title, False, words[state.kind].format(printer=name), cure)
