"""The evening's rounds with the hub: send, fetch, ask the other desks and wait for their word."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final

from checkin.db.desks import desks
from checkin.db.engine import Database
from checkin.domain.closing import StepKey, StepState
from checkin.errors import CancelledError, HubError, StorageError
from checkin.evening.others import Asked
from checkin.evening.run import Run
from checkin.evening.state import DayState, Heard, Step, Syncing
from checkin.sync.card_state import question

POLL_S: Final = 1.0
"""So often the hub is asked while desks are waited for: they sync every few seconds."""
NAP_S: Final = 0.1
CARRIED_S: Final = 1800.0
"""So long what was read from a stick is the word of its desk; a stick of the morning says nothing of the evening."""
TWICE: Final = 2
"""Entries that another desk sent between two questions of a round are fetched by one more."""


class Rounds:
    """Syncs for the evening, and remembers how that went and what is asked."""

    def __init__(self, database: Database, syncer: Syncing) -> None:
        self.poll_s = POLL_S
        self._database, self._syncer = database, syncer
        self._carried: dict[str, tuple[int, float]] = {}
        """How far journals go that somebody carried here on a stick, where all of it arrived, and when it was read."""
        self._trouble: tuple[str, object] = "", None
        """Why our last try to sync failed, and the round before it: a later one makes it void."""

    @property
    def verified(self) -> bool:
        """Say whether the last round ended with the same entries on both sides."""
        return self._syncer.last is not None and self._syncer.last.verified

    @property
    def trouble(self) -> str:
        """Return why the last round did not come about; empty where it did."""
        sentence, before = self._trouble
        return sentence if self._syncer.last is before else ""

    def asked(self, unused: Collection[str] | None) -> Asked:
        """Return what the other desks are asked, and what is known of them."""
        now = time.monotonic()
        carried = {one: seq for one, (seq, read_s) in self._carried.items() if now - read_s < CARRIED_S}
        return Asked(self._syncer.asks, unused, carried)

    def begin(self) -> None:
        """Begin a closing: from now on the other desks are asked for their word, also by rounds in the background."""
        self._syncer.asks = question()

    def end(self) -> None:
        """Ask no longer."""
        self._syncer.asks = ""

    def sync(
        self,
        url: str = "",
        *,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
        leaving: str = "",
    ) -> None:
        """Do one round; what became of it is in `verified` and `trouble`. Raises CancelledError.

        `url`: another hub than this desk's own, such as a stick; what is wrong with that is raised as HubError.
        """

        def relay(_stage: str, done: int, total: int) -> None:
            if progress is not None:
                progress(done, total)

        before = self._heard()
        try:
            self._syncer.round(url, progress=relay, cancelled=cancelled or (lambda: False), leaving=leaving)
            self._trouble = "", None
            if url:
                now = time.monotonic()
                self._carried |= {
                    one: (seq, now)
                    for one, (seq, announced, heard) in self._heard().items()
                    if (seq, announced, heard) != before.get(one) and seq >= announced
                }
        except CancelledError:
            raise
        except (HubError, StorageError) as error:
            if url:
                raise
            self._trouble = str(error), self._syncer.last

    def wait(self, look: Callable[[], DayState], run: Run, wait_s: float, enough: Callable[[], bool]) -> DayState:
        """Sync again and again until every desk gave its word that is worth waiting for, at most for `wait_s`, or until
        `enough` says so; return how the day stands then. Raises CancelledError."""
        until = time.monotonic() + wait_s
        state, more = look(), TWICE if wait_s else 0
        while not enough() and not self.trouble:
            heard = state.step(StepKey.DESKS).found
            assert isinstance(heard, Heard)
            run.found(Step(StepKey.DESKS, StepState.RUNNING, heard))
            if not (heard.coming and time.monotonic() < until):
                if self.verified or not more:
                    break
                more -= 1
            self._nap(run, enough)
            with suppress(CancelledError):
                self.sync(cancelled=lambda: run.stopped() or enough())
            run.check()
            state = look()
        return state

    def _nap(self, run: Run, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + self.poll_s
        while time.monotonic() < end and not enough():
            run.check()
            time.sleep(NAP_S)

    def _heard(self) -> dict[str, tuple[int, int, int | None]]:
        with self._database.read() as connection:
            return {row.journal_id: (row.seq, row.announced, row.heard_ms) for row in desks(connection) if not row.mine}
