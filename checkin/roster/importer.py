"""Write what a dry run showed, in one transaction, while the desk goes on scanning."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from checkin.clock import Clock
from checkin.db.engine import Database
from checkin.db.roster_store import Staging, remove_folder
from checkin.db.roster_write import RosterChangedError, write
from checkin.db.search import catch_up
from checkin.domain.event import Event
from checkin.errors import CancelledError, RosterFileError
from checkin.i18n import _
from checkin.roster.checking import Cancelled, Preview, Progress, check, never, no_progress
from checkin.roster.fields import guess
from checkin.roster.problems import Problem
from checkin.roster.reading import read_table

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was done."""

    added: int
    updated: int
    unchanged: int
    rejected: int
    missing: int
    problems: tuple[Problem, ...]
    locked_ms: int = 0
    """How long a scan at this moment had to wait, milliseconds."""


class Importer:
    """Brings rosters into one event."""

    def __init__(self, database: Database, event: Event, *, issuer: int, clock: Clock) -> None:
        """Import into `database`; badges are numbered as those of desk `issuer`."""
        self._database = database
        self._event = event
        self._issuer = issuer
        self._clock = clock

    def apply(self, preview: Preview, progress: Progress = no_progress, cancelled: Cancelled = never) -> ImportResult:
        """Write a preview's good rows, all or none (`write`), then index them for the search."""
        result = self.write(preview, progress, cancelled)
        catch_up(self._database, progress)
        return result

    def write(self, preview: Preview, progress: Progress = no_progress, cancelled: Cancelled = never) -> ImportResult:
        """Write a preview's good rows, all or none; `checkin.db.search.catch_up` has then to make them findable by name.

        `cancelled` is asked until the transaction is committed; afterwards the import stands. Raises CancelledError,
        StorageError, and RosterFileError where the roster has changed since the dry run; nothing is written then.
        """
        total = max(preview.added, 1)

        def tick(done: int) -> None:
            if cancelled():
                raise CancelledError(_("Stopped. Nothing was imported."))
            progress(min(done, total), total)

        staging = Staging(preview.folder, preview.source)
        try:
            written = write(
                self._database, staging, issuer=self._issuer, now_ms=round(self._clock.now().timestamp() * 1000),
                record=self._record(preview), tick=tick,
            )  # fmt: skip
        except RosterChangedError:
            raise RosterFileError(
                _("The roster has changed since this file was checked. Nothing was imported; check the file again.")
            ) from None
        finally:
            staging.close()
            remove_folder(preview.folder)
        log.info("roster imported: %d new, %d changed, locked %d ms", written.added, written.updated, written.locked_ms)
        return ImportResult(
            written.added, written.updated, preview.unchanged, preview.rejected, preview.missing, preview.problems,
            written.locked_ms,
        )  # fmt: skip

    def import_file(self, path: Path, source: str = "") -> ImportResult:
        """Read, check and write a file in one go, its headings guessed."""
        table = read_table(path)
        mapping = guess(table.headers, [row.cells for row in table.sample])
        return self.apply(check(table, mapping, self._event, self._database, source=source))

    def _record(self, preview: Preview) -> dict[str, object]:
        return {
            "at": self._clock.now().isoformat(timespec="seconds"),
            "columns": dict(preview.columns),
            "dates": preview.dates or "dmy",
        }
