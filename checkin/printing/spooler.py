"""What a desk asks of whatever prints, and the answers: facts as keys. Sentences: checkin.wording.printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

QueueKind = Literal["ready", "paused", "rejecting", "missing", "refused", "no_spooler"]
"""Only "ready" prints. "rejecting": the queue takes no jobs. "refused": the spooler answers, but not us."""
JobKind = Literal[
    "pending", "held", "processing", "stopped", "canceled", "aborted", "completed", "handed_over", "gone", "unknown"
]
"""The states of CUPS. "handed_over": the system took it and will never say more. "gone": the spooler does not know this
job (any more). "unknown": the spooler did not answer."""
ENDED: Final[frozenset[JobKind]] = frozenset({"canceled", "aborted", "completed", "handed_over", "gone"})
"""Nothing of it comes out of the printer any more."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """Whether a printer would print now, and what it complains of."""

    kind: QueueKind
    reasons: tuple[str, ...] = ()
    """Keywords of IPP without their severity: "media-empty", "offline", "cover-open" ..."""
    message: str = ""
    """The printer's or the spooler's own words, in whatever language: data."""
    knows_paper: bool | None = None
    """Whether it says that it can print the paper that was asked for; None where it does not say."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that is set up on this computer."""

    name: str
    """What the spooler calls it: the key for every other call."""
    title: str
    """What people call it; the same as the name where there is nothing better."""
    default: bool
    state: PrinterState


@dataclass(frozen=True, slots=True)
class JobState:
    """What became of a job."""

    kind: JobKind
    reasons: tuple[str, ...] = ()
    """Keywords of IPP: "job-printing", "printer-stopped", "job-canceled-by-user" ..."""
    message: str = ""
    """The spooler's own words: data."""


class SpoolError(Exception):
    """A job was not taken: nothing will come out of the printer for it."""

    def __init__(self, state: PrinterState) -> None:
        """`state`: why, as `check` would have said."""
        super().__init__(state.kind)
        self.state = state


class Spooler(Protocol):
    """Every call blocks for a few seconds at most, whatever the spooler does; call it on a worker thread.

    Only `submit` raises; the other calls answer None, "no_spooler" or "unknown".
    """

    tells: bool
    """Whether `job` can say that something came out of the printer."""

    def printers(self) -> list[Printer] | None:
        """Return the printers, the default one first; None where no spooler answers."""

    def check(self, printer: str, paper_mm: tuple[float, float] | None = None) -> PrinterState:
        """Say whether `printer` would print now. `paper_mm`: width and height of the paper that is wanted."""

    def submit(
        self,
        printer: str,
        pdf: Path,
        *,
        title: str,
        paper_mm: tuple[float, float],
        opened: Callable[[str], object] = ...,
    ) -> str:
        """Hand over a PDF file and return the job's key. `title` is shown in the queue, to everybody: no names.

        `opened(key)` is called before anything can come out: whoever keeps the key can take the job back whatever
        happens then. Raises SpoolError where the job was not taken, and what `opened` raises.
        """

    def job(self, printer: str, job: str) -> JobState:
        """Say what became of a job."""

    def cancel(self, printer: str, job: str) -> JobState:
        """Take a job back and return what it is then; it cannot come out any more only if that is one of ENDED."""
