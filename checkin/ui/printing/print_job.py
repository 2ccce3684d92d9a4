"""One print of one badge, as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

PrintState = Literal["waiting", "printing", "printed", "stuck", "failed", "saved"]
NOT_PRINTED: Final[frozenset[PrintState]] = frozenset({"stuck", "failed"})


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A row of the print log in words. `printed` only where the spooler said so; `saved`: a PDF file was written."""

    id: int
    attendee_id: str
    """Empty for a test label."""
    name: str
    """Whose badge: data, for plain text only."""
    revision: int
    printer: str
    """As people call it."""
    layout: str
    state: PrintState
    sentence: str
    """What happened and what to do, in the language of the moment."""
    certain: bool = True
    """Whether `printed` means that the spooler said so; False where the system only took the job and tells no more."""

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen by itself. A stuck job may still come out."""
        return self.state in {"printed", "failed", "saved"}
