"""The last scans at this desk, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from checkin.desk.results import LogLine
from checkin.domain.verdict import TONES, Verdict
from checkin.i18n import _, language
from checkin.texts import isolate
from checkin.ui.theme import Theme, font, renderer
from checkin.ui.widgets.basics import column, frame, label, row
from checkin.ui.widgets.key_button import KeyButton
from checkin.ui.widgets.reason_bar import ReasonBar
from checkin.wording import histories, verdicts
from checkin.wording.people import shown_name

ROW_PX = 38
KEPT = 50
_Index = QModelIndex | QPersistentModelIndex


class Lines(QAbstractListModel):
    """Lines of the log."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[LogLine] = []

    def show(self, lines: Sequence[LogLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, D102, N802 - Qt's name
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        found = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return found
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            parts = (f"{found.at:%H:%M:%S}", who(found), what(found), _("undone") if found.undone else "")
            return " · ".join(part for part in parts if part)
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints sign, name, what happened, time."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        colours = self._theme.colours
        found: LogLine = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.border))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(8, 0, -8, 0)
        icon, tone = sign(found)
        size = 17
        place = QRect(inner.left(), inner.center().y() - size // 2, size, size)
        renderer(icon, colours.tone(tone).strong).render(painter, place.toRectF())
        painter.setFont(font(14))
        time = f"{found.at:%H:%M:%S}"
        right = painter.fontMetrics().horizontalAdvance(time) + 4
        painter.setPen(QColor(colours.faint))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), time)
        left = inner.left() + size + 10
        room = inner.right() - right - 10 - left
        name_room = max(int(room * 0.45), 90)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        bold = font(15, QFont.Weight.DemiBold)
        bold.setStrikeOut(found.undone)
        painter.setFont(bold)
        painter.setPen(QColor(colours.muted if found.undone else colours.text))
        text = painter.fontMetrics().elidedText(who(found), Qt.TextElideMode.ElideRight, name_room - 10)
        painter.drawText(QRect(left, inner.top(), name_room, inner.height()), flags, text)
        painter.setFont(font(14))
        painter.setPen(QColor(colours.muted))
        detail = QRect(left + name_room, inner.top(), room - name_room, inner.height())
        text = painter.fontMetrics().elidedText(what(found), Qt.TextElideMode.ElideRight, detail.width())
        painter.drawText(detail, flags, text)
        painter.restore()


class LogView(QListView):
    """The list itself; Delete or Enter on a line asks to undo it."""

    activated_line = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated_line.emit()
        elif event.text().strip() and event.text().isprintable():
            event.ignore()  # letters start a search on the page
        else:
            super().keyPressEvent(event)


class ScanLog(QWidget):
    """A card with the last scans; the chosen one can be undone with a reason, or its person looked at."""

    undo_given = Signal(str, str)
    """Record and reason."""
    details_wanted = Signal(object)
    """Attendee."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines(self)
        self.view = LogView()
        self.view.setModel(self._lines)
        self.view.setItemDelegate(LineDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._heading = label("", "heading")
        self._empty = label("", "muted", wrap=True)
        self._undo = KeyButton("Del", bind=False)
        self._details = KeyButton()
        self.reason = ReasonBar()
        self._asked = ""
        head = row(self._heading, spacing=8)
        head.addStretch(1)
        head.addWidget(self._details)
        head.addWidget(self._undo)
        body = column(margin=12, spacing=6)
        body.addLayout(head)
        body.addWidget(self._empty)
        body.addWidget(self.view, 1)
        body.addWidget(self.reason)
        self.card = frame("card")
        self.card.setLayout(body)
        self.setLayout(column(self.card))
        self.setTabOrder(self.view, self._details)
        self.setTabOrder(self._details, self._undo)
        self.view.selectionModel().currentChanged.connect(self._look)
        self.view.activated_line.connect(self.ask_undo)
        self._undo.clicked.connect(self.ask_undo)
        self._details.clicked.connect(self._ask_details)
        self.reason.given.connect(self._reason_given)
        theme.changed.connect(self.view.viewport().update)

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        """Show these lines, newest first. The chosen line stays chosen, and in view while somebody is at the list."""
        chosen = self._chosen()
        fresh = bool(lines) and lines[:1] != self._lines.lines[:1]
        self._lines.show(lines)
        self._empty.setVisible(not lines)
        self.view.setVisible(bool(lines))
        if chosen is not None:
            for place, found in enumerate(lines):
                if (found.record, found.at) == (chosen.record, chosen.at):
                    self.view.setCurrentIndex(self._lines.index(place))
        if fresh and not self.view.hasFocus():
            self.view.scrollToTop()
        self._look()

    def lines(self) -> list[LogLine]:
        """Return the lines that are shown."""
        return self._lines.lines

    def retranslate(self) -> None:
        """Set the texts again."""
        self._heading.setText(_("Last scans at this desk"))
        self._empty.setText(_("No scan yet at this desk."))
        self._undo.set_word(_("Undo"))
        self._details.set_word(_("Details"))
        self.view.setAccessibleName(_("Last scans at this desk"))
        self._lines.layoutChanged.emit()

    @Slot()
    def ask_undo(self) -> None:
        """Ask why the chosen scan is to be undone."""
        chosen = self._chosen()
        if chosen is None or not undoable(chosen):
            return
        self._asked = chosen.record
        usual = [_("Scanned by mistake"), _("Wrong person")]
        self.reason.ask(_("Why is {name} undone?").format(name=who(chosen)), _("Undo"), usual)

    def _chosen(self) -> LogLine | None:
        index = self.view.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    @Slot()
    def _look(self) -> None:
        chosen = self._chosen()
        self._undo.setVisible(chosen is not None and undoable(chosen))
        self._details.setVisible(chosen is not None and chosen.attendee is not None)

    @Slot()
    def _ask_details(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.attendee is not None:
            self.details_wanted.emit(chosen.attendee)

    @Slot(str)
    def _reason_given(self, reason: str) -> None:
        self.reason.close_bar()
        self.undo_given.emit(self._asked, reason)


def undoable(found: LogLine) -> bool:
    """Say whether a line is an act that still stands."""
    return histories.is_undoable(found)


def sign(found: LogLine) -> tuple[str, str]:
    """Return the drawing and the tone of a line: never colour alone."""
    if found.kind == "undo" or found.undone:
        return "undo", "grey"
    if found.kind not in set(Verdict):
        return "info", "grey"
    tone = TONES[Verdict(found.kind)]
    icons = {"green": "tick", "blue": "out", "amber": "attention", "red": "cross", "grey": "info"}
    return icons[tone], tone


def who(found: LogLine) -> str:
    """Return whom a line is about."""
    if found.attendee is not None:
        return shown_name(found.attendee)
    return verdicts.word(Verdict(found.kind), language()) if found.kind in set(Verdict) else histories.done(found)


def what(found: LogLine) -> str:
    """Return what happened, in a few words."""
    person = found.attendee
    where = " · ".join(isolate(part) for part in (person.organisation, person.country) if part) if person else ""
    if found.kind == "undo":
        return " · ".join(part for part in (_("Undone"), found.reason) if part)
    if found.kind == "checked_in":
        return where
    if found.kind not in set(Verdict):
        return " · ".join(part for part in (histories.done(found), where) if part)
    said = verdicts.word(Verdict(found.kind), language()) if person else isolate(found.payload)
    return " · ".join(part for part in (said, where) if part)
