"""What a hub refuses, in words of ours: what is wrong, that the scans are safe, what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin.errors import HubError, HubRefusedError, HubUnreachableError, HubUrlError
from checkin.sync.hub import open_hub
from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.hubs._pg_address import read_url
from checkin.sync.keys import new_keys
from tests.sync.postgres.place import Journal, Place, push_all


def test_a_wrong_password_and_an_unknown_role(place: Place) -> None:
    """hub-019."""
    address = read_url(place.enrol("Desk 1"))
    for user, password in ((address.user, "wrong"), (address.user, ""), ("nobody", address.password)):
        with pytest.raises(HubRefusedError, match=r"name and password.*kept here") as refused:
            place.connect(address.for_role(user, password).url, place.keys).hello()
        assert address.password not in str(refused.value)


def test_no_database_no_hub_in_it_and_a_role_that_is_no_desk(place: Place) -> None:
    with pytest.raises(HubUrlError, match="hub init"):
        place.connect(place.server.url("no_such"), place.keys).hello()
    empty = place.server.database()
    with pytest.raises(HubUrlError, match="hub init"):
        place.connect(place.server.url(empty), place.keys).hello()
    place.server.recycle(empty)
    with pytest.raises(HubRefusedError, match="does not know this desk"):
        place.connect(place.url, place.keys).hello()


def test_another_event_s_hub_is_sent_nothing(place: Place) -> None:
    hub = place.connect(place.enrol("Desk 1"), new_keys("other-2015", "Desk 1"))
    journal = Journal()
    with pytest.raises(HubRefusedError, match="another event"):
        hub.push(journal.id, journal.write(1))
    assert place.entries(journal.id) == []
    for call in (admin.init, admin.counts):
        with pytest.raises(HubRefusedError, match="another event"):
            call(place.url, new_keys("other-2015", "Keeper"))


def test_a_desk_that_was_cut_off_is_out_at_once_and_seen_as_such(place: Place) -> None:
    lost, other, journal = place.hub("Desk 3"), place.hub("Desk 1"), Journal()
    journal.write(2)
    lost.push(journal.id, journal.records[:1])
    lost.announce(journal.card(place.keys_of("Desk 3"), name="Desk 3"))
    place.sql("UPDATE hub.desk SET revoked = true WHERE desk = 'Desk 3'")  # the flag alone, its connection still open
    with pytest.raises(HubRefusedError, match="cut off"):
        lost.push(journal.id, journal.records)
    with pytest.raises(HubRefusedError, match="cut off"):
        lost.pull(journal.id, 1, 1)
    place.sql("UPDATE hub.desk SET revoked = false WHERE desk = 'Desk 3'")
    admin.revoke_desk(place.url, place.keys, "Desk 3")
    with pytest.raises(HubRefusedError):
        lost.push(journal.id, journal.records)
    assert [(one.card.desk, one.revoked) for one in other.desks()] == [("Desk 3", True)]
    assert len(other.pull(journal.id, 1, 9)) == 1  # what it sent before still counts
    with pytest.raises(HubError, match="no desk"):
        admin.revoke_desk(place.url, place.keys, "Desk 3")


def test_a_laptop_that_takes_a_lost_one_s_place(place: Place) -> None:
    """Enrolled again under its name it goes on in its journals; enrolled after it was cut off it is somebody else."""
    hub, journal = place.hub("Desk 3"), Journal()
    journal.write(3)
    hub.push(journal.id, journal.records[:1])
    del place.urls["Desk 3"]
    assert place.hub("Desk 3").push(journal.id, journal.records[:2]).head.seq == 2
    hub._wire.close()
    with pytest.raises(HubRefusedError, match="name and password"):
        hub.push(journal.id, journal.records)
    admin.revoke_desk(place.url, place.keys, "Desk 3")
    del place.urls["Desk 3"]
    assert place.hub("Desk 3").push(journal.id, journal.records).status == "refused"


def test_a_newer_hub_takes_entries_and_gives_none(place: Place) -> None:
    """hub-021."""
    place.enrol("Desk 1")
    place.sql("UPDATE hub.meta SET version = 99, min_version = 99")
    hub, journal = place.hub(), Journal()
    journal.write(1)
    assert hub.hello().min_version == 99
    assert hub.push(journal.id, journal.records).status == "ok"
    with pytest.raises(HubRefusedError, match="update"):
        hub.pull(journal.id, 1, 1)
    for call in (admin.init, admin.counts):
        with pytest.raises(HubRefusedError, match="newer"):
            call(place.url, place.keys)


def test_what_a_server_writes_is_never_shown(place: Place) -> None:
    """hub-041, Electrum's lesson: an error text from a server is a page of whoever owns it."""
    hub, journal = place.hub(), Journal()
    hub.hello()
    for code in ("P0001", "CH999", "<a href", "28000"):
        place.sql(
            "CREATE OR REPLACE FUNCTION api.heads() RETURNS TABLE (journal text, head_seq bigint, head_hash bytea)"
            " LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RAISE EXCEPTION"
            f" '<a href=\"http://example.org\">Update now</a>' USING ERRCODE = '{code if len(code) == 5 else 'ZZZZZ'}',"
            " HINT = '<b>Call us</b>'; END $$"
        )
        with pytest.raises(HubError) as said:
            hub.heads()
        assert "<" not in str(said.value)
        assert "Update" not in str(said.value)
        assert "kept here" in str(said.value)
    journal.write(1)
    push = hub.push(journal.id, journal.records)
    assert push.status == "ok"  # it was an error of one call, not of the connection


def test_a_hub_without_room_is_tried_again(place: Place) -> None:
    hub = place.hub()
    hub.hello()
    for code in ("53100", "53300", "57014", "40001", "55P03"):
        place.sql(
            "CREATE OR REPLACE FUNCTION api.forks() RETURNS TABLE (journal text, seq bigint, entry_id bytea, body bytea,"
            " hash bytea, sealed bytea) LANGUAGE plpgsql SECURITY DEFINER AS"
            f" $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$"
        )
        with pytest.raises(HubUnreachableError, match="tried again"):
            hub.forks()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:secret@hub.example",
        "postgresql://hub.example/hub",
        "postgresql:///hub",
        "postgresql://desk:secret@hub.example:port/hub",
        "postgresql://desk:secret@hub.example:99999/hub",
        "postgresql://desk:secret@[::1/hub",
        "postgresql://desk:secret@hub.example/hub?password=secret",
        "postgresql://desk:secret@hub.example/hub?sslmode=verify-full&sslmode=disable",
        "postgresql://desk:secret@hub.example/hub?ca=%00",
        "postgresql://desk:secret@hub.example/hub?ca=AAAA",
        "postgresql://desk:secret@hub.example/hub?host=/run",
        "postgresql://desk:secret@/hub?host=run",
        "postgresql://desk:secret@hub.example/hub?sslrootcert=/no/such/file",
        "postgresql://desk:secret@hub.example/hub?sslmode=disable",
        "postgresql://desk:secret@hub.example/hub?sslmode=require",
        "postgresql://desk:secret@hub.example/hub?sslmode=verify-ca",
        "postgresql://desk:secret@localhost/hub?sslmode=prefer",
    ],
)
def test_a_url_that_is_none_or_weaker_than_verified_tls_is_refused(url: str) -> None:
    with pytest.raises(HubUrlError) as refused:
        open_hub(url, new_keys("small-2014", "Desk 1"))
    assert "secret" not in str(refused.value)
    assert "safe here" in str(refused.value)


def test_a_url_survives_the_way_to_a_desk(place: Place) -> None:
    address = read_url(place.enrol("Desk 1"))
    odd = replace(address, password="p@ss/w?rd#%:ü", database="hub & co", host="::1")
    assert read_url(odd.url) == odd
    assert read_url("postgresql://u:p@/db?host=/run/postgresql").socket == "/run/postgresql/.s.PGSQL.5432"
    assert "p@" not in open_hub(odd.url, place.keys).url
    assert "ss/w" not in repr(odd)


def test_init_twice_harms_nothing(place: Place) -> None:
    hub, journal = place.hub(), Journal()
    journal.write(3)
    push_all(hub, journal)
    epoch = hub.hello().epoch
    admin.init(place.url, place.keys)
    assert hub.pull(journal.id, 1, 9) == journal.records
    assert hub.hello().epoch == epoch
    admin.new_epoch(place.url, place.keys)
    assert hub.hello().epoch != epoch
