"""Every control has a name for screen readers and can be reached by keyboard, on every page, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from tests.ui.conftest import Desk
from tests.ui.walkin import SITI, Counter


def walk(node: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    yield node
    if depth > 40:
        return
    for place in range(min(node.childCount(), 200)):
        child = node.child(place)
        if child is not None and child.isValid():
            yield from walk(child, depth + 1)


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_focusable_control_is_without_a_name(desk: Desk, language: str) -> None:
    desk.window.keeper.save(language=language)
    desk.submit(desk.token("Somying Jaidee"))
    nameless: list[str] = []
    seen = 0
    for index, page in enumerate(desk.window.pages):
        desk.window.show_page(index)
        desk.idle()
        for node in walk(QAccessible.queryAccessibleInterface(desk.window)):
            state = node.state()
            if not state.focusable or state.invisible:
                continue
            seen += 1
            if not node.text(QAccessible.Text.Name).strip():
                owner = node.object()
                nameless.append(f"{page.key}: {type(owner).__name__} {owner.objectName() if owner else ''}")
    assert seen > 30
    assert sorted(set(nameless)) == []


def test_tab_reaches_every_control(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    for index, page in enumerate(desk.window.pages):
        desk.window.show_page(index)
        desk.idle()
        reached: set[QWidget] = set()
        for _step in range(200):
            QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Tab)
            QApplication.processEvents()
            focus = QApplication.focusWidget()
            if focus is None or (focus in reached and len(reached) > 3):
                if focus in reached:
                    break
                continue
            reached.add(focus)
            QTest.qWait(1)
        missed = [
            f"{page.key}: {type(control).__name__} {control.accessibleName()}"
            for kind in (QAbstractButton, QLineEdit, QComboBox)
            for control in page.findChildren(kind)
            if control.isVisible() and control.isEnabled() and _wants_tab(control) and control not in reached
        ]
        assert missed == [], page.key


def _wants_tab(control: QWidget) -> bool:
    """Parts of a larger control (its arrows, a line in a combo box) are reached through it."""
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus) and control.focusProxy() is None


def test_the_verdict_is_announced(desk: Desk) -> None:
    desk.submit(desk.token("Maria Santos"))
    assert desk.scan.panel.accessibleName() == "Checked in · Maria Santos"


def test_the_results_can_be_read_out(desk: Desk) -> None:
    desk.scan.search.setText("somying")
    desk.wait(lambda: bool(desk.scan.search.results.people))
    text = desk.scan.search.results.data(desk.scan.search.results.index(0))
    assert text == "Somying Jaidee · สมหญิง ใจดี · Social Security Office · Thailand"


@pytest.mark.parametrize("language", ["en", "th"])
def test_forms_and_questions_have_names_too(desk: Desk, language: str) -> None:
    counter = Counter(desk)
    desk.window.keeper.save(language=language)
    person = desk.app.search.find("ahmad", 1)[0].attendee
    counter.open()
    counter.type(name="Maria Santos")
    desk.wait(counter.page.entry.alike.isVisible)
    nameless = [*unnamed(desk)]
    counter.page.entry.privacy.read.click()
    nameless += unnamed(desk)
    counter.page.entry.privacy.card.close_card()
    counter.type(**SITI)
    counter.register()
    nameless += unnamed(desk)
    counter.open("attendees")
    counter.attendees.asked(person)
    desk.idle()
    counter.attendees.person.edit()
    nameless += unnamed(desk)
    counter.attendees.person.editor.closed.emit()
    counter.attendees.person.merge_action.trigger()
    counter.attendees.merge._picked(counter.app.search.find("maria", 1)[0].attendee)
    nameless += unnamed(desk)
    assert nameless == []


def unnamed(desk: Desk) -> list[str]:
    """Return what can have the focus now and has no name."""
    desk.idle()
    return [
        type(node.object()).__name__
        for node in walk(QAccessible.queryAccessibleInterface(desk.window))
        if node.state().focusable and not node.state().invisible and not node.text(QAccessible.Text.Name).strip()
    ]
