"""A sound for each verdict. Loaded after the first paint; a laptop without a sound device stays silent and goes on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from checkin.paths import resources

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

log = logging.getLogger(__name__)


class Sounds(QObject):
    """Plays resources/sounds/NAME.wav."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.muted = False
        self.volume = 0.8
        self.played = ""
        """Name of the last sound that was asked for, muted or not."""
        self._effects: dict[str, QSoundEffect] = {}

    def load(self) -> None:
        """Load every sound, so that the first scan does not wait for one. Where there is no device nothing is loaded."""
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        if not QMediaDevices.audioOutputs():
            log.info("no sound device: verdicts are silent")
            return
        for file in sorted((resources() / "sounds").glob("*.wav")):
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(file)))
            self._effects[file.stem] = effect

    def play(self, name: str) -> None:
        """Play a sound from its beginning, unless muted."""
        self.played = name
        effect = self._effects.get(name)
        if effect is not None and not self.muted:
            effect.setVolume(self.volume)
            effect.play()
