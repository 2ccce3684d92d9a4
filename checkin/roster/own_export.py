"""Our own attendance list, read back: rows of people who stand in the roster just so are no news and are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from checkin.db.engine import Database
from checkin.db.known_people import fields_of
from checkin.domain.quoting import unquoted
from checkin.roster.sources import checkin as source
from checkin.roster.table import Row, Table

if TYPE_CHECKING:
    from checkin.roster.fields import Mapping

_BATCH: Final = 500


class OwnExport:
    """Compares by the id that the list carries: namesakes, walk-ins, edited people and several days are no riddle then.

    A row that differs from the roster, or whose id is nobody's, is read like that of any other list.
    """

    def __init__(self, table: Table, mapping: Mapping, database: Database) -> None:
        """Take a table that `sources.checkin` recognised."""
        self._table, self._database = table, database
        self._columns = [column for _field, column in mapping.columns]
        self._fields = [field for field, _column in mapping.columns]
        self._id = [heading.strip() for heading in table.headers].index(source.ID)
        self.unchanged = 0

    def table(self) -> Table:
        """Return the table without the rows that say nothing new; they are counted in `unchanged` as it is read."""
        return replace(self._table, content=replace(self._table.content, rows=self._rows))

    def _rows(self) -> Iterator[Row]:
        self.unchanged = 0
        rows = self._table.content.rows()
        while batch := list(islice(rows, _BATCH)):
            ids = {self._cell(row, self._id) for row in batch if row.number > self._table.header_row}
            known = fields_of(self._database, sorted(ids), self._fields)
            for row in batch:
                values = known.get(self._cell(row, self._id)) if row.number > self._table.header_row else None
                if values is not None and values == tuple(self._cell(row, column) for column in self._columns):
                    self.unchanged += 1
                else:
                    yield row

    @staticmethod
    def _cell(row: Row, column: int) -> str:
        return unquoted(row.cells[column]) if column < len(row.cells) else ""
