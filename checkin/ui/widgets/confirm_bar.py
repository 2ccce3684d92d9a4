"""Asks yes or no inside the page, so that the desk goes on scanning: Enter says yes, Esc no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from checkin.i18n import _
from checkin.ui.widgets.basics import button, column, hide_bar, label, set_button_text
from checkin.ui.widgets.flow import Flow


class ConfirmBar(QFrame):
    """One question and two buttons, of which the first has the focus."""

    confirmed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._question = label("", "strong", wrap=True)
        self.yes = button(role="primary")
        self.no = button()
        buttons = Flow()
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        body = column(self._question, margin=9, spacing=6)
        body.addLayout(buttons)
        self.setLayout(body)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.close_bar)
        self.hide()

    def ask(self, question: str, confirm: str) -> None:
        """Show the question; `confirm` is what the first button says."""
        self._question.setText(question)
        set_button_text(self.yes, confirm)
        self.yes.setAccessibleName(f"{question} {confirm}")
        set_button_text(self.no, _("Cancel"))
        self.show()
        self.yes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def question(self) -> str:
        """Return what is asked; empty while the bar is hidden."""
        return "" if self.isHidden() else self._question.text()

    @Slot()
    def close_bar(self) -> None:
        """Take the question back."""
        if not self.isHidden():
            hide_bar(self)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.no if self.no.hasFocus() else self.yes).click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _confirm(self) -> None:
        hide_bar(self)
        self.closed.emit()
        self.confirmed.emit()
