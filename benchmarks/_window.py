"""The program's real window in the benchmark's own process, with a scene in the camera's place and somebody at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
import segno
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

import checkin.scan.sources
from checkin.app import App, Declared, open_demo
from checkin.db.badges import issued
from checkin.domain.badge import BadgeNumber, make_token
from checkin.scan.frames import Frame, now_s
from checkin.settings import Settings
from checkin.ui.main_window import MainWindow
from checkin.ui.start import run_window

if TYPE_CHECKING:
    from numpy.typing import NDArray

FPS = 30
HEIGHT, WIDTH = 720, 1280
SHOWN, EMPTY = 20, 12
"""How many frames each badge is held up, and how many show nobody before it. The gate needs 0.3 s to be sure that the
badge before has gone (checkin.scan.gate.BESIDE_S)."""
Steps = Iterator[Callable[[], bool]]
"""What somebody does at the desk: each `yield` waits until what is yielded says True."""


@dataclass
class Scene:
    """A 720p camera: a room with a sensor's noise in which badges are held up, one after the other, then nobody."""

    payloads: Sequence[str] = ()
    name: str = "scene"
    live: bool = False
    stills: bool = False
    unreadable: Sequence[Path] = ()
    handed_out: dict[int, float] = field(default_factory=dict)
    """For each badge, when the first frame that shows it was handed out (s, monotonic)."""

    def __post_init__(self) -> None:
        chance = np.random.default_rng(1)
        room = chance.integers(60, 180, (9, 16, 3)).repeat(80, 0).repeat(80, 1)
        self._rooms = [(room + chance.integers(0, 12, room.shape)).astype(np.uint8) for _variant in range(5)]
        self._cards = [card(payload) for payload in self.payloads]
        self._next, self._started = 0, 0.0

    def picture(self, index: int) -> NDArray[np.uint8]:
        """Return the picture of a frame."""
        image = self._rooms[index % len(self._rooms)].copy()
        badge, frame = divmod(index, SHOWN + EMPTY)
        if frame >= EMPTY and badge < len(self._cards):
            shown = self._cards[badge]
            top, left = 180 + badge % 7 * 20 + frame % 3, 300 + badge % 11 * 30 + frame
            image[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
        return image

    def read(self, stop: Event) -> Frame | None:
        """Return the frame that is due, as a camera does: those that nobody came for are gone."""
        self._started = self._started or now_s()
        self._next = max(self._next, int((now_s() - self._started) * FPS))
        index, self._next = self._next, self._next + 1
        image = self.picture(index)
        if stop.wait(max(0.0, self._started + index / FPS - now_s())):
            return None
        at = now_s()
        badge, frame = divmod(index, SHOWN + EMPTY)
        if frame >= EMPTY:
            self.handed_out.setdefault(badge, at)
        return Frame(image, index, at)

    def close(self) -> None:
        """Nothing to let go."""


def card(payload: str) -> NDArray[np.uint8]:
    """Return a white badge with the code of `payload`, about 250 pixels wide."""
    matrix = np.array([list(line) for line in segno.make_qr(payload, error="m").matrix_iter(border=4)])
    gray = np.where(matrix > 0, 20, 235).astype(np.uint8)
    gray = gray.repeat(250 // len(gray), 0).repeat(250 // len(gray), 1)
    return np.repeat(gray[:, :, None], 3, 2)


@dataclass
class DemoOpener:
    """The demonstration's event in a folder of the benchmark's own."""

    data: Path

    def open(self) -> App:
        """Open it, made at its first use."""
        return open_demo(self.data, Declared(staff="Nok"))

    def demo(self) -> App:
        """Open it, made at its first use."""
        return self.open()

    def create(self, event_toml: str) -> App:
        """Nobody makes another one here."""
        raise NotImplementedError(event_toml)


def tokens(app: App, count: int) -> list[str]:
    """Return what the badges of so many registered people hold."""
    with app.database.read() as connection:
        people = [badge for badge in issued(connection) if badge.attendee.status == "registered"][:count]
    return [make_token(BadgeNumber(badge.issuer, badge.serial, badge.revision), app.keyring) for badge in people]


def run(folder: Path, scene: Scene, steps: Callable[[MainWindow], Steps]) -> None:
    """Open the window, let `steps` go on in it once it is filled, close it at their end."""
    checkin.scan.sources.open_source = lambda *_spec, **_options: scene
    windows: list[Desk] = []

    def started(name: str) -> None:
        if name == "painted":
            window = next(top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow))
            windows.append(Desk(window, steps))

    code = run_window(DemoOpener(folder), Settings(muted=True), source="scene", milestone=started)
    assert code == 0
    if windows[0].failure is not None:
        raise windows[0].failure


class Desk(QObject):
    """Takes the next step as soon as what it waits for has come."""

    def __init__(self, window: MainWindow, steps: Callable[[MainWindow], Steps]) -> None:
        super().__init__(window)
        self._window, self._make = window, steps
        self._steps: Steps | None = None
        self._met: Callable[[], bool] = lambda: bool(window.pages)
        self.failure: BaseException | None = None
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        try:
            if not self._met():
                return
            if self._steps is None:
                self._steps = self._make(self._window)
            self._met = next(self._steps)
        except StopIteration:
            self._end()
        except BaseException as error:  # noqa: BLE001 - a slot cannot raise: `run` does it
            self.failure = error
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._window.leave()


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of 100 do not exceed."""
    return float(np.percentile(np.array(values, dtype=Any), percent))
