"""The two tables of the wizard: the file's first rows, and what is to be known before they are taken."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from checkin.i18n import _
from checkin.roster.problems import Problem
from checkin.roster.table import Row
from checkin.texts import escape
from checkin.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
LONGEST: Final = 120
"""Characters of a cell that are shown."""


class SampleModel(QAbstractTableModel):
    """The first rows of the file, as they are in it; columns that are left out are faint."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[Row] = ()
        self._width = 0
        self._used: frozenset[int] = frozenset()

    def show_rows(self, rows: Sequence[Row], width: int, used: frozenset[int]) -> None:
        """Show these rows of `width` cells; `used`: the columns that hold a field."""
        if (rows, width) == (self._rows, self._width):
            self._used = used
            self.dataChanged.emit(self.index(0, 0), self.index(max(len(rows) - 1, 0), max(width - 1, 0)))
            return
        self.beginResetModel()
        self._rows, self._width, self._used = rows, width, used
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, or its colour."""
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = self._theme.colours
            return QColor(colours.text if index.column() in self._used else colours.faint)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return escape(self._rows[index.row()].cells[index.column()], LONGEST)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the row's number in the file."""
        if orientation is Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(self._rows[section].number)
        return None


class ProblemModel(QAbstractTableModel):
    """Row, column, what is wrong, and what happens to the row."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: Sequence[Problem] = ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, those that cost a row first."""
        self.beginResetModel()
        self._problems = sorted(problems, key=lambda problem: (problem.severity != "rejected", problem.row))
        self.endResetModel()

    def retranslate(self) -> None:
        """Ask the view for every text again."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of problems."""
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Row"), _("Column"), _("What was found"), _("What happens"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; what costs a row is in red, and says so in words."""
        problem = self._problems[index.row()]
        rejected = problem.severity == "rejected"
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 3:
            colours = self._theme.colours
            return QColor(colours.red.strong if rejected else colours.muted)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 2:
            return f"<p style='white-space:pre-wrap'>{html.escape(problem.reason)}</p>"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            str(problem.row) if problem.row else _("File"),
            escape(problem.column, LONGEST),
            problem.reason,
            _("left out") if rejected else _("imported") if problem.row else "",
        )[index.column()]
