"""What every part of the Settings page is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from checkin.ui.context import Context
from checkin.ui.widgets.basics import column, frame, label


class Section(QWidget):
    """A sheet of Settings: cards under each other."""

    key: ClassVar[str]
    """How other pages ask for it: `page_wanted("settings", key)`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._texts: list[tuple[QLabel, str]] = []
        self.body: QVBoxLayout = column(spacing=12)
        self.setLayout(self.body)

    def title(self) -> str:
        """Return the section's name for the list at the left."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text again."""

    def shown(self) -> None:
        """The section came to the front: show what holds now."""

    def hidden(self) -> None:
        """Another section or page came to the front."""

    def card(self, *items: QWidget, spacing: int = 10) -> QFrame:
        """Add a card with these widgets under each other."""
        made = frame()
        made.setLayout(column(*items, margin=16, spacing=spacing))
        self.body.addWidget(made)
        return made


def form() -> QFormLayout:
    """Return a layout of labels and fields in two columns, which wraps where it is narrow."""
    made = QFormLayout()
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setHorizontalSpacing(18)
    made.setVerticalSpacing(10)
    return made


def heading() -> QLabel:
    """Return the title of a card; its text is set by `retranslate`."""
    return label("", "heading", wrap=True)
