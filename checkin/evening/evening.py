"""Close a day: go through the steps, state what was found, reopen, correct."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from checkin.clock import Clock, SystemClock
from checkin.db import closings as rows
from checkin.db.desks import desks
from checkin.db.engine import Database
from checkin.desk.desk import Desk
from checkin.desk.export_log import log_export
from checkin.desk.scribe import milliseconds
from checkin.domain.closing import (
    CLOSED,
    CORRECTED,
    REOPENED,
    Change,
    Closing,
    ReportState,
    Statement,
    StepKey,
    last_number,
    standing,
)
from checkin.domain.event import Event
from checkin.domain.journal import Kind
from checkin.errors import CancelledError, CheckinError
from checkin.evening.files import Order, write_files
from checkin.evening.hub_lacks import lacking_sentence
from checkin.evening.keep import backup_trouble, keep
from checkin.evening.rounds import Rounds
from checkin.evening.run import Progress, Run
from checkin.evening.standing import report_state
from checkin.evening.state import DayState, Heard, Overdue, Syncing
from checkin.evening.survey import survey
from checkin.evening.table import DayTable, day_table
from checkin.i18n import _, day_text
from checkin.paths import BACKUPS
from checkin.reports.export import Exporter
from checkin.reports.sheet import ReportName
from checkin.sync.records import Head, fingerprint

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)


class IncompleteError(CheckinError):
    """A desk is missing or a step failed, and nobody said to close the day anyway. Nothing was written."""


class Evening:
    """Closes the days of one event at one desk. Its calls may take long and run on a worker; none holds the database
    while it waits for the network."""

    def __init__(
        self, database: Database, event: Event, clock: Clock, desk: Desk, folder: Path, syncer: Syncing
    ) -> None:
        """`folder`: the data folder."""
        self._database, self._event, self._clock, self._desk = database, event, clock, desk
        self._folder, self._rounds = folder, Rounds(database, syncer)

    def look(self, day: date, *, unused: Collection[str] | None = None) -> DayState:
        """Return how a day stands by what is here: nothing is sent, verified or copied."""
        return self._survey(day, unused)

    def unclosed(self) -> list[date]:
        """Return the days of the event for which somebody was let in and which are not closed, in their order."""
        with self._database.read() as connection:
            used = rows.days_with_entries(connection)
            told = rows.closings(connection)
        found = []
        for day in (one.date for one in self._event.days):
            iso = day.isoformat()
            last = standing(one for one in told if one.day == iso)
            if iso in used and (last is None or not last.closes):
                found.append(day)
        return found

    def standing(self, day: date) -> Closing | None:
        """Return the statement about a day that stands."""
        with self._database.read() as connection:
            return standing(rows.closings(connection, day.isoformat()))

    def overdue(self) -> list[Overdue]:
        """Return the days that this desk closed and that need a correction: what its supervisor is told of unasked."""
        found = []
        with self._database.read() as connection:
            told = rows.closings(connection)
            for day in (one.date for one in self._event.days):
                iso = day.isoformat()
                last = standing(one for one in told if one.day == iso)
                if last is None or last.statement is None or last.journal_id != self._desk.scribe.journal.journal_id:
                    continue
                late = rows.late_entries(connection, iso, {one.journal_id: one.entries for one in last.statement.desks})
                if late or last.statement.content != rows.who_came(connection, iso)[0]:
                    found.append(Overdue(day, tuple(late)))
        return found

    def reconcile(
        self,
        day: date,
        *,
        backup_to: Path | None = None,
        unused: Collection[str] | None = None,
        wait_s: float = 0.0,
        enough: Callable[[], bool] = lambda: False,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> DayState:
        """Begin to close a day and go through all steps: verify, sync, ask the other desks, look at the doubles, copy.

        `backup_to`: the folder that gets the backup; None: the data folder's own. `wait_s`: how long desks that are there
        are waited for (evening.others says what for); `enough`: whoever waits is asked now and then whether to go on
        without them. What does not work is a step that failed, never an exception. Raises CancelledError, and StorageError
        where the event itself cannot be read.
        """
        run = Run(progress, cancelled)
        run.now(StepKey.SAVED)
        run.found(self._survey(day, unused, run.verified).step(StepKey.SAVED))
        self._rounds.begin()
        run.now(StepKey.SENT)
        self.sync(progress=run.part, cancelled=run.stopped)
        run.found(self._survey(day, unused).step(StepKey.SENT))
        seen = self._rounds.wait(lambda: self._survey(day, unused), run, wait_s, enough)
        for key in (StepKey.SENT, StepKey.DESKS, StepKey.DOUBLES):
            run.found(seen.step(key))
        run.now(StepKey.BACKUP)
        # One file a day and desk: a better one takes its place, and a stick that goes round keeps each desk's.
        name = f"{self._event.id}-{day.isoformat()}-desk-{self._desk.number}.sqlite"
        own = self._folder / BACKUPS
        folder = backup_to or own
        run.found(keep(self._database, folder / name, run, make_folder=folder == own))
        return replace(seen, steps=run.steps)

    def sync(
        self,
        url: str = "",
        *,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Do one round with the hub; what became of it is part of the next `look`. Raises CancelledError.

        `url`: another hub than this desk's own, such as a stick; what is wrong with that is raised as HubError.
        """
        self._rounds.sync(url, progress=progress, cancelled=cancelled)

    def close(self, state: DayState, *, anyway: bool = False) -> DayState:
        """Write the closing of the day as `reconcile` found it, and return how the day stands then.

        A day that is closed already and of which nothing changed gets no second entry. Raises IncompleteError where
        something is missing and `anyway` was not said, StorageError.
        """
        if not anyway and not state.complete:
            raise IncompleteError(self._why(state))
        if not anyway and state.hindered:
            raise IncompleteError(backup_trouble(state))
        iso = state.day.isoformat()
        seen = self._survey(state.day, state.unused)
        with self._database.write() as connection:
            now = self._still(connection, seen)
            now = replace(now, steps=state.steps)  # what was verified and heard is what the statement says
            told = rows.closings(connection, iso)
            said = now.said
            number = said.number if said is not None and now.restated else last_number(told) + 1
            if now.closed and now.restated:
                self._rounds.end()
                return replace(now, number=number)
            change: Change = CLOSED if now.report is None or now.restated else CORRECTED
            statement = Statement(
                digest=now.digest,
                content=now.content,
                desks=now.shares,
                came=now.came,
                complete=now.complete or (said is not None and said.complete and now.restated),
                missing=now.missing,
                number=number,
                counts=now.counts,
                unused=now.unused,
            )
            raw = connection.connection.driver_connection
            body = self._desk.scribe.body(
                Kind.DAY_CLOSED,
                self._clock.now(),
                day=iso,
                change=change,
                target=now.closing.record if now.closing else "",
            )
            self._desk.scribe.write(raw, body, None, statement.to_text())
            rows.mark_own(connection, f"closed {iso}")
        self._rounds.end()
        log.info("closed %s: %s, number %d", iso, "complete" if statement.complete else "incomplete", number)
        return replace(self._survey(state.day, state.unused), steps=state.steps)

    def reopen(self, day: date, reason: str = "") -> DayState:
        """Open a closed day again, by an entry. Raises CheckinError where it is not closed, StorageError."""
        with self._database.write() as connection:
            last = standing(rows.closings(connection, day.isoformat()))
            if last is None or not last.closes:
                raise CheckinError(_("{day} is not closed, so there is nothing to reopen.").format(day=day_text(day)))
            raw = connection.connection.driver_connection
            body = self._desk.scribe.body(
                Kind.DAY_CLOSED, self._clock.now(), day=day.isoformat(), change=REOPENED, target=last.record
            )
            self._desk.scribe.write(raw, body, None, reason)
            rows.mark_own(connection, "open")
        return self._survey(day, None)

    def tell_hub(self, *, leaving: str = "") -> None:
        """Let the other desks know what became of the closing. Where the hub cannot be had it goes out with the next round.

        `leaving`: the program ends now, and the day that it worked on.
        """
        self._rounds.end()
        with suppress(CancelledError):
            self._rounds.sync(leaving=leaving)

    def table(self, day: date) -> DayTable:
        """Return the day in numbers."""
        return day_table(self._database, self._event, day)

    def write_files(
        self,
        day: date,
        folder: Path,
        pdf: Exporter,
        *,
        reason: str | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Path]:
        """Write the reports of a day: counts as XLSX, the report as PDF in Thai and English, and with a `reason` the
        lists with names, each noted in the journal before it is written.

        Raises ExportError, StorageError, CancelledError.
        """

        def note(report: ReportName, target: Path) -> None:
            log_export(self._database, self._desk.scribe, self._clock, report, target, day, reason or "")

        order = Order(day, folder, self.report_state(day), self._clock.now(), note if reason is not None else None)
        return write_files(self._database, self._event, order, pdf, progress, cancelled)

    def report_state(self, day: date) -> ReportState:
        """Return how sure a report of the day is that is written now."""
        with self._database.read() as connection:
            return report_state(connection, day)

    def _survey(
        self, day: date, unused: Collection[str] | None, verify: Callable[[int, int], object] | None = None
    ) -> DayState:
        with self._database.read() as connection:
            return self._look(connection, day, unused, verify)

    def _still(self, connection: Connection, seen: DayState) -> DayState:
        """Return what was seen a moment ago, or look again where something was written meanwhile: to look at a million
        entries takes a second, during which no badge should have to wait."""
        ends = {end.journal_id: Head(end.seq, end.hash) for end in rows.journal_ends(connection)}
        return seen if fingerprint(ends) == seen.digest else self._look(connection, seen.day, seen.unused)

    def _look(
        self,
        connection: Connection,
        day: date,
        unused: Collection[str] | None,
        verify: Callable[[int, int], object] | None = None,
    ) -> DayState:
        return survey(
            connection,
            self._event,
            day,
            self._now_ms(),
            asked=self._rounds.asked(unused),
            verified=self._rounds.verified,
            trouble=self._rounds.trouble,
            verify=verify,
        )

    def _now_ms(self) -> int:
        """Return what a hub's clock says now: desks are heard by it. Practice has a clock of its own, which no hub knows."""
        if self._event.practice:
            return milliseconds(SystemClock().now())
        return milliseconds(self._clock.now()) + self._desk.scribe.offset_ms

    def _why(self, state: DayState) -> str:
        heard = state.step(StepKey.DESKS).found
        waiting = heard.coming if isinstance(heard, Heard) else ()
        if state.missing and set(state.missing) == set(waiting):
            return _(
                "{desks}: not confirmed yet that everything from there is here, so the day was not closed. Sync there, or shut"
                " the program there, and close the day again; or close anyway, and its scans join the count when they arrive."
            ).format(desks=", ".join(state.missing))
        if state.missing:
            return _(
                "{desks}: not everything from there is here, so the day was not closed. Bring its USB bundle or wait for it;"
                " or close anyway, and its scans join the count when they arrive."
            ).format(desks=", ".join(state.missing))
        with self._database.read() as connection:
            lacking = lacking_sentence(desks(connection))
        if lacking:
            return _("The day was not closed. {why} Or close anyway.").format(why=lacking)
        return _(
            "It is not certain that every scan is here, so the day was not closed. Every scan on this laptop is safe; sync"
            " again, or close anyway."
        )
