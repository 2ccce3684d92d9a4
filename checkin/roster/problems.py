"""What is told about a roster: which row, which column, why, and whether the row is left out because of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from checkin.i18n import _, ngettext

Severity = Literal["rejected", "noted"]

EACH = 10
"""So many rows are named for one kind of note in one column; the rest is one line with their number."""
MOST = 50_000
"""So many rejected rows are told with their reasons; beyond it only their number is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know before importing."""

    row: int
    """As the spreadsheet shows it; 0: the file as a whole."""
    column: str
    """The heading of the column; empty: the whole row."""
    reason: str
    severity: Severity


class Problems:
    """Collects problems and keeps a hundred thousand equal notes from burying the one that matters."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: list[Problem] = []
        self._noted: Counter[tuple[str, str]] = Counter()
        self._kinds: list[tuple[str, str] | None] = []
        self._example: dict[tuple[str, str], Problem] = {}
        self._rejections = 0

    def reject(self, row: int, column: str, reason: str) -> None:
        """Tell why a row is left out."""
        self._rejections += 1
        if self._rejections <= MOST:
            self._keep(Problem(row, column, reason, "rejected"), None)

    def note(self, row: int, column: str, kind: str, reason: str) -> None:
        """Tell something about a row that is imported. `kind` groups notes that say the same."""
        key = (column, kind)
        self._noted[key] += 1
        if self._noted[key] <= EACH:
            self._keep(Problem(row, column, reason, "noted"), key)

    def file(self, reason: str) -> None:
        """Tell something about the file as a whole."""
        self._keep(Problem(0, "", reason, "noted"), None)

    def count(self, kind: str) -> int:
        """Return how many notes of this kind there were, in all columns."""
        return sum(number for (_column, known), number in self._noted.items() if known == kind)

    def replace(self, kind: str, reason: str) -> None:
        """Put one sentence about the file in the place of all notes of a kind."""
        pairs = zip(self._kept, self._kinds, strict=True)
        kept = [(problem, key) for problem, key in pairs if key is None or key[1] != kind]
        self._kept, self._kinds = [problem for problem, _key in kept], [key for _problem, key in kept]
        for key in [key for key in self._noted if key[1] == kind]:
            del self._noted[key]
        self.file(reason)

    def all(self) -> tuple[Problem, ...]:
        """Return everything in the order of the rows, with one line for each kind of which not all were named."""
        found = list(self._kept)
        for (column, _kind), number in self._noted.items():
            if number > EACH:
                more = number - EACH
                reason = ngettext("{count} more row: the same.", "{count} more rows: the same.", more)
                example = self._example[column, _kind]
                found.append(Problem(example.row, column, f"{example.reason} {reason.format(count=more)}", "noted"))
        if self._rejections > MOST:
            more = self._rejections - MOST
            text = ngettext("{count} more row was left out.", "{count} more rows were left out.", more)
            found.append(Problem(0, "", text.format(count=more), "rejected"))
        return tuple(sorted(found, key=lambda problem: problem.row))

    def _keep(self, problem: Problem, key: tuple[str, str] | None) -> None:
        self._kept.append(problem)
        self._kinds.append(key)
        if key is not None:
            self._example[key] = problem


def trouble_reason(trouble: str, detail: str, shown: str) -> str:
    """Return the sentence for a flaw that a reader found (roster.table.Trouble)."""
    sentences = {
        "no_value": _("A formula without value: no program has calculated it. It was taken as empty."),
        "precision": _("A number of 16 digits or more: the spreadsheet has rounded it, so this is not what was typed."),
        "boolean": _("TRUE or FALSE is a truth value here, not text; it was taken as the word {shown}."),
        "format": _("The spreadsheet shows this number in its own way ({detail}); it was taken as {shown}."),
        "error": _("The spreadsheet shows an error here ({detail}); it was taken as empty."),
        "buddhist": _("The year of {detail} is of the Buddhist era; it was read as {shown}."),
    }
    return sentences[trouble].format(detail=detail, shown=shown)
