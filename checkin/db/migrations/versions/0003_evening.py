"""Sync: desks and what is known of them, the same fact in two journals, forks, doubles, editions of the list."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE journal ADD COLUMN key BLOB DEFAULT x'' NOT NULL",
    "ALTER TABLE journal ADD COLUMN heard_ms INTEGER",
    "ALTER TABLE journal ADD COLUMN announced INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE journal ADD COLUMN confirmed INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE journal ADD COLUMN state TEXT DEFAULT 'open' NOT NULL",
    "ALTER TABLE journal ADD COLUMN revoked INTEGER DEFAULT 0 NOT NULL",
    # SQLite cannot drop a UNIQUE of a table: what was re-appended by another desk stands in two journals from here on.
    """CREATE TABLE entry_new (
	journal INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	entry_id BLOB NOT NULL,
	kind TEXT NOT NULL,
	attendee INTEGER,
	body BLOB NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (journal, seq),
	FOREIGN KEY(journal) REFERENCES journal (id)
) WITHOUT ROWID""",
    "INSERT INTO entry_new SELECT journal, seq, entry_id, kind, attendee, body, hash FROM entry",
    "DROP TABLE entry",
    "ALTER TABLE entry_new RENAME TO entry",
    "CREATE INDEX entry_by_attendee ON entry (attendee)",
    "CREATE INDEX entry_by_id ON entry (entry_id)",
    "CREATE INDEX entry_by_kind ON entry (kind, journal, seq) WHERE kind NOT IN ('CHECK_IN', 'CHECK_OUT', 'COPY')",
    """CREATE TABLE forked (
	journal INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hash BLOB NOT NULL,
	entry_id BLOB NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (journal, seq, hash),
	FOREIGN KEY(journal) REFERENCES journal (id)
) WITHOUT ROWID""",
    """CREATE TABLE alias (
	uid TEXT NOT NULL,
	owner TEXT NOT NULL,
	PRIMARY KEY (uid)
) WITHOUT ROWID""",
    """CREATE TABLE edition (
	journal_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	digest BLOB NOT NULL,
	PRIMARY KEY (journal_id)
) WITHOUT ROWID""",
    """CREATE TABLE "double" (
	day TEXT NOT NULL,
	checkpoint TEXT NOT NULL,
	attendee INTEGER NOT NULL,
	second BLOB NOT NULL,
	first BLOB NOT NULL,
	PRIMARY KEY (day, checkpoint, attendee, second)
) WITHOUT ROWID""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("a database is never migrated down")
