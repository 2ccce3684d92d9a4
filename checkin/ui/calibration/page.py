"""The page of the window on which the camera is tried out. It has no place in the rail: Settings leads here."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from checkin.domain.badge import Keyring
from checkin.i18n import _
from checkin.ui.calibration.view import CalibrationView
from checkin.ui.context import Context
from checkin.ui.page import Page
from checkin.ui.widgets.basics import column


class CalibrationPage(Page):
    """Back leads to the camera's settings."""

    key = "calibration"
    order = 0  # not in the rail
    icon = "camera"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view = CalibrationView(context.camera, context.theme, self._keyring, prints=True)
        self.setLayout(column(self.view, margin=14))
        self.view.closed.connect(partial(context.signals.page_wanted.emit, "settings", "camera"))
        self.view.print_wanted.connect(context.printer.print_test)

    def title(self) -> str:
        """Return the page's name."""
        return _("Try the camera")

    def retranslate(self) -> None:
        """Set every text again."""
        self.view.retranslate()

    def shown(self) -> None:
        """Let the keyboard begin at the way back."""
        self.view.back.setFocus()

    def _keyring(self) -> Keyring:
        return self.context.app.keyring
