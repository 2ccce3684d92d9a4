"""The suite of every hub, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkin.sync.hub import Hub
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.hubs import postgres
from checkin.sync.keys import SyncKeys
from tests.sync.conformance import HubConformance
from tests.sync.journals import event_keys
from tests.sync.postgres.server import Server


class PostgresPlace:
    """See conformance.HubPlace."""

    def __init__(self, server: Server) -> None:
        self.keys = event_keys()
        self._server = server
        self._make()

    def connect(self, keys: SyncKeys) -> Hub:
        """Enrol a desk once; one of another event has somebody's password and its own keys."""
        name = keys.certificate[64:].decode() if keys.event_id == self.keys.event_id else "Desk 2"
        if name not in self._urls:
            self._urls[name] = admin.add_desk(self._url, self.keys, name, keys.public)
        return postgres.connect(self._urls[name], keys)

    def revoke(self, name: str) -> None:
        admin.revoke_desk(self._url, self.keys, name)

    def remake(self) -> None:
        self.remove()
        self._make()

    def remove(self) -> None:
        self._server.recycle(self._database)

    def _make(self) -> None:
        self._urls: dict[str, str] = {}
        self._database = self._server.database()
        self._url = self._server.url(self._database)
        admin.init(self._url, self.keys)


class TestPostgresHub(HubConformance):
    @pytest.fixture
    def place(self, server: Server) -> Iterator[PostgresPlace]:  # type: ignore[override]
        made = PostgresPlace(server)
        yield made
        made.remove()
