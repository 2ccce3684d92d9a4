"""Complete the organisation and the country of a form out of what the roster knows."""

from __future__ import annotations

from typing import Literal

from checkin.db.engine import Database


class Completion:
    """Knows one event's organisations and countries. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database

    def warm(self) -> None:
        """Read the organisations of the roster now."""

    def suggest(self, field: Literal["organisation", "country"], text: str, limit: int = 5) -> list[str]:
        """Return what may stand in the field, best first."""
        return []
