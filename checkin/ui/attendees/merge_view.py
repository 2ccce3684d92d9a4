"""Two who turn out to be one: choose the other, look at both side by side, say which stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QScrollArea, QWidget

from checkin.db.origin import person as read_person
from checkin.desk.forms import word
from checkin.desk.results import Changed
from checkin.domain.attendee import Attendee
from checkin.i18n import _, language, ngettext
from checkin.texts import isolate
from checkin.ui.attendees.story import tell
from checkin.ui.context import Context
from checkin.ui.widgets.basics import button, column, frame, label, set_button_text, set_property
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.search_box import SearchBox, status_text
from checkin.wording.people import shown_name

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.db.search import Hit

SHOWN = ("name", "name_local", "organisation", "country", "category", "email", "phone", "note")
LAST_LINES = 3
NARROW, LOW = 700, 420
"""px: 200 % on a laptop's screen."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as read in one go."""

    attendee: Attendee
    happened: tuple[str, ...]
    """The newest lines of the history, in words."""
    lines: int


class MergeView(QWidget):
    """Nothing is written before it is confirmed; it can be undone like any other entry."""

    closed = Signal()
    merged = Signal(object)
    """Attendee who is kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keep: Side | None = None
        self._other: Side | None = None
        self._saving = ""
        self._title = label("", "title", wrap=True)
        self._hint = label("", "muted", wrap=True)
        self.search = SearchBox(self._find, context.tasks, context.theme, self, below=True)
        self.search.offers_registration = False
        self._cards = (_Card(context), _Card(context))
        self._says = label("", "plain", wrap=True)
        self.confirm = button(role="primary")
        self.swap = button()
        self.cancel = button()
        self._build()
        self.search.picked.connect(self._picked)
        self.confirm.clicked.connect(self._merge)
        self.swap.clicked.connect(self._swap)
        self.cancel.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.setContentsMargins(0, 0, 0, 0)
        for card in self._cards:
            self._sides.addWidget(card, 1)
        inside = QWidget()
        read = column(self._hint, spacing=8)
        read.addLayout(self._sides, 1)
        read.addWidget(self._says)
        inside.setLayout(read)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        buttons = Flow(8)
        for made in (self.confirm, self.swap, self.cancel):
            buttons.addWidget(made)
        body = self._body = column(self._title, self.search, margin=16)
        body.addWidget(scroll, 1)
        body.addLayout(buttons)
        whole = frame()
        whole.setLayout(body)
        self.setLayout(column(whole))

    def start(self, keep: Attendee) -> None:
        """Begin with the one who is shown; the other is to be found."""
        self._keep, self._other, self._saving = Side(keep, (), 0), None, ""
        self.search.clear()
        self.retranslate()
        self._read(keep.id)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put one below the other where there is no room for both side by side."""
        super().resizeEvent(event)
        small = self.width() < NARROW or self.height() < LOW
        way = QBoxLayout.Direction.TopToBottom if self.width() < NARROW else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)
        self._title.setVisible(not small)
        margin = 8 if small else 16
        self._body.setContentsMargins(margin, margin, margin, margin)
        self._body.setSpacing(6 if small else 10)

    def retranslate(self) -> None:
        """Set the texts again."""
        self._title.setText(_("Two entries, one person"))
        self._hint.setText(
            _("Find the other entry. Attendance, badges and codes of both will count for the one that is kept.")
        )
        self.search.retranslate()
        self._scroll.setAccessibleName(self._title.text())
        set_button_text(self.confirm, _("Make them one person"))
        set_button_text(self.swap, _("Keep the other one"))
        set_button_text(self.cancel, _("Cancel"))
        self._paint()

    def _paint(self) -> None:
        self._cards[0].show_side(self._keep, kept=True)
        self._cards[1].show_side(self._other, kept=False)
        both = self._keep is not None and self._other is not None
        for made in (self.confirm, self.swap):
            made.setEnabled(both)
        self._says.setVisible(both)
        if self._keep is not None and self._other is not None:
            self._says.setText(
                _("{keep} is kept, and {other} is no longer listed. It can be undone in the history.").format(
                    keep=shown_name(self._keep.attendee), other=shown_name(self._other.attendee)
                )
            )

    def _find(self, text: str, limit: int) -> Sequence[Hit]:
        mine = self._keep.attendee.id if self._keep else ""
        return [hit for hit in self._context.app.search.find(text, limit) if hit.attendee.id != mine]

    @Slot(object)
    def _picked(self, person: Attendee) -> None:
        self._other = Side(person, (), 0)
        self._paint()
        self._read(person.id)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, uid: str) -> None:
        self._context.tasks.background(_side, self._context.app, uid, done=self._read_done)

    def _read_done(self, side: Side | None) -> None:
        if side is None:
            return
        if self._keep is not None and self._keep.attendee.id == side.attendee.id:
            self._keep = side
        elif self._other is not None and self._other.attendee.id == side.attendee.id:
            self._other = side
        self._paint()

    @Slot()
    def _swap(self) -> None:
        self._keep, self._other = self._other, self._keep
        self._paint()

    @Slot()
    def _merge(self) -> None:
        if self._keep is not None and self._other is not None:
            self._saving = self._keep.attendee.id
            self._context.calls.merge(self._keep.attendee.id, self._other.attendee.id)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if self._saving and changed.attendee.id == self._saving:
            self._saving = ""
            self.merged.emit(changed.attendee)


class _Card(QWidget):
    """What is known of one of the two."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._event = context.app.event
        self._head = label("", "heading", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._names = {key: label("", "faint") for key in SHOWN}
        self._texts = {key: label("", wrap=True) for key in SHOWN}
        for row, key in enumerate(SHOWN):
            self._grid.addWidget(self._names[key], row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._texts[key], row, 1)
        self._happened = label("", "muted", wrap=True)
        self._inside = frame("band", tone="grey")
        body = column(self._head, margin=12, spacing=6)
        body.addLayout(self._grid)
        body.addWidget(self._happened)
        body.addStretch(1)
        self._inside.setLayout(body)
        self.setLayout(column(self._inside))

    def show_side(self, side: Side | None, *, kept: bool) -> None:
        set_property(self._inside, "tone", "green" if kept else "grey")
        if side is None:
            self._head.setText(_("The other entry: not chosen yet"))
        else:
            state = _("is kept") if kept else _("goes into the other")
            self._head.setText(f"{shown_name(side.attendee)} – {state}")
        for key in SHOWN:
            text = self._text(side.attendee, key) if side else ""
            self._names[key].setText(word(key))
            self._texts[key].setText(isolate(text))
            self._names[key].setVisible(bool(text))
            self._texts[key].setVisible(bool(text))
        happened = list(side.happened) if side else []
        if side and side.lines > len(happened):
            more = side.lines - len(happened)
            happened.append(ngettext("… and {count} more line", "… and {count} more lines", more).format(count=more))
        self._happened.setText("\n".join(happened))
        self._happened.setVisible(bool(happened))

    def _text(self, person: Attendee, key: str) -> str:
        if key != "category":
            text: str = getattr(person, key)
            return text
        category = self._event.category(person.category)
        return " · ".join(
            part for part in (category.name.get(language()) if category else "", status_text(person)) if part
        )


def _side(app: App, uid: str) -> Side | None:
    found = read_person(app.database, uid)
    if found is None:
        return None
    story = tell(app.desk.history(uid), found.origin, app.event)
    return Side(found.attendee, tuple(line.what for line in story[:LAST_LINES]), len(story))
