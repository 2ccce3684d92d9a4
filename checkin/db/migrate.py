"""Bring a database to the newest schema: copy the file first, refuse one that a newer program wrote."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from checkin.db.engine import Database, driver
from checkin.errors import NewerDatabaseError
from checkin.i18n import _

log = logging.getLogger(__name__)

HEAD = "0003"
"""The newest revision in migrations/versions; a test compares them. Kept here so that a normal start needs no alembic."""

KNOWN = frozenset({"0001", "0002", "0003"})


def migrate(database: Database) -> None:
    """Create or upgrade the tables. Raises NewerDatabaseError; an older file is copied beside itself before."""
    with database.read() as connection:
        current = _current(connection)
    if current == HEAD:
        return
    if current is not None and current not in KNOWN:
        raise NewerDatabaseError(
            _(
                "This event was last opened by a newer version of the program. Nothing was changed; update the program"
                " on this laptop and open it again."
            )
        )
    if current is not None:
        _copy(database, database.path.with_suffix(f".before-{HEAD}"))
        log.info("copied the database before its migration")
    _upgrade(database)


def _copy(database: Database, target: Path) -> None:
    """Copy one consistent state, what stands only in the write-ahead log included."""
    target.unlink(missing_ok=True)
    with database.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        with closing(driver().connect(str(target), isolation_level=None)) as copy:
            raw.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").close()


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
