"""What a desk asks of whatever prints, and the answers: facts as keys. Sentences: checkin.wording.printing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from checkin.errors import CheckinError

QueueKind = Literal["ready", "paused", "rejecting", "missing", "no_spooler"]
JobKind = Literal[
    "pending", "held", "processing", "stopped", "canceled", "aborted", "completed", "handed_over", "gone", "unknown"
]
"""The states of CUPS. "handed_over": the spooler took it and will never say more. "gone": the spooler does not know this
job (any more). "unknown": the spooler did not answer."""

OPEN: frozenset[JobKind] = frozenset({"pending", "held", "processing", "stopped", "unknown"})
"""Something may still come out of the printer."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that is set up on this computer."""

    name: str
    """What the spooler calls it: the key for every other call."""
    title: str
    """What people call it; the same as the name where there is nothing better."""
    default: bool = False
    state: PrinterState | None = None


@dataclass(frozen=True, slots=True)
class PrinterState:
    """Whether a printer would print now, and what it complains of."""

    kind: QueueKind
    reasons: tuple[str, ...] = ()
    """Keywords of IPP without their severity: "media-empty", "offline", "cover-open" ..."""
    message: str = ""
    """The printer's own words, in whatever language: data."""
    knows_paper: bool | None = None
    """Whether it says that it can print the paper that was asked for; None where it does not say."""


@dataclass(frozen=True, slots=True)
class JobState:
    """What became of a job."""

    kind: JobKind
    reasons: tuple[str, ...] = ()
    """Keywords of IPP: "job-printing", "printer-stopped", "job-canceled-by-user" ..."""
    message: str = ""
    """The spooler's own words: data."""


class SpoolError(CheckinError):
    """The spooler did not take a job: nothing will come out of the printer for it."""

    def __init__(self, text: str, state: PrinterState) -> None:
        """`state`: why, as `check` would have said."""
        super().__init__(text)
        self.state = state


class LostAnswerError(CheckinError):
    """A job was sent and the answer did not come: it may have been taken. `find` says so, once the spooler answers."""


class Spooler(Protocol):
    """Every call blocks for a few seconds at most, whatever the spooler does; call it on a worker thread.

    Only `submit` raises; the other calls answer "no_spooler" or "unknown".
    """

    def printers(self) -> list[Printer] | None:
        """Return the printers, the default one first; None where no spooler answers."""

    def check(self, printer: str, paper_mm: tuple[float, float] | None = None) -> PrinterState:
        """Say whether `printer` would print now. `paper_mm`: width and height of the paper that is wanted."""

    def submit(self, printer: str, pdf: Path, *, title: str, paper_mm: tuple[float, float]) -> str:
        """Hand over a PDF file and return the job's key. `title` is shown in the queue, to everybody: no names.

        Raises SpoolError where it was not taken, LostAnswerError where that is not known.
        """

    def job(self, printer: str, job: str) -> JobState:
        """Say what became of a job."""

    def cancel(self, printer: str, job: str) -> JobState:
        """Take a job back and return what it is then: "canceled" only if the spooler says so."""

    def find(self, printer: str, title: str) -> str | None:
        """Return the key of the job with this title, "" where there is none, None where no spooler answers."""
