"""The tables. Facts live in `entry`; everything under "projection" can be rebuilt from the journal (db.rebuild)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()

RARE = "kind NOT IN ('CHECK_IN', 'CHECK_OUT', 'COPY')"
"""Repeat it in a query to let it use `entry_by_kind`: few entries are no scans, and an index of all would slow each scan."""

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("definition", Text, nullable=False),  # the organiser's TOML, as given
    Column("created_ms", Integer, nullable=False),
)

desk_state = Table(
    "desk_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts of this data folder: which journal is ours, the next badge serial, roster sources."""

# --- persons ---------------------------------------------------------------------------------------------------------

attendee = Table(
    "attendee",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),  # random UUID, the pseudonym in journals
    Column("name", Text, nullable=False, default=""),
    Column("name_local", Text, nullable=False, default=""),
    Column("organisation", Text, nullable=False, default=""),
    Column("country", Text, nullable=False, default=""),
    Column("category", Text, nullable=False, default=""),
    Column("status", Text, nullable=False, default="registered"),
    Column("status_reason", Text, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("email", Text, nullable=False, default=""),
    Column("phone", Text, nullable=False, default=""),
    Column("badge_code", Text, nullable=False, default=""),
    Column("external_id", Text, nullable=False, default=""),
    Column("expected", Text, nullable=False, default=""),  # checkpoint keys or ISO days, one space between
    Column("walk_in", Integer, nullable=False, default=0),
    Column("source", Text, nullable=False, default=""),  # which list the person came with
    Column("source_row", Integer, nullable=False, default=0),
    Column("sort_key", Text, nullable=False, default=""),  # Thai order without ICU (domain.folding)
    Column("updated_ms", Integer, nullable=False, default=0),
    Column("merged", Integer),  # row of the one who is kept, where two were found to be one (db.merging); else NULL
    Index("attendee_by_sort", "sort_key", "id"),
    Index("attendee_by_external", "source", "external_id"),
    Index("attendee_merged", "merged", sqlite_where=text("merged IS NOT NULL")),
)

before_edit = Table(
    "before_edit",
    metadata,
    Column("attendee", Integer, ForeignKey("attendee.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What the roster or the walk-in form says of a field that was edited since: it is back when no edit stands."""

badge = Table(
    "badge",
    metadata,
    Column("issuer", Integer, primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("attendee", Integer, ForeignKey("attendee.id"), nullable=False),
    Column("revision", Integer, nullable=False, default=0),  # the newest print; an older one is "replaced". 16: revoked
    Column("owner", Integer),  # whose it was before a merge; NULL: it was not moved
    Index("badge_by_attendee", "attendee"),
    sqlite_with_rowid=False,
)

code = Table(
    "code",
    metadata,
    Column("text", Text, primary_key=True),  # a foreign badge code, exactly as the roster has it
    Column("attendee", Integer, ForeignKey("attendee.id"), nullable=False),
    Column("owner", Integer),  # whose it was before a merge; NULL: it was not moved
    Column("learned", LargeBinary),  # entry_id where the desk learned it; NULL: the roster has it
    sqlite_with_rowid=False,
)

staff = Table(
    "staff",
    metadata,
    Column("operator", Text, primary_key=True),  # domain.journal.operator_hash
    Column("name", Text, nullable=False),
)

# --- the journal -----------------------------------------------------------------------------------------------------

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("journal_id", Text, nullable=False, unique=True),  # random UUID
    Column("desk", Text, nullable=False),
    Column("desk_number", Integer, nullable=False),
    Column("mine", Integer, nullable=False),
    # What its desk said of itself when a hub was last asked (sync.records.DeskCard); ours: what we know ourselves.
    Column("key", LargeBinary, nullable=False, server_default=text("x''")),  # Ed25519 public key of the desk
    Column("heard_ms", Integer),  # when the hub heard of it last, by the hub's clock; NULL: never
    Column("announced", Integer, nullable=False, server_default="0"),  # how far it goes on its own desk
    Column("confirmed", Integer, nullable=False, server_default="0"),  # how far the hub has it
    Column(
        "state", Text, nullable=False, server_default="open"
    ),  # "closed 2014-07-08" after a closing there, and more: sync.card_state
    Column("revoked", Integer, nullable=False, server_default="0"),
)

entry = Table(
    "entry",
    metadata,
    Column("journal", Integer, ForeignKey("journal.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("entry_id", LargeBinary, nullable=False),  # 16 bytes; what was re-appended stands twice, the second as COPY
    Column("kind", Text, nullable=False),  # as in the body; COPY: the same fact stands elsewhere and counts there
    Column("attendee", Integer),  # local id of the subject, after a merge of the one who is kept
    Column("body", LargeBinary, nullable=False),  # canonical bytes
    Column("hash", LargeBinary, nullable=False),
    Index("entry_by_attendee", "attendee"),
    Index("entry_by_id", "entry_id"),
    Index("entry_by_kind", "kind", "journal", "seq", sqlite_where=text(RARE)),
    sqlite_with_rowid=False,
)

forked = Table(
    "forked",
    metadata,
    Column("journal", Integer, ForeignKey("journal.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("entry_id", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Entries that lost their place in a journal to another one with the same number: evidence of a clone."""

alias = Table(
    "alias",
    metadata,
    Column("uid", Text, primary_key=True),  # domain.badge.holder_uid of a badge
    Column("owner", Text, nullable=False),  # uid of the person whose badge it is
    sqlite_with_rowid=False,
)
"""Badges whose owner has another id than the badge's holder would get at a desk that knows neither (a second number after
the last reprint): the two are one person, as if merged."""

edition = Table(
    "edition",
    metadata,
    Column("journal_id", Text, primary_key=True),  # whose desk published it
    Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # SHA-256 of what was signed
    sqlite_with_rowid=False,
)
"""The newest edition of event and list that was taken from each desk, ours among them: an older one is refused."""

private = Table(
    "private",
    metadata,
    Column("entry_id", LargeBinary, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),  # a reason, a note: may name a person, so it stays out of the chain
    sqlite_with_rowid=False,
)

refused = Table(
    "refused",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("payload", Text, nullable=False),  # escaped, at most 64 characters; secrets only as a hash
    Column("attendee", Integer),
    Column("day", Text, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Index("refused_by_attendee", "attendee", "id"),
)
"""Refused scans of this desk. Local: they are no facts about presence and do not travel."""

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("attendee", Integer),  # NULL: a test label
    Column("issuer", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("layout", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("spool", Text, nullable=False),  # the spooler's own id of the job
    Index("print_job_by_attendee", "attendee", "id"),
    Index("print_job_by_state", "state"),
)
"""What was sent to a printer, and what became of it. Local, like `refused`; it holds no name."""

# --- projection ------------------------------------------------------------------------------------------------------

undone = Table(
    "undone",
    metadata,
    Column("target", LargeBinary, primary_key=True),  # entry_id
    Column("by_entry", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

presence = Table(
    "presence",
    metadata,
    Column("day", Text, primary_key=True),
    Column("checkpoint", Text, primary_key=True),
    Column("attendee", Integer, primary_key=True),
    Column("inside", Integer, nullable=False),
    Column("admissions", Integer, nullable=False),  # CHECK_IN entries that stand; 0 rows are deleted
    Column("first_ms", Integer, nullable=False),
    Column("first_entry", LargeBinary, nullable=False),
    Column("first_journal", Integer, nullable=False),
    Column("first_operator", Text, nullable=False),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    metadata,
    Column("day", Text, primary_key=True),
    Column("checkpoint", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("came", Integer, nullable=False, default=0),
    Column("inside", Integer, nullable=False, default=0),
    Column("walk_in", Integer, nullable=False, default=0),
    sqlite_with_rowid=False,
)
"""Unique people per day, checkpoint and category, kept with each entry so that a counter costs one row, not a fold."""

double = Table(
    "double",
    metadata,
    Column("day", Text, primary_key=True),
    Column("checkpoint", Text, primary_key=True),
    Column("attendee", Integer, primary_key=True),
    Column("second", LargeBinary, primary_key=True),  # entry_id of the admission of somebody who was inside already
    Column("first", LargeBinary, nullable=False),  # entry_id of the admission before it, at another desk
    sqlite_with_rowid=False,
)
"""One badge let in at two desks that did not know of each other: counted once, shown to both until a person settles it
(a NOTE with change "settled" and the second as its target, or an undo)."""
