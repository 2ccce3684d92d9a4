"""Settings that change while the window is open: shown at once, saved off the GUI thread."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from checkin.i18n import set_language
from checkin.settings import Settings, checked
from checkin.ui.camera_thread import Camera
from checkin.ui.context import Signals
from checkin.ui.sounds import Sounds
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme

if TYPE_CHECKING:
    from checkin.app import App


class SettingsKeeper(QObject):
    """The one place where a changed setting takes effect."""

    def __init__(
        self,
        app: App,
        theme: Theme,
        camera: Camera,
        sounds: Sounds,
        tasks: TaskRunner,
        signals: Signals,
        retranslate: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._theme, self._camera, self._sounds = app, theme, camera, sounds
        self._tasks, self._signals, self._retranslate = tasks, signals, retranslate

    def save(self, *_from_a_signal: object, **changes: Any) -> None:
        """Change these fields: they hold at once; what could not be saved to disk is told in the notice bar."""
        old = self._app.settings
        new = checked(dataclasses.replace(old, **changes))
        if new == old:
            self._signals.settings_changed.emit()  # a chip that was pressed twice shows its state again
            return
        self._app.settings = new
        self._tasks.database(self._app.save_settings, new)
        self.apply(old, new)
        self._signals.settings_changed.emit()

    def apply(self, old: Settings | None, new: Settings) -> None:
        """Bring the window in line with the settings; without `old`, with all of them."""
        self._sounds.muted, self._sounds.volume = new.muted, new.volume / 100
        self._camera.mirror = new.mirror
        if self._theme.name != new.theme:
            self._theme.apply(new.theme)
            self._signals.theme_changed.emit()
        if old is not None and old.camera != new.camera:
            self._camera.start(new.camera)
        if old is None or old.language != new.language:
            set_language(new.language)
            self._retranslate()
            self._signals.language_changed.emit()
