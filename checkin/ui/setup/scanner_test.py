"""A field to try the hand scanner in: it shows what was read and admits nobody."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from checkin.domain.badge import Keyring
from checkin.i18n import _
from checkin.ui.setup.reading import Told, tell_reading
from checkin.ui.widgets.basics import column, frame, label, set_property
from checkin.ui.widgets.trial_field import TrialField

REST_MS: Final = 250
"""A scanner without Enter at the end is done when its keys rest so long; nobody types a badge that fast."""
LEAST: Final = 4


class ScannerTest(QWidget):
    """Takes what the scanner types and tells what it is."""

    def __init__(self, keyring: Keyring | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyring = keyring
        self._typed = ""
        self.field = TrialField()
        self.field.setMaxLength(4400)
        self._band = frame("band", tone="grey")
        self._sentence = label("", "strong", wrap=True)
        self._text = label("", wrap=True)
        self._layout_line = label("", "muted", wrap=True)
        self._band.setLayout(column(self._sentence, self._text, self._layout_line, margin=10, spacing=4))
        self._band.hide()
        self.setLayout(column(self.field, self._band, spacing=8))
        self.setFocusProxy(self.field)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._take)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(self._edited)
        self.field.tried.connect(self.take)

    def retranslate(self) -> None:
        """Set every text again."""
        self.field.setPlaceholderText(_("Click here, then scan any badge"))
        self.field.setAccessibleName(_("Try the hand scanner"))
        if self._typed:
            self._show(tell_reading(self._typed, self._keyring))

    @Slot(str)
    def take(self, payload: str) -> None:
        """Tell what a scan is that did not come as keys of this field."""
        self._typed = payload
        self._show(tell_reading(payload, self._keyring))

    @Slot(str)
    def _edited(self, text: str) -> None:
        if len(text) >= LEAST:
            self._rest.start()

    @Slot()
    def _take(self) -> None:
        self._rest.stop()
        typed = self.field.text()
        self.field.clear()
        self.take(typed)

    def _show(self, told: Told) -> None:
        set_property(self._band, "tone", told.tone)
        self._sentence.setText(told.sentence)
        self._text.setText(_("Read: {text}").format(text=told.text))
        self._text.setVisible(bool(told.text))
        self._layout_line.setText(told.layout)
        self._layout_line.setVisible(bool(told.layout))
        self._band.setAccessibleName(f"{told.sentence} {told.text} {told.layout}".strip())
        self._band.show()
