"""Names and texts in two columns, each text as high as it needs to be."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from checkin.ui.widgets.basics import label


class Facts(QWidget):
    """QFormLayout cuts texts that wrap; a grid does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show these pairs of a name and a text in place of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, text) in enumerate(facts):
            value = label(text)  # not label(wrap=True), whose places to wrap would be copied with a folder's name
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{name}: {text}")
            self._grid.addWidget(label(name, "muted"), number, 0, top)
            self._grid.addWidget(value, number, 1, top)
