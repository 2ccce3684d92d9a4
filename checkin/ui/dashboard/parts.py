"""The cards of the dashboard: a large number, and a list that one of several tabs fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QStackedWidget, QWidget

from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.elided_label import ElidedLabel


class NumberCard(QFrame):
    """A name, a number and what belongs to it."""

    wanted = Signal()
    """Somebody wants to see what the number counts."""

    def __init__(self, *, leads: bool = False, parent: QWidget | None = None) -> None:
        """`leads`: there is something to show."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._name = ElidedLabel(14, QFont.Weight.DemiBold)
        self._name.setProperty("role", "muted")
        self.number = label("–", "figure")
        self.fact = ElidedLabel(13)
        self.fact.setProperty("role", "faint")
        self.more = button(role="quiet")
        self.more.setProperty("small", "true")
        if not leads:
            self.more.hide()  # never shown before it has a parent: it would be a window of its own
        self.more.clicked.connect(self.wanted)
        head = row(self._name, spacing=6)
        head.setStretch(0, 1)
        numbers = row(self.number, spacing=8)
        numbers.addStretch(1)
        numbers.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        inside = column(spacing=0)
        inside.setContentsMargins(14, 4, 14, 6)
        inside.addLayout(head)
        inside.addLayout(numbers)
        inside.addWidget(self.fact)
        self.setLayout(inside)

    def show_number(self, name: str, number: str, fact: str, tone: str = "") -> None:
        """Show another number."""
        self._name.setText(name)
        self.number.setText(number)
        self.fact.setText(fact)
        set_property(self.number, "tone", tone or None)
        self.setAccessibleName(f"{name}: {number}. {fact}")
        self.number.setAccessibleName(f"{name}: {number}")

    def show_way(self, text: str, name: str) -> None:
        """Name the button that leads on."""
        set_button_text(self.more, text)
        self.more.setAccessibleName(name)


class TabbedCard(QFrame):
    """One or more views in one card, chosen by small buttons at its head."""

    chosen = Signal(int)

    def __init__(self, views: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.tabs: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self.head: QLabel | None = None
        self._head = row(spacing=4)
        self._stack = QStackedWidget()
        for number, view in enumerate(views):
            self._stack.addWidget(view)
            if len(views) > 1:
                made = tab()
                self._group.addButton(made, number)
                self._head.addWidget(made)
                self.tabs.append(made)
        if self.tabs:
            self.tabs[0].setChecked(True)
            self._head.addStretch(1)
        else:
            self.head = heading()
            self._head.addWidget(self.head, 1)
        self._group.idClicked.connect(self.show_view)
        inside = column(spacing=4)
        inside.setContentsMargins(12, 8, 12, 10)
        inside.addLayout(self._head)
        inside.addWidget(self._stack, 1)
        self.setLayout(inside)

    def show_names(self, names: Sequence[str]) -> None:
        """Name the tabs, or the card where it has only one view."""
        if self.head is not None:
            self.head.setText(names[0])
        for made, name in zip(self.tabs, names, strict=False):
            if made.text() != name.replace("&", "&&"):
                set_button_text(made, name)

    @Slot(int)
    def show_view(self, number: int) -> None:
        """Bring a view to the front."""
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.chosen.emit(number)


def heading() -> ElidedLabel:
    """Return the name of a card."""
    made = ElidedLabel(14, QFont.Weight.DemiBold)
    made.setProperty("role", "muted")
    return made


def tab() -> QPushButton:
    """Return a small button that stays down."""
    made = button(role="tab")
    made.setCheckable(True)
    return made
