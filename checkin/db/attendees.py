"""Read single persons: by id, by badge number, by foreign code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from checkin.db.models import attendee
from checkin.domain.attendee import Attendee

FIELDS: Final = (
    "uid", "name", "name_local", "organisation", "country", "category", "status", "status_reason", "note", "email",
    "phone", "badge_code", "external_id", "expected", "walk_in",
)  # fmt: skip
"""The columns of `attendee` that make an Attendee, in the order of its fields."""

COLUMNS: Final = tuple(attendee.c[name] for name in FIELDS)
SQL_FIELDS: Final = ", ".join(f"a.{name}" for name in FIELDS)
"""For statements on the bare driver, where the table is called `a`."""

WIDTH: Final = len(FIELDS)


@dataclass(frozen=True, slots=True)
class Stored:
    """A person and the row's number in this file (local; never leaves it)."""

    pk: int
    attendee: Attendee


def to_attendee(row: Sequence[Any]) -> Attendee:
    """Make an Attendee of a row whose first columns are FIELDS."""
    return Attendee(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[12],
        tuple(row[13].split()), bool(row[14]),
    )  # fmt: skip
