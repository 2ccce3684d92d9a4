"""Find those on the roster who may be the walk-in whose form is being filled in."""

from __future__ import annotations

from checkin.db.engine import Database
from checkin.db.search.finder import Search
from checkin.domain.alike import LookAlike, Sought


class LookAlikes:
    """Asks one event's file. Safe to use from several threads."""

    def __init__(self, database: Database, search: Search) -> None:
        """Remember the file; nothing is read yet."""
        self._database = database
        self._search = search

    def warm(self) -> None:
        """Work out how the names of the roster sound, so that the first question need not wait for it."""

    def find(self, sought: Sought, limit: int = 3) -> list[LookAlike]:
        """Return at most `limit` people who may be the one sought, best first; empty when there is nobody to ask about."""
        return []
