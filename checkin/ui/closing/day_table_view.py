"""The right side of the End of day page: unique people by group, and by session."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from checkin.evening.table import DayTable, GroupRow
from checkin.i18n import _, day_text, language
from checkin.ui.context import Context
from checkin.ui.reports.export_panel import ExportPanel
from checkin.ui.widgets.basics import column, label, line

TOTAL = "Total · รวม"
"""In both languages at once, as on the report."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DayTableView(QFrame):
    """Shows a DayTable; under it the exports."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day: date | None = None
        self._table: DayTable | None = None
        self.setProperty("role", "card")
        self._head = label("", "heading", wrap=True)
        self._session_head = label("", "heading", wrap=True)
        self._groups, self._sessions = QWidget(), QWidget()
        self._body: QVBoxLayout = column(margin=16, spacing=6)
        for part in (self._head, self._groups, self._session_head, self._sessions):
            self._body.addWidget(part)
        self.exports = ExportPanel(context)
        self._body.addSpacing(10)
        self._body.addWidget(self.exports)
        self._body.addStretch(1)
        self.setLayout(self._body)

    def show_table(self, day: date, table: DayTable) -> None:
        """Show these numbers in place of those before."""
        self.exports.show_day(day)
        if (day, table) != (self._day, self._table):
            self._day, self._table = day, table
            self._show()

    def retranslate(self) -> None:
        """Set every text again."""
        self._session_head.setText(_("By session"))
        self.exports.retranslate()
        self._show()

    def _show(self) -> None:
        table = self._table
        if table is None or self._day is None:
            return
        self._head.setText(_("Attendance, {day} — unique people").format(day=day_text(self._day, weekday=False)))
        self._groups = self._swap(self._groups, self._group_grid(table))
        self._sessions = self._swap(self._sessions, self._session_grid(table))
        self._session_head.setVisible(bool(table.sessions))

    def _swap(self, old: QWidget, new: QWidget) -> QWidget:
        self._body.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        return new

    def _group_grid(self, table: DayTable) -> QWidget:
        made, grid = _grid(5)
        heads = (_("Group"), _("Expected"), _("Came"), _("Walk-in"), "%")
        for place, text in enumerate(heads):
            grid.addWidget(label(text, "faint"), 0, place, _RIGHT if place else Qt.AlignmentFlag(0))
        grid.addWidget(line(), 1, 0, 1, 5)
        for number, group in enumerate(table.groups):
            category = self._context.app.event.category(group.category)
            name = category.name.get(language()) if category else group.category or _("(not known)")
            _add(grid, 2 + 2 * number, name, group, "plain")
        _add(grid, 2 + 2 * len(table.groups), TOTAL, table.total, "strong")
        return made

    def _session_grid(self, table: DayTable) -> QWidget:
        made, grid = _grid(2)
        names = {place.key: place.name.get(language()) for place in self._context.app.event.checkpoints}
        for number, (key, came) in enumerate(table.sessions):
            grid.addWidget(label(names.get(key, key), wrap=True), 2 * number, 0)
            grid.addWidget(label(str(came)), 2 * number, 1, _RIGHT)
            grid.addWidget(line(), 2 * number + 1, 0, 1, 2)
        return made


def _grid(columns: int) -> tuple[QWidget, QGridLayout]:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(8, 0, 8, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    for place in range(1, columns):
        grid.setColumnMinimumWidth(place, 44)
    return made, grid


def _add(grid: QGridLayout, place: int, name: str, group: GroupRow, role: str) -> None:
    per_cent = "–" if group.per_cent is None else str(group.per_cent)
    grid.addWidget(label(name, role, wrap=True), place, 0)
    for column_number, text in enumerate((group.expected, group.came, group.walk_in, per_cent), 1):
        grid.addWidget(label(str(text), role), place, column_number, _RIGHT)
    grid.addWidget(line(), place + 1, 0, 1, 5)
