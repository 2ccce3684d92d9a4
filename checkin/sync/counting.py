"""Counting as a hub does it: from entries and what is public about people, without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from checkin.domain.journal import Body, Entry, Kind, fold
from checkin.sync.counted import CountRow
from checkin.sync.records import PublicPerson, Record


def count_rows(records: Iterable[tuple[str, Record]], people: Iterable[PublicPerson]) -> list[CountRow]:
    """Return unique people let in, by day, checkpoint, category and country.

    `records`: (journal, record) of all journals and forks; one that this program cannot read is no admission it knows.
    `people`: of all lists, the oldest first.
    """
    entries = list(_entries(records))
    folded = fold(entries)
    listed = {person.uid: (person.category, person.country) for person in people}
    said = _said(entries, folded.undone)
    numbers: Counter[tuple[str, str, str, str]] = Counter()
    for subject, day, checkpoint in folded.present:
        category, country = listed.get(subject, ("", ""))
        numbers[
            day, checkpoint, said.get((subject, "category"), category), said.get((subject, "country"), country)
        ] += 1
    return [CountRow(*key, came) for key, came in sorted(numbers.items())]


def _entries(records: Iterable[tuple[str, Record]]) -> Iterable[Entry]:
    unique = {record.entry_id: (journal, record) for journal, record in sorted(records, key=lambda r: (r[0], r[1].seq))}
    for journal, record in unique.values():
        try:
            body = Body.from_bytes(record.body)
        except (ValueError, KeyError, TypeError):
            continue
        yield Entry(journal, record.seq, body, record.body, record.hash)


def _said(entries: Iterable[Entry], undone: frozenset[str]) -> dict[tuple[str, str], str]:
    """Return what the desks said of people: the newest edit that stands, else the walk-in form. A desk's own words count
    in the order it said them, also where its clock was set back in between (db.edits)."""
    latest: dict[tuple[str, str], int] = {}
    rows = []
    for entry in sorted(entries, key=lambda e: (e.journal_id, e.seq)):
        body = entry.body
        if body.kind not in {Kind.WALK_IN, Kind.ATTENDEE, Kind.UNDO}:
            continue
        key = (body.subject, entry.journal_id)
        at = latest[key] = max(latest.get(key, 0), body.at_ms + body.offset_ms)
        if body.kind is not Kind.UNDO and (body.kind is Kind.WALK_IN or body.entry_id not in undone):
            rows.append((body.kind is Kind.ATTENDEE, at, entry.journal_id, entry.seq, body))
    said: dict[tuple[str, str], str] = {}
    for *_order, body in sorted(rows, key=lambda row: row[:4]):
        said.update({(body.subject, field): value for field, value in _fields(body) if value})
    return said


def _fields(body: Body) -> tuple[tuple[str, str], ...]:
    return ("category", body.category), ("country", body.country)
