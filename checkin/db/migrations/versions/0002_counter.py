"""The counter: people who are one, edits and what was before them, learned codes, the print log."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE attendee ADD COLUMN merged INTEGER",
    "CREATE INDEX attendee_merged ON attendee (merged) WHERE merged IS NOT NULL",
    "ALTER TABLE badge ADD COLUMN owner INTEGER",
    "ALTER TABLE code ADD COLUMN owner INTEGER",
    "ALTER TABLE code ADD COLUMN learned BLOB",
    """CREATE TABLE before_edit (
	attendee INTEGER NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (attendee, field),
	FOREIGN KEY(attendee) REFERENCES attendee (id)
) WITHOUT ROWID""",
    """CREATE TABLE print_job (
	id INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	attendee INTEGER,
	issuer INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	layout TEXT NOT NULL,
	printer TEXT NOT NULL,
	operator TEXT NOT NULL,
	state TEXT NOT NULL,
	detail TEXT NOT NULL,
	spool TEXT NOT NULL,
	PRIMARY KEY (id)
)""",
    "CREATE INDEX print_job_by_attendee ON print_job (attendee, id)",
    "CREATE INDEX print_job_by_state ON print_job (state)",
    # Phone numbers are searched from here on: whoever has one is indexed once more at the next start.
    "INSERT INTO search_pending (first, last) SELECT MIN(id), MAX(id) FROM attendee WHERE phone <> '' HAVING COUNT(*) > 0",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("a database is never migrated down")
