"""The walk-in counter as staff use it: what the tests of its pages share."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkin.domain.journal import Entry, Kind
from checkin.ui.pages.attendees import AttendeesPage
from checkin.ui.pages.walkin import WalkInPage
from checkin.ui.walkin.form_line import FormLine
from tests.desk.test_desk import entries
from tests.ui.conftest import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SITI = {"name": "Siti Aminah Rahman", "organisation": "BPJS Kesehatan", "country": "Indonesia", "category": "delegate"}


class Counter:
    """The walk-in page in front, and the hands at it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.app, self.window = desk, desk.app, desk.window

    @property
    def page(self) -> WalkInPage:
        page = self.window.page("walkin")
        assert isinstance(page, WalkInPage)
        return page

    @property
    def attendees(self) -> AttendeesPage:
        page = self.window.page("attendees")
        assert isinstance(page, AttendeesPage)
        return page

    def open(self, key: str = "walkin") -> None:
        self.window.show_page([page.key for page in self.window.pages].index(key))
        self.desk.idle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier(0)) -> None:  # noqa: B008
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        QApplication.processEvents()

    def line(self, field: str) -> FormLine:
        editor = self.page.entry.form.fields[field].editor
        assert isinstance(editor, FormLine)
        return editor

    def type(self, **fields: str) -> None:
        """Go to each field and type."""
        form = self.page.entry.form
        for key, text in fields.items():
            form.go_to(key)
            if key == "category":
                form.fields[key].set_text(text)
            else:
                self.line(key).selectAll()
                self.line(key).insert(text)
        self.desk.idle()

    def focus(self) -> str:
        """Return the key of the field that has the focus."""
        fields = self.page.entry.form.fields
        return next((key for key, field in fields.items() if field.editor.hasFocus()), "")

    def wrong(self) -> dict[str, str]:
        return {key: field.wrong() for key, field in self.page.entry.form.fields.items() if field.wrong()}

    def register(self, *, quiet: bool = False) -> None:
        before = len(self.desk.seen)
        self.key(Qt.Key.Key_Return, CTRL | SHIFT if quiet else CTRL)
        self.desk.wait_for_verdicts(before + 1)
        self.desk.idle()

    def printer(self, folder: Path) -> None:
        """Choose a folder as the printer."""
        folder.mkdir(exist_ok=True)
        self.window.keeper.save(printer=f"pdf:{folder}")
        self.desk.idle()

    def kinds(self) -> list[str]:
        return [entry.body.kind.value for entry in self.entries()]

    def entries(self, kind: Kind | None = None) -> list[Entry]:
        return [entry for entry in entries(self.app.database) if kind is None or entry.body.kind is kind]

    def names(self) -> list[str]:
        """Return everybody's name on the list."""
        with self.app.database.read() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT name FROM attendee ORDER BY id")]
