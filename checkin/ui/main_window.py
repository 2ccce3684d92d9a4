"""The window: bars around a stack of pages. It holds no rule of the desk; it shows what it is handed."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin.errors import CheckinError, NoEventError
from checkin.i18n import _, language
from checkin.ui.camera_thread import Camera, CameraState
from checkin.ui.context import Context, Opener, Signals
from checkin.ui.leaving import LeavingQuestion
from checkin.ui.notices import Notice, Notices
from checkin.ui.opening import OpeningPanel
from checkin.ui.rail import Rail
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, load_the_rest
from checkin.ui.widgets.basics import frame

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.desk.results import Admission
    from checkin.scan.code import Code
    from checkin.ui.closing.rollover_bar import RolloverBar
    from checkin.ui.desk_calls import DeskCalls
    from checkin.ui.first_run import FirstRun
    from checkin.ui.hand_scanner import HandScanner
    from checkin.ui.page import Page
    from checkin.ui.post_menus import PostMenus
    from checkin.ui.printing.badge_printer import BadgePrinter
    from checkin.ui.settings_keeper import SettingsKeeper
    from checkin.ui.sounds import Sounds
    from checkin.ui.status_bar import StatusBar
    from checkin.ui.sync_thread import SyncThread
    from checkin.ui.top_bar import TopBar

log = logging.getLogger(__name__)

NARROW_WIDTH, LOW_HEIGHT = 1000, 520
"""Below these (px of Qt, so 1366 x 768 at 200 % is 683 x 384) bars show drawings only."""
SOUNDS_AFTER_MS = 1500


class MainWindow(QMainWindow):
    """The shell. Shown at once and empty; `fill` puts the pages in when an event is open."""

    filled = Signal()
    """An event is open and its pages are shown."""

    def __init__(self, opener: Opener, theme: Theme, tasks: TaskRunner, camera: Camera, source: str = "") -> None:
        """`source`: what to open as the camera instead of what the settings say; empty: the settings decide."""
        super().__init__()
        self.opener, self.theme, self.tasks, self.camera = opener, theme, tasks, camera
        self._source = source
        self.signals = Signals(self)
        self.sounds: Sounds | None = None
        self.notices = Notices(theme)
        self.rail = Rail(theme)
        self.stack = QStackedWidget()
        self.opening = OpeningPanel()
        self.scanner: HandScanner | None = None
        self.pages: list[Page] = []
        self.app: App | None = None
        self.first_run: FirstRun | None = None
        self.top_bar: TopBar | None = None
        self.status_bar: StatusBar | None = None
        self.keeper: SettingsKeeper | None = None
        self.calls: DeskCalls | None = None
        self.printer: BadgePrinter | None = None
        self.rollover: RolloverBar | None = None
        self.sync: SyncThread | None = None
        self._later = QTimer(self, singleShot=True, interval=SOUNDS_AFTER_MS)
        self.question = LeavingQuestion(self, self.leave, self._unfinished)
        self._leaving = False
        self._lay_out()
        tasks.trouble.connect(self.notices.error)
        camera.state_changed.connect(self._camera_changed)
        camera.code_read.connect(self._code_read)
        self.rail.chosen.connect(self.show_page)
        self.signals.page_wanted.connect(self._page_wanted)
        self.signals.checkpoint_wanted.connect(self._checkpoint_wanted)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        program = QApplication.instance()
        assert isinstance(program, QApplication)
        program.applicationStateChanged.connect(self._state_of_program)
        self.retranslate()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(1366, 768)

    def _lay_out(self) -> None:
        self._top = self._bar("bar", 52)
        self._foot = self._bar("foot", 30)
        self.rail.hide()
        self.stack.addWidget(self.opening)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(0)
        self._pages.addWidget(self.notices)
        self._pages.addWidget(self.stack, 1)
        middle.addLayout(self._pages, 1)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._top)
        self._column.addLayout(middle, 1)
        self._column.addWidget(self._foot)
        self.setCentralWidget(whole)
        self.setMinimumSize(600, 330)

    @staticmethod
    def _bar(role: str, height: int) -> QFrame:
        made = frame(role)
        made.setFixedHeight(height)
        return made

    def open_event(self) -> None:
        """Open the data folder's event on the database thread; what is shown next depends on what is there."""
        self.tasks.database(self._open, done=self.fill, failed=self._not_opened)

    def _open(self) -> App:
        """Open the event, and load the modules of the pages before they are needed; on the database thread."""
        from checkin.ui import announcer, top_bar  # noqa: F401
        from checkin.ui.page import page_types

        app = self.opener.open()
        page_types()
        return app

    def _not_opened(self, error: CheckinError) -> None:
        if not isinstance(error, NoEventError):
            self.opening.show_failure(str(error))
            return
        from checkin.ui.first_run import FirstRun

        self.first_run = FirstRun(self.opener, self.tasks, self.notices, self.theme, self.camera)
        self.first_run.opened.connect(self.fill)
        self._top.hide()
        self._foot.hide()
        self.stack.addWidget(self.first_run)
        self.stack.setCurrentWidget(self.first_run)

    @Slot(object)
    def fill(self, app: App) -> None:
        """Put in everything that belongs to an open event. A page that was open before gives way."""
        from checkin.ui.announcer import Announcer
        from checkin.ui.auto_print import AutoPrint
        from checkin.ui.desk_calls import DeskCalls
        from checkin.ui.hand_scanner import HandScanner
        from checkin.ui.printing.badge_printer import BadgePrinter
        from checkin.ui.settings_keeper import SettingsKeeper
        from checkin.ui.sounds import Sounds
        from checkin.ui.status_bar import StatusBar
        from checkin.ui.sync_thread import SyncThread
        from checkin.ui.top_bar import TopBar

        self._empty()
        self.app = app
        self.camera.symbologies = frozenset({"QRCode", *app.event.symbologies})
        self.scanner, self.sounds = HandScanner(self), Sounds(self)
        self._later.timeout.connect(self.sounds.load)
        app.settings = replace(app.settings, language=language(), theme=self.theme.name)  # what is seen now stays
        self.keeper = SettingsKeeper(
            app, self.theme, self.camera, self.sounds, self.tasks, self.signals, self.retranslate, self
        )
        self.calls = DeskCalls(app.desk, app.registrar, self.tasks, self.notices, self.signals, self)
        self.scanner.scanned.connect(self.calls.submit_keys)
        self.scanner.ignored.connect(self._scan_ignored)
        self.scanner.wrong_keys.connect(self._wrong_keys)
        self.scanner.broken.connect(self._scan_broken)
        self.scanner.start()
        self.printer = BadgePrinter(app, self.tasks, self.notices, self.signals, self.keeper.save, self)
        self.sync = SyncThread(app.syncer.round, app.settings.sync_seconds, self)
        context = Context(
            app, self.tasks, self.notices, self.signals, self.theme, self.camera, self.calls, self.keeper.save,
            self.printer, self.sync,
        )  # fmt: skip
        self._announcer = Announcer(
            app.event, self.sounds, self.notices, self.signals, self._shown_in_front, parent=self.calls
        )
        self.top_bar, self.status_bar = TopBar(context), StatusBar(context)
        self._watch_the_day(context, self.top_bar.post)
        self._swap(self._top, self.top_bar)
        self._swap(self._foot, self.status_bar)
        self._add_pages(context)
        self.rail.show()
        load_the_rest()
        self.keeper.apply(None, app.settings)
        self._fit()
        self.show_page(0)
        self.status_bar.refresh()
        self.tasks.background(app.warm)
        self.printer.start()
        AutoPrint(app, self.calls, self.printer, self.signals, self.calls)
        for notice in app.notices:
            self.notices.warning(notice)
        if self.camera.state.kind == "off":
            self.camera.start(self._source or app.settings.camera)
        self._later.start()
        self.sync.start()
        self.filled.emit()

    def _watch_the_day(self, context: Context, post: PostMenus) -> None:
        """Ask which day is right where the clock and the choice part, and say that a day is closed."""
        from checkin.ui.closing.closed_watch import ClosedWatch
        from checkin.ui.closing.rollover_bar import RolloverBar

        self.rollover = RolloverBar(self.theme)
        self._pages.insertWidget(1, self.rollover)
        post.asks.connect(self.rollover.ask)
        self.rollover.answered.connect(post.count_for)
        ClosedWatch(context, self.calls)
        if post.post is not None and not context.app.settings.post_day:
            post.remember()  # so that the next morning can tell that it is another day

    def _add_pages(self, context: Context) -> None:
        from checkin.ui.calibration.page import CalibrationPage
        from checkin.ui.doubles.page import DoublesPage
        from checkin.ui.doubles.watch import DoublesWatch
        from checkin.ui.page import page_types
        from checkin.ui.sync_thread import SyncNews

        for made in page_types():
            page = made(context)
            self.pages.append(page)
            self.stack.addWidget(page)
            self.rail.add(page)
        for beside in (DoublesPage(context), CalibrationPage(context)):  # reached from elsewhere: no place in the rail
            self.pages.append(beside)
            self.stack.addWidget(beside)
        SyncNews(context.app, context.sync, self.tasks, self.signals, self.notices, context.sync)
        DoublesWatch(context, context.sync)

    def _swap(self, old: QFrame, new: QFrame) -> None:
        self._column.replaceWidget(old, new)
        old.hide()

    def _empty(self) -> None:
        """Take out what belongs to the event before, and the guide."""
        if self.first_run is not None:
            self.stack.removeWidget(self.first_run)
            self.first_run.deleteLater()
            self.first_run = None

    @Slot()
    def retranslate(self) -> None:
        """Set every text again."""
        self._title()
        self.notices.retranslate()
        self.opening.retranslate()
        if self.first_run is not None:
            self.first_run.retranslate()
        if self.top_bar is not None and self.status_bar is not None:
            self.top_bar.retranslate()
            self.status_bar.retranslate()
        if self.rollover is not None:
            self.rollover.retranslate()
        for page in self.pages:
            page.retranslate()
        self.rail.retranslate()

    @Slot(int)
    def show_page(self, index: int) -> None:
        """Bring a page to the front."""
        page = self.pages[index]
        for other in self.pages:
            if other is self.stack.currentWidget() and other is not page:
                other.hidden()
        self.stack.setCurrentWidget(page)
        self.rail.mark(index)
        self._title()
        page.shown()

    def _title(self) -> None:
        here = next((page.title() for page in self.pages if page is self.stack.currentWidget()), "")
        self.setWindowTitle(f"{here} – {_('Check-in desk')}" if here else _("Check-in desk"))

    def page(self, key: str) -> Page:
        """Return the page with this key."""
        return next(page for page in self.pages if page.key == key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802 - Qt's name
        if self._leaving or self.app is None or _session_ends():
            self.leave()
            event.accept()
        else:
            event.ignore()
            self.question.ask()

    @Slot()
    def come_forward(self) -> None:
        """Come to the front: somebody started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """End everything in order: hand scanner, camera, sync, pool, database; then the window closes without a question."""
        if self._leaving:
            return
        self._leaving = True
        self._later.stop()
        if self.scanner is not None:
            self.scanner.stop()
        self.camera.stop()
        if self.sync is not None:
            self.sync.stop(farewell=self.app.leave if self.app is not None else None)
        if self.printer is not None:
            self.printer.stop()
        self.tasks.stop(self.app.close if self.app is not None else None)
        self.close()

    def _fit(self) -> None:
        narrow, low = self.width() < NARROW_WIDTH, self.height() < LOW_HEIGHT
        self.rail.set_narrow(narrow)
        self.notices.set_low(low=low)
        if self.top_bar is not None and self.status_bar is not None:
            self.top_bar.set_narrow(narrow)
            self.status_bar.set_narrow(narrow)
            self.status_bar.setVisible(not low)
        if self.rollover is not None:
            self.rollover.set_low(low)

    def _shown_in_front(self, admission: Admission) -> bool:
        return any(page is self.stack.currentWidget() and page.shows(admission) for page in self.pages)

    def _unfinished(self) -> str:
        return "\n".join(said for page in self.pages if (said := page.unfinished()))

    @Slot(object)
    def _code_read(self, code: Code) -> None:
        if self.calls is not None:
            self.calls.submit(code.text, "camera")

    @Slot(object)
    def _camera_changed(self, state: CameraState) -> None:
        if state.kind in {"lost", "missing"} and self.app is not None:
            self.notices.warning(state.message, key="camera")
        else:
            self.notices.withdraw("camera")

    @Slot()
    def _scan_ignored(self) -> None:
        assert self.sounds is not None
        self.sounds.play("not_a_badge")
        self.notices.warning(
            _("A badge was scanned while a question was open. Scan it again."), key="ignored", seconds=8
        )

    @Slot()
    def _wrong_keys(self) -> None:
        self.notices.warning(
            _("The hand scanner sent arrow keys instead of numbers: switch Num Lock on, then scan again."),
            key="numlock",
            seconds=15,
        )

    @Slot(Qt.ApplicationState)
    def _state_of_program(self, state: Qt.ApplicationState) -> None:
        """Keys go to whichever program is in front: say so while it is another one."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.notices.withdraw("inactive")
        elif self.app is not None and self.isVisible() and not self._leaving:
            text = _("Another window is in front: the hand scanner types into that one. Click here before you scan.")
            self.notices.post(Notice("warning", text, "inactive"))

    @Slot()
    def _scan_broken(self) -> None:
        assert self.sounds is not None
        self.sounds.play("not_a_badge")
        self.notices.warning(_("The hand scanner sent only a part of a badge. Scan it again."), key="broken", seconds=8)

    @Slot()
    def _checkpoint_wanted(self) -> None:
        if self.top_bar is not None:
            self.top_bar.post.checkpoint.showMenu()

    @Slot(str, object)
    def _page_wanted(self, key: str, what: object) -> None:
        for index, page in enumerate(self.pages):
            if page.key == key:
                page.asked(what)
                self.show_page(index)


def _session_ends() -> bool:
    """Say whether the computer is being shut down: then nobody is there to answer a question."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
