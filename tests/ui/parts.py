"""A real event in a folder of its own, with everything that a page is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checkin.app import App, Declared, create_app
from checkin.i18n import set_language
from checkin.ui.camera_thread import Camera
from checkin.ui.context import Context, Signals
from checkin.ui.desk_calls import DeskCalls
from checkin.ui.notices import Notices
from checkin.ui.page import Page
from checkin.ui.printing.badge_printer import BadgePrinter
from checkin.ui.settings_keeper import SettingsKeeper
from checkin.ui.sounds import Sounds
from checkin.ui.sync_thread import SyncNews, SyncThread
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme

EVENT = """
[event]
id = "test-2014"
name = { en = "Test conference", th = "การประชุมทดสอบ" }
venue = { en = "Bangkok", th = "กรุงเทพฯ" }
timezone = "Asia/Bangkok"
retention = 2014-10-31
practice = true
practice_start = 2014-07-08T08:30:00

[[day]]
date = 2014-07-08
[[day]]
date = 2014-07-09

[[category]]
key = "delegate"
name = { en = "Delegate", th = "ผู้แทน" }
[[category]]
key = "vip"
name = { en = "VIP", th = "แขกผู้มีเกียรติ" }
colour = "#8a4b00"
attention = { en = "Call the protocol officer", th = "แจ้งเจ้าหน้าที่พิธีการ" }

[[checkpoint]]
key = "door-1"
name = { en = "Main entrance", th = "ทางเข้าหลัก" }
day = 2014-07-08
start = 07:30:00
[[checkpoint]]
key = "door-2"
name = { en = "Main entrance", th = "ทางเข้าหลัก" }
day = 2014-07-09
start = 07:30:00
"""

ROSTER = """Name,Local name,Organisation,Country,Category,Status,Note,Expected
Ahmad bin Ismail,อาหมัด บิน อิสมาอิล,SOCSO,Malaysia,Delegate,,,
Nguyễn Thị Hoa,,Vietnam Social Security,Viet Nam,Delegate,,,
Maria Santos,,Social Security System,Philippines,VIP,,Needs a chair,
Daw Khin Mya,,Social Security Board,Myanmar,Delegate,cancelled,,
Sok Dara,,National Social Security Fund,Cambodia,Delegate,,,2014-07-09
"<b>Bold</b> O’Neil",,ILO,Ireland,Delegate,,,
"""


@dataclass
class Parts:
    """What the tests of the pages share."""

    app: App
    context: Context
    bot: QtBot
    pages: list[QWidget] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until every job has ended and its ending was called."""
        self.bot.waitUntil(lambda: not self.context.tasks.busy(), timeout=15_000)
        self.bot.wait(20)

    def show(self, page: Page) -> Page:
        """Bring a page to the front as the window does."""
        self.pages.append(page)
        self.bot.addWidget(page)
        page.resize(1180, 690)
        page.retranslate()
        page.show()
        page.shown()
        self.settle()
        return page

    def speak(self, language: str) -> None:
        """Switch the language as the window does."""
        self.context.save_settings(language=language)
        self.settle()

    def retranslate(self) -> None:
        """Called by the keeper of the settings."""
        for page in self.pages:
            page.retranslate()  # type: ignore[attr-defined]


def make_parts(folder: Path, bot: QtBot, roster: str = ROSTER) -> tuple[Parts, Callable[[], None]]:
    """Return a desk on a new event with `roster` imported, and the call that ends it."""
    set_language("en")
    app = create_app(folder / "event", EVENT, Declared(staff="Art"))
    if roster:
        file = folder / "participants.csv"
        file.write_text(roster, "utf-8")
        app.importer.import_file(file)
        app.desk.roster_changed()
    owner = QObject()
    theme = Theme("light", owner)
    theme.apply("light")
    tasks = TaskRunner(owner)
    signals, camera, sounds = Signals(owner), Camera(owner), Sounds(owner)
    notices = Notices(theme)
    bot.addWidget(notices)
    calls = DeskCalls(app.desk, app.registrar, tasks, notices, signals, owner)
    pages: list[QWidget] = []
    parts = Parts(app, None, bot, pages)  # type: ignore[arg-type]
    keeper = SettingsKeeper(app, theme, camera, sounds, tasks, signals, parts.retranslate, owner)
    printer = BadgePrinter(app, tasks, notices, signals, keeper.save, owner)
    sync = SyncThread(app.syncer.round, 0, owner)  # a round where a test asks for one
    parts.context = Context(app, tasks, notices, signals, theme, camera, calls, keeper.save, printer, sync)
    SyncNews(app, sync, tasks, signals, notices, owner)
    sync.start()
    tasks.trouble.connect(notices.error)

    def end() -> None:
        for page in pages:
            page.close()
        camera.stop()
        sync.stop()
        printer.stop()
        tasks.stop(app.close)
        set_language("en")
        owner.deleteLater()

    return parts, end
