"""The first schema. The statements stand in 0001_initial.sql, as tools/freeze_schema.py wrote them."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("a database is never migrated down")
