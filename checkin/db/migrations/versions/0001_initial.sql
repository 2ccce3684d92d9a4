CREATE TABLE event (
	id INTEGER NOT NULL,
	definition TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE desk_state (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);

CREATE TABLE attendee (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	name TEXT NOT NULL,
	name_local TEXT NOT NULL,
	organisation TEXT NOT NULL,
	country TEXT NOT NULL,
	category TEXT NOT NULL,
	status TEXT NOT NULL,
	status_reason TEXT NOT NULL,
	note TEXT NOT NULL,
	email TEXT NOT NULL,
	phone TEXT NOT NULL,
	badge_code TEXT NOT NULL,
	external_id TEXT NOT NULL,
	expected TEXT NOT NULL,
	walk_in INTEGER NOT NULL,
	source TEXT NOT NULL,
	source_row INTEGER NOT NULL,
	sort_key TEXT NOT NULL,
	updated_ms INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (uid)
);

CREATE INDEX attendee_by_sort ON attendee (sort_key, id);

CREATE INDEX attendee_by_external ON attendee (source, external_id);

CREATE TABLE staff (
	operator TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (operator)
);

CREATE TABLE journal (
	id INTEGER NOT NULL,
	journal_id TEXT NOT NULL,
	desk TEXT NOT NULL,
	desk_number INTEGER NOT NULL,
	mine INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (journal_id)
);

CREATE TABLE private (
	entry_id BLOB NOT NULL,
	salt BLOB NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (entry_id)
)
 WITHOUT ROWID;

CREATE TABLE refused (
	id INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	verdict TEXT NOT NULL,
	detail TEXT NOT NULL,
	payload TEXT NOT NULL,
	attendee INTEGER,
	day TEXT NOT NULL,
	checkpoint TEXT NOT NULL,
	operator TEXT NOT NULL,
	mode TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX refused_by_attendee ON refused (attendee, id);

CREATE TABLE undone (
	target BLOB NOT NULL,
	by_entry BLOB NOT NULL,
	PRIMARY KEY (target)
)
 WITHOUT ROWID;

CREATE TABLE presence (
	day TEXT NOT NULL,
	checkpoint TEXT NOT NULL,
	attendee INTEGER NOT NULL,
	inside INTEGER NOT NULL,
	admissions INTEGER NOT NULL,
	first_ms INTEGER NOT NULL,
	first_entry BLOB NOT NULL,
	first_journal INTEGER NOT NULL,
	first_operator TEXT NOT NULL,
	PRIMARY KEY (day, checkpoint, attendee)
)
 WITHOUT ROWID;

CREATE TABLE tally (
	day TEXT NOT NULL,
	checkpoint TEXT NOT NULL,
	category TEXT NOT NULL,
	came INTEGER NOT NULL,
	inside INTEGER NOT NULL,
	walk_in INTEGER NOT NULL,
	PRIMARY KEY (day, checkpoint, category)
)
 WITHOUT ROWID;

CREATE TABLE search_doc (
	attendee INTEGER NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (attendee)
);

CREATE TABLE search_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	attendee INTEGER NOT NULL
);

CREATE TABLE search_pending (
	id INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE badge (
	issuer INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	attendee INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (issuer, serial),
	FOREIGN KEY(attendee) REFERENCES attendee (id)
)
 WITHOUT ROWID;

CREATE INDEX badge_by_attendee ON badge (attendee);

CREATE TABLE code (
	text TEXT NOT NULL,
	attendee INTEGER NOT NULL,
	PRIMARY KEY (text),
	FOREIGN KEY(attendee) REFERENCES attendee (id)
)
 WITHOUT ROWID;

CREATE TABLE entry (
	journal INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	entry_id BLOB NOT NULL,
	kind TEXT NOT NULL,
	attendee INTEGER,
	body BLOB NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (journal, seq),
	FOREIGN KEY(journal) REFERENCES journal (id),
	UNIQUE (entry_id)
)
 WITHOUT ROWID;

CREATE INDEX entry_by_attendee ON entry (attendee);

CREATE VIRTUAL TABLE search_word USING fts5(words, content='', detail=none, columnsize=0,
       prefix='1 2 3 4 5 6', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'");

CREATE VIRTUAL TABLE search_part USING fts5(words, content='', detail=none, columnsize=0,
       tokenize='trigram');

CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_word, 'row');

INSERT INTO search_word(search_word, rank) VALUES('secure-delete', 1);

INSERT INTO search_part(search_part, rank) VALUES('secure-delete', 1);
