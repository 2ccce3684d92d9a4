"""Write down the schema that the models make now, for a new migration to stand on: `python tools/freeze_schema.py FILE.sql`.

A migration must not import the models: they go on changing, and an old file must still be brought to what they were.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checkin.db.engine import Database
from checkin.db.models import metadata
from checkin.db.search import create

SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


def main() -> None:
    database = Database(Path(tempfile.mkdtemp()) / "schema.sqlite")
    with database.write() as connection:
        metadata.create_all(connection)
        create(connection)
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
    database.close()
    virtual = [name for name, sql in rows if "VIRTUAL" in sql]
    shadows = {name + ending for name in virtual for ending in SHADOWS} | {"sqlite_sequence"}
    statements = [
        "\n".join(line.rstrip() for line in sql.strip().splitlines()) for name, sql in rows if name not in shadows
    ]
    statements += [
        f"INSERT INTO {name}({name}, rank) VALUES('secure-delete', 1)"
        for name in virtual
        if name != "search_vocabulary"
    ]
    Path(sys.argv[1]).write_text(";\n\n".join(statements) + ";\n", "utf-8")


if __name__ == "__main__":
    main()
