"""The dry run: read every row, compare it with the roster, and say what an import would do. Nothing is written."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from checkin.db.engine import Database
from checkin.db.roster_store import FIELDS, Staging, new_folder, remove_folder
from checkin.domain.event import Event
from checkin.domain.folding import thai_sort_key
from checkin.errors import CancelledError, RosterFileError
from checkin.i18n import _, ngettext
from checkin.roster.fields import DateOrder, Mapping
from checkin.roster.matching import match
from checkin.roster.own_export import OwnExport
from checkin.roster.people import People, RowReader
from checkin.roster.problems import Problem, Problems
from checkin.roster.sources import checkin as own_list
from checkin.roster.table import Table, letter
from checkin.roster.values import key

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of this file would do. Holds a folder beside the event until `discard` or the import."""

    source: str
    added: int
    updated: int
    unchanged: int
    rejected: int
    """Rows that are left out, each with its reason in `problems` (identical repetitions of a row count here too)."""
    missing: int
    """People of this list who are in the roster but not in the file any more. They stay."""
    missing_names: tuple[str, ...]
    """The first 100 of them."""
    problems: tuple[Problem, ...]
    folder: Path
    columns: tuple[tuple[str, str], ...]
    """Which field was read from which heading; remembered with the import."""
    dates: DateOrder | None = None

    @property
    def rejections(self) -> tuple[Problem, ...]:
        """Return the problems because of which rows are left out."""
        return tuple(problem for problem in self.problems if problem.severity == "rejected")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Return the problems of rows that are imported all the same."""
        return tuple(problem for problem in self.problems if problem.severity == "noted")

    def discard(self) -> None:
        """Delete what was gathered, when there will be no import."""
        remove_folder(self.folder)


def no_progress(_done: int, _total: int) -> None:
    """Report nothing."""


def never() -> bool:
    """Go on to the end."""
    return False


def check(
    table: Table,
    mapping: Mapping,
    event: Event,
    existing: Database,
    *,
    source: str = "",
    visible_only: bool = False,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Preview:
    """Say what importing `table` would do to the roster in `existing`. May run on any thread.

    `source` names the list (default: the file's name): rows are matched by (source, external id) first. Raises
    RosterFileError where the mapping is not clear, CancelledError.
    """
    _require_clear(table, mapping)
    if mapping.preset == own_list.NAME:
        ours = OwnExport(table, mapping, existing)
        found = check(
            ours.table(), replace(mapping, preset=""), event, existing, source=source, visible_only=visible_only,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
        kept = tuple(one for one in found.problems if not ours.unchanged or one.reason != _no_rows())
        return replace(found, unchanged=found.unchanged + ours.unchanged, problems=kept)
    folder = new_folder(existing)
    try:
        staging = Staging(folder, source or table.path.name)
        try:
            return _check(
                _Job(table, mapping, event, source or table.path.name, visible_only, progress, cancelled),
                staging, existing,
            )  # fmt: skip
        finally:
            staging.close()
    except BaseException:
        remove_folder(folder)
        raise


@dataclass(frozen=True, slots=True)
class _Job:
    table: Table
    mapping: Mapping
    event: Event
    source: str
    visible_only: bool
    progress: Progress
    cancelled: Cancelled

    def tick(self) -> None:
        if self.cancelled():
            raise CancelledError(_("Stopped. Nothing was imported."))


def _require_clear(table: Table, mapping: Mapping) -> None:
    for ambiguity in mapping.ambiguous:
        raise RosterFileError(
            _(
                "The heading “{heading}” stands over the columns {columns}. Nothing was imported; say which one is meant,"
                " for example --map {field}={column}."
            ).format(
                heading=ambiguity.heading, columns=", ".join(map(letter, ambiguity.columns)), field=ambiguity.field,
                column=letter(ambiguity.columns[0]),
            )
        )  # fmt: skip
    if not any(mapping.get(name) is not None for name in ("name", "given", "family", "name_local", "given_local")):
        raise RosterFileError(
            _(
                "No column of names was recognised. Nothing was imported; say which one it is, for example --map name=B."
                " The columns are: {columns}."
            ).format(columns=", ".join(f"{letter(i)} “{h}”" for i, h in enumerate(table.headers)))
        )


def _check(job: _Job, staging: Staging, existing: Database) -> Preview:
    problems = Problems()
    for note in job.table.content.notes:
        problems.file(note)
    reader = RowReader(job.table, job.mapping, job.event, problems)
    known = staging.add_existing(existing, _comparing, job.tick)
    given = given_fields(job.mapping)
    seen = Repeats()
    for people in _people(job, reader):
        fields: dict[str, Sequence[str]] = {name: people.fields[name] for name in FIELDS if name in given}
        digests = list(map(hash, zip(*fields.values(), strict=True)))
        seen.add(digests, fields.get("badge_code", ()), fields.get("external_id", ()))
        names = [name or local for name, local in zip(people.fields["name"], people.fields["name_local"], strict=True)]
        columns: dict[str, Sequence[object]] = {"row": people.rows}
        columns |= fields
        columns |= {"sort_key": list(map(thai_sort_key, names)), "digest": digests}
        if known:
            columns |= _comparable(names, fields.get("organisation"))
        staging.add(columns)
    rejected = reader.rejected
    reader.finish()
    if not reader.read_rows and not rejected:
        problems.file(_no_rows())
    job.tick()
    rejected += _alike(job, staging, seen, problems)
    job.tick()
    if known:
        rejected += match(staging, problems, _headings(job, "badge_code"))
        job.tick()
        staging.decide(given)
    missing, names = staging.missing(job.source)
    if missing:
        text = ngettext(
            "{count} person of this list is in the roster but not in the file. Nobody is deleted.",
            "{count} people of this list are in the roster but not in the file. Nobody is deleted.",
            missing,
        )
        problems.file(text.format(count=missing))
    added, updated, unchanged = staging.counts()
    headers = job.table.headers
    return Preview(
        source=job.source,
        added=added,
        updated=updated,
        unchanged=unchanged,
        rejected=rejected,
        missing=missing,
        missing_names=tuple(names),
        problems=problems.all(),
        folder=staging.folder,
        columns=tuple((name, headers[column]) for name, column in job.mapping.columns),
        dates=job.mapping.dates,
    )


def _no_rows() -> str:
    return _("There are headings but no rows under them. Nothing is changed.")


def _people(job: _Job, reader: RowReader) -> Iterator[People]:
    total = job.table.total
    rows = job.table.rows(visible_only=job.visible_only)
    done = 0
    while batch := list(islice(rows, _BATCH)):
        job.tick()
        job.progress(min(done, total), total)
        yield reader.read(batch)
        done += len(batch)
    job.progress(total, total)


def _alike(job: _Job, staging: Staging, seen: Repeats, problems: Problems) -> int:
    """Set aside rows that repeat one another; return how many."""
    twins = staging.twins() if seen.rows() else []
    for row, first in twins:
        problems.reject(row, "", _("The same as row {first}; one of them is imported.").format(first=first))
    count = len(twins)
    for field, repeats in (("badge_code", seen.codes), ("external_id", seen.ids)):
        if not repeats():
            continue
        gone: set[int] = set()
        for text, rows in staging.clashes(field):
            listed = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
            reason = _("“{code}” stands in the rows {rows}, which differ: none of them is imported.").format(
                code=text[:64], rows=listed
            )
            for row in rows:
                problems.reject(row, _headings(job, field), reason)
            gone.update(rows)
        staging.set_action("rejected", gone)
        count += len(gone)
    return count


def _headings(job: _Job, field: str) -> str:
    column = job.mapping.get(field)
    return "" if column is None else job.table.headers[column]


def given_fields(mapping: Mapping) -> frozenset[str]:
    """Return the fields of a person that the file says something about."""
    given = {name for name, _column in mapping.columns}
    if given & {"given", "family", "title", "middle"}:
        given.add("name")
    if given & {"given_local", "family_local"}:
        given.add("name_local")
    if "status" in given:
        given.add("status_reason")
    if mapping.default_category:
        given.add("category")
    return frozenset(given)


def _comparing(name: str, organisation: str) -> tuple[str, str]:
    """Return name and organisation as they are compared with the roster's."""
    return key(name), _place_key(organisation)


def _comparable(names: Sequence[str], organisations: Sequence[str] | None) -> dict[str, Sequence[str]]:
    """Return the columns by which people are compared with those in the roster."""
    columns: dict[str, Sequence[str]] = {"name_key": list(map(key, names))}
    if organisations is not None:
        columns["org_key"] = list(map(_place_key, organisations))
    return columns


@lru_cache(maxsize=4096)
def _place_key(organisation: str) -> str:
    return key(organisation)


class Repeats:
    """Says whether anything came twice at all, at 8 bytes a row; which rows it was is then asked of the staging file."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._rows, self._codes, self._ids = array("q"), array("q"), array("q")

    def add(self, digests: Iterable[int], badge_codes: Iterable[str], external_ids: Iterable[str]) -> None:
        """Remember some rows."""
        self._rows.extend(digests)
        self._codes.extend(hash(code) for code in badge_codes if code)
        self._ids.extend(hash(text) for text in external_ids if text)

    def rows(self) -> bool:
        """Say whether a whole row came twice."""
        return len(set(self._rows)) < len(self._rows)

    def codes(self) -> bool:
        """Say whether a badge code came twice."""
        return len(set(self._codes)) < len(self._codes)

    def ids(self) -> bool:
        """Say whether an external id came twice."""
        return len(set(self._ids)) < len(self._ids)
