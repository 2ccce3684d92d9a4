"""A throw-away PostgreSQL with TLS, in a folder of its own. As root it runs as the user postgres, as it must."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pg8000.native
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ADMIN = "keeper"
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
)
"""For tests: a power cut may cost the throw-away database everything."""


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl; Debian keeps them off the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        places.append(Path(found).parent)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


class Authority:
    """Issues certificates."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            self._builder(self.name, self.key.public_key(), timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.KeyUsage(*[False] * 5, True, True, False, False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        self.file = folder / f"{name.replace(' ', '-').lower()}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(
        self, name: str, *, lasts: timedelta = timedelta(days=30), begins: datetime | None = None
    ) -> tuple[bytes, bytes]:
        """Return (certificate, key), PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        try:
            alternative: x509.GeneralName = x509.IPAddress(ip_address(name))
        except ValueError:
            alternative = x509.DNSName(name)
        signed = (
            self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key(), lasts, begins)
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return (
            signed.public_bytes(serialization.Encoding.PEM),
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
        )

    def _builder(
        self, subject: x509.Name, public: ec.EllipticCurvePublicKey, lasts: timedelta, begins: datetime | None = None
    ) -> x509.CertificateBuilder:
        begins = begins or datetime.now(UTC) - timedelta(days=1)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + lasts)
        )


class Server:
    """A running cluster. The certificate is for `localhost`, not for 127.0.0.1."""

    def __init__(self, settings: Sequence[str] = FAST) -> None:
        found = binaries()
        assert found is not None
        self._bin = found
        # Not pytest's folder: its owner alone may enter that, and the server is another user.
        self.folder = Path(tempfile.mkdtemp(prefix="checkin-pg-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.password = secrets.token_hex(8)
        self.port = _free_port()
        self.authority = Authority(self.folder)
        self._databases = itertools.count(1)
        self._free: list[str] = []
        self._settings = settings
        secret = self.folder / "password"
        secret.write_text(self.password)
        for path in (self.folder, secret):
            _give_away(path)
        self._as_owner(
            self._bin / "initdb", "-D", self.data, "-U", ADMIN, "-E", "UTF8", "--locale=C", "--auth=scram-sha-256",
            f"--pwfile={secret}", "--no-sync",
        )  # fmt: skip
        (self.data / "pg_hba.conf").write_text(
            f"local all {ADMIN} trust\nhostssl all all all scram-sha-256\nhostnossl all all 127.0.0.1/32 scram-sha-256\n"
        )
        self.use_certificate(*self.authority.issue("localhost"), reload=False)
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = [
            f"port={self.port}",
            "listen_addresses=localhost",
            f"unix_socket_directories={self.folder}",
            "ssl=on",
        ]
        options += self._settings
        self._as_owner(
            self._bin / "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o",
            " ".join(f"-c {option}" for option in options), "start",
        )  # fmt: skip

    def stop(self, mode: str = "fast") -> None:
        """Stop; "immediate" is a crash."""
        self._as_owner(self._bin / "pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop and delete everything."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def use_certificate(self, certificate: bytes, key: bytes, *, reload: bool = True) -> None:
        """Show another certificate from now on."""
        for name, content in (("server.crt", certificate), ("server.key", key)):
            path = self.data / name
            path.unlink(missing_ok=True)
            path.touch(0o600)
            path.write_bytes(content)
            _give_away(path)
        if reload:
            self._as_owner(self._bin / "pg_ctl", "-D", self.data, "reload")

    def url(self, database: str, *, host: str = "localhost", port: int = 0, ca: Path | None = None) -> str:
        """Return the superuser's URL of a database."""
        parameters = f"?sslrootcert={ca or self.authority.file}"
        return f"postgresql://{ADMIN}:{self.password}@{host}:{port or self.port}/{database}{parameters}"

    def database(self) -> str:
        """Return the name of an empty database."""
        if self._free:
            return self._free.pop()
        name = f"hub_{next(self._databases)}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        self.sql("postgres", f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        return name

    def recycle(self, database: str) -> None:
        """Empty a database, whoever is connected to it, for the next one who asks for one: quicker than a new one."""
        self.sql(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid();"
            "SET client_min_messages = error; DROP SCHEMA IF EXISTS hub CASCADE; DROP SCHEMA IF EXISTS api CASCADE",
        )
        self._free.append(database)

    def sql(self, database: str, statement: str) -> list[list[Any]]:
        """Run SQL as the superuser and return its rows."""
        with contextlib.closing(self.connection(database)) as connection:
            return connection.run(statement) or []

    def connection(self, database: str) -> pg8000.native.Connection:
        """Return a connection of the superuser, not over the network."""
        return pg8000.native.Connection(ADMIN, database=database, unix_sock=f"{self.folder}/.s.PGSQL.{self.port}")

    def _as_owner(self, *command: object) -> None:
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        # A server that pg_ctl leaves running keeps its output open: it must not be a pipe that somebody reads to the end.
        with (self.folder / "out").open("a+") as out:
            subprocess.run(
                [*prefix, *map(str, command)],
                cwd=self.folder,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                check=True,
            )


def _give_away(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, "postgres", "postgres")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(settings: Sequence[str] = FAST) -> Iterator[Server]:
    """Run a server for a while."""
    server = Server(settings)
    try:
        yield server
    finally:
        server.remove()
