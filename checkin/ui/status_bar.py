"""The bar at the foot: how many came, how this desk does, and that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from checkin.i18n import _, ngettext, time_text
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import label

if TYPE_CHECKING:
    from checkin.desk.results import Counters
    from checkin.ui.context import Context

REFRESH_MS = 30_000
SOON_MS = 150
"""Counts are asked for so long after a scan: several scans in a row ask once."""


class StatusBar(QFrame):
    """Asks for the counters after every scan and twice a minute, off the GUI thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.counters: Counters | None = None
        self._task: Task | None = None
        self.setProperty("role", "foot")
        self._parts = [label() for _place in range(4)]
        self._saved = label("", "muted")
        self._clock = label("", "strong")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 1, 16, 2)
        inside.setSpacing(22)
        for part in self._parts:
            part.setTextFormat(Qt.TextFormat.RichText)  # numbers of ours only, never a text from outside
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addWidget(self._saved)
        inside.addWidget(self._clock)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._regular = QTimer(self, interval=REFRESH_MS)
        self._regular.timeout.connect(self.refresh)
        self._regular.start()
        self._seconds = QTimer(self, interval=1000)
        self._seconds.timeout.connect(self._show_clock)
        self._seconds.start()
        signals = context.signals
        for signal in (signals.admitted, signals.undone, signals.roster_changed, signals.post_changed):
            signal.connect(self._soon.start)

    @Slot()
    def refresh(self) -> None:
        """Ask for the counters."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.tasks.background(self._context.app.desk.counters, done=self._show)

    def retranslate(self) -> None:
        """Set every text again."""
        self._saved.setText(_("Every scan is saved on this laptop"))
        self._show_clock()
        if self.counters is not None:
            self._show(self.counters)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what is least needed, where the window is small."""
        self._saved.setVisible(not narrow)
        for part in self._parts[2:]:
            part.setVisible(not narrow)

    def _show(self, found: Counters) -> None:
        self.counters = found
        bold = "<b>{}</b>".format
        texts = [
            _("{came} of {expected} in today").format(came=bold(found.came), expected=found.expected),
            _("This desk {n}").format(n=bold(found.this_desk)),
            ngettext(
                "This desk, last 10 minutes: {n}", "This desk, last 10 minutes: {n}", found.last_ten_minutes
            ).format(n=bold(found.last_ten_minutes)),
            _("Walk-ins {n}").format(n=bold(found.walk_in)),
        ]
        for part, text in zip(self._parts, texts, strict=True):
            part.setText(text)

    @Slot()
    def _show_clock(self) -> None:
        app = self._context.app
        self._clock.setText(time_text(app.event.local(app.clock.now())))
