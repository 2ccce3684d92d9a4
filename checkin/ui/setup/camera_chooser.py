"""Choose the camera by its name and see its picture."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.scan.cameras import CameraInfo, is_camera, list_cameras
from checkin.settings import NO_CAMERA
from checkin.texts import escape
from checkin.ui.camera_thread import Camera, CameraState
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, renderer
from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice

_TONES: Final = {
    "live": "green",
    "ended": "blue",
    "lost": "amber",
    "missing": "amber",
    "opening": "grey",
    "off": "grey",
}


class Preview(QWidget):
    """The camera's newest picture, whole, with round corners; a drawing where there is none."""

    def __init__(self, camera: Camera, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._theme = theme
        self.setMinimumSize(240, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        camera.pictured.connect(self.update)
        camera.state_changed.connect(self._state)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return 16 to 9."""
        return QSize(480, 270)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture."""
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            box = QRectF(self.rect())
            shape = QPainterPath()
            shape.addRoundedRect(box, 12, 12)
            painter.setClipPath(shape)
            painter.fillRect(box, QColor("#20262d"))
            picture = self._camera.picture()
            if picture.isNull() or self._camera.state.kind in {"off", "missing"}:
                side = min(box.width(), box.height()) * 0.28
                place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
                renderer("nocamera", "#8e9ba8").render(painter, place)
                return
            size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(
                (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
            )
            painter.drawImage(place, picture)

    @Slot(object)
    def _state(self, _state: CameraState) -> None:
        self.update()


class CameraChooser(QWidget):
    """A box with the cameras' names, the picture of the one that runs, and what it is doing."""

    chosen = Signal(str)
    """What checkin.scan.open_source takes, or NO_CAMERA. Only where a person chose it."""
    mirrored = Signal(bool)

    def __init__(self, camera: Camera, tasks: TaskRunner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._tasks = tasks
        self._spec = ""
        self._found: list[CameraInfo] = []
        self._listing = False
        self.box = Choice(18)
        self.again = button()
        self.mirror = QCheckBox()
        self.preview = Preview(camera, theme)
        self._state_line = label("", "muted", wrap=True)
        top = row(self.box, self.again)
        top.setStretch(0, 1)
        body = column(spacing=10)
        body.addLayout(top)
        body.addWidget(self.preview, 1)
        body.addWidget(self._state_line)
        body.addWidget(self.mirror)
        self.setLayout(body)
        self.box.activated.connect(self._chosen)
        self.again.clicked.connect(self.look)
        self.mirror.toggled.connect(self.mirrored)
        camera.state_changed.connect(self._show_state)

    def show_choice(self, spec: str, *, mirror: bool) -> None:
        """Mark what the settings say, without telling anybody."""
        self._spec = spec
        self.mirror.blockSignals(True)
        self.mirror.setChecked(mirror)
        self.mirror.blockSignals(False)
        self._fill()

    @Slot()
    def look(self) -> None:
        """Ask the system which cameras are plugged in; that may take seconds, so it is done off the GUI thread."""
        if not self._listing:
            self._listing = True
            self.again.setEnabled(False)
            self._tasks.background(list_cameras, done=self._listed, failed=self._not_listed)

    def retranslate(self) -> None:
        """Set every text again."""
        self.box.setAccessibleName(_("Camera"))
        set_button_text(self.again, _("Look again"))
        self.mirror.setText(_("Show the picture as in a mirror"))
        self.preview.setAccessibleName(_("Picture of the camera"))
        self._fill()
        self._show_state(self._camera.state)

    @Slot(object)
    def _listed(self, found: list[CameraInfo]) -> None:
        self._listing = False
        self.again.setEnabled(True)
        self._found = found
        self._fill()

    @Slot(object)
    def _not_listed(self, error: CheckinError) -> None:
        self._listed([])
        set_property(self._state_line, "tone", "amber")
        self._state_line.setText(str(error))

    def _fill(self) -> None:
        self.box.clear()
        names = [camera.name for camera in self._found]
        self.box.addItem(_("The first camera there is"), "")
        for camera in self._found:
            name = escape(camera.name)
            if names.count(camera.name) > 1:
                name = f"{name} ({camera.index + 1})"
            self.box.addItem(name, camera.spec)
        self.box.addItem(_("No camera: hand scanner and typing only"), NO_CAMERA)
        if self.box.findData(self._spec) < 0:
            self.box.addItem(_unplugged(self._spec), self._spec)
        self.box.setCurrentIndex(self.box.findData(self._spec))

    @Slot(int)
    def _chosen(self, index: int) -> None:
        spec = self.box.itemData(index)
        if spec != self._spec:
            self._spec = spec
            self.chosen.emit(spec)

    @Slot(object)
    def _show_state(self, state: CameraState) -> None:
        name = escape(state.name)
        texts = {
            "off": _("The camera is off."),
            "opening": _("The camera is being opened…"),
            "live": _("{camera} is live.").format(camera=name),
            "lost": state.message or _("The camera was unplugged. It comes back by itself."),
            "missing": state.message or _("No camera was found. The hand scanner and typing work."),
            "ended": _("The recording has ended."),
        }
        set_property(self._state_line, "tone", _TONES[state.kind])
        self._state_line.setText(texts[state.kind])


def _unplugged(spec: str) -> str:
    """Return the name of a source that is set but not in the list of cameras."""
    if not is_camera(spec):
        return _("Recording: {file}").format(file=escape(PurePath(spec).name))
    name = spec.removeprefix("camera:").partition("|")[0]
    return _("{camera} (not plugged in)").format(camera=escape(name))
