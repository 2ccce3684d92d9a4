"""A real event on a real file behind a real window: what the tests of the window share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkin.app import App, Declared, create_app, open_app
from checkin.db.badges import issued
from checkin.desk.results import Admission
from checkin.domain.badge import BadgeNumber, make_token
from checkin.i18n import set_language
from checkin.ui.camera_thread import Camera
from checkin.ui.main_window import MainWindow
from checkin.ui.pages.scan import ScanPage
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, load_first_font
from tests.small_event import TOML

PRACTICE = TOML.replace("[event]", "[event]\npractice = true\npractice_start = 2014-07-08T08:30:00", 1)
ROSTER = """Name,Name (local),Organisation,Country,Category,Badge code,Note
Maria Santos,,Social Security System,Philippines,delegate,REG-0001,
Somying Jaidee,สมหญิง ใจดี,Social Security Office,Thailand,vip,REG-0002,
Nguyễn Thị Hoa,,Vietnam Social Security,Viet Nam,delegate,REG-0003,
Ahmad bin Ismail,,SOCSO,Malaysia,delegate,REG-0004,Speaks at panel 2
Bounmy Inthavong,ບຸນມີ ອິນທະວົງ,LSSO,Lao PDR,delegate,REG-0005,
"""
LIMIT_MS = 8000


@dataclass
class OneApp:
    """An opener for an event that is open already."""

    app: App

    @property
    def data(self) -> Path:
        return self.app.folder

    def open(self) -> App:
        return self.app

    def demo(self) -> App:
        return self.app

    def create(self, event_toml: str) -> App:
        raise NotImplementedError(event_toml)


@pytest.fixture
def event_folder(tmp_path: Path) -> Path:
    """A data folder with the small event as practice data and five people."""
    folder = tmp_path / "event"
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    app = create_app(folder, PRACTICE, Declared(desk="Desk 1", staff="Art"))
    app.importer.import_file(roster)
    app.close()
    return folder


@pytest.fixture
def app(event_folder: Path) -> App:
    """The open event; the window closes it."""
    return open_app(event_folder, Declared(desk="Desk 1", staff="Art"))


class Desk:
    """The window, and what a person does with it."""

    def __init__(self, window: MainWindow, app: App, qtbot: QtBot) -> None:
        self.window, self.app, self.qtbot = window, app, qtbot
        self.seen: list[Admission] = []
        window.signals.admitted.connect(self.seen.append)

    @property
    def scan(self) -> ScanPage:
        page = self.window.page("scan")
        assert isinstance(page, ScanPage)
        return page

    def token(self, name: str) -> str:
        """Return what the badge of a person holds."""
        with self.app.database.read() as connection:
            for badge in issued(connection):
                if badge.attendee.name == name:
                    number = BadgeNumber(badge.issuer, badge.serial, badge.revision)
                    return make_token(number, self.app.keyring)
        raise LookupError(name)

    def wait(self, met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(met, timeout=LIMIT_MS)

    def wait_for_verdicts(self, count: int) -> None:
        self.wait(lambda: len(self.seen) >= count)

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self.wait(lambda: not self.window.tasks.busy())
        QApplication.processEvents()

    def submit(self, payload: str) -> Admission:
        before = len(self.seen)
        self.window.calls.submit(payload, "scanner")
        self.wait_for_verdicts(before + 1)
        return self.seen[-1]


@pytest.fixture
def desk(app: App, qtbot: QtBot) -> Iterator[Desk]:
    """The window on the open event, without a camera."""
    load_first_font()
    theme = Theme("light")
    theme.apply("light")
    window = MainWindow(OneApp(app), theme, TaskRunner(), Camera(), source="none")
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_event()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=LIMIT_MS)
    window._later.stop()  # test_sounds loads them; here the sound system's own messages would only disturb
    made = Desk(window, app, qtbot)
    made.idle()
    yield made
    window.leave()
    window.deleteLater()
    set_language("en")
