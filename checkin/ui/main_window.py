"""The window: bars around a stack of pages. It holds no rule of the desk; it shows what it is handed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from checkin.ui.context import Signals
from checkin.ui.notices import Notices
from checkin.ui.page import Page
from checkin.ui.rail import Rail
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme

if TYPE_CHECKING:
    from checkin.app import App

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """The shell. Shown at once and empty; `fill` puts the pages in when an event is open."""

    def __init__(self, theme: Theme, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.tasks = theme, tasks
        self.signals = Signals(self)
        self.notices = Notices(theme)
        self.rail = Rail(theme)
        self.stack = QStackedWidget()
        self.pages: list[Page] = []
        self.app: App | None = None
        tasks.trouble.connect(self.notices.error)
        self.rail.chosen.connect(self.show_page)
        self.signals.page_wanted.connect(self._page_wanted)

    @Slot(int)
    def show_page(self, index: int) -> None:
        """Bring a page to the front."""

    @Slot(str, object)
    def _page_wanted(self, key: str, what: object) -> None:
        for index, page in enumerate(self.pages):
            if page.key == key:
                page.asked(what)
                self.show_page(index)
