"""Third step: a camera that sees, a hand scanner that types."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from checkin.domain.badge import Keyring
from checkin.i18n import _
from checkin.settings import NO_CAMERA
from checkin.ui.calibration.view import CalibrationView
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.setup.camera_chooser import CameraChooser
from checkin.ui.setup.scanner_test import ScannerTest
from checkin.ui.widgets.basics import button, column, frame, label, row, scrolling, set_button_text

TWO_COLUMNS_PX: Final = 560


class CameraStep(Step):
    """The camera runs while this step is in front, so that its picture is seen; nothing is admitted."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        self._head = label("", "title")
        self._lead = label("", "muted", wrap=True)
        self._scanner_head = label("", "heading", wrap=True)
        self._scanner_lead = label("", "muted", wrap=True)
        self.chooser = CameraChooser(setup.camera, setup.tasks, setup.theme)
        self.scanner = ScannerTest()
        self.next, self.trial = button(role="primary"), button()
        self.calibration = CalibrationView(setup.camera, setup.theme, self._keyring, prints=False)
        self._sheets = QStackedWidget()
        self._spec, self._mirror = "", True
        left = frame()
        left.setLayout(column(self.chooser, margin=16))
        right = frame()
        inside = column(self._scanner_head, self._scanner_lead, self.scanner, margin=16)
        inside.addStretch(1)
        right.setLayout(inside)
        cards = self._cards = row(left, right, spacing=14)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        whole = column(self._head, self._lead, spacing=12)
        whole.addLayout(cards, 1)
        all_of_it = QWidget()
        all_of_it.setLayout(whole)
        body = column(scrolling(all_of_it), spacing=12)
        foot = row(self.next, self.trial)
        foot.addStretch(1)
        body.addLayout(foot)
        first = QWidget()
        first.setLayout(body)
        self._sheets.addWidget(first)
        self._sheets.addWidget(self.calibration)
        self.setLayout(column(self._sheets))
        self.trial.clicked.connect(self._try_out)
        self.calibration.closed.connect(self._end_trial)
        self.chooser.chosen.connect(self._take_camera)
        self.chooser.mirrored.connect(self._take_mirror)
        self.next.clicked.connect(self.done)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the cards under each other where two columns would be too narrow to read."""
        super().resizeEvent(event)
        narrow = event.size().width() < TWO_COLUMNS_PX
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def title(self) -> str:
        """Return the step's name."""
        return _("Camera")

    def hint(self) -> str:
        """Return the words under it."""
        return _("and hand scanner")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Do you see yourself?"))
        self._lead.setText(
            _(
                "Camera, hand scanner and keyboard are live at the same time; there is no mode to switch. One of them is enough."
            )
        )
        self._scanner_head.setText(_("Hand scanner"))
        self._scanner_lead.setText(_("Plug it in, click into the field and scan any badge. Without one, go on."))
        set_button_text(self.next, _("Go on"))
        set_button_text(self.trial, _("Try how far it reads"))
        self.calibration.retranslate()
        self.chooser.retranslate()
        self.chooser.show_choice(self._spec, mirror=self._mirror)
        self.scanner.retranslate()

    def entered(self) -> None:
        """Show the picture."""
        self._sheets.setCurrentIndex(0)
        self.chooser.look()
        self._run()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Give the camera free; the desk opens it again."""
        self.setup.camera.stop()

    def _keyring(self) -> Keyring | None:
        return self.setup.app.keyring if self.setup.app is not None else None

    @Slot()
    def _try_out(self) -> None:
        self._sheets.setCurrentIndex(1)
        self.calibration.back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _end_trial(self) -> None:
        self._sheets.setCurrentIndex(0)
        self.trial.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _take_camera(self, spec: str) -> None:
        self._spec = spec
        self.setup.changes["camera"] = spec
        self._run()

    @Slot(bool)
    def _take_mirror(self, mirror: bool) -> None:
        self._mirror = mirror
        self.setup.changes["mirror"] = mirror
        self.setup.camera.mirror = mirror

    def _run(self) -> None:
        if self._spec == NO_CAMERA:
            self.setup.camera.stop()
        else:
            self.setup.camera.start(self._spec)
