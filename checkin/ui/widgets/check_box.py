"""A check box whose box can be seen in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from checkin.ui.theme import renderer

_ROUND = 4.0


class CheckBox(QCheckBox):
    """A QCheckBox with an edge in the colour of muted text, filled with the accent where it is set."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        colours = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        accent = colours.color(group, QPalette.ColorRole.Highlight)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = accent if self.isChecked() else colours.color(group, QPalette.ColorRole.PlaceholderText)
            painter.setPen(QPen(edge, 1.5))
            painter.setBrush(accent if self.isChecked() else colours.color(group, QPalette.ColorRole.Base))
            painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), _ROUND, _ROUND)
            if self.isChecked():
                ink = colours.color(group, QPalette.ColorRole.HighlightedText).name()
                painter.setPen(Qt.PenStyle.NoPen)
                renderer("tick", ink).render(painter, place.adjusted(1, 1, -1, -1))
