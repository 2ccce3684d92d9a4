"""Settings: this desk's name, who works here, and the hand scanner."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from checkin.i18n import _
from checkin.settings import MAX_NAME
from checkin.ui.context import Context
from checkin.ui.setup.scanner_test import ScannerTest
from checkin.ui.setup.section import Section, form, heading
from checkin.ui.widgets.basics import label


class DeskSection(Section):
    """Names are taken when the field is left or at Enter: there is nothing to press."""

    key = "desk"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.desk, self.staff = QLineEdit(), QLineEdit()
        for field in (self.desk, self.staff):
            field.setMaxLength(MAX_NAME)
        self._head, self._scanner_head = heading(), heading()
        self._desk_label, self._staff_label = label("", "muted"), label("", "muted")
        self._number_label, self._number = label("", "muted"), label("", "muted")
        self._lead = label("", "faint", wrap=True)
        self._scanner_lead = label("", "muted", wrap=True)
        self.scanner = ScannerTest(context.app.keyring)
        names = self.card(self._head, spacing=10)
        fields = form()
        fields.addRow(self._desk_label, self.desk)
        fields.addRow(self._staff_label, self.staff)
        fields.addRow(self._number_label, self._number)
        body = names.layout()
        assert isinstance(body, QVBoxLayout)
        body.addLayout(fields)
        body.addWidget(self._lead)
        self.card(self._scanner_head, self._scanner_lead, self.scanner)
        self.body.addStretch(1)
        self.desk.editingFinished.connect(self._take_desk)
        self.staff.editingFinished.connect(self._take_staff)
        context.signals.settings_changed.connect(self.shown)
        context.signals.post_changed.connect(self.shown)

    def title(self) -> str:
        """Return the section's name."""
        return _("This desk")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Who and where"))
        self._desk_label.setText(_("Name of this desk"))
        self._staff_label.setText(_("Staff at this desk"))
        self._number_label.setText(_("Number of this desk"))
        self.desk.setAccessibleName(self._desk_label.text())
        self.staff.setAccessibleName(self._staff_label.text())
        self.staff.setPlaceholderText(_("Name of the staff member"))
        self._lead.setText(
            _(
                "Both names stand on every scan: the next desk sees “08:42 at Desk 1 by Art”. A number belongs to one desk only."
            )
        )
        self._scanner_head.setText(_("Hand scanner"))
        self._scanner_lead.setText(
            _(
                "No set-up is needed: plug it in and scan, wherever the cursor is. Here you can try it; nobody is checked in."
            )
        )
        self.scanner.retranslate()
        self.shown()

    @Slot()
    def shown(self) -> None:
        """Show the names of the moment, unless somebody is typing one."""
        desk = self.context.app.desk
        for field, text in ((self.desk, desk.name), (self.staff, desk.staff)):
            if not field.isModified() or not field.hasFocus():
                field.setText(text)
        self._number.setText(str(desk.number))

    @Slot()
    def _take_desk(self) -> None:
        name = " ".join(self.desk.text().split())
        if not name:
            self.desk.setText(self.context.app.desk.name)
        elif name != self.context.app.desk.name:
            self.context.tasks.database(self.context.app.desk.set_name, name, done=self._named)
        self.desk.setModified(False)

    @Slot()
    def _take_staff(self) -> None:
        name = " ".join(self.staff.text().split())
        if name != self.context.app.desk.staff:
            self.context.tasks.database(self.context.app.desk.set_staff, name, done=self._named)
        self.staff.setModified(False)

    @Slot(object)
    def _named(self, _nothing: object) -> None:
        desk = self.context.app.desk
        self.context.save_settings(desk=desk.name, staff=desk.staff)
        self.context.signals.post_changed.emit()
