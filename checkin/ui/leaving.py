"""The question before the desk is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from checkin.i18n import _


class LeavingQuestion(QObject):
    """Asks once. A hand scanner can be set up to send Alt+F4: closing needs an answer, and Enter alone stays."""

    def __init__(self, window: QWidget, leave: Callable[[], None], unfinished: Callable[[], str]) -> None:
        """`leave`: a bound method of the window, called when staff say so; `unfinished`: what would be lost, in words."""
        super().__init__(window)
        self._window, self._leave, self._unfinished = window, leave, unfinished
        self.box: QMessageBox | None = None

    def ask(self) -> None:
        """Show the question; while it stands, asking again does nothing."""
        if self.box is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Close the desk?"))
        box.setText(_("Close the desk? Every scan is saved."))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self._unfinished())
        leave = box.addButton(_("Close the desk"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        leave.clicked.connect(self._leave)
        box.finished.connect(self._answered)
        self.box = box
        box.open()

    @Slot()
    def _answered(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None
