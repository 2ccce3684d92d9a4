"""From the command to a window that scans. The window is painted first; everything heavy is loaded after that.

Nothing here may import SQLAlchemy, OpenCV or numpy: they take longer than the window itself (FACTS: 0.26 s against 1.6 s).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from checkin.i18n import _, set_language
from checkin.paths import DATABASE
from checkin.settings import Settings
from checkin.ui.camera_thread import Camera, CameraState
from checkin.ui.main_window import MainWindow
from checkin.ui.single_instance import SingleInstance
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, load_first_font

if TYPE_CHECKING:
    from checkin.ui.context import Opener

log = logging.getLogger(__name__)

SWITCH_S = 0.001
"""How long a thread that works in Python may keep the others waiting; Python's own 5 ms are felt in the window while an
import or export runs (benchmarks/gui_stall.py)."""
FULL_WIDTH = 1500
"""Up to this width (px) of the screen the window takes all of it."""

COLLECTOR_AFTER_MS = 3000
"""By then the camera is live and what the start left behind can be told from garbage."""

Milestone = Callable[[str], None]
"""Called with "painted", "filled" and "live": for the benchmark of the start."""


class _Starter(QObject):
    """Opens the event once the window has been painted."""

    def __init__(
        self, window: MainWindow, instance: SingleInstance, settings: Settings, source: str, milestone: Milestone
    ) -> None:
        super().__init__(window)
        self._instance = instance
        self._window, self._settings, self._source = window, settings, source
        self._milestone = milestone
        self._painted = False
        window.installEventFilter(self)
        window.camera.state_changed.connect(self._camera)
        window.filled.connect(self._filled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_paint)
        return super().eventFilter(watched, event)

    @Slot()
    def _after_paint(self) -> None:
        self._window.removeEventFilter(self)
        self._milestone("painted")
        from checkin.ui.qt_texts import QtTexts

        program = QApplication.instance()
        assert program is not None
        program.installTranslator(QtTexts(program))
        self._instance.listen()
        if (self._window.opener.data / DATABASE).exists():
            self._window.camera.start(self._source or self._settings.camera)
        self._window.open_event()

    @Slot()
    def _filled(self) -> None:
        self._milestone("filled")
        QTimer.singleShot(COLLECTOR_AFTER_MS, self, self._settle_collector)
        app = self._window.app
        if app is not None and app.folder != self._instance.folder:  # the guide opened the demo, or made another event
            if self._instance.claim(app.folder):
                self._instance.listen()
            else:
                QApplication.exit(0)  # that one is open in another window, which was asked to come forward

    @Slot()
    def _settle_collector(self) -> None:
        from checkin.ui.collector import settle

        settle()

    @Slot(object)
    def _camera(self, state: CameraState) -> None:
        if state.kind == "live":
            self._milestone("live")


def run_window(
    opener: Opener,
    settings: Settings,
    *,
    source: str = "",
    milestone: Milestone = lambda name: log.info("start: %s", name),
) -> int:
    """Open the desk window on `opener.data` and run it until it is closed. Returns the exit code.

    `settings` are those of the data folder as far as they are known before it is opened (language, theme, size).
    `source` stands in for the camera that the settings name. A second start on the same folder raises the first window.
    """
    sys.setswitchinterval(SWITCH_S)
    if settings.scale != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{settings.scale / 100:.2f}")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QApplication.setApplicationName("checkin")
    QApplication.setApplicationDisplayName("")
    app = QApplication(sys.argv[:1])
    set_language(settings.language)
    instance = SingleInstance()
    try:
        if not instance.claim(opener.data):
            sys.stderr.write(_("The desk is open already; its window was brought to the front.") + "\n")
            return 0
    except OSError:
        log.info("the data folder cannot be locked; opening it will say why")
    load_first_font()
    theme = Theme(settings.theme)
    theme.apply(settings.theme)
    tasks = TaskRunner()
    window = MainWindow(opener, theme, tasks, Camera(), source)
    instance.raised.connect(window.come_forward)
    starter = _Starter(window, instance, settings, source, milestone)
    _show(window)
    code = app.exec()
    window.leave()
    del starter
    instance.release()
    return code


def _show(window: MainWindow) -> None:
    """Fill a small screen; on a large one open a window of the laptop's usual size."""
    room = window.screen().availableSize()
    if room.width() <= FULL_WIDTH:
        window.resize(room)
        window.showMaximized()
    else:
        window.resize(1366, 768)
        window.show()
