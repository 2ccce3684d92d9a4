"""The End of day page: close the day in five steps, and see its numbers."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from checkin.domain.closing import StepKey
from checkin.errors import CancelledError, CheckinError
from checkin.evening.state import DayState, Step
from checkin.i18n import _
from checkin.ui.closing.day_table_view import DayTableView
from checkin.ui.closing.day_work import Closed, Seen, closed_sentence, gather, write_closing
from checkin.ui.closing.steps_card import StepsCard
from checkin.ui.closing.sticks import Sticks, both_the_same
from checkin.ui.context import Context
from checkin.ui.notices import Notice
from checkin.ui.page import Page
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import column, row, scrolling
from checkin.ui.widgets.into_view import into_view

STACKED: Final = 960
"""Below this width (px) the two sides stand under each other."""
SOON_MS: Final = 600
"""Numbers are counted anew so long after a scan: several scans in a row count once."""
WAIT_S: Final = 60.0
"""So long desks that are there are waited for, unless staff press "Wait no longer"; they sync every few seconds."""
KEY: Final = "evening"


class EndOfDayPage(Page):
    """Steps run in the pool, one after the other; scanning goes on meanwhile."""

    key = KEY
    order = 5
    icon = "evening"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.steps, self.table = StepsCard(context), DayTableView(context)
        self.state: DayState | None = None
        self._day: date | None = None
        self._checked = False
        self._enough = threading.Event()
        self._unused: set[str] = set()
        self._closed_days: frozenset[date] = frozenset()
        self._task: Task | None = None
        self._looking: Task | None = None
        self._doing: Literal["", "steps", "sync", "close"] = ""
        self._sides = row(self.steps, self.table, margin=14, spacing=14)
        self._sides.setStretch(0, 1)
        self._sides.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(self._sides)
        self._scroll = scrolling(inside)
        self.setLayout(column(self._scroll))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.look)
        signals = context.signals
        for signal in (
            signals.admitted,
            signals.undone,
            signals.roster_changed,
            signals.post_changed,
            signals.day_closed,
        ):
            signal.connect(self._something_changed)
        self.steps.close_wanted.connect(self._close_wanted)
        self.steps.reopen_wanted.connect(self._reopen)
        self.steps.sync_wanted.connect(partial(self._sync_with, ""))
        sticks = Sticks(self)
        sticks.chosen.connect(self._sync_with)
        self.steps.bundle_wanted.connect(sticks.read)
        self.steps.stop_wanted.connect(self._stop)
        self.steps.enough_wanted.connect(self._wait_no_longer)
        self.steps.folder_wanted.connect(self._choose_folder)
        self.steps.unused_wanted.connect(self._not_in_use)
        self.steps.day_chosen.connect(self.show_day)
        self.steps.asked.connect(self._to_question)
        self.table.exports.bundle_wanted.connect(sticks.write)

    def title(self) -> str:
        """Return the page's name."""
        return _("End of day")

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(self.title())
        self.steps.retranslate()
        self.table.retranslate()

    def shown(self) -> None:
        """Look at the day that is to be closed."""
        self.look()

    def hidden(self) -> None:
        """Look no more; what is under way goes on."""
        self._soon.stop()

    def unfinished(self) -> str:
        """Return what would be lost if the window were closed now."""
        return _("The day is being closed.") if self._doing in {"steps", "close"} else ""

    def asked(self, what: object) -> None:
        """Show this day."""
        if isinstance(what, date):
            self._choose(what)

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show another day."""
        self._choose(day)
        self.look()

    @Slot()
    def look(self) -> None:
        """See how the day stands, unless its steps are under way."""
        if self._doing:
            return
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self.context.tasks.background(
            gather, self.context.app, self._day, frozenset(self._unused), done=self._looked
        )

    def _looked(self, seen: Seen) -> None:
        if self._doing or (self._day is not None and self._day != seen.state.day):
            return
        before, self.state = self.state, seen.state
        if before is not None and before.day == seen.state.day:  # the backup that was made a moment ago is still there
            self.state = replace(seen.state, steps=seen.state.with_step(before.step(StepKey.BACKUP)))
        self._day, self._closed_days = seen.state.day, seen.closed
        self._checked = False
        self.table.show_table(seen.state.day, seen.table)
        self._show()

    def _show(self) -> None:
        if self.state is not None:
            self.steps.show_day(self.state, checked=self._checked, closed_days=self._closed_days)

    def _choose(self, day: date) -> None:
        if day != self._day and not self._doing:
            self._day, self._checked = day, False
            self._unused.clear()

    @Slot()
    def _something_changed(self) -> None:
        if self.isVisible() and not self._checked:  # what the steps found stays until somebody asks again
            self._soon.start()

    # --- what was pressed ---------------------------------------------------------------------------------------------

    @Slot(bool)
    def _close_wanted(self, anyway: bool) -> None:
        if self.state is None or self._doing:
            return
        if anyway and self._checked:
            self._write(anyway=True)
            return
        folder = self.context.app.settings.backup_folder
        self._begin("steps")
        self._enough = threading.Event()
        self._task = self.context.tasks.background(
            self.context.app.evening.reconcile,
            self.state.day,
            backup_to=Path(folder) if folder else None,
            unused=frozenset(self._unused) or None,
            wait_s=WAIT_S,
            enough=self._enough.is_set,
            progress=self._moved,
            done=self._reconciled,
            failed=self._failed,
        )

    def _moved(self, steps: tuple[Step, ...], done: int, total: int) -> None:
        self.steps.show_steps(steps)
        self.steps.show_part(done, total)

    def _reconciled(self, state: DayState) -> None:
        self._end()
        self.state, self._checked = state, True
        if state.complete and not state.hindered:
            self._write(anyway=False)
        else:
            self._show()
            into_view(self.steps.first)

    def _write(self, *, anyway: bool) -> None:
        assert self.state is not None
        self._begin("close")
        self.steps.stop.setEnabled(False)  # the entry is written at once; what follows it is told either way
        self._task = self.context.tasks.background(
            write_closing, self.context.app, self.state, anyway, done=self._written, failed=self._failed
        )

    def _written(self, closed: Closed) -> None:
        self._end()
        self.state, self._checked = closed.state, False
        self._closed_days |= {closed.state.day}
        focused = self.window().focusWidget()
        here = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._show()
        if here:  # what had the focus may be gone now; the notice says how it went, to screen readers too
            self.steps.take_focus()
        self.context.signals.day_closed.emit()
        text = closed_sentence(closed, self.context.app.folder)
        if closed.trouble:
            self.context.notices.error(text, KEY)
        else:
            self.context.notices.post(Notice("good", text, KEY, 20))

    @Slot()
    def _reopen(self) -> None:
        if self.state is None or self._doing:
            return
        self._begin("close")
        self._task = self.context.tasks.background(
            self.context.app.evening.reopen, self.state.day, done=self._reopened, failed=self._failed
        )

    def _reopened(self, _state: DayState) -> None:
        self._end()
        self.context.signals.day_closed.emit()
        self.look()

    @Slot(str)
    def _sync_with(self, url: str) -> None:
        """Do a round with this desk's hub (no `url`), or with one that lies on a stick."""
        if self._doing:
            return
        self._begin("sync")
        self._task = self.context.tasks.background(
            self.context.app.evening.sync,
            url,
            progress=self.steps.show_part,
            done=partial(self._synced, url),
            failed=self._failed,
        )

    def _synced(self, url: str, _nothing: object) -> None:
        self._end()
        if (done := self.context.app.syncer.last) is not None:
            self.context.signals.synced.emit(done)
        self.look()
        if url:
            self.context.notices.good(both_the_same(url), key=KEY)

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()
            self.steps.stop.setEnabled(False)

    @Slot()
    def _wait_no_longer(self) -> None:
        self._enough.set()

    @Slot()
    def _choose_folder(self) -> None:
        here = self.context.app.settings.backup_folder
        name = QFileDialog.getExistingDirectory(self, _("Choose where the backup goes: a USB stick, say"), here)
        if name:
            self.context.save_settings(backup_folder=name)
            if not self._doing:
                self._checked = False
                self.look()

    @Slot(str)
    def _not_in_use(self, desk: str) -> None:
        self._unused.add(desk)
        self._checked = False
        self.look()

    @Slot()
    def _to_question(self) -> None:
        into_view(self.steps.question)

    # --- under way ----------------------------------------------------------------------------------------------------

    def _begin(self, what: Literal["steps", "sync", "close"]) -> None:
        self._doing = what
        self._soon.stop()
        self.steps.set_running(running=True)
        self._scroll.verticalScrollBar().setValue(0)

    def _end(self) -> None:
        self._doing, self._task = "", None
        self.steps.set_running(running=False)

    def _failed(self, error: CheckinError) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.context.notices.info(str(error), key=KEY)
        else:
            self.context.notices.error(str(error), KEY)
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        narrow = self.width() < STACKED
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


PAGE = EndOfDayPage
