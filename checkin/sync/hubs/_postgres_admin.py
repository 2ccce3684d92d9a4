"""Set a PostgreSQL hub up, let desks in, cut one off, read the numbers: with the rights of the database's owner.

Best a superuser of a server of its own: only one may take from PUBLIC what PostgreSQL itself gives it. What could not be
taken is in `weaknesses` and in the log. Passwords are made here and sent as SCRAM verifiers, so that no server log holds one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
from contextlib import closing
from pathlib import Path
from typing import Final

from checkin.errors import HubError
from checkin.i18n import _
from checkin.sync.counted import CountRow
from checkin.sync.hubs import _pg_says as says
from checkin.sync.hubs._pg_address import read_url
from checkin.sync.hubs._pg_wire import Wire
from checkin.sync.keys import SyncKeys

log = logging.getLogger(__name__)

SCHEMA: Final = 1
"""Version of the tables and functions that this program makes and speaks to."""
MIN_VERSION: Final = 1
"""The lowest records.PROTOCOL that may pull from them."""
_SQL: Final = Path(__file__).parent / "_postgres_sql"
_PARTS: Final = ("tables", "journals", "people", "counts", "weak", "rights")
_ROUNDS: Final = 4096
_COUNT_S: Final = 300.0
"""A million entries take seconds, and nobody scans meanwhile at the keeper's."""
_OLDEST: Final = 140_000
_LIMITS: Final = {
    "statement_timeout": "20s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "20s",
    # A laptop that went away leaves its connection behind: it must not use up those that it may have.
    "idle_session_timeout": "90s",
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30s",
}
"""Of a desk's sessions. It may set them otherwise, which harms nobody but itself."""


def init(url: str, keys: SyncKeys) -> None:
    """Make the hub of this event in the URL's database, or bring it up to date. Raises HubError."""
    with closing(Wire(read_url(url))) as wire:
        if wire.call("SELECT current_setting('server_version_num')::int")[0][0] < _OLDEST:
            raise says.too_old(wire.address.name)
        if wire.call("SELECT to_regclass('hub.meta') IS NOT NULL")[0][0]:
            _check(wire, keys)
        wire.script(_script(wire, keys))
        for weakness in weaknesses_of(wire, keys):
            log.warning("a desk of this hub may still use what it should not: %s", weakness)


def add_desk(url: str, keys: SyncKeys, name: str, public: bytes) -> str:
    """Let a desk in under its Ed25519 key and return its own URL. The same name again: new key, new password."""
    address = read_url(url)
    password = secrets.token_urlsafe(18)
    with closing(Wire(address)) as wire:
        _check(wire, keys)
        known = wire.call("SELECT role FROM hub.desk WHERE desk = $1 AND NOT revoked", name)
        role = known[0][0] if known else f"{_group(keys)}_{secrets.token_hex(4)}"
        verb = "ALTER" if known else "CREATE"
        row = (
            f"UPDATE hub.desk SET public = '\\x{public.hex()}', laptop = '' WHERE role = '{role}'"  # noqa: S608 - hex only
            if known
            else f"INSERT INTO hub.desk (role, desk, public) VALUES ('{role}', {_quoted(name)}, '\\x{public.hex()}')"  # noqa: S608
        )
        wire.script(
            f"{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 8"
            f" PASSWORD '{_verifier(password)}';"
            f"GRANT {_group(keys)} TO {role};"
            + "".join(f"ALTER ROLE {role} SET {setting} = '{value}';" for setting, value in _LIMITS.items())
            + f"DO $do$ BEGIN ALTER ROLE {role} SET temp_file_limit = '64MB';"
            f" EXCEPTION WHEN insufficient_privilege THEN NULL; END $do$;{row}"
        )
    return address.for_role(role, password).url


def revoke_desk(url: str, keys: SyncKeys, name: str) -> None:
    """Cut a desk off: its next call is refused, its connections end. Raises HubError where there is no such desk."""
    with closing(Wire(read_url(url))) as wire:
        _check(wire, keys)
        known = wire.call("UPDATE hub.desk SET revoked = true WHERE desk = $1 AND NOT revoked RETURNING role", name)
        if not known:
            raise HubError(
                _("The hub knows no desk “{name}” that could be cut off. Nothing was changed.").format(name=name)
            )
        role = known[0][0]
        wire.script(f"ALTER ROLE {role} NOLOGIN")
        wire.call("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", role)


def counts(url: str, keys: SyncKeys) -> list[CountRow]:
    """Return who came, from what the hub holds. Raises HubError."""
    with closing(Wire(read_url(url), _COUNT_S)) as wire:
        _check(wire, keys)
        wire.script("SET work_mem = '128MB'")
        rows = wire.call("SELECT day, checkpoint, category, country, came FROM api.counts ORDER BY 1, 2, 3, 4")
    return [CountRow(*row) for row in rows]


def new_epoch(url: str, keys: SyncKeys) -> None:
    """Tell every desk that the hub was restored, where it cannot notice by itself: its files were copied back."""
    with closing(Wire(read_url(url))) as wire:
        _check(wire, keys)
        wire.script("UPDATE hub.meta SET epoch = gen_random_uuid()")


def weaknesses(url: str, keys: SyncKeys) -> list[str]:
    """Return what a desk's role may do beyond the hub's functions, in PostgreSQL's words; empty where all was taken."""
    with closing(Wire(read_url(url))) as wire:
        _check(wire, keys)
        return weaknesses_of(wire, keys)


def weaknesses_of(wire: Wire, keys: SyncKeys) -> list[str]:
    """See `weaknesses`."""
    return [row[0] for row in wire.call("SELECT hub.weaknesses($1)", _group(keys))]


def _check(wire: Wire, keys: SyncKeys) -> None:
    event, version = wire.call("SELECT event, version FROM hub.meta")[0]
    if event != keys.event_hash:
        raise says.other_event(wire.address.name)
    if version > SCHEMA:
        raise says.newer(wire.address.name)


def _script(wire: Wire, keys: SyncKeys) -> str:
    desks = _group(keys)
    database = wire.call("SELECT quote_ident(current_database())")[0][0]
    parts = "\n".join((_SQL / f"{part}.sql").read_text("utf-8") for part in _PARTS)
    return (
        f"DO $do$ BEGIN CREATE ROLE {desks} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $do$;\n"  # noqa: S608 - ours
        + parts.replace("$desks$", desks).replace("$database$", database)
        + "INSERT INTO hub.meta (version, min_version, event, authority)"  # noqa: S608 - hex and numbers of ours
        f" VALUES ({SCHEMA}, {MIN_VERSION}, '{keys.event_hash}', '\\x{keys.authority_public.hex()}') ON CONFLICT DO NOTHING;"
        f"UPDATE hub.meta SET version = {SCHEMA}, min_version = {MIN_VERSION};"
    )


def _group(keys: SyncKeys) -> str:
    """Return the role that all desks of the event are in. Roles belong to the whole server, hence the event in the name."""
    return f"checkin_{keys.event_hash[:12]}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _verifier(password: str) -> str:
    """Return what PostgreSQL keeps instead of a password (RFC 5802, RFC 7677). The password is ASCII."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${_ROUNDS}:{salt64}${stored64}:{server64}"
