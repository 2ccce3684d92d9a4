"""What is told about single cells of a roster: what its reader found wrong, and what cleaning did to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from checkin.domain.cleaning import Cleaned
from checkin.i18n import _
from checkin.roster.problems import Problems, trouble_reason
from checkin.roster.table import Flaw, Row
from checkin.texts import escape

CODES: Final = ("badge_code", "external_id")
_FATAL: Final = {"encoding", "quote", "long"}


class Remarks:
    """Puts flaws and changes of cells into words, each under the heading that the file gives the column."""

    def __init__(self, headers: Sequence[str], columns: Mapping[str, int], problems: Problems) -> None:
        """Tell `problems`; `columns`: field -> place of its column."""
        self._headers = headers
        self._columns = columns
        self._problems = problems
        self._first_buddhist: tuple[int, str] | None = None

    @property
    def first_buddhist(self) -> str:
        """Return what was told of the first date of the Buddhist era, by the order of rows."""
        return self._first_buddhist[1] if self._first_buddhist else ""

    def heading(self, name: str) -> str:
        """Return the heading of a field's column, or nothing where the file has none."""
        column = self._columns.get(name)
        return self._headers[column] if column is not None else ""

    def is_fatal(self, row: Row, place: int) -> bool:
        """Say whether a flaw takes the row out, and tell it. `place`: it is row 1, 2, ... under the headings."""
        for flaw in row.flaws:
            if flaw.trouble not in _FATAL:
                continue
            heading = self._headers[flaw.column] if 0 <= flaw.column < len(self._headers) else ""
            if flaw.trouble == "encoding":
                reason = _(
                    "The text is broken (byte {byte} belongs to no letter). It is row {count} under the headings."
                )
                text = reason.format(byte=flaw.detail or "?", count=place)
            elif flaw.trouble == "long":
                text = _("The row has {have} cells under {width} headings, so something has shifted.").format(
                    have=flaw.detail, width=len(self._headers)
                )
            else:
                text = _("The quotation marks in this row do not fit.")
            self._problems.reject(row.number, heading, text)
            return True
        return False

    def flaw(self, row: Row, flaw: Flaw) -> None:
        """Tell a flaw with which the row is imported all the same."""
        if flaw.trouble == "short":
            reason = _("The row has {have} cells under {width} headings; the missing ones are empty.").format(
                have=flaw.detail, width=len(self._headers)
            )
            self._problems.note(row.number, "", "short", reason)
        elif flaw.column in self._columns.values():
            if flaw.trouble == "format" and flaw.column not in {self._columns.get(c) for c in (*CODES, "phone")}:
                return
            reason = trouble_reason(flaw.trouble, flaw.detail, escape(row.cells[flaw.column]))
            if flaw.trouble == "buddhist":
                self.buddhist(row, self._headers[flaw.column], reason)
            else:
                self._problems.note(row.number, self._headers[flaw.column], flaw.trouble, reason)

    def buddhist(self, row: Row, heading: str, reason: str) -> None:
        """Tell a date of the Buddhist era."""
        self._first_buddhist = min(self._first_buddhist or (row.number, reason), (row.number, reason))
        self._problems.note(row.number, heading, "buddhist", reason)

    def changes(self, row: Row, name: str, raw: str, cleaned: Cleaned, limit: int) -> None:
        """Tell what cleaning did to the cell of a field."""
        sentences = {
            "removed": _("Invisible or control characters were removed."),
            "newline": _("Line breaks became spaces."),
            "cut": _("The text has {length} characters; the first {limit} are kept.").format(
                length=len(raw), limit=limit
            ),
            "private": _("A character has no common meaning and looks different on every computer."),
            "damaged": _("The letters look damaged: the list was once saved in a wrong encoding. Look at this name."),
            "marks_only": _("There is no letter in this name, only accents or signs."),
        }
        for change in cleaned.changes:
            self._problems.note(row.number, self.heading(name), change, sentences[change])
