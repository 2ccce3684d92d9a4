"""A folder as a printer: each badge becomes a PDF file in it. Works on every desk, also where no printer does."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from checkin.printing.spooler import JobState, Printer, PrinterState, SpoolError
from checkin.whole_file import free_name, replacing

PREFIX: Final = "pdf:"
"""How such a printer is written in the settings: "pdf:" and the folder's path."""
_UNSAFE: Final = re.compile(r"[^\w.-]+")


class FolderSpooler:
    """Copies the file under the job's title; a file that is there is never written over."""

    tells = True

    def printers(self) -> list[Printer] | None:
        """Return nothing: a folder is chosen, not found."""
        return []

    def check(self, printer: str, paper_mm: tuple[float, float] | None = None) -> PrinterState:  # noqa: ARG002
        """Say whether the folder is there and can be written to."""
        folder = _folder(printer)
        if not folder.is_dir():
            return PrinterState("missing")
        return PrinterState("ready" if os.access(folder, os.W_OK | os.X_OK) else "rejecting", knows_paper=True)

    def submit(
        self,
        printer: str,
        pdf: Path,
        *,
        title: str,
        paper_mm: tuple[float, float],  # noqa: ARG002 - the page has its size
        opened: Callable[[str], object] = lambda _key: None,
    ) -> str:
        """Copy the file, whole or not at all. Raises SpoolError."""
        state = self.check(printer)
        if state.kind != "ready":
            raise SpoolError(state)
        path = _folder(printer) / f"{_UNSAFE.sub('-', title).strip('-.') or 'badge'}.pdf"
        if path.exists():
            path = free_name(path)
        opened(str(path))
        try:
            with replacing(path) as part:
                shutil.copyfile(pdf, part)
        except OSError as error:
            raise SpoolError(PrinterState("rejecting", message=error.strerror or str(error))) from error
        return str(path)

    def job(self, printer: str, job: str) -> JobState:  # noqa: ARG002 - the protocol's
        """Say whether the file is there."""
        return JobState("completed" if Path(job).is_file() else "gone")

    def cancel(self, printer: str, job: str) -> JobState:
        """Take nothing back: a file that was written stays."""
        return self.job(printer, job)


def folder_printer(folder: Path) -> str:
    """Return how the settings name this folder as a printer."""
    return f"{PREFIX}{folder}"


def _folder(printer: str) -> Path:
    return Path(printer.removeprefix(PREFIX))
