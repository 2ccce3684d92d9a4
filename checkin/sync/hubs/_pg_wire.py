"""One connection to a PostgreSQL hub: opened when needed, opened again once where it broke while idle, never waited for.

pg8000 speaks the protocol; deadlines, TLS and what people read are ours.
"""

from __future__ import annotations

import contextlib
import logging
import struct
import time
from collections.abc import Sequence
from typing import Any, Final

import pg8000.native
import scramp

from checkin.errors import HubError
from checkin.sync.hub import CALL_S, CONNECT_S
from checkin.sync.hubs import _pg_says as says
from checkin.sync.hubs._pg_address import Address
from checkin.sync.hubs._pg_socket import TimedSocket, TimedTls, drop, open_socket

log = logging.getLogger(__name__)

_GOODBYE_S: Final = 0.2
_NONSENSE: Final = (struct.error, LookupError, ValueError, TypeError, AttributeError, MemoryError, OverflowError)
"""What pg8000 raises when the other end does not speak PostgreSQL."""
_DROPPED: Final = {"57P01", "57P02", "57P05"}
"""The server ended a connection: it stops, it crashed, nothing had been asked for long."""


class Wire:
    """Calls in, rows out. One thread at a time. Every method but `close` raises HubError and nothing else."""

    def __init__(self, address: Address, call_s: float = 0) -> None:
        """Nothing is opened yet. `call_s`: seconds for a call, another number than a desk has."""
        self.address = address
        self._call_s = call_s
        self._connection: pg8000.native.Connection | None = None
        self._socket: TimedSocket | TimedTls | None = None
        self._prepared: dict[str, pg8000.native.PreparedStatement] = {}

    def call(self, statement: str, *parameters: Any) -> list[list[Any]]:
        """Run a statement with $1, $2 ... and return its rows. It must do no harm when it is run twice."""
        return self._try(lambda: self._run(statement, parameters))

    def script(self, statements: str) -> list[list[Any]]:
        """Run statements that take no parameters, all or none."""
        return self._try(lambda: self._opened().run(statements) or [])

    def close(self) -> None:
        """Say goodbye, without waiting for an answer."""
        connection, self._connection = self._connection, None
        held, self._socket = self._socket, None
        self._prepared.clear()
        if held is not None:
            held.until = time.monotonic() + _GOODBYE_S
        if connection is not None:
            with contextlib.suppress(pg8000.native.Error, OSError, *_NONSENSE):
                connection.close()
        if held is not None:
            drop(held)

    def _try(self, work: Any) -> list[list[Any]]:
        until = time.monotonic() + (self._call_s or CALL_S)
        used = self._connection is not None
        while True:
            try:
                self._open(until)
                assert self._socket is not None
                self._socket.until = until
                return work()  # type: ignore[no-any-return]
            except (pg8000.native.Error, scramp.ScramException, OSError, *_NONSENSE) as error:
                broken = self._broken(error)
                timely = time.monotonic() < until
                if broken is None:
                    raise self._spoken(error) from None
                self.close()
                if not (used and timely):
                    raise (broken if timely else says.unreachable(self.address.name, says.NO_ANSWER)) from None
                used = False
                log.info("the hub had dropped the connection; opening it again")

    def _run(self, statement: str, parameters: Sequence[Any]) -> list[list[Any]]:
        if statement not in self._prepared:
            self._prepared[statement] = self._opened().prepare(statement)
        return self._prepared[statement].run(**{f"p{n}": value for n, value in enumerate(parameters)}) or []

    def _opened(self) -> pg8000.native.Connection:
        assert self._connection is not None
        return self._connection

    def _open(self, until: float) -> None:
        if self._connection is not None:
            return
        until = min(until, time.monotonic() + CONNECT_S)
        address = self.address
        held = open_socket(address, until)
        held.until = until
        try:
            self._connection = pg8000.native.Connection(
                address.user,
                host=address.host or "localhost",
                database=address.database,
                password=address.password,
                ssl_context=False,  # it is on already, and verified
                sock=held,
                application_name="checkin",
            )
        except (pg8000.native.Error, scramp.ScramException, OSError, *_NONSENSE) as error:
            drop(held)
            if time.monotonic() >= until:
                raise says.unreachable(address.name, says.NO_ANSWER) from None
            code = _code(error)
            if code:
                raise says.of_code(code, address.name) from None
            if isinstance(error, scramp.ScramException) or "uthentication" in str(error):
                raise says.of_code("28P01", address.name) from None
            raise _silent(error, address.name) from None
        self._socket = held

    def _broken(self, error: BaseException) -> HubError | None:
        """Return what to say where the connection is of no more use; None where the server spoke and is still there."""
        code = _code(error)
        if code and code not in _DROPPED and not code.startswith("08"):
            return None
        return says.of_code(code, self.address.name) if code else _silent(error, self.address.name)

    def _spoken(self, error: BaseException) -> HubError:
        code = _code(error)
        log.info("the hub refused: %s", code if code.isalnum() else "?")
        return says.of_code(code, self.address.name)


def _code(error: BaseException | None) -> str:
    """Return the SQLSTATE of what the server said, also where saying goodbye to it failed afterwards; "" for none."""
    while error is not None:
        if isinstance(error, pg8000.native.DatabaseError) and error.args and isinstance(error.args[0], dict):
            return str(error.args[0].get("C", "?"))
        error = error.__cause__ or error.__context__
    return ""


def _silent(error: BaseException, host: str) -> HubError:
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, OSError):
            return says.of_network(chain, host)
        chain = chain.__cause__ or chain.__context__
    if isinstance(error, pg8000.native.InterfaceError):
        return says.unreachable(host, says.BROKE)
    return says.no_postgres(host)
