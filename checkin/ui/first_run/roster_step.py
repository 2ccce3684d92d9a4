"""Second step: the roster, as the organiser has it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin.i18n import _
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.roster_import.wizard import RosterImport
from checkin.ui.widgets.basics import button, row, set_button_text


class RosterStep(Step):
    """The import wizard, and the choice to do it later."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        self.wizard: RosterImport | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._later = button(role="quiet")
        foot = row(self._later)
        foot.addStretch(1)
        self._body.addLayout(foot)
        self._later.clicked.connect(self.done)

    def title(self) -> str:
        """Return the step's name."""
        return _("Roster")

    def hint(self) -> str:
        """Return the words under it."""
        return _("your list, as you have it")

    def retranslate(self) -> None:
        """Set every text again."""
        set_button_text(self._later, _("Later: import it under Attendees"))
        if self.wizard is not None:
            self.wizard.retranslate()

    def entered(self) -> None:
        """Make the wizard, now that there is an event to import into."""
        if self.wizard is None and self.setup.app is not None:
            self.wizard = RosterImport(self.setup.app, self.setup.tasks, self.setup.theme)
            self.wizard.closed.connect(self.done)
            self.wizard.imported.connect(self._imported)
            self._body.insertWidget(0, self.wizard, 1)
            self.wizard.can_leave(False)
            self.wizard.retranslate()
            self.wizard.start()

    @Slot(object)
    def _imported(self, result: object) -> None:
        self.setup.people += getattr(result, "added", 0)
        self._later.hide()
        if self.setup.app is not None:
            self.setup.tasks.database(self.setup.app.desk.roster_changed)
