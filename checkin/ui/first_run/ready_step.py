"""Last step: what was set up, and the door."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from checkin.i18n import _, day_text, language, ngettext
from checkin.settings import NO_CAMERA
from checkin.texts import escape, isolate
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text
from checkin.ui.widgets.facts import Facts
from checkin.ui.widgets.pills import Sign


class ReadyStep(Step):
    """Sums up in five lines."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        sign = Sign(setup.theme, 56)
        sign.show_sign("tick", "green")
        self._head = label("", "title")
        self._lead = label("", "muted", wrap=True)
        words = column(self._head, self._lead, spacing=2)
        top = row(sign, spacing=16)
        top.addLayout(words, 1)
        self._facts = Facts()
        card = frame()
        card.setLayout(column(self._facts, margin=18))
        self.open = button(role="primary")
        foot = row(self.open)
        foot.addStretch(1)
        body = column(spacing=14)
        body.addLayout(top)
        body.addWidget(card)
        body.addLayout(foot)
        body.addStretch(1)
        self.setLayout(body)
        self.open.clicked.connect(self.done)

    def title(self) -> str:
        """Return the step's name."""
        return _("Ready")

    def hint(self) -> str:
        """Return the words under it."""
        return _("open the desk")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("This desk is ready"))
        self._lead.setText(_("Everything can be changed later under Settings."))
        set_button_text(self.open, _("Open the desk"))
        self._show_facts()

    def entered(self) -> None:
        """Sum up."""
        self._show_facts()
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_facts(self) -> None:
        app = self.setup.app
        if app is None:
            return
        people = self.setup.people
        listed = ngettext("{n} person", "{n} people", people).format(n=f"{people:,}") if people else _("none yet")
        changes = self.setup.changes
        staff = str(changes.get("staff", ""))
        desk = str(changes.get("desk", app.desk.name))
        self._facts.show_facts(
            (
                (_("Event"), isolate(app.event.name.get(language()))),
                (_("Days"), " · ".join(day_text(day.date) for day in app.event.days)),
                (_("Roster"), listed),
                (_("Camera"), _camera(str(changes.get("camera", "")))),
                (_("Desk"), " · ".join(isolate(part) for part in (desk, staff) if part)),
                (_("Data folder"), isolate(str(app.folder))),
            )
        )


def _camera(spec: str) -> str:
    if spec == NO_CAMERA:
        return _("none: hand scanner and typing")
    return escape(spec.removeprefix("camera:").partition("|")[0]) or _("the first camera there is")
