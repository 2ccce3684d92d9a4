"""One question to cupsd and its answer, within a few seconds: over its socket, without a library and in no language.

`lp` and `lpstat` answer in sentences, do not tell an aborted job from one that came out (Debian 12, CUPS 2.4.2), and wait
as long as cupsd does. IPP answers with numbers and keywords.
"""

from __future__ import annotations

import http.client
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checkin.printing.ipp import Answer, Attribute, MalformedError, Tag, decode, encode

LIMIT_S: Final = 4.0
"""How long a step (connect, send, answer) may take; a cupsd that is well needs some milliseconds."""
MAX_ANSWER: Final = 8_000_000
"""Bytes; a hundred printers with all their papers are a tenth of it."""
_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_PORT: Final = 631
_HTTP_OK: Final = 200


class NoAnswerError(Exception):
    """No cupsd, or none that answers in time."""


class RefusedError(Exception):
    """cupsd answers, but not this question: a password, encryption or a right is wanted. `str` is its own word."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where cupsd listens: a socket's path, or a host and a port."""

    path: str = ""
    host: str = "localhost"
    port: int = _PORT


def place() -> Place:
    """Return where cupsd listens: CUPS_SERVER, the user's or the system's client.conf, the usual socket, port 631."""
    named = os.environ.get("CUPS_SERVER", "") or _server_name()
    if named:
        return parse(named)
    usual = next((path for path in _SOCKETS if Path(path).is_socket()), "")
    return Place(usual)


def parse(text: str) -> Place:
    """Read "/run/cups/cups.sock", "host", "host:port", "[::1]:631" or "host/version=1.1"."""
    if text.startswith("/"):
        return Place(text)
    host = text.partition("/")[0]
    name, _colon, port = host.rpartition(":") if "]" not in host or host.rpartition("]")[2] else ("", "", "")
    if name and port.isdecimal():
        return Place("", name.strip("[]"), int(port))
    return Place("", host.strip("[]"))


class Server:
    """Asks one cupsd, with a connection for each question: they are rare, and cupsd may be another one by then."""

    def __init__(self, where: Place | None = None, limit_s: float = LIMIT_S) -> None:
        """`where`: None means wherever cupsd listens at the time of each question."""
        self._where, self._limit = where, limit_s

    def ask(
        self,
        operation: int,
        groups: Sequence[tuple[Tag, Sequence[Attribute]]],
        *,
        path: str = "/",
        document: bytes = b"",
    ) -> Answer:
        """Return cupsd's answer, whatever its status. Raises NoAnswerError, RefusedError."""
        body = encode(operation, groups) + document
        connection = _Connection(self._where or place(), self._limit)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/ipp", "Host": connection.host_header})
            response = connection.getresponse()
            data = response.read(MAX_ANSWER)
            if response.status != _HTTP_OK:
                raise RefusedError(f"HTTP {response.status} {response.reason}")
            return decode(data)
        except (OSError, http.client.HTTPException, MalformedError) as error:
            raise NoAnswerError(str(error)) from error
        finally:
            connection.close()


class _Connection(http.client.HTTPConnection):
    """HTTP over a socket in the file system, or over TCP."""

    def __init__(self, where: Place, limit_s: float) -> None:
        super().__init__(where.host, where.port, timeout=limit_s)
        self._path = where.path
        # cupsd takes a request over its socket as one for this computer only when it is told so.
        self.host_header = "localhost" if where.path else f"{where.host}:{where.port}"

    def connect(self) -> None:
        """Open the socket; for TCP as ever."""
        if not self._path:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _server_name() -> str:
    """Return what client.conf names; empty where there is none."""
    for file in (Path.home() / ".cups/client.conf", Path("/etc/cups/client.conf")):
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            words = line.split()
            if len(words) == 2 and words[0].lower() == "servername":
                return words[1]
    return ""
