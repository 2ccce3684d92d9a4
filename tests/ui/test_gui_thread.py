"""Nothing blocks the window: no database, file or decoder work happens on the GUI thread, from opening to closing.

The calls are hooked and the thread is looked at, not the clock.
"""

from __future__ import annotations

import builtins
import io
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine import Engine

from checkin.db.engine import Database
from checkin.scan.reader import Reader
from checkin.ui.camera_thread import Camera
from checkin.ui.main_window import MainWindow
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme
from tests.ui.conftest import Desk
from tests.ui.walkin import CTRL, SITI, Counter

_OURS = str(Path(__file__).resolve().parents[2] / "checkin")


class Watch:
    """Collects every hooked call that happens on the GUI thread."""

    def __init__(self) -> None:
        self.gui = threading.get_ident()
        self.calls = 0
        self.caught: list[str] = []

    def seen(self, what: str) -> None:
        self.calls += 1
        if threading.get_ident() == self.gui:
            ours = [line for line in traceback.extract_stack() if line.filename.startswith(_OURS)]
            self.caught.append(
                f"{what}: " + " <- ".join(f"{Path(s.filename).name}:{s.lineno}" for s in ours[-4:][::-1])
            )

    def wrap(self, what: str, real: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object, **kwargs: object) -> object:
            self.seen(what)
            return real(*args, **kwargs)

        return wrapped


@pytest.fixture
def watch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Watch from here on; the window is open already."""
    watch = Watch()

    def statement(*_args: object) -> None:
        watch.seen("SQL")

    event.listen(Engine, "before_cursor_execute", statement)
    for name in ("read", "write", "write_fast"):
        monkeypatch.setattr(Database, name, watch.wrap(f"Database.{name}", getattr(Database, name)))
    monkeypatch.setattr(Reader, "read", watch.wrap("decode", Reader.read))
    for name in ("VideoCapture", "resize", "cvtColor", "imread"):
        monkeypatch.setattr(cv2, name, watch.wrap(f"cv2.{name}", getattr(cv2, name)))
    real_open = builtins.open

    def opened(file: object, *args: object, **kwargs: object) -> object:
        if not (isinstance(file, int) or str(file).startswith(("/proc", "/sys"))):
            watch.seen(f"open {Path(str(file)).name}")
        return real_open(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr(io, "open", opened)
    monkeypatch.setattr(os, "fsync", watch.wrap("fsync", os.fsync))
    yield watch
    event.remove(Engine, "before_cursor_execute", statement)


def test_the_hooks_see_what_they_are_to_see(desk: Desk, watch: Watch) -> None:
    desk.app.desk.counters()
    assert any(line.startswith(("SQL", "Database")) for line in watch.caught)


def test_a_day_at_the_desk(desk: Desk, watch: Watch) -> None:
    token, other = _tokens(desk)
    watch.caught.clear()
    desk.submit(token)
    desk.submit(token)
    desk.scan.take_step("force")
    desk.scan.panel.reason.given.emit("Came back")
    desk.wait_for_verdicts(3)
    desk.submit("https://example.org/")
    desk.scan.search.setText("nguyen")
    desk.wait(lambda: bool(desk.scan.search.results.people))
    desk.scan.search.finish()
    with desk.qtbot.waitSignal(desk.window.signals.undone, timeout=5000):
        desk.window.calls.undo()
    desk.submit(other)
    for index in (1, 2, 0):
        desk.window.show_page(index)
        desk.idle()
    desk.window.keeper.save(language="th", theme="dark", muted=True)
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("opening"))
    desk.wait(lambda: desk.app.desk.post.checkpoint.key == "opening")
    desk.idle()
    assert watch.calls > 20
    assert watch.caught == []


def test_a_walk_in_a_print_and_a_correction_happen_elsewhere(desk: Desk, watch: Watch, tmp_path: Path) -> None:
    counter = Counter(desk)
    counter.printer(tmp_path / "badges")
    watch.caught.clear()
    counter.open()
    counter.type(**SITI)
    counter.key(Qt.Key.Key_Return, CTRL)
    desk.wait_for_verdicts(1)
    desk.wait(lambda: counter.page.result.print_line.state() == "saved")
    guest = counter.page.result.registered.badge.attendee
    counter.open("attendees")
    counter.attendees.asked(guest)
    counter.attendees.person.edit()
    counter.attendees.person.editor.form.fields["country"].set_text("Malaysia")
    counter.attendees.person.editor.save()
    desk.wait(lambda: not counter.attendees.person.editor.isVisible())
    counter.attendees.person.merge_action.trigger()
    desk.idle()
    assert watch.caught == []


def test_a_camera_is_read_and_decoded_elsewhere(desk: Desk, watch: Watch, tmp_path: Path) -> None:
    token, _other = _tokens(desk)
    picture = tmp_path / "badge.png"
    _write_badge(picture, token)
    watch.caught.clear()
    desk.window.camera.start(str(picture))
    desk.wait_for_verdicts(1)
    desk.window.camera.start("none")
    assert watch.caught == []


def test_opening_an_event_happens_elsewhere(event_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from checkin.app import App, Declared, open_app

    watch = Watch()

    class Opener:
        data = event_folder

        def open(self) -> App:
            watch.seen("open_app")
            return open_app(event_folder, Declared(desk="Desk 1", staff="Art"))

    for name in ("read", "write", "write_fast", "close"):
        monkeypatch.setattr(Database, name, watch.wrap(f"Database.{name}", getattr(Database, name)))
    theme = Theme("light")
    theme.apply("light")
    window = MainWindow(Opener(), theme, TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=8000)
    window._later.stop()
    window.leave()
    window.deleteLater()
    assert watch.calls > 3
    assert watch.caught == []


def _tokens(desk: Desk) -> tuple[str, str]:
    return desk.token("Maria Santos"), desk.token("Nguyễn Thị Hoa")


def _write_badge(path: Path, token: str) -> None:
    import segno

    segno.make_qr(token, version=2, error="q", boost_error=False).save(str(path), scale=8, border=6)
