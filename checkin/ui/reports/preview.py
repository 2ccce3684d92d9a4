"""A look at a report before it is written: its first rows, and its first pages as they will be on paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from checkin.i18n import _, ngettext
from checkin.ui.reports.work import Looked
from checkin.ui.widgets.basics import button, column, label, row, set_button_text

HEIGHT: Final = 520
"""Of the rows or pages, px."""
PAGE_DPI: Final = 64
WIDEST: Final = 240


class Preview(QWidget):
    """Hidden until there is something to show."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._head = label("", "strong", wrap=True)
        self.rows_button, self.pages_button, self.close_button = button(), button(), button(role="quiet")
        for one in (self.rows_button, self.pages_button):
            one.setCheckable(True)
            one.setAutoExclusive(True)
            one.setProperty("small", True)
        self.close_button.setProperty("small", True)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self._strip = QWidget()
        self._pages = QHBoxLayout(self._strip)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(12)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._strip)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setCornerWidget(QWidget())
        self.table.setCornerWidget(QWidget())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.table)
        self._stack.setFixedHeight(HEIGHT)
        bar = row(self.pages_button, self.rows_button, spacing=8)
        bar.addStretch(1)
        bar.addWidget(self.close_button)
        body = column(self._head, spacing=6)
        body.addLayout(bar)
        body.addWidget(self._stack)
        self.setLayout(body)
        self.pages_button.setChecked(True)
        self.pages_button.clicked.connect(self._turn)
        self.rows_button.clicked.connect(self._turn)
        self.close_button.clicked.connect(self.clear)
        self.hide()

    def page_size(self) -> QSize:
        """Return how large the first page is shown, px; empty: there is none."""
        first = self._pages.itemAt(0)
        widget = first.widget() if first else None
        return widget.size() if widget else QSize()

    def show_report(self, looked: Looked) -> None:
        """Show the beginning of a report."""
        self._looked = looked
        self.retranslate()
        self._fill_table(looked)
        self._fill_pages(looked)
        self.show()
        self._turn()

    def retranslate(self) -> None:
        """Set every text of its own again; what it shows is in the language it was asked for."""
        set_button_text(self.rows_button, _("First rows"))
        set_button_text(self.pages_button, _("PDF pages"))
        set_button_text(self.close_button, _("Close the preview"))
        self.table.setAccessibleName(_("First rows of the report"))
        self._scroll.setAccessibleName(_("First pages of the report"))
        if self._looked is not None:
            self._head.setText(
                ngettext("Preview · about {n} row", "Preview · about {n} rows", self._looked.total).format(
                    n=f"{self._looked.total:,}"
                )
            )

    @Slot()
    def clear(self) -> None:
        """Show nothing and forget it: a preview may hold names."""
        self._looked = None
        self.table.clear()
        self.table.setRowCount(0)
        self._clear_pages()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @Slot()
    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._scroll if self.pages_button.isChecked() else self.table)

    def _fill_table(self, looked: Looked) -> None:
        self.table.clear()
        self.table.setColumnCount(len(looked.headings))
        self.table.setHorizontalHeaderLabels(list(looked.headings))
        self.table.setRowCount(len(looked.rows))
        for line, texts in enumerate(looked.rows):
            for place, text in enumerate(texts):
                self.table.setItem(line, place, QTableWidgetItem(" ".join(text.split())))
        self.table.resizeColumnsToContents()
        for place in range(self.table.columnCount()):
            self.table.setColumnWidth(place, min(self.table.columnWidth(place), WIDEST))

    def _fill_pages(self, looked: Looked) -> None:
        self._clear_pages()
        ratio = self.devicePixelRatioF()
        for number, data in enumerate(looked.pages, 1):
            picture = QPixmap()
            picture.loadFromData(data)
            picture.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(picture)
            page.setFixedSize(picture.deviceIndependentSize().toSize())
            page.setAccessibleName(_("Page {n}").format(n=number))
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignTop)
        self._pages.addStretch(1)

    def _clear_pages(self) -> None:
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
