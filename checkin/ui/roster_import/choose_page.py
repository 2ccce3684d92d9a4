"""The wizard's first sheet: which file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QWidget

from checkin.i18n import _
from checkin.ui.theme import Theme, pixmap
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text


class ChoosePage(QWidget):
    """A button to choose the list, and a place to drop it."""

    chosen = Signal(object)
    """Path of the file."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = label("", "title")
        self._lead = label("", "muted", wrap=True)
        self._sign = QLabel()
        self._drop = label("", "muted", wrap=True)
        self._problem = label("", wrap=True, tone="red")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self.choose = button(role="primary")
        self.back = button()
        self._build()
        self.choose.clicked.connect(self._ask)
        self.back.clicked.connect(self.closed)
        theme.changed.connect(self._paint)
        self._paint()
        self.set_busy(False)

    def _build(self) -> None:
        for centred in (self._sign, self._drop):
            centred.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = frame()
        inside = column(margin=28, spacing=14)
        inside.addStretch(1)
        inside.addWidget(self._sign)
        inside.addWidget(self._drop)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(self.choose)
        middle.addStretch(1)
        inside.addLayout(middle)
        inside.addWidget(self._bar)
        inside.addStretch(1)
        card.setLayout(inside)
        foot = row(self.back)
        foot.addStretch(1)
        body = column(self._head, self._lead, self._problem, card, spacing=12)
        body.setStretch(3, 1)
        body.addLayout(foot)
        self.setLayout(body)
        self.setAcceptDrops(True)

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Import the roster"))
        self._lead.setText(
            _(
                "Your list as you have it: Excel, OpenDocument, CSV or TSV, headings in English or Thai. "
                "Nothing is written before you have seen it."
            )
        )
        self._drop.setText(_("Drop the file here, or choose it."))
        self._bar.setAccessibleName(_("The file is being read"))
        set_button_text(self.choose, _("Choose the file…"))
        set_button_text(self.back, _("Back"))

    def can_leave(self, possible: bool) -> None:
        """Show the button that goes back to where the wizard was opened."""
        self.back.setVisible(possible)

    def set_busy(self, busy: bool) -> None:
        """Show that the file is being read."""
        self._bar.setVisible(busy)
        self.choose.setEnabled(not busy)
        if busy:
            self.tell("")

    def tell(self, problem: str) -> None:
        """Show why a file could not be taken; empty: nothing is wrong."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take one local file."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take it."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None

    @Slot()
    def _ask(self) -> None:
        kinds = _("Lists (*.xlsx *.ods *.csv *.tsv *.txt);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the roster"), "", kinds)
        if name:
            self.chosen.emit(Path(name))

    @Slot()
    def _paint(self) -> None:
        self._sign.setPixmap(pixmap("attendees", 56, self._theme.colours.accent))
