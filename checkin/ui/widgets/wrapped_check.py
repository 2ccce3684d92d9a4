"""A check box whose sentence may be longer than a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from checkin.ui.widgets.basics import label, row


class WrappedCheck(QWidget):
    """A box and its sentence; a press on either sets it."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self._text = label("", wrap=True)
        inside = row(self.box, self._text, spacing=6)
        inside.setStretch(1, 1)
        inside.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.setFocusProxy(self.box)
        self.box.toggled.connect(self.toggled)

    def set_text(self, text: str) -> None:
        """Set the sentence."""
        self._text.setText(text)
        self.box.setAccessibleName(text)

    def is_checked(self) -> bool:
        """Say whether the box is set."""
        return self.box.isChecked()

    def set_checked(self, checked: bool) -> None:
        """Set the box or not."""
        self.box.setChecked(checked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's name
        if self.rect().contains(event.position().toPoint()):
            self.box.toggle()
