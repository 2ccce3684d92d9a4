"""What the window shows before an event is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin.i18n import _
from checkin.ui.widgets.basics import label


class OpeningPanel(QWidget):
    """A quiet line while the event is opened; the reason where it cannot be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure = ""
        self._title = label("", "title", wrap=True)
        self._text = label("", "who", wrap=True)
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body = QVBoxLayout(self)
        body.setContentsMargins(80, 40, 80, 40)
        body.setSpacing(12)
        body.addStretch(2)
        body.addWidget(self._title)
        body.addWidget(self._text)
        body.addStretch(3)

    def show_failure(self, sentence: str) -> None:
        """Say why no event could be opened."""
        self._failure = sentence
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self._title.setText(_("The event could not be opened") if self._failure else "")
        self._text.setText(self._failure or _("Opening the event …"))
