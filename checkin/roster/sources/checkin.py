"""The attendance list that this program exports: who came, with the ids that the roster already knows."""

from __future__ import annotations

from typing import Final

NAME = "checkin"

FIELDS: Final = ("name", "name_local", "organisation", "country", "category", "badge_code", "external_id")
ID: Final = "id"
_ALSO: Final = {ID, "day", "first_at", "last_at"}


def recognise(headers: list[str]) -> dict[str, int] | None:
    """Return field -> column where the headings are those of our attendance list."""
    places = {heading.strip(): column for column, heading in reversed(list(enumerate(headers)))}
    if not places.keys() >= _ALSO or not set(FIELDS) <= places.keys():
        return None
    return {field: places[field] for field in FIELDS}
