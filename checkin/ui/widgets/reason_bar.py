"""Asks for a reason inside the page, so that the desk goes on scanning while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from checkin.i18n import _
from checkin.ui.widgets.basics import button, column, hide_bar, label, row, set_button_text, set_property
from checkin.ui.widgets.flow import Flow

MAX_REASON = 200


class ReasonBar(QFrame):
    """One question, a line to answer it, and the usual answers as buttons."""

    given = Signal(str)
    """The reason, never empty."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._question = label("", "strong", wrap=True)
        self._line = QLineEdit()
        self._line.setMaxLength(MAX_REASON)
        self._confirm = button(role="primary")
        self._cancel = button()
        self._usual: list[QPushButton] = []
        self._answers = Flow()
        body = self._body = column(self._question, margin=9, spacing=6)
        body.addLayout(self._answers)
        body.addLayout(row(self._line, self._confirm, self._cancel, spacing=8))
        self.setLayout(body)
        self._line.textChanged.connect(self._look)
        self._line.returnPressed.connect(self._give)
        self._confirm.clicked.connect(self._give)
        self._cancel.clicked.connect(self.close_bar)
        self.hide()

    def set_tight(self, *, small: bool, bare: bool) -> None:
        """Take less room: `small` buttons; `bare`: without the usual answers, which can be typed too."""
        for made in (self._confirm, self._cancel, *self._usual):
            set_property(made, "small", True if small else None)
        for made in self._usual:
            made.setVisible(not bare)
        self._body.setContentsMargins(*[4 if small else 9] * 4)
        self._body.setSpacing(2 if small else 6)

    def ask(self, question: str, confirm: str, usual: Sequence[str]) -> None:
        """Show the question; `usual` are answers to be given with one press."""
        self._question.setText(question)
        self._line.clear()
        self._line.setPlaceholderText(_("Reason"))
        self._line.setAccessibleName(f"{question} {_('Reason')}")
        set_button_text(self._confirm, confirm)
        set_button_text(self._cancel, _("Cancel"))
        for old in self._usual:
            self._answers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._usual = [button(text) for text in usual]
        for made in self._usual:
            made.setAccessibleName(made.text())
            made.clicked.connect(partial(self.given.emit, made.text()))
            self._answers.addWidget(made)
        self._look()
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def close_bar(self) -> None:
        """Take the question back."""
        if not self.isHidden():
            hide_bar(self)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _look(self) -> None:
        self._confirm.setEnabled(bool(self._line.text().strip()))

    @Slot()
    def _give(self) -> None:
        if text := self._line.text().strip():
            self.given.emit(text)
