"""A PostgreSQL hub's URL, read: where it is, as whom, and by which authority its certificate is verified.

    postgresql://ROLE:PASSWORD@HOST[:PORT]/DATABASE[?sslrootcert=FILE | ?ca=BASE64]

TLS is always on and the certificate and its name are verified (libpq's verify-full); without `sslrootcert` (a PEM file) and
`ca` (certificates as URL-safe base64 of DER, comma between) the system's store decides. `sslmode=disable` is taken for this
very computer only, for tests; a Unix socket (`postgresql://ROLE@/DATABASE?host=/run/postgresql`) needs no TLS.
"""

from __future__ import annotations

import base64
import binascii
import ssl
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from checkin.errors import HubUrlError
from checkin.i18n import _
from checkin.sync.hub import shown_url

_HERE: Final = {"localhost", "127.0.0.1", "::1"}
_MAX_HOST: Final = 253
_PARAMETERS: Final = {"sslmode", "sslrootcert", "ca", "host"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a hub is and as whom it is spoken to."""

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    socket: str = ""
    """Path of a Unix socket; empty: TCP."""
    tls: bool = True
    authorities: tuple[bytes, ...] = ()
    """Certificates, DER; empty: the system's store."""

    @property
    def name(self) -> str:
        """Return how a person knows it."""
        return self.host or self.socket

    @property
    def shown(self) -> str:
        """Return the URL without the password and the parameters."""
        place = self.socket or (f"[{self.host}]" if ":" in self.host else self.host) + f":{self.port}"
        return f"postgresql://{self.user}@{place}/{self.database}"

    def context(self) -> ssl.SSLContext:
        """Return what verifies the server: its chain, its name, no TLS below 1.2. Raises ssl.SSLError on a bad authority."""
        known = ssl.create_default_context(cadata=b"".join(self.authorities)) if self.authorities else None
        made = known or ssl.create_default_context()
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        return made

    def for_role(self, user: str, password: str) -> Address:
        """Return the same hub for another role."""
        return replace(self, user=user, password=password)

    @property
    def url(self) -> str:
        """Return the URL, the authorities in it, so that it works on another laptop."""
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@"
        parameters: dict[str, str] = {}
        if self.socket:
            parameters["host"] = str(Path(self.socket).parent)
            place = f":{self.port}"
        else:
            place = (f"[{self.host}]" if ":" in self.host else self.host) + f":{self.port}"
            if not self.tls:
                parameters["sslmode"] = "disable"
        if self.authorities:
            parameters["ca"] = ",".join(base64.urlsafe_b64encode(der).decode().rstrip("=") for der in self.authorities)
        query = f"?{urlencode(parameters, safe=',/')}" if parameters else ""
        return f"postgresql://{login}{place}/{quote(self.database, safe='')}{query}"


def read_url(url: str) -> Address:
    """Read a URL. Raises HubUrlError, whose text holds no password."""
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise _no_address(url) from None
    parameters = dict(pairs)
    folder = parameters.get("host", "")
    host = parts.hostname or ""
    database, user = unquote(parts.path.strip("/")), unquote(parts.username or "")
    if (
        parameters.keys() - _PARAMETERS
        or len(parameters) < len(pairs)
        or not database
        or not user
        or len(host) > _MAX_HOST
        or bool(host) == bool(folder)
        or (folder and not folder.startswith("/"))
        or any(ord(char) < 32 for char in host + database + user)
    ):
        raise _no_address(url)
    address = Address(host, port, database, user, unquote(parts.password or ""))
    if folder:
        return replace(address, socket=f"{folder}/.s.PGSQL.{port}", tls=False)
    mode = parameters.get("sslmode", "verify-full")
    if mode == "disable" and host in _HERE:
        return replace(address, tls=False)
    if mode != "verify-full":
        raise HubUrlError(
            _(
                "A hub is spoken to over TLS with its certificate verified (sslmode=verify-full); “sslmode={mode}” is not"
                " enough for {host}. Nothing was sent, every scan is safe here."
            ).format(mode=mode[:32], host=host)
        )
    return replace(address, authorities=_authorities(parameters, url))


def _authorities(parameters: dict[str, str], url: str) -> tuple[bytes, ...]:
    try:
        if "ca" in parameters:
            ders = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parameters["ca"].split(",")]
            found = [x509.load_der_x509_certificate(der) for der in ders]
        elif "sslrootcert" in parameters and parameters["sslrootcert"] != "system":
            found = x509.load_pem_x509_certificates(Path(parameters["sslrootcert"]).read_bytes())
        else:
            return ()
    except OSError:
        raise HubUrlError(
            _(
                "The certificate of the hub’s authority cannot be read from “{path}”. Put the file there, or choose the hub"
                " again; nothing was sent, every scan is safe here."
            ).format(path=parameters["sslrootcert"])
        ) from None
    except (ValueError, binascii.Error):
        raise _no_address(url) from None
    return tuple(one.public_bytes(Encoding.DER) for one in found)


def _no_address(url: str) -> HubUrlError:
    return HubUrlError(
        _(
            "“{url}” is no address of a PostgreSQL hub. One looks like postgresql://ROLE:PASSWORD@HOST/DATABASE; nothing was"
            " sent, every scan is safe here."
        ).format(url=shown_url(url.partition("?")[0] if "@" not in url.partition("?")[2] else url))
    )
