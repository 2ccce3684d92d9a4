"""Two who are one person: everything that was the other's counts for the one who is kept, and can be parted again.

Badges, codes and entries name in `attendee` the one who is kept, so that a scan and a count need not ask who that is; whose
they were stands in `owner` and in the entry's subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checkin.db.facts import facts_of, stored
from checkin.db.recount import recount, withdraw
from checkin.domain.journal import Kind, one_person


def remerge(raw: Any, pks: Iterable[int]) -> list[int]:
    """Work out anew who of these rows, and of all who hang together with them, are one; return all those rows."""
    named = tuple(dict.fromkeys(pks))
    query = f"SELECT DISTINCT COALESCE(merged, id) FROM attendee WHERE id IN ({_marks(named)})"  # noqa: S608 - marks only
    roots = [int(row[0]) for row in raw.execute(query, named).fetchall()]
    rows = raw.execute(
        f"SELECT id, uid, COALESCE(merged, id) FROM attendee WHERE id IN ({_marks(roots)})"  # noqa: S608 - marks only
        f" OR merged IN ({_marks(roots)}) ORDER BY id",
        (*roots, *roots),
    ).fetchall()
    numbers = {uid: pk for pk, uid, _root in rows}
    merges = sorted(
        (f for root in roots for f in facts_of(raw, root, Kind.MERGE) if not f.undone), key=lambda f: f.order
    )
    known = [pair for uid in sorted(numbers) for pair in _alias(raw, uid)]
    one = one_person([*known, *((fact.body.subject, fact.body.target) for fact in merges)])
    moves = [(pk, uid, old, numbers.get(one.get(uid, uid), pk)) for pk, uid, old in rows]
    if all(old == new for _pk, _uid, old, new in moves):
        return [pk for pk, _uid, _old, _new in moves]
    for root in roots:
        withdraw(raw, stored(raw, root))
    for pk, uid, old, new in moves:
        if old != new:
            _move(raw, pk, uid, old, new)
    for root in {new for _pk, _uid, _old, new in moves}:
        recount(raw, root)
    return [pk for pk, _uid, _old, _new in moves]


def _alias(raw: Any, uid: str) -> list[tuple[str, str]]:
    """Return (owner, uid) where this id was made from a badge of somebody else."""
    row = raw.execute("SELECT owner FROM alias WHERE uid = ?", (uid,)).fetchone()
    return [(row[0], uid)] if row else []


def _move(raw: Any, pk: int, uid: str, old: int, new: int) -> None:
    """Let what belongs to the row `pk` and counted for `old` count for `new`."""
    owner = None if new == pk else pk
    raw.execute("UPDATE attendee SET merged = ? WHERE id = ?", (owner and new, pk))
    for table in ("badge", "code"):
        raw.execute(
            f"UPDATE {table} SET attendee = ?, owner = ? WHERE attendee = ? AND COALESCE(owner, attendee) = ?",  # noqa: S608
            (new, owner, old, pk),
        )
    raw.execute(
        "UPDATE entry SET attendee = ? WHERE attendee = ? AND json_extract(CAST(body AS TEXT), '$.s') = ?",
        (new, old, uid),
    )


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
