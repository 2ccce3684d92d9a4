"""Correct somebody: the fields of the form, in place of the person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from checkin.desk.results import Changed
from checkin.domain.attendee import Attendee
from checkin.domain.event import FORM_FIELDS
from checkin.errors import CheckinError, FormError
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.walkin.person_form import PersonForm
from checkin.ui.widgets.basics import column, label
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.key_button import KeyButton

TWO_COLUMNS = 520
"""From this width on, px, two fields stand side by side."""


class PersonEditor(QWidget):
    """The form filled with one person. Nothing is saved before `Save`."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person: Attendee | None = None
        self._saving = ""
        app = context.app
        self._heading = label("", "heading", wrap=True)
        self.form = PersonForm(
            app.event, app.completion, context.tasks, self, asked=FORM_FIELDS, required=(), columns=1
        )
        self.save_button = KeyButton("Ctrl+Enter", "primary", bind=False)
        self.cancel_button = KeyButton("Esc", bind=False)
        inside = QWidget()
        fields = column(self.form)
        fields.addStretch(1)
        inside.setLayout(fields)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        buttons = Flow(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        body = column(self._heading, spacing=8)
        body.addWidget(self._scroll, 1)
        body.addLayout(buttons)
        self.setLayout(body)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self.form.last_entered.connect(self.save)
        for keys, does in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.closed)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)
        context.signals.changed.connect(self._changed)

    def edit(self, person: Attendee) -> None:
        """Show the fields of this person."""
        self._person, self._saving = person, ""
        self.form.fill({key: getattr(person, key) for key in FORM_FIELDS})
        self.form.set_locked(False)
        self.retranslate()
        self.form.go_to()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.form.retranslate()
        name = isolate(self._person.display_name) if self._person else ""
        self._heading.setText(_("Correct {name}").format(name=name))
        self._scroll.setAccessibleName(self._heading.text())
        self.save_button.set_word(_("Save"))
        self.cancel_button.set_word(_("Cancel"))

    @Slot()
    def save(self) -> None:
        """Save what was changed; nothing changed: just close."""
        person = self._person
        if person is None or self._saving:
            return
        changes = {key: text for key, text in self.form.values().items() if text != getattr(person, key)}
        if not changes:
            self.closed.emit()
            return
        self._saving = person.id
        self.form.set_locked(True)
        self._context.calls.edit(person.id, changes, "", self._failed)

    def _failed(self, error: CheckinError) -> None:
        self._saving = ""
        self.form.set_locked(False)
        if not (isinstance(error, FormError) and self.form.show_wrong(error.field, str(error))):
            self._context.notices.failure(error)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if self._saving and changed.attendee.id == self._saving:
            self._saving = ""
            self.closed.emit()
