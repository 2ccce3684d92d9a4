"""A line of a form: plain text, and one that completes itself from what the roster knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.tasks import Task, TaskRunner

FRAME_PX = 4
"""Edge and padding of the list."""
PAUSE_MS = 40
"""Suggestions are asked for when the keys rest so long."""
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FormLine(QLineEdit):
    """A line of text. Ctrl+Z goes on to the page where there is nothing to take back in the line itself."""

    entered = Signal()
    """Enter was pressed: on to the next field."""

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SuggestLine(FormLine):
    """Offers what may be meant below the line. The arrows choose, Enter or Tab takes; nothing is taken by itself."""

    def __init__(
        self, suggest: Callable[[str], Sequence[str]], tasks: TaskRunner, over: QWidget, parent: QWidget | None = None
    ) -> None:
        """`suggest` is asked off the GUI thread; `over`: the widget in front of which the list opens."""
        super().__init__(parent)
        self._suggest, self._tasks, self._over = suggest, tasks, over
        self._task: Task | None = None
        self._model = QStringListModel(self)
        self.list = QListView(over)
        self.list.setModel(self._model)
        self.list.setObjectName("results")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Suggestions"))
        self.list.hide()
        self.list.clicked.connect(self._clicked)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)

    def suggestions(self) -> list[str]:
        """Return what is offered now; nothing while the list is closed."""
        return self._model.stringList() if self.list.isVisible() else []

    def close_list(self) -> bool:
        """Take the list away; say whether it was open."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
        was_open = self.list.isVisible()
        self.list.hide()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() in _STEPS and self.list.isVisible():
            self._move(_STEPS[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self.close_list():
            event.accept()
        else:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take_chosen()
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and escape and self.list.isVisible():
            event.accept()  # closes the list here, instead of clearing the form
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: D102, N802 - Qt's name
        if forward:
            self._take_chosen()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().hideEvent(event)
        self.close_list()

    @Slot(str)
    def _edited(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self.close_list()

    @Slot()
    def _ask(self) -> None:
        if self._task is not None:
            self._task.cancel()
        text = self.text().strip()
        self._task = self._tasks.background(self._suggest, text, done=partial(self._answered, text))

    def _answered(self, text: str, found: Sequence[str]) -> None:
        if text != self.text().strip() or self.window().focusWidget() is not self:
            return
        offered = [] if list(found) == [text] else list(found)
        self._model.setStringList(offered)
        if offered:
            self._place()
            self.list.show()
            self.list.raise_()
            self.list.setAccessibleName(_("Suggestions: {names}").format(names=", ".join(map(isolate, offered))))
        else:
            self.list.hide()

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        row = self.list.currentIndex().row()
        chosen = (row + by) if row >= 0 else (0 if by > 0 else count - 1)
        self.list.setCurrentIndex(self._model.index(min(max(chosen, 0), count - 1)))

    def _take_chosen(self) -> None:
        if self.list.isVisible() and (index := self.list.currentIndex()).isValid():
            self._take(index)

    def _take(self, index: QModelIndex) -> None:
        text = index.data()
        self.close_list()
        self.selectAll()
        self.insert(text)  # like typing: Ctrl+Z brings back what was typed
        self.close_list()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._take(index)

    def _place(self) -> None:
        at = self.mapTo(self._over, QPoint(0, self.height() + 3))
        height = self._model.rowCount() * self.list.sizeHintForRow(0) + 2 * FRAME_PX
        if at.y() + height > self._over.height():
            above = self.mapTo(self._over, QPoint(0, -3)).y()
            height = min(height, above)
            at.setY(above - height)
        self.list.setGeometry(at.x(), at.y(), self.width(), height)
