"""The head of the preview: over each column a box that says which field it is, and the file's own heading under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView, QWidget

from checkin.i18n import _
from checkin.roster.fields import FIELDS, Mapping
from checkin.roster.table import letter
from checkin.texts import escape
from checkin.ui.roster_import.field_names import field_name
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import set_property
from checkin.ui.widgets.choice import Choice

HEIGHT: Final = 76
BOX: Final = 36


class MappingHeader(QHeaderView):
    """A header whose sections carry a box each."""

    chosen = Signal(int, str)
    """Column and field; an empty field leaves the column out."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._headings: tuple[str, ...] = ()
        self._boxes: list[QComboBox] = []
        self.setSectionsClickable(False)
        self.sectionResized.connect(self._place)
        parent.horizontalScrollBar().valueChanged.connect(self._place)

    def show_mapping(self, headings: tuple[str, ...], mapping: Mapping) -> None:
        """Show what each column was taken for."""
        self._headings = headings
        if len(self._boxes) != len(headings):
            for old in self._boxes:
                old.deleteLater()
            self._boxes = [self._box(column) for column in range(len(headings))]
        doubtful = {column for ambiguity in mapping.ambiguous for column in ambiguity.columns}
        for column, box in enumerate(self._boxes):
            field = next((name for name, place in mapping.columns if place == column), "")
            box.setCurrentIndex(box.findData(field))
            set_property(box, "wrong", column in doubtful)
        self.retranslate()
        self._place()

    def retranslate(self) -> None:
        """Name the fields again."""
        for column, box in enumerate(self._boxes):
            for number in range(box.count()):
                box.setItemText(number, field_name(box.itemData(number)))
            heading = escape(self._headings[column]) or letter(column)
            box.setAccessibleName(_("Column “{heading}” holds").format(heading=heading))
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a box and a heading under it."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:  # noqa: N802 - Qt's name
        """Draw the file's own heading under the box."""
        colours = self._theme.colours
        painter.save()
        painter.fillRect(rect, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(colours.muted))
        place = QRect(rect.left() + 8, rect.top() + BOX + 6, rect.width() - 12, rect.height() - BOX - 10)
        heading = escape(self._headings[column]) if column < len(self._headings) else ""
        text = painter.fontMetrics().elidedText(heading or letter(column), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Put the boxes where the columns are."""
        super().showEvent(event)
        self._place()

    def _box(self, column: int) -> QComboBox:
        made = Choice(parent=self.viewport())
        made.setMaxVisibleItems(24)
        for field in ("", *FIELDS):
            made.addItem(field_name(field), field)
        made.setProperty("column", column)
        made.view().setMinimumWidth(220)
        made.activated.connect(self._taken)
        made.show()
        return made

    @Slot(int)
    def _taken(self, index: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.chosen.emit(box.property("column"), box.itemData(index))

    @Slot()
    def _place(self) -> None:
        previous: QWidget | None = None
        for column, box in enumerate(self._boxes):
            left = self.sectionViewportPosition(column)
            box.setGeometry(left + 3, 4, max(self.sectionSize(column) - 6, 20), BOX)
            if previous is not None:
                QWidget.setTabOrder(previous, box)
            previous = box
