"""A table over any number of people: only what is looked at is read, in blocks, off the GUI thread."""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from checkin.db.listing import ListFilter, Listing, ListRow
from checkin.domain.event import Event
from checkin.i18n import _, language
from checkin.texts import isolate
from checkin.ui.attendees.state import first_scan_text, state_of, state_word
from checkin.ui.tasks import Task, TaskRunner
from checkin.wording.people import shown_name

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()

BLOCK: Final = 128
"""Rows that are read at once."""
KEPT: Final = 24
"""Blocks that stay in memory: 3,072 people, whatever the size of the event."""
AT_ONCE: Final = 2
"""Reads under way at the same time; a dragged scroll bar asks for more than anybody looks at."""

ROW: Final = Qt.ItemDataRole.UserRole
"""The ListRow itself; None while it is being read."""


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    ORGANISATION = 1
    COUNTRY = 2
    GROUP = 3
    TODAY = 4
    FIRST = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """What came back from the database: the number of people and one block of them."""

    stamp: int
    total: int
    block: int
    rows: list[ListRow]


class AttendeeTable(QAbstractTableModel):
    """The people that a filter lets through. Rows that were not read yet are there, without a text."""

    settled = Signal(int)
    """The answer to `look` or `refresh` is shown: so many people match."""

    def __init__(self, listing: Listing, event: Event, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._event = event
        self._tasks = tasks
        self._filter: ListFilter | None = None
        self._shown: ListFilter | None = None
        self._total = 0
        self._blocks: dict[int, list[ListRow]] = {}
        self._stale: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._under_way: set[int] = set()
        self._looked_at = 0
        self._stamp = 0
        self._opening: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._fetch)

    def look(self, wanted: ListFilter) -> None:
        """Show the people that `wanted` lets through, from the top. What was shown stays until they are here."""
        self._filter = wanted
        self._open(0 if wanted != self._shown else self._looked_at)

    def refresh(self) -> None:
        """Read again what is shown: somebody came, or the roster changed."""
        if self._filter is not None:
            self.look(self._filter)

    def row(self, number: int) -> ListRow | None:
        """Return a row; None while it is being read, which this call then asks for."""
        self._looked_at, place = divmod(number, BLOCK)
        rows = self._blocks.get(self._looked_at)
        if rows is None or self._looked_at in self._stale:
            self._want(self._looked_at)
        return rows[place] if rows is not None and place < len(rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many people match."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading in the language of the moment."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Name"), _("Organisation"), _("Country"), _("Group"), _("Today"), _("First scan"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, the tool tip with the whole of it, or (role ROW) the person behind it."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW} or not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return _("Loading…") if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        text = self._text(row, Column(index.column()))
        return text if role == Qt.ItemDataRole.DisplayRole else _tip(text)

    def retranslate(self) -> None:
        """Ask the view for every text again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self._repaint(0, self._total - 1)

    def _text(self, row: ListRow, column: Column) -> str:
        person = row.attendee
        if column is Column.NAME:
            local = isolate(person.name_local) if person.name and person.name_local else ""
            return f"{shown_name(person)}\n{local}".rstrip()
        if column is Column.ORGANISATION:
            return person.organisation
        if column is Column.COUNTRY:
            return person.country
        if column is Column.GROUP:
            category = self._event.category(person.category)
            return category.name.get(language()) if category else person.category
        if column is Column.TODAY:
            return state_word(state_of(row))
        return first_scan_text(row, self._event)

    def _open(self, block: int) -> None:
        self._stamp += 1
        if self._opening is not None:
            self._opening.cancel()
        assert self._filter is not None
        self._opening = self._tasks.background(
            _open, self._listing, self._filter, block, self._stamp, done=self._opened
        )

    def _want(self, block: int) -> None:
        if block not in self._under_way:
            self._wanted.pop(block, None)
            self._wanted[block] = None
            if not self._timer.isActive():
                self._timer.start()

    @Slot()
    def _fetch(self) -> None:
        while self._wanted and len(self._under_way) < AT_ONCE and self._shown is not None:
            block, _none = self._wanted.popitem()  # the newest wish is what is on the screen
            self._under_way.add(block)
            self._tasks.background(
                _read, self._listing, self._shown, block, self._stamp, self._total, done=self._arrived
            )
        for block in list(self._wanted)[: -AT_ONCE * 2]:
            del self._wanted[block]

    @Slot(object)
    def _opened(self, part: _Part) -> None:
        if part.stamp != self._stamp:
            return
        same = self._shown == self._filter
        self._shown = self._filter
        self._wanted.clear()
        self._under_way.clear()
        if same:
            self._stale = set(self._blocks)
            self._resize(part.total)
            self._keep(part)
            self._repaint(0, self._total - 1)
        else:
            self.beginResetModel()
            self._blocks, self._stale, self._total, self._looked_at = {}, set(), part.total, 0
            self._keep(part)
            self.endResetModel()
        self.settled.emit(part.total)

    @Slot(object)
    def _arrived(self, part: _Part) -> None:
        if part.stamp != self._stamp:
            return
        self._under_way.discard(part.block)
        self._keep(part)
        first = part.block * BLOCK
        self._repaint(first, min(first + BLOCK, self._total) - 1)
        if self._wanted:
            self._timer.start()

    def _keep(self, part: _Part) -> None:
        self._blocks[part.block] = part.rows
        self._stale.discard(part.block)
        for far in sorted(self._blocks, key=lambda block: abs(block - part.block))[KEPT:]:
            del self._blocks[far]
            self._stale.discard(far)

    def _resize(self, total: int) -> None:
        """Grow or shrink at the end: the view keeps its place."""
        if total > self._total:
            self.beginInsertRows(ROOT, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(ROOT, total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _repaint(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def _open(listing: Listing, wanted: ListFilter, block: int, stamp: int) -> _Part:
    total = listing.count(wanted)
    block = min(block, max(total - 1, 0) // BLOCK)
    return _read(listing, wanted, block, stamp, total)


def _read(listing: Listing, wanted: ListFilter, block: int, stamp: int, total: int) -> _Part:
    return _Part(stamp, total, block, list(listing.rows(wanted, block * BLOCK, BLOCK)))


def _tip(text: str) -> str:
    """Return a tool tip that shows the text as it is: Qt takes a text that looks like markup for markup."""
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>" if text else ""
