"""Fourth step: what this desk is called and who works here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from checkin.i18n import _
from checkin.settings import MAX_NAME
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text


class DeskStep(Step):
    """Two names; the desk has one already."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        self._head = label("", "title")
        self._lead = label("", "muted", wrap=True)
        self._desk_label, self._staff_label = label("", "muted"), label("", "muted")
        self.desk, self.staff = QLineEdit(), QLineEdit()
        for field in (self.desk, self.staff):
            field.setMaxLength(MAX_NAME)
        self.next = button(role="primary")
        fields = QFormLayout()
        fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        fields.setVerticalSpacing(6)
        fields.addRow(self._desk_label, self.desk)
        fields.addRow(self._staff_label, self.staff)
        card = frame()
        card.setMaximumWidth(560)
        inside = column(margin=18)
        inside.addLayout(fields)
        card.setLayout(inside)
        foot = row(self.next)
        foot.addStretch(1)
        body = column(self._head, self._lead, card, spacing=12)
        body.addLayout(foot)
        body.addStretch(1)
        self.setLayout(body)
        self.next.clicked.connect(self._take)
        self.desk.returnPressed.connect(self.staff.setFocus)
        self.staff.returnPressed.connect(self._take)

    def title(self) -> str:
        """Return the step's name."""
        return _("Desk")

    def hint(self) -> str:
        """Return the words under it."""
        return _("its name and yours")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Who stands here?"))
        self._lead.setText(_("Both names stand on every scan, so that another desk can say when, where and by whom."))
        self._desk_label.setText(_("Name of this desk"))
        self._staff_label.setText(_("Staff at this desk"))
        self.desk.setAccessibleName(self._desk_label.text())
        self.staff.setAccessibleName(self._staff_label.text())
        self.desk.setPlaceholderText(_("For example: Desk 2, North door"))
        self.staff.setPlaceholderText(_("Name of the staff member"))
        set_button_text(self.next, _("Go on"))

    def entered(self) -> None:
        """Show the name that the desk has by now."""
        if self.setup.app is not None and not self.desk.text():
            self.desk.setText(self.setup.app.desk.name)
        self.staff.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take(self) -> None:
        desk = " ".join(self.desk.text().split())
        if desk:
            self.setup.changes["desk"] = desk
        self.setup.changes["staff"] = " ".join(self.staff.text().split())
        self.done.emit()
