"""Sync, as the window sees it: a thin Qt shell around the worker. The window asks and is told; it never waits."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from checkin.ui.sync_worker import Farewell, OneRound, SyncState, SyncWorker
from checkin.ui.tasks import unexpected

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.sync.cycle import Round
    from checkin.ui.context import Signals
    from checkin.ui.notices import Notices
    from checkin.ui.tasks import TaskRunner

log = logging.getLogger(__name__)

STOP_S: Final = 3.0


class SyncThread(QObject):
    """The one thread that syncs. All its public signals are emitted on the GUI thread."""

    rounded = Signal(object)
    """checkin.sync.cycle.Round: a round ended well."""
    failed = Signal(str)
    """A round ended badly: one sentence that says what is safe and what to do."""
    state_changed = Signal(object)
    """SyncState."""

    _did = Signal(object)
    _erred = Signal(str)
    _became = Signal(object)

    def __init__(self, one_round: OneRound, seconds: int, parent: QObject | None = None) -> None:
        """`one_round`: Syncer.round; `seconds`: how often, 0: only when asked."""
        super().__init__(parent)
        self._worker = SyncWorker(
            one_round, self._became.emit, self._did.emit, self._erred.emit, unexpected, seconds=seconds
        )
        self._state = SyncState()
        queued = Qt.ConnectionType.QueuedConnection
        self._did.connect(self._rounded, queued)
        self._erred.connect(self._failed, queued)
        self._became.connect(self._take_state, queued)

    @property
    def state(self) -> SyncState:
        """Return what sync is doing, and how the last try went."""
        return self._state

    def start(self) -> None:
        """Begin to sync."""
        self._worker.start()

    @Slot()
    def ask(self) -> None:
        """Have a round done now."""
        self._worker.ask()

    @Slot()
    def cancel(self) -> None:
        """Stop the round under way; what was exchanged stays."""
        self._worker.cancel()

    def set_seconds(self, seconds: int) -> None:
        """Change how often; 0: only when asked."""
        self._worker.set_seconds(seconds)

    def stop(self, limit_s: float = STOP_S, farewell: Farewell | None = None) -> None:
        """End the thread, at most within `limit_s`, after a last round. A hub that hangs must not keep the window open."""
        if not self._worker.stop(limit_s, farewell):
            log.error("the sync thread did not end within %.0f s", limit_s)

    @Slot(object)
    def _rounded(self, done: Round) -> None:
        self.rounded.emit(done)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.failed.emit(sentence)

    @Slot(object)
    def _take_state(self, state: SyncState) -> None:
        self._state = state
        self.state_changed.emit(state)


class SyncNews(QObject):
    """Tells the pages what a round brought, so that they read again what they show, and staff what they should know."""

    def __init__(
        self, app: App, sync: SyncThread, tasks: TaskRunner, signals: Signals, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app, self._sync, self._tasks, self._signals, self._notices = app, sync, tasks, signals, notices
        self._said: set[str] = set()
        sync.rounded.connect(self._rounded)
        signals.settings_changed.connect(self._take_seconds)

    @Slot(object)
    def _rounded(self, done: Round) -> None:
        self._signals.synced.emit(done)
        for sentence in done.notices:  # once: the chip's sheet shows what the last round said
            if sentence not in self._said:
                self._said.add(sentence)
                self._notices.warning(sentence)
        if done.people or done.pulled:
            self._tasks.database(self._app.desk.roster_changed, done=self._changed)

    @Slot(object)
    def _changed(self, _nothing: object) -> None:
        self._signals.roster_changed.emit()

    @Slot()
    def _take_seconds(self) -> None:
        self._sync.set_seconds(self._app.settings.sync_seconds)
