"""Instead of the first step: this laptop becomes a desk of an event that is set up already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from checkin.errors import CancelledError, CheckinError, HubError
from checkin.i18n import _
from checkin.settings import MAX_NAME
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.setup.camera_chooser import CameraChooser
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text, set_property
from checkin.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.scan.code import Code
    from checkin.ui.context import Opener
    from checkin.ui.tasks import Task


class JoinStep(Step):
    """A code in front of the camera or a file, then the PIN; the list comes, and the desk opens."""

    joined = Signal(object)
    """checkin.app.App: the desk can begin."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        self.enrolment = ""
        """The text of the file or code that was read."""
        self._hub = ""
        self._task: Task | None = None
        self._head, self._lead = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.chooser = CameraChooser(setup.camera, setup.tasks, setup.theme)
        self.file, self.leave = button(), button(role="quiet")
        self.found = label("", "strong", wrap=True)
        self._pin_label, self._staff_label = label("", "muted"), label("", "muted")
        self.pin, self.staff = QLineEdit(), QLineEdit()
        self.pin.setMaxLength(40)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.staff.setMaxLength(MAX_NAME)
        self.join = button(role="primary")
        self.elsewhere, self.begin = button(), button()
        self.progress = label("", "muted", wrap=True)
        self.problem = label("", wrap=True, tone="red")
        self._spec = ""
        self._build()
        setup.camera.code_read.connect(self._code_read)
        self.chooser.chosen.connect(self._take_camera)
        self.chooser.mirrored.connect(self._take_mirror)
        self.file.clicked.connect(self._choose_file)
        self.pin.textChanged.connect(self._look)
        self.pin.returnPressed.connect(self._join)
        self.staff.returnPressed.connect(self._join)
        self.join.clicked.connect(self._join)
        self.elsewhere.clicked.connect(self._choose_hub)
        self.begin.clicked.connect(self._begin_now)
        self.leave.clicked.connect(self.done)

    def _build(self) -> None:
        left, right = frame(), frame()
        left.setLayout(column(self.chooser, margin=16))
        inside = column(
            self.file, self.found, self._pin_label, self.pin, self._staff_label, self.staff, margin=16, spacing=8
        )
        buttons = Flow()
        for made in (self.join, self.elsewhere, self.begin):
            buttons.addWidget(made)
        inside.addSpacing(4)
        inside.addLayout(buttons)
        inside.addWidget(self.progress)
        inside.addWidget(self.problem)
        inside.addStretch(1)
        right.setLayout(inside)
        cards = row(left, right, spacing=14)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        body = column(self._head, self._lead, spacing=12)
        body.addLayout(cards, 1)
        foot = row(self.leave)
        foot.addStretch(1)
        body.addLayout(foot)
        self.setLayout(body)
        for part in (self.elsewhere, self.begin, self.problem, self.progress):
            part.hide()

    def title(self) -> str:
        """Return the step's name."""
        return _("Join")

    def hint(self) -> str:
        """Return the words under it."""
        return _("an event that is set up")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Join an event that is already set up"))
        self._lead.setText(
            _(
                "On the first laptop open Settings, Sync, “Add a desk”. Hold its code in front of this camera, or take its file."
            )
        )
        set_button_text(self.file, _("Take the file…"))
        self._pin_label.setText(_("The PIN that is said aloud"))
        self._staff_label.setText(_("Staff at this desk"))
        self.pin.setAccessibleName(self._pin_label.text())
        self.staff.setAccessibleName(self._staff_label.text())
        self.staff.setPlaceholderText(_("Name of the staff member"))
        set_button_text(self.join, _("Join"))
        set_button_text(self.elsewhere, _("The folder of the hub is elsewhere…"))
        set_button_text(self.begin, _("Open the desk now, the rest comes by itself"))
        set_button_text(self.leave, _("Back"))
        self.chooser.retranslate()
        self.chooser.show_choice(self._spec, mirror=self.setup.camera.mirror)
        self._look()

    def entered(self) -> None:
        """Show the picture."""
        self.chooser.look()
        self.setup.camera.start(self._spec)
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Give the camera free; the desk opens it again."""
        self.setup.camera.stop()

    def take_text(self, text: str) -> None:
        """Take what a file or a code says; whether it is right shows with the PIN."""
        from checkin.sync.enrolment import is_enrolment

        if not is_enrolment(text):
            self._wrong(
                _("This is no enrolment of a desk. Nothing was changed; show the code of “Add a desk”, or its file.")
            )
            return
        self.enrolment = text
        self._hub = ""
        self.problem.hide()
        self.elsewhere.hide()
        self._look()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def load_file(self, path: Path) -> None:
        """Read an enrolment file."""
        from checkin.sync.enrolment import read_file

        self.setup.tasks.background(read_file, path, done=self.take_text, failed=self._failed)

    @Slot(object)
    def _code_read(self, code: Code) -> None:
        if self.isVisible() and self._task is None and code.text != self.enrolment:
            self.take_text(code.text)

    @Slot()
    def _look(self) -> None:
        set_property(self.found, "tone", "green" if self.enrolment else None)
        self.found.setText(_("An enrolment was read. Now the PIN.") if self.enrolment else _("Nothing was read yet."))
        self.join.setEnabled(bool(self.enrolment and self.pin.text().strip()) and self._task is None)

    @Slot()
    def _join(self) -> None:
        if not self.join.isEnabled():
            return
        self.problem.hide()
        self.progress.setText(_("Fetching the event …"))
        self.progress.show()
        self._task = self.setup.tasks.background(
            _join, self.setup.opener, self.enrolment, self.pin.text(), self._hub, " ".join(self.staff.text().split()),
            done=self._joined, failed=self._failed, progress=self._moved,
        )  # fmt: skip
        self._busy()

    @Slot(str, int, int)
    def _moved(self, stage: str, done: int, total: int) -> None:
        stages = {"people": _("The list of people"), "receive": _("Scans of the other desks"), "send": _("Sending")}
        text = stages.get(stage, "")
        if text and total:
            self.progress.setText(_("{stage}: {n} of {all}").format(stage=text, n=f"{done:,}", all=f"{total:,}"))
            self.begin.show()

    @Slot()
    def _begin_now(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _joined(self, app: App) -> None:
        self._task = None
        self.joined.emit(app)

    def _failed(self, error: CheckinError) -> None:
        self._task = None
        self._busy()
        self.elsewhere.setVisible(isinstance(error, HubError))
        self._wrong(str(error))
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pin.selectAll()

    def _wrong(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _busy(self) -> None:
        busy = self._task is not None
        for part in (self.file, self.pin, self.staff, self.leave):
            part.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.begin.hide()
        self._look()

    @Slot()
    def _choose_file(self) -> None:
        from checkin.sync.enrolment import SUFFIX

        name, _kind = QFileDialog.getOpenFileName(self, _("Take the file of this desk"), "", f"*{SUFFIX}")
        if name:
            self.load_file(Path(name))

    @Slot()
    def _choose_hub(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose the folder in which the desks meet"))
        if name:
            self._hub = f"folder:{name}"
            self._join()

    @Slot(str)
    def _take_camera(self, spec: str) -> None:
        self._spec = spec
        self.setup.camera.start(spec)

    @Slot(bool)
    def _take_mirror(self, mirror: bool) -> None:
        self.setup.camera.mirror = mirror


def _join(
    opener: Opener, text: str, pin: str, hub: str, staff: str, *,
    progress: Callable[[str, int, int], None], cancelled: Callable[[], bool],
) -> App:  # fmt: skip
    """Make the data folder, open it and fetch list and entries; runs off the GUI thread.

    Once the folder is there the desk can begin: what a round did not bring now comes with the next ones.
    """
    from dataclasses import replace

    from checkin.i18n import language

    app = opener.join(text, pin, hub)
    try:
        app.save_settings(replace(app.settings, staff=staff, language=language()))
        app.desk.set_staff(staff)
        try:
            app.syncer.round(progress=progress, cancelled=cancelled)
        except CancelledError:
            pass
        except HubError as error:
            app.notices.append(str(error))
        app.desk.roster_changed()
    except BaseException:
        app.close()
        raise
    return app
