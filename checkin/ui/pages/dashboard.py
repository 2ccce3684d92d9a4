"""The Dashboard page: where the day stands, kept up to date while it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from checkin.domain.verdict import Post
from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.dashboard.board import Board, waiting_label
from checkin.ui.page import Page
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import button, column, label, scrolling, set_button_text
from checkin.ui.widgets.into_view import into_view

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.reports.figures import Figures
    from checkin.reports.live import Live

SOON_MS = 150
"""Figures are asked for so long after a scan: several scans in a row ask once."""
REGULAR_MS = 3000
"""What other desks sent, and the time, move the page too."""


class _Kept:
    """Makes the figures' keeper on the worker that needs it first: it brings numpy with it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._live: Live | None = None

    def figures(
        self,
        post: Post,
        *,
        progress: Callable[..., None],  # noqa: ARG002 - there is none to tell
        cancelled: Callable[[], bool],
    ) -> Figures:
        """Return the figures of a post. Never asked for twice at once."""
        from checkin.reports.live import Live

        if self._live is None:
            self._live = Live(self._app.database, self._app.event, self._app.clock)
        return self._live.figures(post, cancelled)


class DashboardPage(Page):
    """Asks for the figures after every scan and every few seconds while it is shown, off the GUI thread, one at a time."""

    key = "dashboard"
    order = 4
    icon = "dashboard"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.board = Board(context.app.event, context.theme)
        self.choose_day = button(role="primary")
        self._why = label("", "heading", wrap=True)
        self._first = waiting_label()
        self._kept = _Kept(context.app)
        self._task: Task | None = None
        self._again = False
        self._stack = QStackedWidget()
        no_day, counting = QWidget(), QWidget()
        middle = column(self._why, self.choose_day, margin=40, spacing=16)
        middle.addStretch(1)
        no_day.setLayout(middle)
        around = column(margin=40)
        around.addStretch(1)
        around.addWidget(self._first)
        around.addStretch(1)
        counting.setLayout(around)
        self._no_day, self._counting = no_day, counting
        self._scroll: QScrollArea = scrolling(self.board)
        for widget in (counting, no_day, self._scroll):
            self._stack.addWidget(widget)
        self.setLayout(column(self._stack, margin=12))
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._regular = QTimer(self, interval=REGULAR_MS)
        self._regular.timeout.connect(self.refresh)
        signals = context.signals
        for signal in (signals.admitted, signals.undone, signals.changed, signals.registered):
            signal.connect(self._changed)
        for signal in (signals.roster_changed, signals.post_changed):
            signal.connect(self._changed)
        self.board.wanted.connect(signals.page_wanted)
        self.board.looks_shown.connect(self._show_looks)
        self.choose_day.clicked.connect(signals.checkpoint_wanted)

    def title(self) -> str:
        """Return the page's name."""
        return _("Dashboard")

    def retranslate(self) -> None:
        """Set every text again."""
        self._first.setText(_("Counting for the first time…"))
        set_button_text(self.choose_day, _("Choose the checkpoint"))
        self._explain()
        self.board.retranslate()

    def shown(self) -> None:
        """Bring the figures up to date, and keep them so."""
        self._regular.start()
        self.refresh()

    def hidden(self) -> None:
        """Rest: the figures catch up when the page is shown again."""
        self._regular.stop()
        self._soon.stop()

    @Slot()
    def refresh(self) -> None:
        """Ask for the figures, unless they are being counted: then once more after that."""
        desk = self.context.app.desk
        if not desk.declared:
            self._explain()
            self._stack.setCurrentWidget(self._no_day)
            return
        if self._stack.currentWidget() is self._no_day:
            self._stack.setCurrentWidget(self._scroll if self.board.figures else self._counting)
        if self._task is not None:
            self._again = True
            return
        self._task = self.context.tasks.background(
            self._kept.figures, desk.post, done=self._show, failed=self._failed, progress=_nothing
        )

    @Slot()
    @Slot(object)
    def _changed(self, _what: object = None) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show(self, figures: Figures) -> None:
        self._ended()
        post = self.context.app.desk.post
        if (figures.day, figures.checkpoint) != (post.day.isoformat(), post.checkpoint.key):
            self.refresh()
            return
        self.board.show_figures(figures)
        self._stack.setCurrentWidget(self._scroll)
        self.context.notices.withdraw(self.key)

    def _failed(self, error: CheckinError) -> None:
        self._ended()
        self.context.notices.error(str(error), key=self.key)

    def _ended(self) -> None:
        self._task = None
        if self._again:
            self._again = False
            self._changed()

    @Slot()
    def _show_looks(self) -> None:
        into_view(self.board.looks)

    def _explain(self) -> None:
        text = self.context.app.undeclared or _("Choose the day and the checkpoint before the first scan.")
        self._why.setText(text)


def _nothing(*_values: object) -> None:
    """Take no progress: with it the work can be called off."""


PAGE = DashboardPage
