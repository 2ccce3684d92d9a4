"""The history as a list of lines: when, what, by whom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from checkin.i18n import _
from checkin.ui.attendees.story import Happening, when_text
from checkin.ui.context import Context
from checkin.ui.widgets.basics import button, clear, label, line, set_button_text

SHOWN: Final = 60
"""More lines than anybody reads; what is left out is said."""
TIME_WIDTH: Final = 78


class StoryView(QWidget):
    """Lines of a history, newest first; an admission that stands can be undone where it is listed."""

    undo_wanted = Signal(str)
    """Entry id."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_story(self, story: list[Happening], *, button_above: str = "") -> None:
        """Show these lines in place of those before. `button_above`: the record that the panel's own button undoes."""
        clear(self._column)
        app = self._context.app
        today = app.event.local(app.clock.now())
        for happening in story[:SHOWN]:
            self._column.addWidget(
                self._line(happening, when_text(happening.at, today), undo=happening.record not in {"", button_above})
            )
            self._column.addWidget(line())
        left_out = len(story) - SHOWN
        if left_out > 0:
            self._column.addWidget(label(_("… and {count} more before that").format(count=left_out), "faint"))

    def _line(self, happening: Happening, when: str, *, undo: bool) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 7, 0, 7)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnMinimumWidth(0, TIME_WIDTH)
        grid.setColumnStretch(1, 1)
        time = label(when, "muted")
        time.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(time, 0, 0, 2, 1)
        grid.addWidget(label(happening.what, wrap=True, tone=happening.tone), 0, 1)
        if happening.detail:
            grid.addWidget(label(happening.detail, "faint", wrap=True), 1, 1)
        if undo:
            grid.addWidget(self._undo_button(happening), 0, 2, 2, 1)
        made.setAccessibleName(f"{when} {happening.what} {happening.detail}".strip())
        return made

    def _undo_button(self, happening: Happening) -> QPushButton:
        made = button(role="quiet")
        set_button_text(made, _("Undo…"))
        made.setAccessibleName(_("Undo: {what}").format(what=happening.what))
        made.setProperty("record", happening.record)
        made.clicked.connect(self._pressed)
        return made

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.undo_wanted.emit(sender.property("record"))
