"""What SQL a desk's role can run. Whoever steals a laptop has its password, so this is what a thief can do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pg8000.native
import pytest

from checkin.sync.hubs import _postgres_admin as admin
from checkin.sync.hubs._pg_address import read_url
from tests.sync.postgres.place import Journal, Place, push_all

DENIED = [
    # read
    "SELECT * FROM hub.entry",
    "SELECT * FROM hub.desk",
    "SELECT * FROM hub.person",
    "SELECT count(*) FROM hub.journal",
    "SELECT public FROM hub.chunk",
    "SELECT * FROM api.counts",
    "TABLE hub.fork",
    "COPY hub.entry TO STDOUT",
    "SELECT * FROM hub.said",
    "SELECT hub.epoch()",
    "SELECT hub.one_person()",
    "SELECT hub.weaknesses('pg_read_all_data')",
    "SELECT rolpassword FROM pg_authid",
    "SELECT usename, passwd FROM pg_shadow",
    "SELECT * FROM pg_largeobject",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_stat_file('PG_VERSION')",
    "COPY (SELECT 1) TO '/tmp/stolen'",
    "SELECT lo_import('/etc/passwd')",
    "SELECT pg_current_logfile()",
    # change
    "INSERT INTO hub.entry SELECT * FROM hub.entry",
    "UPDATE hub.entry SET sealed = ''",
    "UPDATE hub.desk SET revoked = false",
    "UPDATE hub.journal SET head_seq = 0",
    "DELETE FROM hub.entry",
    "DELETE FROM hub.fork",
    "TRUNCATE hub.entry",
    "TRUNCATE hub.desk CASCADE",
    "INSERT INTO hub.desk (role, desk, public) VALUES (current_user, 'me', '')",
    "MERGE INTO hub.meta m USING (SELECT 1) x ON true WHEN MATCHED THEN UPDATE SET event = ''",
    "LOCK TABLE hub.entry",
    "LOCK TABLE hub.journal IN ACCESS SHARE MODE",
    "ALTER TABLE hub.entry DISABLE TRIGGER ALL",
    "DROP TRIGGER no_change ON hub.entry",
    "DROP TABLE hub.entry",
    "DROP SCHEMA api CASCADE",
    "DROP FUNCTION api.hello()",
    "ALTER FUNCTION api.hello() SECURITY INVOKER",
    "CREATE OR REPLACE FUNCTION hub.admit() RETURNS name LANGUAGE sql AS 'SELECT current_user'",
    "CREATE OR REPLACE VIEW api.counts AS SELECT 1",
    "COPY hub.entry FROM STDIN",
    "SELECT hub.append('{journal}', 1, '{{}}', '{{}}', '{{}}', '{{}}')",
    "SELECT hub.own_journal('{journal}')",
    "SELECT hub.keep_fork('{journal}', 1, '{{}}', '{{}}', '{{}}', '{{}}')",
    "COMMENT ON DATABASE {database} IS 'mine'",
    "ALTER DATABASE {database} SET search_path = evil",
    "DROP DATABASE {database}",
    # escalate
    "SET ROLE keeper",
    "SET SESSION AUTHORIZATION keeper",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "ALTER ROLE CURRENT_USER CONNECTION LIMIT 1000",
    "ALTER ROLE CURRENT_USER SET temp_file_limit = -1",
    "ALTER ROLE keeper PASSWORD 'known'",
    "CREATE ROLE helper LOGIN",
    "GRANT keeper TO CURRENT_USER",
    "GRANT pg_read_all_data TO CURRENT_USER",
    "GRANT pg_execute_server_program TO CURRENT_USER",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "CREATE EXTENSION adminpack",
    "CREATE EXTENSION pg_trgm",
    "LOAD 'auto_explain'",
    "ALTER SYSTEM SET ssl = off",
    "SET log_statement = 'none'",
    "SET session_replication_role = replica",
    "SET temp_file_limit = -1",
    "SELECT set_config('session_authorization', 'keeper', false)",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_switch_wal()",
    "SELECT pg_terminate_backend(pg_backend_pid())",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity",
    "CREATE LANGUAGE plpython3u",
    "CREATE EVENT TRIGGER seen ON ddl_command_start EXECUTE FUNCTION hub.stays()",
    "CREATE SERVER away FOREIGN DATA WRAPPER postgres_fdw",
    "CREATE SUBSCRIPTION s CONNECTION 'host=elsewhere' PUBLICATION p",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "SELECT pg_create_physical_replication_slot('slot')",
    "SELECT pg_create_logical_replication_slot('slot', 'test_decoding')",
    "DO $$ BEGIN NULL; END $$",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION api.hello(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    # fill, block
    "CREATE TABLE t (i int)",
    "CREATE TABLE public.t (i int)",
    "CREATE TABLE api.t (i int)",
    "CREATE TABLE hub.t (i int)",
    "CREATE SCHEMA mine",
    "CREATE TEMPORARY TABLE t (i int)",
    "CREATE TEMPORARY SEQUENCE s",
    "SELECT 1 INTO TEMPORARY t",
    "CREATE MATERIALIZED VIEW public.v AS SELECT 1",
    "CREATE TYPE public.t AS ENUM ('a')",
    "CREATE OPERATOR public.= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_put(1, 0, 'x')",
    "SELECT lo_open(1, 131072)",
    "SELECT lowrite(0, 'x')",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_advisory_xact_lock(1, 2)",
    "SELECT pg_try_advisory_lock(1)",
    "SELECT pg_advisory_unlock_all()",
    "SELECT pg_sleep(60)",
    "SELECT pg_sleep_for('1 hour')",
    "SELECT pg_notify('channel', 'x')",
    "SELECT pg_logical_emit_message(false, 'x', 'x')",
    "SELECT pg_export_snapshot()",
    "SELECT txid_current()",
    "VACUUM hub.entry",
    "CLUSTER hub.entry",
    "REINDEX TABLE hub.entry",
    "REINDEX DATABASE {database}",
    "CHECKPOINT",
    "SELECT count(*) FROM (SELECT g FROM generate_series(1, 6000000) g OFFSET 0) x",  # beyond temp_file_limit
]  # fmt: skip

ACCEPTED = {
    "SELECT 1": "arithmetic",
    "SELECT * FROM api.hello()": "what a desk is for",
    "SELECT * FROM api.heads()": "what a desk is for: every desk reads every journal, which holds no name in clear",
    "SELECT rolname FROM pg_roles": "names of roles are random digits",
    "SELECT prosrc FROM pg_proc WHERE proname = 'push'": "the functions stand in the program's own source",
    "SELECT datname FROM pg_database": "names of databases are no secret, and CONNECT was taken away",
    "SELECT count(*) FROM pg_stat_activity": "that others are connected, not what they run",
    "SET statement_timeout = 0": "eight connections of its own may be kept busy; the revoked flag is asked in every call",
    "SET synchronous_commit = off": "risks this desk's own entries only, and it sends them again",
    "ALTER ROLE CURRENT_USER PASSWORD 'other'": "locks itself out; the keeper gives it a new one",
    "LISTEN channel": "nobody notifies",
    "NOTIFY channel": "nobody listens",
    "SELECT length(repeat('x', 1000000))": "memory of its own connection, given back with it",
    "ANALYZE": "its own tables, and it has none",
}
"""What works, and why that may be."""


@pytest.fixture
def raw(place: Place) -> Iterator[tuple[pg8000.native.Connection, dict[str, str]]]:
    """A connection with the password of Desk 1, and names to try: a journal of Desk 2's."""
    journal = Journal()
    journal.write(3, sealed=b"names")
    push_all(place.hub("Desk 2"), journal)
    connection = connected(place, "Desk 1")
    yield connection, {"journal": journal.id, "database": place.database}
    connection.close()


def connected(place: Place, name: str) -> pg8000.native.Connection:
    address = read_url(place.enrol(name))
    return pg8000.native.Connection(
        address.user, host="localhost", port=address.port, database=address.database, password=address.password,
        ssl_context=address.context(),
    )  # fmt: skip


def state(place: Place) -> list[Any]:
    """Return everything that must not change."""
    tables = ("meta", "desk", "journal", "entry", "fork", "card", "edition", "chunk", "person")
    parts = [f"(SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM hub.{table} t)" for table in tables]
    parts += [
        f"(SELECT count(*) FROM {table})" for table in ("pg_class", "pg_proc", "pg_roles", "pg_largeobject_metadata")
    ]
    return place.sql(f"SELECT {', '.join(parts)}")


def test_every_other_statement_is_denied_and_changes_nothing(place: Place, raw: Any) -> None:
    """hub-037, hub-039."""
    connection, names = raw
    before = state(place)
    worked = []
    for statement in DENIED:
        try:
            connection.run(statement.format(**names) if "{" in statement else statement)
            worked.append(statement)
        except pg8000.native.DatabaseError:
            pass
        with contextlib.suppress(pg8000.native.DatabaseError):
            connection.run("ROLLBACK")
    assert worked == []
    assert len(DENIED) >= 60
    assert state(place) == before


def test_what_is_accepted_is_on_the_list(place: Place, raw: Any) -> None:
    connection, _names = raw
    before = state(place)
    for statement in ACCEPTED:
        connection.run(statement)
    assert state(place) == before


CALLS = {
    "SELECT status, detail FROM api.push('{journal}', 4, '{{}}', '{{}}', '{{}}', '{{}}')": [
        ["refused", "a journal of another desk"]
    ],
    "SELECT api.forget('{journal}', '{{{journal}}}')": "CH003",
    "SELECT api.announce('{journal}', 'x', 1, '', '', 1, '', 1, '', '', '', '')": "CH003",
    "SELECT api.publish('{journal}', 1, 1, '', '{{}}', '{{}}', '', '', '')": "CH003",
    "SELECT api.announce('{fresh}', 'x', 1, '', '', 1, '', 1, '', '', '', '')": "CH003",
    "SELECT api.put_chunks(ARRAY[convert_to(repeat('x', 4000001), 'UTF8')], ARRAY[''])": "CH005",
    "SELECT (api.push(gen_random_uuid(), 1, '{{}}', '{{}}', '{{}}', '{{}}')).status FROM generate_series(1, 101)": "CH005",
    "SELECT api.chunk('x')": "CH007",
    "SELECT status FROM api.push('{fresh}', 1, '{{{fresh}}}', '{{NULL}}', '{{NULL}}', '{{NULL}}')": [["refused"]],
    "SELECT status FROM api.push('{fresh}', -5, '{{{fresh}}}', '{{a}}', '{{b}}', '{{c}}')": [["refused"]],
    "SELECT status FROM api.push('{fresh}', 1, '{{{fresh}}}', '{{}}', '{{}}', '{{}}')": [["refused"]],
    "SELECT status FROM api.push('{fresh}', NULL, '{{{fresh}}}', '{{a}}', '{{b}}', '{{c}}')": [["refused"]],
}
"""Calls of the hub's own functions with what a desk would never send, and what they answer."""


def test_the_functions_themselves_take_nothing_that_is_not_the_desk_s(place: Place, raw: Any) -> None:
    connection, names = raw
    before = place.sql("SELECT * FROM hub.entry")
    for statement, expected in CALLS.items():
        text = statement.format(**names, fresh="00000000-0000-4000-8000-000000000001")
        try:
            answer = connection.run(text)
        except pg8000.native.DatabaseError as error:
            answer = error.args[0]["C"]
        assert answer == expected, statement
    assert place.sql("SELECT * FROM hub.entry") == before


@pytest.mark.parametrize(
    "trap",
    ["SET search_path = evil, public, hub", "SET search_path = ''", "SET ROLE {group}", "SET bytea_output = 'escape'"],
)
def test_a_session_that_is_set_otherwise_gets_no_further(place: Place, raw: Any, trap: str) -> None:
    connection, names = raw
    connection.run(trap.format(group=read_url(place.enrol("Desk 1")).user.rsplit("_", 1)[0]))
    answer = connection.run(f"SELECT status FROM api.push('{names['journal']}', 4, '{{}}', '{{}}', '{{}}', '{{}}')")
    assert answer == [["refused"]]
    with pytest.raises(pg8000.native.DatabaseError):
        connection.run("SELECT * FROM hub.entry")


def test_a_ninth_connection_of_one_desk_and_another_database_are_refused(place: Place, raw: Any) -> None:
    held = [connected(place, "Desk 1") for _number in range(7)]
    with pytest.raises(pg8000.native.DatabaseError) as refused:
        connected(place, "Desk 1")
    assert refused.value.args[0]["C"] == "53300"
    for one in held:
        one.close()
    address = read_url(place.enrol("Desk 1"))
    for other in ("postgres", "template1"):
        with pytest.raises(pg8000.native.DatabaseError) as refused:
            pg8000.native.Connection(**login(replace(address, database=other)))
        assert refused.value.args[0]["C"] == "42501"


def login(address: Any) -> dict[str, Any]:
    return {
        "user": address.user, "host": address.host, "port": address.port, "database": address.database,
        "password": address.password, "ssl_context": address.context(),
    }  # fmt: skip


def test_without_tls_nobody_comes_in_from_elsewhere_and_no_password_is_asked(place: Place) -> None:
    """The server's own rules (pg_hba.conf) are the keeper's; what we test is that the roles are made without weaknesses."""
    assert admin.weaknesses(place.url, place.keys) == []
    stored = place.sql("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'checkin%' AND rolcanlogin")
    place.enrol("Desk 1")
    stored = place.sql("SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname LIKE 'checkin%' AND rolcanlogin")
    assert {row[0] for row in stored} == {"SCRAM-SHA-256$"}


HISTORY = [
    "UPDATE hub.entry SET body = 'x'",
    "UPDATE hub.entry SET sealed = 'x'",
    "DELETE FROM hub.entry",
    "TRUNCATE hub.entry",
    "UPDATE hub.journal SET head_seq = 0",
    "UPDATE hub.journal SET role = 'keeper'",
    "DELETE FROM hub.journal",
    "TRUNCATE hub.fork",
    "DELETE FROM hub.desk",
    "DELETE FROM hub.meta",
]


def test_not_even_the_owner_changes_history_by_mistake(place: Place, raw: Any) -> None:
    before = state(place)
    for statement in HISTORY:
        with pytest.raises(pg8000.native.DatabaseError):
            place.sql(statement)
    assert state(place) == before
