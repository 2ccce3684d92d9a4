"""The rail at the left: a button a page, with its F key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import label

if TYPE_CHECKING:
    from checkin.ui.page import Page

WIDE, NARROW = 184, 56
_AROUND = 66
"""px of a button that neither its word nor its key has: margins and the drawing."""


class Rail(QFrame):
    """Pages to choose from. `chosen` carries the index in the order in which they were added."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: list[Page] = []
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 10, 8, 10)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDE)
        theme.changed.connect(self._paint_icons)

    def add(self, page: Page) -> None:
        """Add a page at the end."""
        key = f"F{page.order}"
        made = QPushButton()
        made.setProperty("role", "rail")
        made.setCheckable(True)
        made.setIconSize(QSize(20, 20))
        made.setMinimumHeight(40)
        sign = label(key, "key")
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        made.setProperty("sign", sign)
        # Not the button's own shortcut: Qt shows that as a press of 100 ms before it clicks.
        QShortcut(QKeySequence(key), self).activated.connect(made.click)
        self._group.addButton(made, len(self._buttons))
        self._column.insertWidget(len(self._buttons), made)
        self._buttons.append(made)
        self._pages.append(page)
        self._name(made, page)
        self._paint_icons()

    def clear(self) -> None:
        """Take every page out."""
        for made in self._buttons:
            self._group.removeButton(made)
            self._column.removeWidget(made)
            made.deleteLater()
        self._buttons, self._pages = [], []

    def mark(self, index: int) -> None:
        """Show which page is at the front; one that has no button leaves none checked."""
        if index < len(self._buttons):
            self._buttons[index].setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
        self._paint_icons()

    def set_narrow(self, narrow: bool) -> None:
        """Show drawings only, where the window is small or everything is large."""
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the pages' names again."""
        for made, page in zip(self._buttons, self._pages, strict=True):
            self._name(made, page)

    def _name(self, made: QPushButton, page: Page) -> None:
        keys = QKeySequence(f"F{page.order}")
        made.setText("" if self._narrow else f" {page.title()}")
        made.setAccessibleName(page.title())
        made.setToolTip(f"{page.title()} ({keys.toString()})")
        room = WIDE - _AROUND - made.property("sign").sizeHint().width()
        fits = made.fontMetrics().horizontalAdvance(made.text()) <= room
        made.property("sign").setVisible(not self._narrow and fits)

    @Slot()
    def _paint_icons(self) -> None:
        colours = self._theme.colours
        for made, page in zip(self._buttons, self._pages, strict=True):
            made.setIcon(self._theme.icon(page.icon, colours.accent if made.isChecked() else colours.muted))
