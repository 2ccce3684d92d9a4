"""Search by name: results while somebody types, Enter takes the chosen person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from checkin.domain.attendee import Attendee
from checkin.domain.badge import is_token
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.tasks import Task, TaskRunner
from checkin.ui.theme import Theme, font
from checkin.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from checkin.db.search import Hit

LIMIT = 20
ROW_PX = 48
SHOWN_ROWS = 6
SHORT = 30
"""So many letters of what was typed are repeated."""
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_Index = QModelIndex | QPersistentModelIndex


class Results(QAbstractListModel):
    """The people found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[Attendee] = []

    def show(self, people: Sequence[Attendee]) -> None:
        """Show other people."""
        self.beginResetModel()
        self.people = list(people)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, D102, N802 - Qt's name
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return person
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            parts = (person.name, person.name_local, person.organisation, person.country, status_text(person))
            return " · ".join(isolate(part) for part in parts if part)
        return None


class ResultDelegate(QStyledItemDelegate):
    """Paints a person in two lines: name and local name; organisation and country, with the status at the right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        colours = self._theme.colours
        person: Attendee = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.accent_soft))
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), QColor(colours.accent))
        inner = box.adjusted(14, 3, -12, -3)
        status = status_text(person)
        painter.setFont(font(14, QFont.Weight.DemiBold))
        painter.setPen(QColor(colours.amber.strong if status else colours.text))
        room = painter.fontMetrics().horizontalAdvance(status) + 12 if status else 0
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), status)
        inner.setRight(inner.right() - room)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = upper.translated(0, inner.height() // 2)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(15, QFont.Weight.DemiBold))
        painter.setPen(QColor(colours.text))
        name = isolate(person.display_name)
        painter.drawText(
            upper, left, painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, upper.width())
        )
        if person.name and person.name_local:
            upper.setLeft(upper.left() + painter.fontMetrics().horizontalAdvance(name) + 12)
            painter.setFont(font(15))
            painter.setPen(QColor(colours.muted))
            painter.drawText(upper, left, isolate(person.name_local))
        painter.setFont(font(14))
        painter.setPen(QColor(colours.muted))
        where = " · ".join(isolate(part) for part in (person.organisation, person.country) if part)
        painter.drawText(
            lower, left, painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, lower.width())
        )
        painter.restore()


class SearchBox(QLineEdit):
    """The line, and the list of results that opens above it."""

    picked = Signal(object)
    """Attendee: Enter or a click chose somebody."""
    typed = Signal(str)
    """A badge's number was typed and Enter pressed."""

    unlisted = Signal(str)
    """Nobody is called what was typed, and this person is to be registered."""

    def __init__(
        self,
        find: Callable[[str, int], Sequence[Hit]],
        tasks: TaskRunner,
        theme: Theme,
        parent: QWidget,
        *,
        below: bool = False,
    ) -> None:
        """`parent`: the widget in front of which the list opens, above the line or `below` it."""
        super().__init__(parent)
        self._below = below
        self._find, self._tasks, self._over = find, tasks, parent
        self._task: Task | None = None
        self._answered = ""
        self.offers_registration = True
        """Whether somebody who is not found may be registered from here."""
        self._early: Attendee | None = None
        """Who was chosen when Enter came before the answer: taken if the answer puts the same person first."""
        self.results = Results(self)
        self.list = QListView(parent)
        self.list.setModel(self.results)
        self.list.setItemDelegate(ResultDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setObjectName("results")
        self.list.hide()
        self.list.clicked.connect(self._clicked)
        self.nobody = KeyButton("Ctrl+R", bind=False, parent=parent)
        self.nobody.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nobody.clicked.connect(self.register)
        self.nobody.hide()
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", theme.colours.muted), QLineEdit.ActionPosition.LeadingPosition)
        self.setMaxLength(200)
        self.textChanged.connect(self._changed)
        parent.installEventFilter(self)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setPlaceholderText(_("Name, organisation or badge number … (any letter starts a search)"))
        self.setAccessibleName(_("Search by name, organisation or badge number"))
        self.list.setAccessibleName(_("People found"))
        self.results.layoutChanged.emit()

    def start(self, text: str = "") -> None:
        """Take the focus; begin with `text` where it is not empty."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.setText(text)
        else:
            self.selectAll()

    def finish(self) -> None:
        """Empty the line, close the list and give the focus back to the page."""
        self.clear()
        self.clearFocus()

    @Slot()
    def register(self) -> bool:
        """Register who was typed, where nobody was found; say whether that is so."""
        if self.nobody.isHidden():
            return False
        text = self._answered
        self.finish()
        self.unlisted.emit(text)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        key = event.key()
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's name
        if event.type() == QEvent.Type.Resize and self.list.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        text = self.text().strip()
        chosen = self.list.currentIndex()
        if is_token(text):
            self.typed.emit(text)
        elif self.list.isVisible() and chosen.isValid():
            if self._answered == text:
                self._pick(chosen)
            else:
                self._early = chosen.data(Qt.ItemDataRole.UserRole)
        elif self._answered == text and not self.results.people and any(char.isdigit() for char in text):
            self.typed.emit(text)

    def _pick(self, index: QModelIndex) -> None:
        person = index.data(Qt.ItemDataRole.UserRole)
        self.finish()
        self.picked.emit(person)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._pick(index)

    def _move(self, by: int) -> None:
        count = self.results.rowCount()
        if count:
            row = min(max(self.list.currentIndex().row() + by, 0), count - 1)
            self.list.setCurrentIndex(self.results.index(row))

    @Slot(str)
    def _changed(self, text: str) -> None:
        if self._task is not None:
            self._task.cancel()
        self._early = None
        wanted = text.strip()
        if not wanted:
            self._answered = ""
            self.results.show([])
            self.list.hide()
            self.nobody.hide()
            return
        self._task = self._tasks.background(self._search, wanted, done=self._found)

    def _search(self, text: str) -> tuple[str, list[Attendee]]:
        return text, [hit.attendee for hit in self._find(text, LIMIT)]

    def _found(self, answer: tuple[str, list[Attendee]]) -> None:
        self._answered, people = answer
        self.results.show(people)
        self.list.setVisible(bool(people))
        self._offer_registration()
        if people:
            self.list.setCurrentIndex(self.results.index(0))
            self._place()
            self.list.raise_()
            if self._early is not None and self._early.id == people[0].id:
                self._pick(self.results.index(0))

    def _offer_registration(self) -> None:
        """Where nobody was found, offer to register who was typed; digits are a badge, not a name."""
        text = self._answered
        named = any(char.isalpha() for char in text) and not any(char.isdigit() for char in text)
        self.nobody.setVisible(named and not self.results.people and self.offers_registration)
        if self.nobody.isVisible():
            short = text if len(text) <= SHORT else text[:SHORT] + "…"
            self.nobody.set_word(_("Nobody is called “{text}”. Register as walk-in").format(text=isolate(short)))
            top_left = self.mapTo(self._over, QPoint(0, 0))
            height = self.nobody.sizeHint().height()
            self.nobody.setGeometry(top_left.x(), top_left.y() - height - 6, self.width(), height)
            self.nobody.raise_()

    def _place(self) -> None:
        parent = self._over
        rows = min(self.results.rowCount(), SHOWN_ROWS)
        top_left = self.mapTo(parent, QPoint(0, 0))
        if self._below:
            under = top_left.y() + self.height() + 6
            height = min(rows * ROW_PX + 4, max(parent.height() - under - 8, ROW_PX))
            self.list.setGeometry(top_left.x(), under, self.width(), height)
            return
        height = min(rows * ROW_PX + 4, max(top_left.y() - 8, ROW_PX))
        self.list.setGeometry(top_left.x(), top_left.y() - height - 6, self.width(), height)


def status_text(person: Attendee) -> str:
    """Return what stands at the right of a result; nothing for somebody who is simply registered."""
    return {"cancelled": _("cancelled"), "blocked": _("blocked"), "provisional": _("name follows")}.get(
        person.status, ""
    )
