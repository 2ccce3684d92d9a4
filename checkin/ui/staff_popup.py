"""Change of staff: whose name the scans carry from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from checkin.i18n import _
from checkin.settings import MAX_NAME
from checkin.ui.widgets.basics import button, column, label, row, set_button_text

if TYPE_CHECKING:
    from checkin.ui.context import Context


class StaffPopup(QFrame):
    """A small sheet under the staff chip; Enter takes the name, Escape leaves all as it is."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self.setProperty("role", "card")
        self._question = label("", "strong")
        self._line = QLineEdit()
        self._line.setMaxLength(MAX_NAME)
        self._line.setMinimumWidth(240)
        self._take = button(role="primary")
        body = column(self._question, margin=14, spacing=8)
        body.addLayout(row(self._line, self._take, spacing=8))
        self.setLayout(body)
        self._line.returnPressed.connect(self._set)
        self._take.clicked.connect(self._set)

    def open_at(self, corner: QPoint, chip: QWidget) -> None:
        """Open with the name of the moment, its right edge on the screen."""
        self._line.setText(self._context.app.desk.staff)
        self._line.selectAll()
        self.adjustSize()
        room = chip.screen().availableGeometry()
        self.move(min(corner.x(), room.right() - self.width()), corner.y() + 6)
        self.show()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self._question.setText(_("Who works at this desk?"))
        self._line.setPlaceholderText(_("Name of the staff member"))
        self._line.setAccessibleName(_("Name of the staff member"))
        set_button_text(self._take, _("Take over"))

    @Slot()
    def _set(self) -> None:
        name = " ".join(self._line.text().split())
        self.hide()
        if name != self._context.app.desk.staff:
            self._context.tasks.database(self._context.app.desk.set_staff, name, done=self._taken)

    def _taken(self, _answer: object) -> None:
        self._context.save_settings(staff=self._context.app.desk.staff)
