"""Groups as bars: how many came of how many that are expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from checkin.i18n import _
from checkin.ui.dashboard.lines import NOWHERE, PX, paint_empty
from checkin.ui.theme import THAI_LINE, Theme, font

Index = QModelIndex | QPersistentModelIndex
BAR: Final = Qt.ItemDataRole.UserRole
THICK: Final = 8
"""px of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One group under the name that is shown."""

    name: str
    came: int
    expected: int
    expected_came: int
    """How many of those who are expected came: the bar is never longer than full."""
    what: object = None
    """What the Attendees page is handed by Enter or a double click."""

    @property
    def text(self) -> str:
        """Return it in words, for screen readers."""
        if not self.expected:
            return _("{name}: {came} came, nobody of them was expected").format(name=self.name, came=self.came)
        if self.others:
            return _("{name}: {came} of {expected}, and {others} not expected").format(
                name=self.name, came=self.expected_came, expected=self.expected, others=self.others
            )
        return _("{name}: {came} of {expected}").format(name=self.name, came=self.came, expected=self.expected)

    @property
    def others(self) -> int:
        """Return how many came who were not expected: walk-ins, and who was let in all the same."""
        return self.came - self.expected_came


class BarsModel(QAbstractListModel):
    """Holds the bars; the view is told only what is different."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        new, old = tuple(bars), self.bars
        if len(new) != len(old):
            self.beginResetModel()
            self.bars = new
            self.endResetModel()
            return
        self.bars = new
        for number, (one, other) in enumerate(zip(new, old, strict=True)):
            if one != other:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: D102, N802 - Qt's name
        return 0 if parent.isValid() else len(self.bars)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        bar = self.bars[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return bar.text
        return bar if role == BAR else None


class BarDelegate(QStyledItemDelegate):
    """Draws one bar under its name and numbers."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font, self._bold = font(PX), font(PX, QFont.Weight.Bold)
        self._line = round(QFontMetrics(self._font).lineSpacing() * THAI_LINE)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(120, self._line + THICK + 9)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one group."""
        bar = index.data(BAR)
        assert isinstance(bar, Bar)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(option.rect), 6, 6)
        place = option.rect.adjusted(4, 1, -6, -3)
        numbers = self._numbers(painter, QRect(place.left(), place.top(), place.width(), self._line), bar)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._font)
        room = place.width() - numbers - 12
        name = QFontMetrics(self._font).elidedText(bar.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(place.left(), place.top(), room, self._line), _LEFT, name)
        self._bar(painter, QRectF(place.left(), place.top() + self._line + 1, place.width(), THICK), bar)
        painter.restore()

    def _numbers(self, painter: QPainter, place: QRect, bar: Bar) -> int:
        """Draw "104 / 158" at the right, the first in bold, "+ 3" for those who were not expected; return its width."""
        colours = self._theme.colours
        came, of = f"{bar.came:,}", ""
        if bar.expected:
            came, of = f"{bar.expected_came:,}", f" / {bar.expected:,}" + (f" + {bar.others:,}" if bar.others else "")
        width = QFontMetrics(self._font).horizontalAdvance(of)
        painter.setFont(self._font)
        painter.setPen(QColor(colours.muted))
        painter.drawText(place, _RIGHT, of)
        painter.setFont(self._bold)
        painter.setPen(QColor(colours.text))
        painter.drawText(place.adjusted(0, 0, -width, 0), _RIGHT, came)
        return width + QFontMetrics(self._bold).horizontalAdvance(came)

    def _bar(self, painter: QPainter, place: QRectF, bar: Bar) -> None:
        colours = self._theme.colours
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.window))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), THICK / 2, THICK / 2)
        part = bar.expected_came / bar.expected if bar.expected else 1.0
        if bar.came:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            filled = QRectF(place.left(), place.top(), max(place.width() * part, THICK), place.height())
            painter.drawRoundedRect(filled, THICK / 2, THICK / 2)


class ShareBars(QListView):
    """Shows groups as bars."""

    wanted = Signal(str, object)
    """"attendees", and whom to show there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = ""
        self.bars = BarsModel(self)
        self.setModel(self.bars)
        self.setItemDelegate(BarDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(90)
        self.doubleClicked.connect(self._go)
        theme.changed.connect(self.viewport().update)

    def show_bars(self, bars: Sequence[Bar], empty: str) -> None:
        """Show these bars; `empty`: what is said where there are none."""
        self.bars.show_bars(bars)
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show the people of the chosen group with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._go(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars, or why there are none."""
        super().paintEvent(event)
        if self.bars.bars or not self._empty:
            return
        with QPainter(self.viewport()) as painter:
            paint_empty(painter, self.viewport().rect(), self._empty, self._theme)

    @Slot(QModelIndex)
    def _go(self, index: Index) -> None:
        bar = self.bars.bars[index.row()]
        if bar.what is not None:
            self.wanted.emit("attendees", bar.what)


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
