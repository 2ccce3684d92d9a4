"""A check box whose sentence may be longer than a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkin.ui.widgets.basics import column, label
from checkin.ui.widgets.check_box import CheckBox

_DOWN = 3
"""px: the box stands beside the first line, below the head-room of Thai marks."""


class WrappedCheck(QWidget):
    """A box and its sentence; a press on either sets it."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CheckBox()
        self._text = label("", wrap=True)
        beside = column(self.box)
        beside.setContentsMargins(0, _DOWN, 0, 0)
        beside.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addLayout(beside)
        inside.addWidget(self._text, 1)
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
