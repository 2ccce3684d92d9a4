"""Erase one person from the Attendees page: the question before it, and afterwards what only a person can delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from checkin.db.copies import Copy
from checkin.db.forgetting import copies
from checkin.domain.attendee import Attendee
from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.widgets.basics import column, frame, label, set_property
from checkin.ui.widgets.confirm_bar import ConfirmBar
from checkin.wording.copies import copy_lines
from checkin.wording.people import shown_name

if TYPE_CHECKING:
    from checkin.app import App


class EraseAction(QWidget):
    """The question, and how it went. The panel has the menu."""

    asked = Signal()
    """Something is shown: bring it into view."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person: Attendee | None = None
        self._left: list[Copy] = []
        """Copies in which the erased person still is."""
        self.confirm = ConfirmBar()
        self.told = label("", wrap=True)
        self._band = frame("band", tone="green")
        self._band.setLayout(column(self.told, margin=10))
        self._band.hide()
        self.setLayout(column(self.confirm, self._band, spacing=6))
        self.confirm.confirmed.connect(self._erase)

    def show_person(self, person: Attendee) -> None:
        """Work on this person."""
        if self._person is None or person.id != self._person.id:
            self.confirm.close_bar()
            self._band.hide()
        self._person = person

    def retranslate(self) -> None:
        """Say it in the language of now; a question is taken back, as everywhere."""
        self.confirm.close_bar()
        if not self._band.isHidden():
            self._tell()

    @Slot()
    def start(self) -> None:
        """Ask before anything is erased."""
        if self._person is None:
            return
        question = _(
            "Erase name, organisation and everything else that is known of {name}, on every desk? It cannot be taken back;"
            " the counts stand and the badge still opens the door."
        )
        self.confirm.ask(question.format(name=shown_name(self._person)), _("Erase for good"))
        self.confirm.no.setFocus()
        self.asked.emit()

    @Slot()
    def _erase(self) -> None:
        if self._person is not None:
            self._context.tasks.database(
                _erase, self._context.app, self._person.id, done=self._erased, failed=self._context.notices.failure
            )

    def _erased(self, found: list[Copy]) -> None:
        self._left = found
        self._tell()
        self._band.show()
        self._context.signals.roster_changed.emit()
        self.asked.emit()

    def _tell(self) -> None:
        text = _("Erased on this desk and in its backups. The hub and the other desks forget with their next sync.")
        lines = copy_lines(self._left, self._context.app.event)
        set_property(self._band, "tone", "amber" if lines else "green")
        self.told.setText("\n".join([text, *lines]))
        self.told.setAccessibleName(self.told.text())


def _erase(app: App, uid: str) -> list[Copy]:
    app.desk.erase([uid])
    return copies(app.database)
