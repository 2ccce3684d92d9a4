"""The whole way on a PostgreSQL hub as a supervisor goes it: set up, let a desk in, join, sync, cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.app import create_app, open_app
from checkin.errors import EnrolmentError, HubRefusedError
from checkin.sync import administration
from checkin.sync.enrolment import from_text, read_file
from checkin.sync.joining import join
from tests.cli.run import checkin, objects
from tests.sync.postgres.place import server
from tests.sync.postgres.server import Server
from tests.ui.conftest import PRACTICE

__all__ = ["server"]
PIN = "12345678"


def test_two_laptops_agree_and_the_enrolment_is_used_once(server: Server, tmp_path: Path) -> None:
    one, two, file = tmp_path / "one", tmp_path / "two", tmp_path / "two.checkin-desk"
    create_app(one, PRACTICE).close()
    database = server.database()
    (ready,) = objects(checkin(one, "hub", "init", server.url(database), "--json"))
    assert (ready["event"], ready["verified"]) == ("small-2014", True)
    assert "password" not in ready["hub"]
    checkin(one, "hub", "add-desk", "Desk 2", "--pin", PIN, "--out", str(file))
    checkin(two, "join", str(file), "--pin", PIN)
    with pytest.raises(EnrolmentError, match="used before"):
        join(tmp_path / "three", from_text(read_file(file), PIN))
    first, second = open_app(one), open_app(two)
    try:
        for app in (first, second, first):
            done = app.syncer.round()
            assert (done.verified, done.notices) == (True, ())
        url = administration.remembered(one)
        with pytest.raises(HubRefusedError, match="already"):
            administration.enrol(url, first.sync_keys, "Desk 2", own_url=first.hub_url)
    finally:
        first.close()
        second.close()
    assert objects(checkin(one, "hub", "revoke-desk", "Desk 2", "--json")) == [
        {"desk": "Desk 2", "revoked": True, "keys": 1}
    ]
    first, second = open_app(one), open_app(two)
    try:
        assert first.syncer.round().verified
        assert [row.revoked for row in first.syncer.last.desks if row.desk == "Desk 2"] == [True]  # type: ignore[union-attr]
        with pytest.raises(HubRefusedError):
            second.syncer.round()
    finally:
        first.close()
        second.close()
    server.recycle(database)
