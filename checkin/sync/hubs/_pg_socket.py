"""Sockets with one deadline for a whole call, names looked up without waiting for ever, and the way to TLS."""

from __future__ import annotations

import contextlib
import math
import socket
import ssl
import struct
import threading
import time
from typing import Any, Final

from checkin.errors import HubUnreachableError
from checkin.sync.hubs import _pg_says as says
from checkin.sync.hubs._pg_address import Address

_TLS_REQUEST: Final = struct.pack("!ii", 8, 80877103)
_SILENCE_MS: Final = 20_000

_KNOWN: dict[tuple[str, int], list[Any]] = {}
"""Where a name was last found: used when the name service is gone, for the certificate says who it is."""


class TimedSocket(socket.socket):
    """A socket whose every step ends at `until` (time.monotonic)."""

    until: float = math.inf

    def _arm(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, 3600.0))

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive, no longer than the deadline."""
        self._arm()
        return super().recv_into(*args, **kwargs)

    def send(self, *args: Any, **kwargs: Any) -> int:
        """Send, no longer than the deadline."""
        self._arm()
        return super().send(*args, **kwargs)


class TimedTls(ssl.SSLSocket):
    """The same over TLS."""

    until: float = math.inf

    def _arm(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, 3600.0))

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive, no longer than the deadline."""
        self._arm()
        return super().recv_into(*args, **kwargs)

    def send(self, *args: Any, **kwargs: Any) -> int:
        """Send, no longer than the deadline."""
        self._arm()
        return super().send(*args, **kwargs)


def open_socket(address: Address, until: float) -> TimedSocket | TimedTls:
    """Return a connected socket, verified where the address asks for TLS. Raises HubError."""
    plain = _open_plain(address, until)
    if not address.tls:
        return plain
    try:
        return _over_tls(plain, address, address.context(), until)
    except ssl.SSLCertVerificationError as error:
        raise says.of_certificate(error, address.host, lambda: _shown(address, until)) from None
    except (OSError, ValueError) as error:
        raise says.of_network(_as_broken(error), address.host) from None
    finally:
        plain.close()  # empty once TLS has taken it over


def drop(held: socket.socket) -> None:
    """Close a socket now. `close` would wait for the driver's file on it, which the traceback of an error may hold for long."""
    with contextlib.suppress(OSError):
        if held.fileno() >= 0:
            socket.close(held.detach())


def _as_broken(error: Exception) -> Exception:
    return error if isinstance(error, TimeoutError) else ConnectionError()


def _open_plain(address: Address, until: float) -> TimedSocket:
    if address.socket:
        return _connected(socket.AF_UNIX, address.socket, address, until)
    places = _places(address, until)
    for number, (family, place) in enumerate(places):
        share = (until - time.monotonic()) / (len(places) - number)
        try:
            return _connected(family, place, address, time.monotonic() + share)
        except HubUnreachableError:
            if number == len(places) - 1:
                raise
    raise says.unreachable(address.host, says.NO_NAME)


def _connected(family: int, place: Any, address: Address, until: float) -> TimedSocket:
    made = TimedSocket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(max(0.001, until - time.monotonic()))
        if family != getattr(socket, "AF_UNIX", None):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _keep_alive(made)
        made.connect(place)
    except OSError as error:
        made.close()
        raise says.of_network(error, address.name) from None
    return made


def _keep_alive(made: socket.socket) -> None:
    """Let the system notice a peer that is gone: a call ends by itself, an idle connection does not."""
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (
        ("TCP_KEEPIDLE", 10),
        ("TCP_KEEPINTVL", 5),
        ("TCP_KEEPCNT", 2),
        ("TCP_USER_TIMEOUT", _SILENCE_MS),
    ):
        if hasattr(socket, option):
            with contextlib.suppress(OSError):
                made.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _over_tls(plain: TimedSocket, address: Address, context: ssl.SSLContext, until: float) -> TimedTls:
    context.sslsocket_class = TimedTls
    plain.settimeout(max(0.001, until - time.monotonic()))
    plain.sendall(_TLS_REQUEST)
    answer = plain.recv(1)
    if answer == b"N":
        raise says.no_tls(address.host)
    if answer != b"S":
        raise says.no_postgres(address.host) if answer else ConnectionError()
    plain.settimeout(max(0.001, until - time.monotonic()))
    plain.getpeername()  # raises where it was cut meanwhile: `wrap_socket` would leave its own copy open
    made = context.wrap_socket(plain, server_hostname=address.host)
    assert isinstance(made, TimedTls)
    return made


def _shown(address: Address, until: float) -> bytes:
    """Return the certificate that was not believed. Nothing of ours is sent over this connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    plain = _open_plain(address, until)
    with plain, _over_tls(plain, address, context, until) as tls:
        return tls.getpeercert(binary_form=True) or b""


def _places(address: Address, until: float) -> list[Any]:
    """Return (family, socket address) of a host. Raises HubUnreachableError where the name is not known, now or from before."""
    host, port = address.host, address.port
    found: list[Any] = []

    def look_up() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    if host.replace(".", "").isdigit() or ":" in host:
        look_up()
    else:
        # The system's resolver has no deadline of ours: it may go on alone, and what it finds is thrown away.
        thread = threading.Thread(target=look_up, name="hub name", daemon=True)
        thread.start()
        thread.join(max(0.0, (until - time.monotonic()) / 2))
    places = [(entry[0], entry[4]) for entry in tuple(found)]
    if places:
        _KNOWN[host, port] = places
    elif not address.tls or (host, port) not in _KNOWN:
        raise says.unreachable(host, says.NO_NAME)
    return places or _KNOWN[host, port]
