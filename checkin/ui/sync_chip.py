"""The chip of the top bar that says how sync stands, and the sheet under it: the desks, the last trouble, sync now."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from checkin.db.desks import DeskRow, desks
from checkin.i18n import _, ngettext
from checkin.texts import isolate
from checkin.ui.sync_words import chip_words, heard_words, hub_now, present, stage_words, synced_words
from checkin.ui.widgets.basics import button, column, label, line, set_button_text, set_property
from checkin.ui.widgets.chip import Chip
from checkin.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.sync.cycle import Round
    from checkin.ui.context import Context
    from checkin.ui.tasks import Task

REFRESH_MS: Final = 10_000
SOON_MS: Final = 400
"""The desks are read so long after a scan: several scans in a row ask once."""
ROWS: Final = 12
"""More desks than fit are counted, the missing ones first."""
SHEET_WIDTH: Final = 420


def read_desks(app: App) -> list[DeskRow]:
    """Read the desks off the GUI thread."""
    with app.database.read() as connection:
        return desks(connection)


class SyncChip(Chip):
    """Reads the desks after a round and after scans, off the GUI thread; green, amber or grey."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "sync", parent)
        self._context = context
        self.rows: list[DeskRow] = []
        self.doubles = 0
        """How many doubles nobody has settled, as the last round found."""
        self._task: Task | None = None
        self.sheet = SyncSheet(context, self)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._regular = QTimer(self, interval=REFRESH_MS)
        self._regular.timeout.connect(self.show_state)
        self._regular.start()
        self.clicked.connect(self._open)
        context.sync.state_changed.connect(self._state)
        context.signals.synced.connect(self._synced)
        for signal in (context.signals.admitted, context.signals.undone, context.signals.registered):
            signal.connect(self._soon.start)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the desks again."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.tasks.background(read_desks, self._context.app, done=self._read)

    @Slot()
    def show_state(self) -> None:
        """Say how sync stands."""
        state = self._context.sync.state
        text, tone = chip_words(state, self.rows, self._context.app.settings.sync_seconds)
        self.set_icon("nosync" if state.health == "away" else "sync", tone)
        set_property(self, "tone", "amber" if tone == "amber" else None)
        self.set_text(text, _("Sync"))
        if self.sheet.isVisible():
            self.sheet.fill(self.rows, self.doubles)

    def retranslate(self) -> None:
        """Set every text again."""
        self.show_state()
        self.sheet.retranslate()

    @Slot(object)
    def _read(self, rows: list[DeskRow]) -> None:
        self.rows = rows
        self.show_state()

    @Slot(object)
    def _state(self, _state: object) -> None:
        self.show_state()

    @Slot(object)
    def _synced(self, done: Round) -> None:
        self.rows, self.doubles = list(done.desks), done.conflicts
        self.show_state()

    @Slot()
    def _open(self) -> None:
        self.refresh()
        self.sheet.fill(self.rows, self.doubles)
        self.sheet.open_at(self.mapToGlobal(self.rect().bottomLeft()), self)


class SyncSheet(QFrame):
    """Opened by the chip; closes when something else is pressed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self.setProperty("role", "card")
        self.setFixedWidth(SHEET_WIDTH)
        self._head = label("", "heading", wrap=True)
        self._trouble = label("", wrap=True, tone="amber")
        self._notice = label("", "muted", wrap=True)
        self._desks = QWidget()
        self._grid = QGridLayout(self._desks)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.sync, self.doubles, self.settings = button(role="primary"), button(), button(role="quiet")
        buttons = Flow()
        for made in (self.sync, self.doubles, self.settings):
            buttons.addWidget(made)
        body = column(self._head, self._trouble, self._notice, line(), self._desks, margin=14, spacing=8)
        body.addLayout(buttons)
        self.setLayout(body)
        self.sync.clicked.connect(context.sync.ask)
        self.doubles.clicked.connect(partial(self._go, "doubles", None))
        self.settings.clicked.connect(partial(self._go, "settings", "sync"))

    def open_at(self, corner: QPoint, chip: QWidget) -> None:
        """Open under the chip, its right edge on the screen."""
        self.adjustSize()
        room = chip.screen().availableGeometry()
        self.move(min(corner.x(), room.right() - self.width()), corner.y() + 6)
        self.show()
        self.sync.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(_("Sync"))
        set_button_text(self.sync, _("Sync now"))
        set_button_text(self.settings, _("Settings of sync"))

    def fill(self, rows: list[DeskRow], doubles: int) -> None:
        """Show what is known now."""
        state = self._context.sync.state
        if state.running and (state.asked or state.total):
            self._head.setText(stage_words(state))
        elif state.last is not None:
            self._head.setText(synced_words(time.monotonic() - state.last_s))
        else:
            self._head.setText(_("Not synced yet"))
        self.sync.setEnabled(not (state.running and state.asked))
        self._trouble.setText(state.trouble)
        self._trouble.setVisible(bool(state.trouble))
        notices = "\n".join(state.last.notices) if state.last else ""
        self._notice.setText(notices)
        self._notice.setVisible(bool(notices))
        set_button_text(
            self.doubles, ngettext("{n} double to look at", "{n} doubles to look at", doubles).format(n=doubles)
        )
        self.doubles.setVisible(doubles > 0)
        self._fill_desks(rows)
        self.adjustSize()

    def _fill_desks(self, rows: list[DeskRow]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        now = hub_now(rows)
        shown = present(rows)
        if len(shown) > ROWS:
            shown.sort(key=lambda row: row.complete and not row.mine)
        for number, row in enumerate(shown[:ROWS]):
            amount = _("{n} of {all} here").format(n=f"{row.seq:,}", all=f"{row.announced:,}")
            if row.mine:
                amount = ngettext("{n} waiting", "{n} waiting", row.waiting).format(n=f"{row.waiting:,}")
            elif row.complete:
                amount = ngettext("all {n} here", "all {n} here", row.seq).format(n=f"{row.seq:,}")
            heard = heard_words(row, now)
            name = label(isolate(row.desk), "strong", wrap=True)
            name.setAccessibleName(f"{row.desk}: {amount}, {heard}")
            self._grid.addWidget(name, number, 0)
            self._grid.addWidget(label(amount, tone="" if row.complete else "amber"), number, 1)
            self._grid.addWidget(label(heard, "muted"), number, 2)
        if len(shown) > ROWS:
            more = len(shown) - ROWS
            self._grid.addWidget(label(ngettext("and {n} more", "and {n} more", more).format(n=more), "faint"), ROWS, 0)

    def _go(self, page: str, what: object) -> None:
        self.hide()
        self._context.signals.page_wanted.emit(page, what)
