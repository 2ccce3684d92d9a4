"""Settings: which camera, its picture, and the way to the page on which it is tried out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.setup.camera_chooser import CameraChooser
from checkin.ui.setup.section import Section, heading
from checkin.ui.widgets.basics import button, label, row, set_button_text


class CameraSection(Section):
    """The camera runs on while it is looked at here: badges are still read, and admitted."""

    key = "camera"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._head = heading()
        self._lead = label("", "muted", wrap=True)
        self.chooser = CameraChooser(context.camera, context.tasks, context.theme)
        self.trial = button()
        self._looked = False
        foot = QWidget()
        inside = row(self.trial)
        inside.addStretch(1)
        foot.setLayout(inside)
        made = self.card(self._head, self._lead, self.chooser, foot)
        self.body.setStretchFactor(made, 1)
        self.chooser.chosen.connect(self._take_camera)
        self.chooser.mirrored.connect(self._take_mirror)
        self.trial.clicked.connect(partial(context.signals.page_wanted.emit, "calibration", None))
        context.signals.settings_changed.connect(self._show)

    def title(self) -> str:
        """Return the section's name."""
        return _("Camera")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Which camera reads the badges"))
        self._lead.setText(
            _("It is remembered by its name. Unplug it and it comes back by itself when it is plugged in.")
        )
        set_button_text(self.trial, _("Try how far it reads"))
        self.chooser.retranslate()
        self._show()

    def shown(self) -> None:
        """List the cameras at the first look."""
        if not self._looked:
            self._looked = True
            self.chooser.look()

    @Slot()
    def _show(self) -> None:
        settings = self.context.app.settings
        self.chooser.show_choice(settings.camera, mirror=settings.mirror)

    @Slot(str)
    def _take_camera(self, spec: str) -> None:
        self.context.save_settings(camera=spec)

    @Slot(bool)
    def _take_mirror(self, mirror: bool) -> None:
        self.context.save_settings(mirror=mirror)
