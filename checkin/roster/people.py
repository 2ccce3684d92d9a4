"""One row of a roster becomes one person, and what there is to say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from checkin.domain.cleaning import LIMITS, Cleaned, clean
from checkin.domain.event import Event
from checkin.i18n import _
from checkin.roster.dates import read_date
from checkin.roster.fields import Mapping
from checkin.roster.problems import EACH, Problems, trouble_reason
from checkin.roster.table import Flaw, Row, Table
from checkin.roster.values import is_damaged_code, is_sound, joined_name, looks_rounded
from checkin.roster.vocabulary import Vocabulary, read_status
from checkin.texts import escape


class Person(NamedTuple):
    """What a row says of somebody; the field names are the columns of the attendee table."""

    name: str
    name_local: str
    organisation: str
    country: str
    category: str
    status: str
    status_reason: str
    note: str
    email: str
    phone: str
    badge_code: str
    external_id: str
    expected: str


_CODES = ("badge_code", "external_id")
_PARTS = ("title", "given", "middle", "family")
_OFTEN = {"title", "organisation", "country", "category", "status", "expected"}
"""Fields with few different values: each is cleaned once."""
_MEMO = 10_000
_FATAL = {"encoding", "quote", "long"}


class RowReader:
    """Reads the rows of one table under one mapping; remembers what is said once for a whole column."""

    def __init__(self, table: Table, mapping: Mapping, event: Event, problems: Problems) -> None:
        """Prepare; nothing is read yet."""
        self._headers = table.headers
        self._columns = dict(mapping.columns)
        self._dates = mapping.dates
        self._default = mapping.default_category
        self._vocabulary = Vocabulary(event)
        self._problems = problems
        self._heading_cells = [cell.strip() for cell in table.headers]
        self._rounded = {
            name
            for name in _CODES
            if name in self._columns and looks_rounded([row.cells[self._columns[name]].strip() for row in table.sample])
        }
        self._plan: list[tuple[str, int, int, dict[str, str] | None]] = [
            (name, column, LIMITS.get(name, 200), {} if name in _OFTEN else None) for name, column in mapping.columns
        ]
        self._sound: set[str] = set()
        self._has_parts = not self._columns.keys().isdisjoint(_PARTS)
        self._has_local_parts = not self._columns.keys().isdisjoint({"given_local", "family_local"})
        self._categories: dict[str, str | None] = {}
        self._statuses: dict[str, tuple[str, str] | None] = {}
        self._orders: Counter[str] = Counter()
        self._buddhist = ""
        """What was told of the first date of the Buddhist era."""
        self.read_rows = 0
        self.skipped = 0
        """Rows that are no person and no error: headings once more."""
        self.without_code = 0

    def read(self, row: Row) -> Person | None:
        """Return the person of a row; None where the row is left out, which has then been told."""
        if row.cells == self._heading_cells:
            self._problems.note(row.number, "", "heading", _("The headings stand here once more; the row was skipped."))
            self.skipped += 1
            return None
        if row.flaws and self._is_fatal(row):
            return None
        self.read_rows += 1
        for flaw in row.flaws:
            self._tell_flaw(row, flaw)
        take = self._texts(row)
        name = take.get("name", "")
        if not name and self._has_parts:
            name = joined_name(*(take.get(part, "") for part in _PARTS))
        local = take.get("name_local", "")
        if not local and self._has_local_parts:
            local = joined_name("", take.get("given_local", ""), "", take.get("family_local", ""))
        if not name and not local:
            self._problems.reject(row.number, self._heading("name"), _("There is no name in this row."))
            return None
        for code in _CODES:
            if code in take:
                take[code] = self._code(row, code, take[code])
        if "badge_code" in take and not take["badge_code"]:
            self._without_code(row)
        if "arrival" in take:
            self._date(row, take["arrival"])
        status, reason = self._status(row, take.get("status", ""))
        return Person(
            name, local, take.get("organisation", ""), self._country(row, take), self._category(row, take), status, reason,
            take.get("note", ""), take.get("email", ""), take.get("phone", ""), take.get("badge_code", ""),
            take.get("external_id", ""), self._expected(row, take.get("expected", "")),
        )  # fmt: skip

    def look_ahead(self, rows: Sequence[Row]) -> None:
        """See which fields need no cleaning in the rows that are read next. (A name is looked at letter by letter only
        where it is not of ordinary letters.)"""
        self._sound = {
            name
            for name, column, limit, _known in self._plan
            if is_sound([row.cells[column] for row in rows], limit)
            and (name not in {"name", "name_local"} or all(any(c.isalnum() for c in row.cells[column]) for row in rows))
        }

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
            column = self._heading("arrival")
            self._problems.replace("buddhist", text.format(count=buddhist, column=column, example=self._buddhist))
        if self._orders["ambiguous"] and not self._orders["dmy"] and not self._orders["mdy"]:
            self._problems.note(
                self._orders["first"], self._heading("arrival"), "order",
                _("Dates such as 03/04 can be day first or month first; they were read day first. Say which with --dates."),
            )  # fmt: skip

    # --- cells ---

    def _texts(self, row: Row) -> dict[str, str]:
        """Return the cleaned text of each field; words that come again and again are cleaned once."""
        cells = row.cells
        take: dict[str, str] = {}
        for name, column, limit, known in self._plan:
            raw = cells[column]
            if not raw or name in self._sound:
                take[name] = raw
            elif known is not None and raw in known:
                take[name] = known[raw]
            else:
                take[name] = text = self._cleaned(row, name, raw, limit)
                if known is not None and text == raw.strip() and len(known) < _MEMO:
                    known[raw] = text
        return take

    def _cleaned(self, row: Row, name: str, raw: str, limit: int) -> str:
        if raw.isascii() and raw.isprintable() and raw[0] != "'" and len(raw) <= limit and "  " not in raw:
            return raw.strip()
        cleaned = clean(raw, limit, letters=name in {"name", "name_local"})
        if cleaned.changes:
            self._tell_changes(row, self._headers[self._columns[name]], raw, cleaned, limit)
        if name in {"email", *_CODES} and not cleaned.text.isascii():
            return "".join(char for char in cleaned.text if char not in "\u200c\u200d")
        return cleaned.text

    def _code(self, row: Row, name: str, text: str) -> str:
        if row.flaws and any(flaw.trouble == "precision" and flaw.column == self._columns[name] for flaw in row.flaws):
            return ""  # told with the flaw: a rounded code would be somebody else's
        heading = self._heading(name)
        if is_damaged_code(text):
            reason = _("“{code}” is what a spreadsheet leaves of a long number: the code is lost and was left out.")
            self._problems.note(row.number, heading, "scientific", reason.format(code=escape(text)))
            return ""
        if name in self._rounded and len(text) > 15 and text.isdigit():
            reason = _("“{code}” was rounded by a spreadsheet: the code is lost and was left out.")
            self._problems.note(row.number, heading, "rounded", reason.format(code=escape(text)))
            return ""
        return text

    def _without_code(self, row: Row) -> None:
        self.without_code += 1
        reason = _("There is no badge code: a badge of this program is made.")
        self._problems.note(row.number, self._heading("badge_code"), "no_code", reason)

    def _country(self, row: Row, take: dict[str, str]) -> str:
        text = take.get("country", "")
        if text and row.cells[self._columns["country"]] != text:
            raw = row.cells[self._columns["country"]]
            reason = _("“{raw}” was read as “{text}”.").format(raw=escape(raw), text=text)
            self._problems.note(row.number, self._heading("country"), "trimmed", reason)
        return text

    def _category(self, row: Row, take: dict[str, str]) -> str:
        """Return the category's key. Nobody is put into a group that the list does not name: unknown stays empty."""
        text = take.get("category", "")
        if not text:
            return self._default
        if text not in self._categories:
            self._categories[text] = self._vocabulary.category(text)
        found = self._categories[text]
        if found is None:
            reason = _("The event has no category “{text}”; the person is imported without one.").format(
                text=escape(text)
            )
            if self._default:
                reason = _("The event has no category “{text}”; the person gets “{key}”.").format(
                    text=escape(text), key=self._default
                )
            self._problems.note(row.number, self._heading("category"), f"category {text}", reason)
        return found or self._default

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
            self._problems.note(row.number, self._heading("status"), f"status {text}", reason)
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
            self._problems.note(row.number, self._heading("expected"), f"expected {unknown[0]}", reason)
        return " ".join(known)

    def _date(self, row: Row, text: str) -> None:
        if not text:
            return
        found = read_date(text, self._dates)
        heading = self._heading("arrival")
        if found.day is None:
            self._problems.note(row.number, heading, "no_date", _("“{text}” is no date.").format(text=escape(text)))
        elif found.buddhist:
            reason = _("“{text}” is a year of the Buddhist era; it was read as {day}.").format(
                text=escape(text), day=found.day.isoformat()
            )
            self._buddhist = self._buddhist or reason
            self._problems.note(row.number, heading, "buddhist", reason)
        if found.order:
            self._orders[found.order] += 1
        if found.ambiguous:
            self._orders["ambiguous"] += 1
            self._orders.setdefault("first", row.number)

    # --- telling ---

    def _is_fatal(self, row: Row) -> bool:
        for flaw in row.flaws:
            if flaw.trouble not in _FATAL:
                continue
            heading = self._headers[flaw.column] if 0 <= flaw.column < len(self._headers) else ""
            if flaw.trouble == "encoding":
                where = self.read_rows + 1
                reason = _(
                    "The text is broken (byte {byte} belongs to no letter). It is row {count} under the headings."
                )
                text = reason.format(byte=flaw.detail or "?", count=where)
            elif flaw.trouble == "long":
                text = _("The row has {have} cells under {width} headings, so something has shifted.").format(
                    have=flaw.detail, width=len(self._headers)
                )
            else:
                text = _("The quotation marks in this row do not fit.")
            self._problems.reject(row.number, heading, text)
            return True
        return False

    def _tell_flaw(self, row: Row, flaw: Flaw) -> None:
        if flaw.trouble == "short":
            reason = _("The row has {have} cells under {width} headings; the missing ones are empty.").format(
                have=flaw.detail, width=len(self._headers)
            )
            self._problems.note(row.number, "", "short", reason)
        elif flaw.column in self._columns.values():
            if flaw.trouble == "format" and flaw.column not in {self._columns.get(c) for c in (*_CODES, "phone")}:
                return
            reason = trouble_reason(flaw.trouble, flaw.detail, escape(row.cells[flaw.column]))
            if flaw.trouble == "buddhist":
                self._buddhist = self._buddhist or reason
            self._problems.note(row.number, self._headers[flaw.column], flaw.trouble, reason)

    def _tell_changes(self, row: Row, heading: str, raw: str, cleaned: Cleaned, limit: int) -> None:
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
            self._problems.note(row.number, heading, change, sentences[change])

    def _heading(self, name: str) -> str:
        column = self._columns.get(name)
        return self._headers[column] if column is not None else ""
