"""How a row of the attendees' table is drawn: name over local-script name, group with its colour, state as a pill."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from checkin.db.listing import ListRow
from checkin.domain.event import Event
from checkin.ui.attendees.state import ICONS, TONES, state_of
from checkin.ui.attendees.table_model import ROW, Column
from checkin.ui.theme import Pair, Theme, font, renderer

Index = QModelIndex | QPersistentModelIndex

FONT_PX: Final = 14
SMALL_PX: Final = 12
PAD: Final = 8
LINES: Final = 1.5
"""Height of a line of text, in the font's own height: Thai marks and Burmese stacks need the air."""


class AttendeeDelegate(QStyledItemDelegate):
    """Draws cells with the painter: a widget in each of a million rows is out of the question."""

    def __init__(self, event: Event, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._event = event
        self._theme = theme
        self._font = font(FONT_PX)  # made once: with its fallbacks a font costs more than the cell
        self._bold = font(FONT_PX, QFont.Weight.DemiBold)
        self._small = font(SMALL_PX)
        self._small_bold = font(SMALL_PX, QFont.Weight.DemiBold)
        self._height = row_height(QFontMetrics(self._font))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a cell; rows are all of one height."""
        return QSize(super().sizeHint(option, index).width(), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        colours = self._theme.colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, QColor(colours.accent_soft if selected else colours.surface))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if selected and index.column() == Column.NAME:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(colours.accent))
        cell = option.rect.adjusted(PAD, 2, -PAD, -2)
        row = index.data(ROW)
        if isinstance(row, ListRow):
            self._paint_cell(painter, cell, self._font, index, row)
        else:
            self._paint_waiting(painter, cell, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, cell: QRect, font: QFont, index: Index, row: ListRow) -> None:
        colours = self._theme.colours
        column = Column(index.column())
        text = str(index.data() or "")
        if column is Column.NAME:
            self._paint_name(painter, cell, text)
        elif column is Column.TODAY:
            state = state_of(row)
            self._paint_pill(painter, cell, text, colours.tone(TONES[state]), ICONS[state])
        elif column is Column.GROUP:
            category = self._event.category(row.attendee.category)
            self._paint_group(painter, cell, font, text, category.colour if category else "")
        else:
            painter.setPen(QColor(colours.muted if column is Column.FIRST else colours.text))
            _draw(painter, cell, font, text)

    def _paint_name(self, painter: QPainter, cell: QRect, text: str) -> None:
        colours = self._theme.colours
        name, _nothing, local = text.partition("\n")
        painter.setPen(QColor(colours.text))
        if not local:
            _draw(painter, cell, self._bold, name)
            return
        upper = round(cell.height() * 0.52)
        _draw(painter, QRect(cell.left(), cell.top(), cell.width(), upper), self._bold, name)
        painter.setPen(QColor(colours.muted))
        _draw(painter, QRect(cell.left(), cell.top() + upper, cell.width(), cell.height() - upper), self._small, local)

    def _paint_group(self, painter: QPainter, cell: QRect, font: QFont, text: str, colour: str) -> None:
        if colour:
            painter.setPen(QPen(QColor(self._theme.colours.border), 1))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(cell.left() + 5, cell.center().y() + 1), 4.5, 4.5)
            cell = cell.adjusted(17, 0, 0, 0)
        painter.setPen(QColor(self._theme.colours.text))
        _draw(painter, cell, font, text)

    def _paint_pill(self, painter: QPainter, cell: QRect, text: str, pair: Pair, icon: str) -> None:
        strong, soft = pair.strong, pair.soft
        small = self._small_bold
        metrics = QFontMetrics(small)
        sign = metrics.height() - 4 if icon else 0
        height = round(metrics.height() * 1.25)
        width = min(metrics.horizontalAdvance(text) + 21 + (sign + 4 if icon else 0), cell.width())
        pill = QRectF(cell.left(), cell.center().y() - height / 2 + 1, width, height)
        painter.setPen(QPen(QColor(strong), 1) if self._theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        inner = pill.adjusted(9, 0, -9, 0)
        if icon:
            renderer(icon, strong).render(painter, QRectF(inner.left(), inner.center().y() - sign / 2, sign, sign))
            inner.adjust(sign + 4, 0, 0, 0)
        painter.setPen(QColor(strong))
        _draw(painter, inner.toRect(), small, text)

    def _paint_waiting(self, painter: QPainter, cell: QRect, index: Index) -> None:
        """Draw a grey bar where a text will be: the row is there, only not read yet."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.grey.soft))
        part = (0.62, 0.75, 0.5, 0.6, 0.5, 0.4)[index.column()]
        painter.drawRoundedRect(QRectF(cell.left(), cell.center().y() - 5, cell.width() * part, 10), 5, 5)


def row_height(metrics: QFontMetrics) -> int:
    """Return the height of a row of two lines, in px, for a font."""
    return round(metrics.height() * LINES * 1.75)


def _draw(painter: QPainter, rect: QRect, font: QFont, text: str) -> None:
    painter.setFont(font)
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided
    )
