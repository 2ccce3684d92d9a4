"""Badges that were let in at two desks which did not know of each other: counted once, looked at by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from checkin.db.attendees import SQL_FIELDS, WIDTH, to_attendee
from checkin.domain.attendee import Attendee
from checkin.domain.journal import Body

SETTLED: Final = "settled"
"""`change` of the NOTE by which a person says that a double was looked at; its target is the second admission."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """One of the two admissions."""

    record: str
    """entry_id, UUID text."""
    at_ms: int
    """Corrected time, milliseconds since 1970 UTC."""
    desk: str
    staff: str
    """Empty where the name has not come from that desk yet."""


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody who was let in at `second` while inside already by `first`, at another desk, unknown to it."""

    attendee: Attendee
    day: str
    checkpoint: str
    first: Admitted
    second: Admitted
    settled: bool
    reason: str
    """What was said when it was settled."""


_SELECT: Final = f"""
SELECT {SQL_FIELDS}, d.day, d.checkpoint, d.first, d.second,
 (SELECT v.text FROM entry n LEFT JOIN private v ON v.entry_id = n.entry_id LEFT JOIN undone u ON u.target = n.entry_id
  WHERE n.kind = 'NOTE' AND n.attendee = d.attendee AND u.target IS NULL
  AND json_extract(CAST(n.body AS TEXT), '$.ch') = 'settled'
  AND unhex(replace(json_extract(CAST(n.body AS TEXT), '$.t'), '-', '')) = d.second LIMIT 1),
 EXISTS (SELECT 1 FROM entry n LEFT JOIN undone u ON u.target = n.entry_id
  WHERE n.kind = 'NOTE' AND n.attendee = d.attendee AND u.target IS NULL
  AND json_extract(CAST(n.body AS TEXT), '$.ch') = 'settled'
  AND unhex(replace(json_extract(CAST(n.body AS TEXT), '$.t'), '-', '')) = d.second)
FROM double d JOIN attendee a ON a.id = d.attendee
"""  # noqa: S608 - built from constants of this package only


def doubles(connection: Connection, day: str = "") -> list[Double]:
    """Return the doubles of a day, or of all days, newest first, settled ones among them."""
    raw: Any = connection.connection.driver_connection
    where, values = ("WHERE d.day = ?", (day,)) if day else ("", ())
    found = []
    for row in raw.execute(_SELECT + where, values).fetchall():
        shown_day, checkpoint, first, second, reason, settled = row[WIDTH : WIDTH + 6]
        pair = _admitted(raw, first), _admitted(raw, second)
        found.append(Double(to_attendee(row), shown_day, checkpoint, *pair, bool(settled), reason or ""))
    return sorted(found, key=lambda one: -one.second.at_ms)


def unsettled(connection: Connection, day: str = "") -> int:
    """Return how many doubles nobody has settled yet."""
    return sum(not one.settled for one in doubles(connection, day))


def _admitted(raw: Any, entry_id: bytes) -> Admitted:
    data, desk, staff = raw.execute(
        "SELECT e.body, j.desk, s.name FROM entry e JOIN journal j ON j.id = e.journal"
        " LEFT JOIN staff s ON s.operator = json_extract(CAST(e.body AS TEXT), '$.op')"
        " WHERE e.entry_id = ? AND e.kind <> 'COPY'",
        (entry_id,),
    ).fetchone()
    body = Body.from_bytes(data)
    return Admitted(body.entry_id, body.at_ms + body.offset_ms, desk, staff or "")
