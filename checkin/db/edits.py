"""The fields of a person: what the roster or the walk-in form says, and over it what stands of what desks changed.

A field has the value of its newest standing edit, by corrected time, journal and number (`_newest_last`). What was there
before the first edit is kept in `before_edit` and is back when no edit stands. A roster that is imported again changes
what is kept there, not what is seen: whoever spoke with the guest knew better than a list, and an undo brings the list's
word back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from checkin.db.facts import Fact, facts_of
from checkin.domain.changes import CODE, EDITED
from checkin.domain.folding import thai_sort_key
from checkin.domain.journal import Kind

COUNTED: Final = ("category", "country", "status")
"""Fields that are no secret: they stay when a person is erased."""
_KINDS: Final = (Kind.WALK_IN, Kind.ATTENDEE, Kind.UNDO)


def refresh(raw: Any, pk: int) -> None:
    """Bring one row of `attendee` to what its entries say. Call it inside `recount.withdraw` and `recount.recount`."""
    row = raw.execute(f"SELECT uid, merged, {', '.join(EDITED)} FROM attendee WHERE id = ?", (pk,)).fetchone()  # noqa: S608 - constants
    uid, merged, seen = row[0], row[1], dict(zip(EDITED, row[2:], strict=True))
    before = dict(raw.execute("SELECT field, value FROM before_edit WHERE attendee = ?", (pk,)).fetchall())
    edited = _edited([fact for fact in facts_of(raw, merged or pk, *_KINDS) if fact.body.subject == uid])
    for name in edited.keys() - before.keys():
        before[name] = seen[name]
        raw.execute("INSERT INTO before_edit (attendee, field, value) VALUES (?, ?, ?)", (pk, name, seen[name]))
    for name in before.keys() - edited.keys():
        raw.execute("DELETE FROM before_edit WHERE attendee = ? AND field = ?", (pk, name))
    values = {**seen, **before, **edited}
    if values != seen:
        sets = ", ".join(f"{name} = ?" for name in EDITED)
        sort_key = thai_sort_key(values["name"] or values["name_local"])
        raw.execute(
            f"UPDATE attendee SET {sets}, sort_key = ? WHERE id = ?",  # noqa: S608 - constants
            (*(values[name] for name in EDITED), sort_key, pk),
        )


def rebase(raw: Any, pks: Iterable[int]) -> None:
    """After a roster wrote its own values over these rows: keep them as what was before, and show the edits again."""
    edited = {pk for (pk,) in raw.execute("SELECT DISTINCT attendee FROM before_edit").fetchall()}
    if not edited:
        return
    for pk in edited.intersection(pks):
        row = raw.execute(f"SELECT {', '.join(EDITED)} FROM attendee WHERE id = ?", (pk,)).fetchone()  # noqa: S608 - constants
        raw.executemany(
            "UPDATE before_edit SET value = ? WHERE attendee = ? AND field = ?",
            [(value, pk, name) for name, value in zip(EDITED, row, strict=True)],
        )
        refresh(raw, pk)


def refresh_codes(raw: Any, pk: int) -> None:
    """Bring the learned codes of one row to what its entries say: of two that learned one code the first has it."""
    uid, merged = raw.execute("SELECT uid, merged FROM attendee WHERE id = ?", (pk,)).fetchone()
    for fact in facts_of(raw, merged or pk, Kind.ATTENDEE):
        if fact.body.subject != uid or fact.body.change != CODE:
            continue
        learned = bytes.fromhex(fact.body.entry_id.replace("-", ""))
        text = fact.private.changes.get(CODE, ("", ""))[1]
        if fact.undone:
            raw.execute("DELETE FROM code WHERE learned = ?", (learned,))
        elif text:
            raw.execute(
                "INSERT OR IGNORE INTO code (text, attendee, owner, learned) VALUES (?, ?, ?, ?)",
                (text, merged or pk, pk if merged else None, learned),
            )


def _edited(facts: list[Fact]) -> dict[str, str]:
    """Return the value of every field of which an edit stands. What was erased is known only as far as the body says."""
    walk_ins = {fact.body.entry_id for fact in facts if fact.body.kind is Kind.WALK_IN}
    values: dict[str, str] = {}
    for fact in _newest_last(facts):
        body = fact.body
        if body.kind is Kind.UNDO and body.target in walk_ins:
            values |= {"status": "cancelled", "status_reason": fact.private.reason}
        elif body.kind is Kind.ATTENDEE and not fact.undone:
            public = {"category": body.category, "country": body.country, "status": _STATUS.get(body.change, "")}
            values |= {name: value for name, value in public.items() if value}
            values |= {name: new for name, (_old, new) in fact.private.changes.items() if name in EDITED}
    return values


def _newest_last(facts: list[Fact]) -> list[Fact]:
    """Put facts in the order of time, but those of one journal always by number: a clock that was set back must not make
    a desk's own earlier word the last one."""
    latest: dict[str, int] = {}
    ordered = []
    for fact in sorted(facts, key=lambda fact: fact.order[2]):
        at_ms, journal_id, seq = fact.order
        latest[journal_id] = max(at_ms, latest.get(journal_id, at_ms))
        ordered.append(((latest[journal_id], journal_id, seq), fact))
    return [fact for _order, fact in sorted(ordered, key=lambda pair: pair[0])]


_STATUS: Final = {"cancel": "cancelled", "reinstate": "registered"}
