"""The plain parts of every page. Text is always plain text: what came from a badge or a file is never markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkin.texts import breakable
from checkin.ui.widgets.into_view import follow_focus


class _Wrapping(QLabel):
    """A label that wraps even where a text has no place for it."""

    def __init__(self, text: str) -> None:
        super().__init__(breakable(text))

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text."""
        super().setText(breakable(text))


def label(text: str = "", role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """Return a label that shows plain text; roles and tones: see style.py."""
    made = _Wrapping(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setIndent(0)  # a style sheet with padding would indent it
    made.setProperty("role", role or "plain")
    if tone:
        made.setProperty("tone", tone)
    return made


def button(text: str = "", role: str = "", *, shortcut: str = "") -> QPushButton:
    """Return a push button; `shortcut` is a key sequence in Qt's notation ("Ctrl+U"), shown in its tool tip."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(False)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        made.setToolTip(made.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
    return made


def set_button_text(target: QAbstractButton, text: str) -> None:
    """Change a button's text and keep its shortcut (Qt drops it), with the key in the tool tip."""
    keys = target.shortcut()
    target.setText(text.replace("&", "&&"))
    target.setShortcut(keys)
    target.setAccessibleName(text)


def frame(role: str = "card", *, tone: str = "") -> QFrame:
    """Return a frame with a role of style.py."""
    made = QFrame()
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def scrolling(widget: QWidget, *, right: int = 0) -> QScrollArea:
    """Return the widget in a frame that scrolls where the window is small or everything is large; `right`: margin in px."""
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, right, 0)
    inside.addWidget(widget)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QScrollArea.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(holder)
    follow_focus(made)
    return made


def line() -> QFrame:
    """Return a thin horizontal line."""
    return frame("line")


def column(*items: QWidget, margin: int = 0, spacing: int = 10) -> QVBoxLayout:
    """Return a vertical layout of the widgets; margin and spacing in px."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    for item in items:
        made.addWidget(item)
    return made


def row(*items: QWidget, margin: int = 0, spacing: int = 10) -> QHBoxLayout:
    """Return a horizontal layout of the widgets; margin and spacing in px."""
    made = QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    for item in items:
        made.addWidget(item)
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a style property ("tone", "role", "wrong") and have the style sheet look at the widget again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def hide_bar(bar: QWidget) -> None:
    """Hide a question; if it had the focus, the page gets it.

    Qt would give it to whatever comes next, where letters may mean something else.
    """
    focused = bar.window().focusWidget()
    bar.hide()
    if focused is None or not bar.isAncestorOf(focused):
        return
    place = bar.parentWidget()
    while place is not None and not place.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        place = place.parentWidget()
    if place is not None:
        place.setFocus(Qt.FocusReason.OtherFocusReason)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
