"""From a file to attendees: choose, look, add. Every step that takes time runs beside the scans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from checkin.errors import CancelledError, CheckinError
from checkin.roster.checking import Preview
from checkin.roster.importer import ImportResult
from checkin.ui.roster_import import work
from checkin.ui.roster_import.choose_page import ChoosePage
from checkin.ui.roster_import.preview_page import PreviewPage
from checkin.ui.roster_import.result_page import ResultPage
from checkin.ui.roster_import.work import Opened, Place
from checkin.ui.tasks import Task, TaskRunner
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import column, scrolling

if TYPE_CHECKING:
    from checkin.app import App

REST_MS: Final = 350
"""A dry run begins when the person has stopped changing columns for so long."""


class RosterImport(QWidget):
    """Three sheets. It may be left at any time; an import that runs goes on and is told by `imported`."""

    imported = Signal(object)
    """ImportResult: people were written."""
    closed = Signal()
    """The person is done here."""

    def __init__(self, app: App, tasks: TaskRunner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._tasks = app, tasks
        self._opened: Opened | None = None
        self._preview: Preview | None = None
        self._used: Preview | None = None
        """What is being imported."""
        self._reading: Task | None = None
        self._checking: Task | None = None
        self._adding = False
        self._running: Task | None = None
        self.choose = ChoosePage(theme)
        self.look = PreviewPage(app.event, theme)
        self.result = ResultPage(theme)
        self._stack = QStackedWidget()
        for page in (self.choose, self.look, self.result):
            self._stack.addWidget(page)
        self.setLayout(column(scrolling(self._stack)))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._check)
        self._connect()

    def _connect(self) -> None:
        self.choose.chosen.connect(self.load)
        self.choose.closed.connect(self.closed)
        self.look.field_chosen.connect(self._field_chosen)
        self.look.reading_chosen.connect(self._read_again)
        self.look.option_chosen.connect(self._option_chosen)
        self.look.add_wanted.connect(self._add)
        self.look.stop_wanted.connect(self._stop)
        self.look.back_wanted.connect(self.start_over)
        self.result.closed.connect(self._done)
        self.result.again.connect(self.start_over)

    def start(self) -> None:
        """Come to the front: with the file that was looked at before, or with the question which one."""
        if self._opened is None:
            self._stack.setCurrentWidget(self.choose)
            self.choose.choose.setFocus()

    def can_leave(self, possible: bool) -> None:
        """Say whether there is a page to go back to (in the guide there is none)."""
        self.choose.can_leave(possible)

    def retranslate(self) -> None:
        """Set every text again."""
        for page in (self.choose, self.look, self.result):
            page.retranslate()

    @Slot()
    def start_over(self) -> None:
        """Forget the file and ask for another."""
        if self._adding:
            return
        self._drop_check()
        self._opened = None
        self._stack.setCurrentWidget(self.choose)
        self.choose.choose.setFocus()

    @Slot(object)
    def load(self, path: Path, sheet: str | None = None, encoding: str | None = None) -> None:
        """Read a file's headings and first rows, then check all of it."""
        if self._adding:
            return
        if self._reading is not None:
            self._reading.cancel()
        self.choose.set_busy(True)
        self._reading = self._tasks.heavy(
            work.open_file, path, sheet, encoding, done=self._opened_file, failed=self._not_opened
        )

    @Slot(object)
    def _opened_file(self, opened: Opened) -> None:
        self.choose.set_busy(False)
        self._opened = opened
        self.look.show_table(opened.table, opened.mapping)
        self._stack.setCurrentWidget(self.look)
        self._check()

    @Slot(object)
    def _not_opened(self, error: CheckinError) -> None:
        self.choose.set_busy(False)
        if self._opened is not None:  # another sheet or encoding of a file that was read before
            self._drop_check()
            self.look.show_failure(str(error))
            return
        self.choose.tell(str(error))

    @Slot()
    def _read_again(self) -> None:
        if self._opened is not None:
            table = self._opened.table
            self.load(table.path, self.look.sheet.currentData(), self.look.encoding.currentData() or None)

    @Slot(int, str)
    def _field_chosen(self, column_: int, field: str) -> None:
        if self._opened is None:
            return
        mapping = work.with_field(self._opened.mapping, column_, field)
        self._opened = replace(self._opened, mapping=mapping)
        self.look.show_table(self._opened.table, mapping)
        self._check_soon()

    @Slot()
    def _option_chosen(self) -> None:
        if self._opened is None:
            return
        mapping = replace(
            self._opened.mapping,
            dates=self.look.dates.currentData(),
            default_category=self.look.group.currentData() or "",
        )
        self._opened = replace(self._opened, mapping=mapping)
        self._check_soon()

    def _check_soon(self) -> None:
        self._drop_check()
        self.look.show_checking()
        self._rest.start()

    @Slot()
    def _check(self) -> None:
        self._drop_check()
        if self._opened is None:
            return
        self.look.show_checking()
        table = self._opened.table
        self._checking = self._tasks.heavy(
            work.dry_run,
            self._place(),
            table.path,
            table.content.sheet or None,
            table.content.encoding or None,
            self._opened.mapping,
            visible_only=self.look.visible_only.isChecked(),
            done=self._checked,
            failed=self._not_checked,
            progress=self.look.show_checking,
        )

    @Slot(object)
    def _checked(self, preview: Preview) -> None:
        self._checking = None
        self._preview = preview
        self.look.show_preview(preview)

    @Slot(object)
    def _not_checked(self, error: CheckinError) -> None:
        self._checking = None
        self.look.show_failure(str(error))

    def _drop_check(self) -> None:
        """Forget the last dry run, and end one that is under way."""
        self._rest.stop()
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        if self._preview is not None:
            self._tasks.background(self._preview.discard)
            self._preview = None

    def _place(self) -> Place:
        app = self._app
        return Place(app.database.path, app.event, app.roster_issuer, app.clock)

    @Slot()
    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    @Slot()
    def _add(self) -> None:
        if self._preview is None or self._adding:
            return
        preview, self._preview = self._preview, None  # the import uses its folder up
        self._used = preview
        self._adding = True
        self.look.show_adding()
        self._running = self._tasks.heavy(
            work.add_people,
            self._place(),
            preview,
            done=self._added,
            failed=self._not_added,
            progress=self.look.show_adding,
        )

    @Slot(object)
    def _added(self, result: ImportResult) -> None:
        self._adding = False
        self._opened = None
        self.result.show_result(result)
        self._stack.setCurrentWidget(self.result)
        self.imported.emit(result)

    @Slot(object)
    def _not_added(self, error: CheckinError) -> None:
        self._adding = False
        if self._used is not None:
            self._tasks.background(self._used.discard)  # stopped before it began, or its process died
        if isinstance(error, CancelledError):
            self._check()
        else:
            self.look.show_failure(str(error))

    @Slot()
    def _done(self) -> None:
        self._stack.setCurrentWidget(self.choose)
        self.closed.emit()
