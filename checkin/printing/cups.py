"""CUPS as a spooler: its queues, a job handed over in two steps, what became of it.

A job is opened first, without a document, and its key is told to the caller; then the document is sent. So whatever
happens in between, a job that may print is known by its key and can be taken back: an opened job without a document
prints nothing.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final
from urllib.parse import quote

from checkin.errors import CheckinError
from checkin.printing.cups_server import NoAnswerError, RefusedError, Server
from checkin.printing.ipp import Answer, Attribute, Tag
from checkin.printing.spooler import ENDED, JobKind, JobState, Printer, PrinterState, SpoolError

CREATE_JOB, SEND_DOCUMENT, CANCEL_JOB, JOB_ATTRIBUTES, PRINTER_ATTRIBUTES = 0x05, 0x06, 0x08, 0x09, 0x0B
DEFAULT_PRINTER, PRINTERS = 0x4001, 0x4002
NOT_FOUND: Final = (0x0406, 0x0407)
"""client-error-not-found, client-error-gone."""
NOT_POSSIBLE: Final = 0x0404
NOT_ACCEPTING: Final = 0x0506

STOPPED: Final = 5
"""printer-state of a queue that is paused."""
_JOB_KINDS: Final[dict[int, JobKind]] = {
    3: "pending", 4: "held", 5: "processing", 6: "stopped", 7: "canceled", 8: "aborted", 9: "completed",
}  # fmt: skip
_SEVERITIES: Final = ("-report", "-warning", "-error")
_ABOUT_PRINTER: Final = (
    "printer-name", "printer-info", "printer-state", "printer-state-reasons", "printer-state-message",
    "printer-is-accepting-jobs",
)  # fmt: skip
_ABOUT_JOB: Final = ("job-state", "job-state-reasons", "job-printer-state-message", "job-uuid")
SAME_PAPER: Final = 50
"""Hundredths of a millimetre by which the printer's paper may differ from the badge's: it counts in points or inches."""
_OFFLINE: Final = ("may not exist or is unavailable", "not responding", "waiting for printer to become available",
                   "unable to locate printer", "not connected")  # fmt: skip
"""What CUPS's own backends say, in English whatever the language, of a printer that is off: a keyword comes only for some."""
_CANCEL_S: Final = 3.0
"""How long a job that is under way may take to stop."""
_LOOK_S: Final = 0.1


class CupsSpooler:
    """Asks cupsd anew each time: it may be restarted, or be another one, between two questions."""

    tells = True
    """Whether `job` says that something came out of the printer."""

    def __init__(self, server: Server | None = None) -> None:
        """`server`: where to ask; None: wherever cupsd listens."""
        self._server = server or Server()

    def printers(self) -> list[Printer] | None:
        """Return the queues, the default one first; None where no cupsd answers."""
        try:
            answer = self._ask(PRINTERS, [_wanted(*_ABOUT_PRINTER)])
            default = self._ask(DEFAULT_PRINTER, [_wanted("printer-name")]).text(Tag.PRINTER, "printer-name")
        except (NoAnswerError, RefusedError):
            return None
        made = [_printer(found, default) for found in answer.found(Tag.PRINTER) if found.get("printer-name")]
        return sorted(made, key=lambda printer: (not printer.default, printer.name.casefold()))

    def check(self, printer: str, paper_mm: tuple[float, float] | None = None) -> PrinterState:
        """Say whether the queue would print now."""
        wanted = (*_ABOUT_PRINTER, "media-size-supported") if paper_mm else _ABOUT_PRINTER
        try:
            answer = self._ask(PRINTER_ATTRIBUTES, [_printer_uri(printer), _wanted(*wanted)])
        except NoAnswerError as error:
            return PrinterState("no_spooler", message=str(error))
        except RefusedError as error:
            return PrinterState("refused", message=str(error))
        if answer.status in NOT_FOUND:
            return PrinterState("missing")
        found = answer.found(Tag.PRINTER)
        if not answer.ok or not found:
            return PrinterState("refused", message=_why(answer))
        return _state(found[0], paper_mm)

    def submit(
        self,
        printer: str,
        pdf: Path,
        *,
        title: str,
        paper_mm: tuple[float, float],
        opened: Callable[[str], object] = lambda _key: None,
    ) -> str:
        """Hand over a PDF file. Raises SpoolError; an answer to the document that never came is for `job` to tell."""
        document = pdf.read_bytes()
        path = f"/printers/{quote(printer, safe='')}"
        uri = _printer_uri(printer)
        try:
            answer = self._ask(CREATE_JOB, [uri, _user(), _name(title)], _paper(paper_mm), path=path)
        except NoAnswerError as error:  # if it was opened after all, it has no document
            raise SpoolError(PrinterState("no_spooler", message=str(error))) from error
        except RefusedError as error:
            raise SpoolError(PrinterState("refused", message=str(error))) from error
        number = answer.text(Tag.JOB, "job-id")
        if not answer.ok or not number:
            raise SpoolError(_refusal(answer, self.check(printer)))
        key = f"{number} {self._uuid(number)}"
        try:
            opened(key)
        except CheckinError:
            self.cancel(printer, key)
            raise
        last = Attribute(Tag.BOOLEAN, "last-document", (True,))
        kind = Attribute(Tag.MIME, "document-format", ("application/pdf",))
        job = Attribute(Tag.INTEGER, "job-id", (int(number),))
        try:
            answer = self._ask(SEND_DOCUMENT, [uri, job, _user(), kind, last], path=path, document=document)
        except NoAnswerError:
            return key  # taken or not: `job` will tell
        except RefusedError as error:
            self.cancel(printer, key)
            raise SpoolError(PrinterState("refused", message=str(error))) from error
        if not answer.ok:
            self.cancel(printer, key)
            raise SpoolError(_refusal(answer, self.check(printer)))
        return key

    def job(self, printer: str, job: str) -> JobState:  # noqa: ARG002 - the protocol's
        """Say what became of a job."""
        number, _space, uuid = job.partition(" ")
        try:
            answer = self._ask(JOB_ATTRIBUTES, [_job_uri(number), _user(), _wanted(*_ABOUT_JOB)])
        except (NoAnswerError, RefusedError) as error:
            return JobState("unknown", message=str(error))
        found = answer.found(Tag.JOB)
        if answer.status in NOT_FOUND:
            return JobState("gone")
        if not answer.ok or not found:
            return JobState("unknown", message=_why(answer))
        if uuid and answer.text(Tag.JOB, "job-uuid") != uuid:
            return JobState("gone")  # cupsd began to count anew: this is somebody else's job
        kind = _JOB_KINDS.get(_first(found[0], "job-state", 0), "unknown")
        message = answer.text(Tag.JOB, "job-printer-state-message")
        return JobState(kind, _reasons(found[0].get("job-state-reasons", [])), message)

    def cancel(self, printer: str, job: str) -> JobState:
        """Take a job back; wait some seconds for one that is under way."""
        before = self.job(printer, job)
        if before.kind in ENDED or before.kind == "unknown":
            return before
        number = job.partition(" ")[0]
        try:
            answer = self._ask(CANCEL_JOB, [_job_uri(number), _user()], path="/jobs/")
        except (NoAnswerError, RefusedError) as error:
            return JobState("unknown", message=str(error))
        after = self.job(printer, job)
        if not answer.ok and answer.status != NOT_POSSIBLE:
            return after
        until = monotonic() + _CANCEL_S
        while after.kind not in ENDED and monotonic() < until:
            sleep(_LOOK_S)
            after = self.job(printer, job)
        return after

    def _ask(
        self,
        operation: int,
        attributes: list[Attribute],
        job: tuple[Attribute, ...] = (),
        *,
        path: str = "/",
        document: bytes = b"",
    ) -> Answer:
        first = [
            Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
            Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
        ]
        groups: list[tuple[Tag, list[Attribute]]] = [(Tag.OPERATION, first + attributes)]
        if job:
            groups.append((Tag.JOB, list(job)))
        return self._server.ask(operation, groups, path=path, document=document)

    def _uuid(self, number: str) -> str:
        try:
            return self._ask(JOB_ATTRIBUTES, [_job_uri(number), _user(), _wanted("job-uuid")]).text(Tag.JOB, "job-uuid")
        except (NoAnswerError, RefusedError):
            return ""


def _printer_uri(name: str) -> Attribute:
    return Attribute(Tag.URI, "printer-uri", (f"ipp://localhost/printers/{quote(name, safe='')}",))


def _job_uri(number: str) -> Attribute:
    return Attribute(Tag.URI, "job-uri", (f"ipp://localhost/jobs/{number}",))


def _user() -> Attribute:
    return Attribute(Tag.NAME, "requesting-user-name", (getpass.getuser(),))


def _name(title: str) -> Attribute:
    return Attribute(Tag.NAME, "job-name", (title,))


def _wanted(*names: str) -> Attribute:
    return Attribute(Tag.KEYWORD, "requested-attributes", names)


def _paper(paper_mm: tuple[float, float]) -> tuple[Attribute, ...]:
    """Return what says how large the paper is, and that nothing is to be enlarged or shrunk to it."""
    width, height = (round(mm * 100) for mm in paper_mm)
    size = (Attribute(Tag.INTEGER, "x-dimension", (width,)), Attribute(Tag.INTEGER, "y-dimension", (height,)))
    media = (Attribute(Tag.BEGIN_COLLECTION, "media-size", (size,)),)
    return (
        Attribute(Tag.BEGIN_COLLECTION, "media-col", (media,)),
        Attribute(Tag.KEYWORD, "print-scaling", ("none",)),
        Attribute(Tag.KEYWORD, "sides", ("one-sided",)),
    )


def _printer(found: dict[str, list[Any]], default: str) -> Printer:
    name = str(_first(found, "printer-name", ""))
    title = str(_first(found, "printer-info", "")).strip() or name
    return Printer(name, title, name == default, _state(found, None))


def _state(found: dict[str, list[Any]], paper_mm: tuple[float, float] | None) -> PrinterState:
    message = str(_first(found, "printer-state-message", ""))
    reasons = _reasons(found.get("printer-state-reasons", []))
    if any(words in message.casefold() for words in _OFFLINE):
        reasons = (*reasons, "offline")
    knows = _knows(found.get("media-size-supported", []), paper_mm) if paper_mm else None
    if _first(found, "printer-is-accepting-jobs", True) is False:
        return PrinterState("rejecting", reasons, message, knows)
    if _first(found, "printer-state", 0) == STOPPED or "paused" in reasons:
        return PrinterState("paused", reasons, message, knows)
    return PrinterState("ready", reasons, message, knows)


def _knows(sizes: list[Any], paper_mm: tuple[float, float]) -> bool | None:
    """Say whether one of the printer's sizes of paper, or of its ranges, is the one wanted; None where it names none."""
    wanted = [round(mm * 100) for mm in paper_mm]
    pairs = [
        (_first(size, "x-dimension", 0), _first(size, "y-dimension", 0)) for size in sizes if isinstance(size, dict)
    ]
    if not pairs:
        return None
    return any(all(map(_fits, pair, side)) for pair in pairs for side in (wanted, wanted[::-1]))


def _fits(offered: object, wanted: int) -> bool:
    low, high = offered if isinstance(offered, tuple) else (offered, offered)
    return isinstance(low, int) and isinstance(high, int) and low - SAME_PAPER <= wanted <= high + SAME_PAPER


def _reasons(words: list[Any]) -> tuple[str, ...]:
    """Return keywords without their severity and without the word for nothing."""
    made = []
    for word in map(str, words):
        plain = next((word.removesuffix(end) for end in _SEVERITIES if word.endswith(end)), word)
        if plain != "none":
            made.append(plain)
    return tuple(made)


def _first(found: dict[str, list[Any]], name: str, otherwise: Any) -> Any:
    values = found.get(name)
    return values[0] if values else otherwise


def _why(answer: Answer) -> str:
    return answer.text(Tag.OPERATION, "status-message") or f"IPP 0x{answer.status:04x}"


def _refusal(answer: Answer, state: PrinterState) -> PrinterState:
    """Return why a job was not taken: what the queue says of itself, else the answer's own words."""
    if answer.status in NOT_FOUND:
        return PrinterState("missing")
    if answer.status == NOT_ACCEPTING:
        return PrinterState("rejecting", state.reasons, state.message)
    if state.kind not in {"ready", "paused"}:
        return state
    return PrinterState("refused", state.reasons, _why(answer))
