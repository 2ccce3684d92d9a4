"""The rows of a roster become people, a thousand at a time and column by column, and what there is to say about them.

A column of a thousand cells is mostly sound as it stands, or holds a few words again and again: asking that once costs a
fraction of looking at each cell. What is told of a row comes in the same order as if the rows were read one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter

from checkin.domain.cleaning import LIMITS, clean
from checkin.domain.event import Event
from checkin.i18n import _
from checkin.roster.dates import read_date
from checkin.roster.fields import Mapping
from checkin.roster.problems import EACH, Problems
from checkin.roster.remarks import CODES, Remarks
from checkin.roster.table import Row, Table
from checkin.roster.values import is_damaged_code, is_sound, joined_name, looks_rounded, may_be_damaged
from checkin.roster.vocabulary import Vocabulary, read_status
from checkin.texts import escape


@dataclass(frozen=True, slots=True)
class People:
    """What some rows say: the field names are the columns of the attendee table, all lists are of one length."""

    rows: list[int]
    """As the spreadsheet numbers them."""
    fields: dict[str, Sequence[str]]
    """Only of those fields about which the file says something (`given_fields`)."""


_PARTS = ("title", "given", "middle", "family")
_LOCAL_PARTS = ("", "given_local", "", "family_local")
_NAMES = ("name", "name_local")
_OFTEN = {"title", "organisation", "country", "category", "status", "expected"}
"""Fields with few different values: each is cleaned once."""
_MEMO = 10_000
_FLAWS = attrgetter("flaws")


class RowReader:
    """Reads the rows of one table under one mapping; remembers what is said once for a whole column."""

    def __init__(self, table: Table, mapping: Mapping, event: Event, problems: Problems) -> None:
        """Prepare; nothing is read yet."""
        self._columns = dict(mapping.columns)
        self._remarks = Remarks(table.headers, self._columns, problems)
        self._dates = mapping.dates
        self._default = mapping.default_category
        self._vocabulary = Vocabulary(event)
        self._problems = problems
        self._heading_cells = [cell.strip() for cell in table.headers]
        self._rounded = {
            name
            for name in CODES
            if name in self._columns and looks_rounded([row.cells[self._columns[name]].strip() for row in table.sample])
        }
        self._memos: dict[str, dict[str, str]] = {name: {} for name in _OFTEN}
        self._has_parts = not self._columns.keys().isdisjoint(_PARTS)
        self._has_local_parts = not self._columns.keys().isdisjoint(_LOCAL_PARTS)
        self._categories: dict[str, str | None] = {"": ""}
        self._statuses: dict[str, tuple[str, str] | None] = {}
        self._orders: Counter[str] = Counter()
        self.read_rows = 0
        self.rejected = 0
        """Rows that are left out, which has been told. (Headings that stand there once more are no rows.)"""
        self.without_code = 0

    def read(self, rows: list[Row]) -> People:
        """Return the people of these rows, in their order; of the rows that are missing there it has been told why."""
        rows = self._readable(rows)
        lines = [row.cells for row in rows]
        texts: dict[str, Sequence[str]] = {
            name: self._clean_column(name, [line[column] for line in lines], rows)
            for name, column in self._columns.items()
        }
        self._join_names(texts, len(rows))
        if not all(map(any, zip(*(texts[name] for name in _NAMES), strict=True))):
            rows, texts = self._without_nameless(rows, texts)
        for code in CODES:
            if code in texts:
                texts[code] = self._codes(rows, code, texts[code])
        if "" in texts.get("badge_code", ()):
            self._tell_missing_codes(rows, texts["badge_code"])
        if "arrival" in texts:
            for row, text in zip(rows, texts["arrival"], strict=True):
                self._date(row, text)
        if "status" in texts:
            pairs = [self._status(row, text) for row, text in zip(rows, texts["status"], strict=True)]
            texts["status"] = [status for status, _reason in pairs]
            texts["status_reason"] = [reason for _status, reason in pairs]
        if "country" in texts:
            self._tell_trimmed_countries(rows, texts["country"])
        if "category" in texts or self._default:
            texts["category"] = self._category_keys(rows, texts.get("category", [""] * len(rows)))
        if "expected" in texts:
            texts["expected"] = [self._expected(row, t) for row, t in zip(rows, texts["expected"], strict=True)]
        return People([row.number for row in rows], texts)

    def finish(self) -> None:
        """Tell what is said once for the whole file."""
        if "badge_code" not in self._columns:
            self._problems.file(_("The file has no column of badge codes: everybody gets a badge of this program."))
        elif self.without_code > EACH and self.without_code * 2 > self.read_rows:
            text = _("{count} of {total} rows have no badge code: each gets a badge of this program.")
            self._problems.replace("no_code", text.format(count=self.without_code, total=self.read_rows))
        buddhist = self._problems.count("buddhist")
        if buddhist > EACH:
            text = _("{count} dates under “{column}” are of the Buddhist era. The first: {example}")
            column = self._remarks.heading("arrival")
            self._problems.replace(
                "buddhist", text.format(count=buddhist, column=column, example=self._remarks.first_buddhist)
            )
        if self._orders["ambiguous"] and not self._orders["dmy"] and not self._orders["mdy"]:
            self._problems.note(
                self._orders["first"], self._remarks.heading("arrival"), "order",
                _("Dates such as 03/04 can be day first or month first; they were read day first. Say which with --dates."),
            )  # fmt: skip

    # --- cells ---

    def _readable(self, rows: list[Row]) -> list[Row]:
        """Return the rows that can be a person's; tell what is wrong with the others, and with cells of these."""
        if self._heading_cells in [row.cells for row in rows] or any(map(_FLAWS, rows)):
            return [row for row in rows if self._is_readable(row)]
        self.read_rows += len(rows)
        return rows

    def _is_readable(self, row: Row) -> bool:
        if row.cells == self._heading_cells:
            self._problems.note(row.number, "", "heading", _("The headings stand here once more; the row was skipped."))
            return False
        if row.flaws and self._remarks.is_fatal(row, self.read_rows + 1):
            self.rejected += 1
            return False
        self.read_rows += 1
        for flaw in row.flaws:
            self._remarks.flaw(row, flaw)
        return True

    def _clean_column(self, name: str, cells: Sequence[str], rows: Sequence[Row]) -> Sequence[str]:
        """Return the cleaned texts of one field: `cells` itself where they are clean."""
        limit = LIMITS.get(name, 200)
        if is_sound(cells, limit, letters=name in _NAMES):
            return cells
        memo = self._memos.get(name)
        if memo is None:
            return [cell and self._cleaned(row, name, cell, limit) for row, cell in zip(rows, cells, strict=True)]
        cleaned = []
        for row, cell in zip(rows, cells, strict=True):
            text = memo.get(cell)
            if text is None:
                text = cell and self._cleaned(row, name, cell, limit)
                if text == cell.strip() and len(memo) < _MEMO:  # nothing to tell about it, next time neither
                    memo[cell] = text
            cleaned.append(text)
        return cleaned

    def _join_names(self, texts: dict[str, Sequence[str]], count: int) -> None:
        """Give everybody a name and a local name, of their parts where the whole is not written."""
        blank = [""] * count
        for name, parts, has_parts in (
            ("name", _PARTS, self._has_parts),
            ("name_local", _LOCAL_PARTS, self._has_local_parts),
        ):
            whole = texts.setdefault(name, blank)
            if has_parts and "" in whole:
                columns = [texts.get(part, blank) for part in parts]
                texts[name] = [text or joined_name(*row) for text, *row in zip(whole, *columns, strict=True)]

    def _without_nameless(
        self, rows: Sequence[Row], texts: dict[str, Sequence[str]]
    ) -> tuple[list[Row], dict[str, Sequence[str]]]:
        """Leave out the rows that name nobody, and tell which they were."""
        named = [bool(name or local) for name, local in zip(texts["name"], texts["name_local"], strict=True)]
        for row, is_named in zip(rows, named, strict=True):
            if not is_named:
                self.rejected += 1
                self._problems.reject(row.number, self._remarks.heading("name"), _("There is no name in this row."))
        return list(compress(rows, named)), {name: list(compress(column, named)) for name, column in texts.items()}

    def _cleaned(self, row: Row, name: str, raw: str, limit: int) -> str:
        if raw.isascii() and raw.isprintable() and raw[0] != "'" and len(raw) <= limit and "  " not in raw:
            return raw.strip()
        cleaned = clean(raw, limit, letters=name in {"name", "name_local"})
        if cleaned.changes:
            self._remarks.changes(row, name, raw, cleaned, limit)
        if name in {"email", *CODES} and not cleaned.text.isascii():
            return "".join(char for char in cleaned.text if char not in "\u200c\u200d")
        return cleaned.text

    def _codes(self, rows: Sequence[Row], name: str, texts: Sequence[str]) -> Sequence[str]:
        """Return the codes, without those that are not what was typed."""
        if name in self._rounded or may_be_damaged(texts) or any(row.flaws for row in rows):
            return [self._code(row, name, text) for row, text in zip(rows, texts, strict=True)]
        return texts

    def _code(self, row: Row, name: str, text: str) -> str:
        if row.flaws and any(flaw.trouble == "precision" and flaw.column == self._columns[name] for flaw in row.flaws):
            return ""  # told with the flaw: a rounded code would be somebody else's
        heading = self._remarks.heading(name)
        if is_damaged_code(text):
            reason = _("“{code}” is what a spreadsheet leaves of a long number: the code is lost and was left out.")
            self._problems.note(row.number, heading, "scientific", reason.format(code=escape(text)))
            return ""
        if name in self._rounded and len(text) > 15 and text.isdigit():
            reason = _("“{code}” was rounded by a spreadsheet: the code is lost and was left out.")
            self._problems.note(row.number, heading, "rounded", reason.format(code=escape(text)))
            return ""
        return text

    def _tell_missing_codes(self, rows: Sequence[Row], codes: Sequence[str]) -> None:
        reason = _("There is no badge code: a badge of this program is made.")
        for row, code in zip(rows, codes, strict=True):
            if not code:
                self.without_code += 1
                self._problems.note(row.number, self._remarks.heading("badge_code"), "no_code", reason)

    def _tell_trimmed_countries(self, rows: Sequence[Row], texts: Sequence[str]) -> None:
        column = self._columns["country"]
        for row, text in zip(rows, texts, strict=True):
            raw = row.cells[column]
            if text and raw != text:
                reason = _("“{raw}” was read as “{text}”.").format(raw=escape(raw), text=text)
                self._problems.note(row.number, self._remarks.heading("country"), "trimmed", reason)

    def _category_keys(self, rows: Sequence[Row], texts: Sequence[str]) -> list[str]:
        """Return the categories' keys. Nobody is put into a group that the list does not name: unknown stays empty."""
        known = self._categories
        for text in set(texts).difference(known):
            known[text] = self._vocabulary.category(text)
        unknown = {text: self._unknown_category(text) for text in set(texts) if known[text] is None}
        if unknown:
            heading = self._remarks.heading("category")
            for row, text in zip(rows, texts, strict=True):
                if text in unknown:
                    self._problems.note(row.number, heading, f"category {text}", unknown[text])
        return [known[text] or self._default for text in texts]

    def _unknown_category(self, text: str) -> str:
        if self._default:
            reason = _("The event has no category “{text}”; the person gets “{key}”.")
        else:
            reason = _("The event has no category “{text}”; the person is imported without one.")
        return reason.format(text=escape(text), key=self._default)

    def _status(self, row: Row, text: str) -> tuple[str, str]:
        if not text:
            return "registered", ""
        if text not in self._statuses:
            self._statuses[text] = read_status(text)
        found = self._statuses[text]
        if found is None:
            reason = _("The status “{text}” is not known; the person is imported as registered.").format(
                text=escape(text)
            )
            self._problems.note(row.number, self._remarks.heading("status"), f"status {text}", reason)
            return "registered", ""
        return found

    def _expected(self, row: Row, text: str) -> str:
        if not text:
            return ""
        known, unknown = self._vocabulary.expected(row.cells[self._columns["expected"]])
        if unknown:
            reason = _("The event has no session or day called {words}.").format(
                words=", ".join(f"“{escape(word)}”" for word in unknown)
            )
            self._problems.note(row.number, self._remarks.heading("expected"), f"expected {unknown[0]}", reason)
        return " ".join(known)

    def _date(self, row: Row, text: str) -> None:
        if not text:
            return
        found = read_date(text, self._dates)
        heading = self._remarks.heading("arrival")
        if found.day is None:
            self._problems.note(row.number, heading, "no_date", _("“{text}” is no date.").format(text=escape(text)))
        elif found.buddhist:
            reason = _("“{text}” is a year of the Buddhist era; it was read as {day}.").format(
                text=escape(text), day=found.day.isoformat()
            )
            self._remarks.buddhist(row, heading, reason)
        if found.order:
            self._orders[found.order] += 1
        if found.ambiguous:
            self._orders["ambiguous"] += 1
            self._orders.setdefault("first", row.number)
