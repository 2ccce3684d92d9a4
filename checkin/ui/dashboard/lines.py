"""A table of a few short lines that changes in place: nothing flickers, what is chosen and scrolled to stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkin.ui.theme import THAI_LINE, Theme, font

Index = QModelIndex | QPersistentModelIndex
PX: Final = 14
NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of a line."""

    text: str
    tone: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and what it leads to."""

    cells: tuple[Cell, ...]
    page: str = ""
    """Key of the page that Enter or a double click opens; empty: none."""
    what: object = None
    """What that page is handed."""


class LinesModel(QAbstractTableModel):
    """Holds the lines; `show_lines` tells the view only what is different."""

    def __init__(self, theme: Theme, right: frozenset[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.heads: tuple[str, ...] = ()
        self._theme, self._right = theme, right
        self._bold = font(PX, QFont.Weight.DemiBold)

    def show_heads(self, heads: Sequence[str]) -> None:
        """Set the names of the columns; their number stays."""
        if len(heads) != len(self.heads):
            self.beginResetModel()
            self.heads = tuple(heads)
            self.endResetModel()
            return
        self.heads = tuple(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        new, old = tuple(lines), self.lines
        same = min(len(new), len(old))
        self.lines = new[:same] + old[same:]
        for number in range(same):
            if new[number] != old[number]:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.heads) - 1))
        if len(new) > same:
            self.beginInsertRows(NOWHERE, same, len(new) - 1)
            self.lines = new
            self.endInsertRows()
        elif len(old) > same:
            self.beginRemoveRows(NOWHERE, same, len(old) - 1)
            self.lines = new
            self.endRemoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: D102, N802 - Qt's name
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: D102, N802 - Qt's name
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        cells = self.lines[index.row()].cells
        cell = cells[index.column()] if index.column() < len(cells) else Cell("")
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            colours = self._theme.colours
            return QColor(colours.muted if cell.tone == "muted" else colours.tone(cell.tone).strong)
        if role == Qt.ItemDataRole.FontRole and cell.bold:
            return self._bold
        return None

    def headerData(  # noqa: D102, N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._aligned(section)
        return None

    def _aligned(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class Lines(QTableView):
    """Shows a LinesModel: the first column takes what the others leave."""

    wanted = Signal(str, object)
    """Key of a page and what it is handed: somebody wants to go where a line leads."""

    def __init__(
        self, theme: Theme, right: Sequence[int] = (), second: float = 0.0, parent: QWidget | None = None
    ) -> None:
        """`right`: columns of numbers. `second`: part of the width that the second column has; 0: what its texts need."""
        super().__init__(parent)
        self._theme, self._second = theme, second
        self._empty = ""
        self.lines = LinesModel(theme, frozenset(right), self)
        self.setModel(self.lines)
        self.setFont(font(PX))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMinimumHeight(90)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(QFontMetrics(font(PX)).lineSpacing() * THAI_LINE) + 9)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsMovable(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(44)
        self.doubleClicked.connect(self._go)
        theme.changed.connect(self.viewport().update)

    def show_heads(self, heads: Sequence[str], *, shown: bool = True) -> None:
        """Name the columns."""
        self.lines.show_heads(heads)
        columns = self.horizontalHeader()
        columns.setVisible(shown)
        for number in range(len(heads)):
            mode = QHeaderView.ResizeMode.ResizeToContents if number else QHeaderView.ResizeMode.Stretch
            columns.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed if number and self._second else mode)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if self._second and self.lines.columnCount():
            self.setColumnWidth(1, round(self.viewport().width() * self._second))

    def show_lines(self, lines: Sequence[Line], empty: str) -> None:
        """Show these lines; `empty`: what is said where there are none."""
        self.lines.show_lines(lines)
        if empty != self._empty:
            self._empty = empty
            self.setAccessibleDescription("" if lines else empty)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go where the chosen line leads with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._go(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the lines, or why there are none."""
        super().paintEvent(event)
        if self.lines.lines or not self._empty:
            return
        with QPainter(self.viewport()) as painter:
            paint_empty(painter, self.viewport().rect(), self._empty, self._theme)

    @Slot(QModelIndex)
    def _go(self, index: Index) -> None:
        line = self.lines.lines[index.row()]
        if line.page:
            self.wanted.emit(line.page, line.what)


def paint_empty(painter: QPainter, place: QRect, text: str, theme: Theme) -> None:
    """Draw a sentence in the middle of an empty place."""
    painter.setPen(QColor(theme.colours.muted))
    painter.setFont(font(PX))
    painter.drawText(
        place.adjusted(10, 4, -10, -4), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text
    )
