"""A roster file as a table: headings and rows of text, each row with the number that the spreadsheet shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple

Trouble = Literal[
    "no_value", "precision", "boolean", "format", "error", "encoding", "quote", "long", "short", "buddhist"
]
"""What a reader found wrong with a cell (or, with column -1, with a whole row):

no_value   a formula that no program has calculated
precision  a number of 16 digits or more: a spreadsheet keeps 15
boolean    TRUE or FALSE as a truth value, not as text
format     a number shown in a way that was not understood ("format": detail holds it)
error      #N/A, #REF! and their kind
encoding   bytes that are no text in the file's encoding
quote      quotation marks that do not fit
long       more filled cells than headings: something shifted
short      fewer cells than headings
buddhist   a date whose year is of the Buddhist era
"""


class Flaw(NamedTuple):
    """One trouble at one cell."""

    column: int
    trouble: Trouble
    detail: str = ""


class Row(NamedTuple):
    """One line of the roster."""

    number: int
    """As the spreadsheet shows it, the first line being 1."""
    cells: list[str]
    flaws: tuple[Flaw, ...] = ()


Rows = Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user said about a file; None: find out. Each format looks at what it has."""

    sheet: str | None = None
    """Name of a workbook's sheet."""
    encoding: str | None = None
    """Codec of a text file."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a format's reader hands back: every line of one sheet, from the top, as often as asked."""

    rows: Rows
    total: int
    """How many lines there are, about; for a progress bar."""
    format: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    hidden_rows: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    """Sentences about the file as a whole, for the person who imports."""


@dataclass(frozen=True, slots=True)
class Table:
    """A roster file whose headings were found."""

    path: Path
    content: Content = field(repr=False)
    headers: tuple[str, ...]
    header_row: int
    sample: tuple[Row, ...] = field(repr=False)
    """The first rows under the headings, at most 50, for a preview."""

    @property
    def total(self) -> int:
        """How many rows there are under the headings, about."""
        return max(self.content.total - self.header_row, len(self.sample))

    def described(self) -> Table:
        """Return the table without its reader: what is shown of it, to be handed to another process."""
        return replace(self, content=replace(self.content, rows=_elsewhere))

    def rows(self, *, visible_only: bool = False) -> Iterator[Row]:
        """Yield the rows under the headings; empty ones are left out, cut or padded ones are flawed."""
        width = len(self.headers)
        hidden = self.content.hidden_rows if visible_only else frozenset[int]()
        for row in self.content.rows():
            number, cells, flaws = row
            if number <= self.header_row or number in hidden or not (any(cells) or flaws):
                continue
            yield row if len(cells) == width else fitted(row, width)


def _elsewhere() -> Iterator[Row]:
    raise LookupError("the rows are with the process that opened the file")


def fitted(row: Row, width: int) -> Row:
    """Return the row with exactly `width` cells, saying so where cells were missing or too many."""
    have = len(row.cells)
    if have == width:
        return row
    if have < width:
        flaws = (*row.flaws, Flaw(-1, "short", str(have))) if have > 0 else row.flaws
        return Row(row.number, row.cells + [""] * (width - have), flaws)
    if any(cell.strip() for cell in row.cells[width:]):
        return Row(row.number, row.cells[:width], (*row.flaws, Flaw(-1, "long", str(have))))
    return Row(row.number, row.cells[:width], tuple(f for f in row.flaws if f.column < width))


def letter(index: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(letters: str) -> int:
    """Return the place of the column with these letters: A is 0, AA is 26."""
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1
