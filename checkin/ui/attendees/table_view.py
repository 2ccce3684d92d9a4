"""The table of attendees: rows of one height, one person chosen, every key of a list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkin.db.listing import ListRow
from checkin.domain.attendee import Attendee
from checkin.domain.event import Event
from checkin.ui.attendees.delegate import FONT_PX, AttendeeDelegate, row_height
from checkin.ui.attendees.table_model import ROW, AttendeeTable
from checkin.ui.theme import Theme, font

SHARES: Final = (0.200, 0.188, 0.102, 0.220, 0.140, 0.150)
"""Part of the width that each column gets."""
LEAST: Final = (130, 110, 80, 90, 112, 116)
"""Least width of each column, in px."""


class AttendeeView(QTableView):
    """Shows an AttendeeTable."""

    chosen = Signal(object)
    """The Attendee of the chosen row."""

    def __init__(self, model: AttendeeTable, event: Event, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wants_first = False
        self._wanted_row = -1
        self.setModel(model)
        self.setItemDelegate(AttendeeDelegate(event, theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFont(font(FONT_PX))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(QFontMetrics(font(FONT_PX))))
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsMovable(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().selectionChanged.connect(self._selected)
        model.settled.connect(self._settled)
        model.dataChanged.connect(self._arrived)

    def choose_first(self) -> None:
        """Choose the first row as soon as it is there."""
        self._wants_first = True

    def drop_selection_unless(self, person: Attendee | None) -> None:
        """Take the mark away where, after new people came into the list, another person stands in the chosen row."""
        index = self.currentIndex()
        if not index.isValid() or person is None:
            return
        row = index.data(ROW)
        if isinstance(row, ListRow) and row.attendee.id != person.id and self._wanted_row != index.row():
            self.clearSelection()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give each column its share."""
        super().resizeEvent(event)
        width = self.viewport().width()
        widths = [max(int(width * share), least) for share, least in zip(SHARES, LEAST, strict=True)]
        widths[0] += max(width - sum(widths), 0)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if indexes:
            self._wanted_row = indexes[0].row()
            self._show_wanted()

    @Slot(int)
    def _settled(self, total: int) -> None:
        if self._wants_first and total:
            self._wants_first = False
            self.selectRow(0)

    @Slot()
    def _arrived(self) -> None:
        if self._wanted_row >= 0:
            self._show_wanted()

    def _show_wanted(self) -> None:
        """Tell whom the chosen row holds; a row that is being read is told when it is there."""
        row = self.model().index(self._wanted_row, 0).data(ROW)
        if isinstance(row, ListRow):
            self._wanted_row = -1
            self.chosen.emit(row.attendee)
