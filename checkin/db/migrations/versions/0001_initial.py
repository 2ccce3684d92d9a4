"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    from checkin.db.models import metadata

    metadata.create_all(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("a database is never migrated down")
