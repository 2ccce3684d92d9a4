"""Open the event's SQLite file so that a green light means "on disk".

WAL with synchronous FULL (NORMAL loses acknowledged scans at a power cut), BEGIN IMMEDIATE for everything that writes
(SQLAlchemy's default loses updates on SQLite), one writing connection in a process. The driver is sqlcipher3, used
without a key: it carries SQLite 3.53, while the one of Debian 12 and Python 3.11 has the WAL-reset bug (docs/adr/0002).
"""

from __future__ import annotations

import errno
import importlib
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from checkin.errors import DatabaseBusyError, StorageError
from checkin.i18n import _

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 5000
CACHE_KB = 65536
_ROOM = 256 * 1024
_DAMAGE = ("malformed", "not a database", "corrupt", "no such table", "no such column", "already exists")
"""Signs of a file that is not whole, its tables included: our own statements name only what the migrations made."""


def driver() -> ModuleType:
    """Return the DBAPI module: sqlcipher3, or Python's own sqlite3 where sqlcipher3 has no wheel (Linux on ARM)."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


class Database:
    """One event's file: a writing connection behind a lock, and a pool of reading ones."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises StorageError where it cannot be opened or is no database."""
        self.path = path
        self._module = driver()
        self._lock = threading.RLock()
        self.engine: Engine = create_engine(
            "sqlite://",
            module=self._module,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
            hide_parameters=True,
        )
        event.listen(self.engine, "begin", _begin)
        with self._translated():
            self._writer: Connection | None = self.engine.connect().execution_options(checkin_writes=True)

    def _connect(self) -> Any:
        connection = self._module.connect(
            str(self.path), timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                f"busy_timeout={BUSY_TIMEOUT_MS}",
                f"cache_size=-{CACHE_KB}",
                "secure_delete=ON",
            ):
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def sqlite_version(self) -> str:
        """Return the version of the SQLite library that really runs."""
        return str(self._module.sqlite_version)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the writing connection inside BEGIN IMMEDIATE; commit at the end, roll back on any exception.

        Raises StorageError (disk full, read-only, damaged) or DatabaseBusyError, each saying that nothing was kept.
        """
        with self._lock, self._translated():
            assert self._writer is not None, "the database is closed"
            with self._writer.begin():
                yield self._writer

    @contextmanager
    def write_with(self, other: Path, name: str) -> Iterator[Connection]:
        """Like `write`, with the SQLite file `other` attached as `name`: its rows then move over inside SQLite.

        Foreign keys are not looked up for each row (that costs as much as the rows): whoever moves rows in moves in what
        they refer to.
        """
        with self._lock, self._translated():
            raw = self._raw_writer()
            raw.execute(f"ATTACH ? AS {name}", (str(other),)).close()
            try:
                raw.execute("PRAGMA foreign_keys=OFF").close()
                with self.write() as connection:
                    yield connection
            finally:
                raw.execute("PRAGMA foreign_keys=ON").close()
                raw.execute(f"DETACH {name}").close()

    def write_fast(self) -> _FastWrite:
        """Like `write`, but give the bare driver connection: for the one path where a tenth of a millisecond counts."""
        return _FastWrite(self._lock, self._raw_writer, self._raise_sentence)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state and cannot write."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    def checkpoint(self, patience_ms: int = BUSY_TIMEOUT_MS) -> bool:
        """Fold the write-ahead log into the file now; return whether all of it was, and the log is empty: somebody who
        reads an older state for longer than `patience_ms` keeps it as it is."""
        with self._lock, self._translated():
            raw = self._raw_writer()
            raw.execute(f"PRAGMA busy_timeout={patience_ms}").close()
            try:
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}").close()
        return not busy

    def vacuum(self) -> None:
        """Rewrite the whole file without its free pages."""
        with self._lock, self._translated():
            self._raw_writer().execute("VACUUM").close()

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        with self._lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.engine.dispose()
        log.info("database closed")

    def _raw_writer(self) -> Any:
        assert self._writer is not None, "the database is closed"
        return self._writer.connection.driver_connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what SQLite says into one sentence for a person."""
        try:
            yield
        except Exception as error:
            self._raise_sentence(error)
            raise

    def _raise_sentence(self, error: BaseException) -> None:
        """Raise what a person is to read instead of `error`; return where that is no matter of the disk."""
        sentence = self._sentence(error)
        if sentence is not None:
            raise sentence from error

    def _sentence(self, error: BaseException) -> StorageError | None:
        original = getattr(error, "orig", None) or error
        if isinstance(original, OSError):
            if original.errno == errno.ENOSPC:
                return StorageError(_disk_full())
            return None
        if not isinstance(original, self._module.Error):
            return None
        text = str(original).lower()
        if "locked" in text or "busy" in text:
            return DatabaseBusyError(
                _(
                    "Another program is using this event's file. Nothing was saved; close the other program and try again."
                )
            )
        if "disk is full" in text:
            return StorageError(_disk_full())
        if "readonly" in text or "read-only" in text or "unable to open" in text:
            return StorageError(
                _("The data folder “{folder}” cannot be written to. Nothing was saved; check its permissions.").format(
                    folder=self.path.parent
                )
            )
        if "disk i/o" in text:
            return StorageError(_disk_full() if self._is_full() else _disk_fails())
        if any(sign in text for sign in _DAMAGE):
            return StorageError(damaged_sentence())
        return None

    def _is_full(self) -> bool:
        """Say whether there is no room for SQLite's next page: it then reports an I/O error of the -shm file."""
        try:
            return shutil.disk_usage(self.path.parent).free < _ROOM
        except OSError:
            return False


def damaged_sentence() -> str:
    """Return what to tell a person whose event file is damaged."""
    return _(
        "The event's file is damaged. Nothing more is written to it; put the last backup back with "
        "“checkin restore FILE” and scan on."
    )


def _disk_fails() -> str:
    return _(
        "NOT SAVED: the disk does not answer as it should. Use the paper list, check that the disk is plugged in, and"
        " scan again; what was saved before is still there."
    )


class _FastWrite:
    """One transaction of `Database.write_fast`. A class, as two nested generators cost as much as three statements."""

    __slots__ = ("_connection", "_lock", "_raw", "_translate")

    def __init__(
        self, lock: threading.RLock, connection: Callable[[], Any], translate: Callable[[BaseException], None]
    ) -> None:
        self._lock = lock
        self._connection = connection
        self._translate = translate

    def __enter__(self) -> Any:
        self._lock.acquire()
        try:
            self._raw = self._connection()
            self._raw.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            self._lock.release()
            self._translate(error)
            raise
        return self._raw

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        try:
            if error is None:
                self._raw.execute("COMMIT")
        except BaseException as failed:
            self._roll_back(failed)
            raise
        else:
            if error is not None:
                self._roll_back(error)
        finally:
            self._lock.release()

    def _roll_back(self, error: BaseException) -> None:
        """Undo what was not committed and raise the sentence for it, if there is one."""
        try:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
        finally:
            self._translate(error)


def _disk_full() -> str:
    return _("NOT SAVED: the disk is full. Use the paper list, free some space and scan again; nothing else was lost.")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("checkin_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
