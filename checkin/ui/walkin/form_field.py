"""One field of a form: what is asked, the line to answer it, and what is wrong with the answer, in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin.desk.forms import word
from checkin.domain.cleaning import LIMITS
from checkin.domain.event import Event
from checkin.i18n import _, language
from checkin.ui.walkin.form_line import FormLine
from checkin.ui.widgets.basics import label, set_property
from checkin.ui.widgets.choice import Choice

DOT_PX = 12


class CategoryChoice(Choice):
    """The event's categories, each with its colour. A turn of the wheel over it changes nothing unless it has the focus."""

    def __init__(self, event: Event, letters: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(letters, parent)
        self._event = event
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fill()

    def fill(self) -> None:
        """Name the categories in the language of the moment, and keep what is chosen."""
        chosen = self.currentData()
        blocked = self.blockSignals(True)
        self.clear()
        for category in self._event.categories:
            self.addItem(_dot(category.colour), category.name.get(language()), category.key)
        self.setPlaceholderText(_("Choose …"))
        self.setCurrentIndex(self.findData(chosen) if chosen else -1)
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FormField(QWidget):
    """A field by its key in FORM_FIELDS. `text` is what goes to the registrar: for the category its key."""

    changed = Signal()

    def __init__(
        self, key: str, editor: FormLine | CategoryChoice, *, required: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key, self.editor, self.required = key, editor, required
        self._label = label("", "field")
        self._label.setBuddy(editor)
        self._wrong = label("", "faint", wrap=True, tone="red")
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for part in (self._label, editor, self._wrong):
            column.addWidget(part)
        self.setFocusProxy(editor)
        if isinstance(editor, FormLine):
            editor.setMaxLength(LIMITS[key] + 200)  # what is too long is told, not cut in silence
            editor.textChanged.connect(self._edited)
        else:
            editor.currentIndexChanged.connect(self._edited)

    def text(self) -> str:
        """Return what was answered, empty where nothing was."""
        if isinstance(self.editor, FormLine):
            return self.editor.text().strip()
        return self.editor.currentData() or ""

    def set_text(self, text: str) -> None:
        """Answer it; a line's own undo begins anew."""
        if isinstance(self.editor, FormLine):
            self.editor.setText(text)
            self.editor.setCursorPosition(len(text))
        else:
            self.editor.setCurrentIndex(self.editor.findData(text) if text else -1)

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong, under the line; empty: nothing is."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        set_property(self.editor, "wrong", bool(sentence))
        self._name()

    def wrong(self) -> str:
        """Return what is said to be wrong."""
        return self._wrong.text()

    def set_locked(self, locked: bool) -> None:
        """Take no more answers for a moment, without a change of looks."""
        if isinstance(self.editor, FormLine):
            self.editor.setReadOnly(locked)

    def retranslate(self) -> None:
        """Set the texts again."""
        if isinstance(self.editor, CategoryChoice):
            self.editor.fill()
        else:
            self.editor.setPlaceholderText("name@example.org" if self.key == "email" else "")
        self._label.setText(f"{word(self.key)} *" if self.required else word(self.key))
        self._name()

    def _name(self) -> None:
        name = word(self.key)
        if self.required:
            name = _("{field}, required").format(field=name)
        self.editor.setAccessibleName(f"{name}. {self.wrong()}" if self.wrong() else name)

    @Slot()
    def _edited(self) -> None:
        if self.wrong():
            self.show_wrong("")
        self.changed.emit()


def _dot(colour: str) -> QIcon:
    picture = QPixmap(DOT_PX * 2, DOT_PX * 2)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(1, 1, DOT_PX * 2 - 2, DOT_PX * 2 - 2)
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
