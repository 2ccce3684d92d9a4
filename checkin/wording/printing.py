"""Printers and prints in words: what is wrong, what is safe, what to do. Keys: checkin.printing.spooler, db.print_log."""

from __future__ import annotations

from typing import Final

from checkin.i18n import _, mark, ngettext
from checkin.printing.folder import PREFIX
from checkin.printing.spooler import PrinterState
from checkin.texts import escape, isolate

_STATES: Final = {
    "waiting": mark("Waiting"),
    "printing": mark("Printing…"),
    "printed": mark("Printed"),
    "stuck": mark("Stuck"),
    "failed": mark("Not printed"),
    "saved": mark("PDF file"),
}

_CAUSES: Final = {
    "no_printer": mark("No printer is chosen at this desk: choose one under Settings."),
    "no_spooler": mark("The print system of this computer does not answer: start it again (on Linux: CUPS)."),
    "missing": mark("The printer “{printer}” does not exist any more: choose another one under Settings."),
    "paused": mark("The printer “{printer}” is paused: let it go on in the printer settings of this computer."),
    "rejecting": mark("The printer “{printer}” takes no jobs: allow them in the printer settings of this computer."),
    "refused": mark("The print system of this computer refused the badge ({words}): ask whoever looks after the computer."),
    "media-empty": mark("The printer “{printer}” has no paper or labels left: put in more."),
    "media-jam": mark("Paper or a label is jammed in the printer “{printer}”: take it out."),
    "cover-open": mark("The printer “{printer}” is open: close it."),
    "marker-supply-empty": mark("The printer “{printer}” has no ink, toner or ribbon left: put in more."),
    "offline": mark("The printer “{printer}” does not answer: switch it on and look at its cable."),
    "held": mark("The print system holds the badge back: release it in the printer settings of this computer."),
    "stopped": mark("The print system stopped the badge ({words}): look at the printer “{printer}”."),
    "slow": mark("The printer “{printer}” has not printed the badge yet ({words}): look at it."),
    "aborted": mark("The print system gave the badge up ({words}): look at the printer “{printer}”."),
    "canceled": mark("Somebody deleted the badge from the queue of the printer “{printer}”."),
    "taken_back": mark("The badge was taken back from the queue of the printer “{printer}”."),
    "taken_back_late": mark("The badge was taken back while the printer “{printer}” had it already: look at the printer."),
    "gone": mark("The print system of this computer does not know what became of the badge: look at the printer “{printer}”."),
    "interrupted": mark("The program ended before the badge was sent to the printer."),
    "layout": mark("The badge layout cannot be used: {words}"),
    "pdf": mark("The badge could not be drawn: {words}"),
    "program": mark("Something went wrong inside the program; the log says where."),
}  # fmt: skip
_FOLDER_CAUSES: Final = {
    "missing": mark("The folder “{printer}” for the PDF files is not there: choose another one under Settings."),
    "rejecting": mark(
        "The folder “{printer}” for the PDF files cannot be written to: choose another one under Settings."
    ),
}
_ALIKE: Final = {
    "media-needed": "media-empty",
    "input-media-supply-empty": "media-empty",
    "input-tray-missing": "media-empty",
    "media-low": "",
    "door-open": "cover-open",
    "interlock-open": "cover-open",
    "toner-empty": "marker-supply-empty",
    "ink-empty": "marker-supply-empty",
    "connecting-to-device": "offline",
    "timed-out": "offline",
    "shutdown": "offline",
    "spool-area-full": "slow",
}
"""Keywords that mean the same for the desk."""
TROUBLES: Final = ("media-empty", "media-jam", "cover-open", "marker-supply-empty", "offline")


def state_word(state: str) -> str:
    """Return the word for the state of a print."""
    return _(_STATES[state])


def cause(key: str, printer: str, words: str = "") -> str:
    """Return the sentence for why a badge is not printed. `printer`: as the settings name it; `words`: data."""
    texts = _FOLDER_CAUSES if printer.startswith(PREFIX) and key in _FOLDER_CAUSES else _CAUSES
    text = _(texts.get(key, _CAUSES["slow"]))
    said = words if key in {"layout", "pdf"} else isolate(escape(words, 80)) if words else _("no reason given")
    return text.format(printer=isolate(printer_title(printer)), words=said)


def print_sentence(state: str, detail: str, printer: str) -> str:
    """Return what became of a print and what to do. `detail`: a key, and after a line break words that are data."""
    key, _line, words = detail.partition("\n")
    title = isolate(printer_title(printer))
    match state:
        case "waiting":
            return _("The badge is being sent to the printer “{printer}”.").format(printer=title)
        case "printing":
            return _("The printer “{printer}” has the badge.").format(printer=title)
        case "printed" if key == "handed_over":
            return _(
                "The badge was handed to the printer “{printer}”. This computer does not tell whether it came out: look."
            ).format(printer=title)
        case "printed":
            return _("Printed on “{printer}”.").format(printer=title)
        case "saved":
            return _("Saved as “{file}”.").format(file=isolate(words))
        case "stuck":
            return f"{cause(key, printer, words)} {_stuck(key)}"
        case _:
            return f"{cause(key, printer, words)} {_failed(key)}"


def printer_sentence(state: PrinterState, printer: str) -> str:
    """Return what a printer says of itself, for Settings and the terminal."""
    title = isolate(printer_title(printer))
    if state.kind != "ready":
        return cause(state.kind, printer, state.message)
    trouble = first_trouble(state.reasons)
    if trouble:
        return cause(trouble, printer)
    if state.knows_paper is False:
        return _(
            "“{printer}” is ready, but does not say that it can print paper of this size: print a test label and measure it."
        ).format(printer=title)
    return _("“{printer}” is ready.").format(printer=title)


def labels_sentence(left: int) -> str:
    """Return what is said when so few labels are left on the roll that somebody should know."""
    if left == 0:
        return _("By count the roll of labels is empty: put in a new one and set the number under Settings.")
    return ngettext(
        "{n} label is left on the roll: have a new one ready.",
        "{n} labels are left on the roll: have a new one ready.",
        left,
    ).format(n=left)


def first_trouble(reasons: tuple[str, ...]) -> str:
    """Return the key of the first complaint that keeps a printer from printing; empty where there is none."""
    for reason in reasons:
        key = _ALIKE.get(reason, reason)
        if key in TROUBLES:
            return key
    return ""


def printer_title(printer: str) -> str:
    """Return what people call a printer of the settings: a folder by its path."""
    return printer.removeprefix(PREFIX)


def _stuck(key: str) -> str:
    if key == "no_spooler":
        return _(
            "The badge may be in its queue: when it answers again it comes out, or printing it again takes it back first."
        )
    return _("The badge waits in its queue and comes out by itself then; printing it again takes it back first.")


def _failed(key: str) -> str:
    if key in {"gone", "canceled", "aborted", "taken_back_late"}:
        return _("If no badge came out, print it again. The check-in stands.")
    return _("Nothing was printed, and the check-in stands: print again afterwards, or save a PDF file.")
