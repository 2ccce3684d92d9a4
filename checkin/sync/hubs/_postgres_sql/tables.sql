-- What a hub keeps. No role but the owner's has any right here; desks call the functions of schema api (functions.sql).
-- Run as often as you like: what is there stays.

CREATE SCHEMA IF NOT EXISTS hub;
CREATE SCHEMA IF NOT EXISTS api;

CREATE TABLE IF NOT EXISTS hub.meta (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version int NOT NULL,                       -- of this schema
    min_version int NOT NULL,                   -- the lowest protocol that may pull
    event text NOT NULL,                        -- SHA-256 of the event id, hex
    authority bytea NOT NULL,                   -- Ed25519, 32 bytes
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    made timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS hub.desk (
    role name PRIMARY KEY,
    desk text NOT NULL,
    public bytea NOT NULL,
    revoked boolean NOT NULL DEFAULT false,
    added timestamptz NOT NULL DEFAULT now()
);
-- Which laptop used this enrolment; empty: none yet.
ALTER TABLE hub.desk ADD COLUMN IF NOT EXISTS laptop text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX IF NOT EXISTS desk_by_name ON hub.desk (desk) WHERE NOT revoked;

CREATE TABLE IF NOT EXISTS hub.journal (
    journal_id uuid PRIMARY KEY,
    role name NOT NULL REFERENCES hub.desk,     -- who alone may write it: whoever named it first
    head_seq bigint NOT NULL DEFAULT 0,
    head_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
) WITH (fillfactor = 50);
CREATE INDEX IF NOT EXISTS journal_by_role ON hub.journal (role);

-- The entry as it is, then what is counted by, read from the body once. `kind` is NULL where the body could not be read.
CREATE TABLE IF NOT EXISTS hub.entry (
    journal_id uuid NOT NULL,
    seq bigint NOT NULL,
    entry_id uuid NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    kind text,
    subject text,
    day text,
    checkpoint text,
    target text,
    category text,
    country text,
    at_ms bigint,                               -- corrected
    PRIMARY KEY (journal_id, seq)
);
CREATE INDEX IF NOT EXISTS entry_no_move ON hub.entry (kind, journal_id, seq)
    WHERE kind IN ('UNDO', 'MERGE', 'WALK_IN', 'ATTENDEE');

CREATE TABLE IF NOT EXISTS hub.fork (
    journal_id uuid NOT NULL,
    seq bigint NOT NULL,
    entry_id uuid NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    kept timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (journal_id, hash)
);

-- The columns are what the card's signature covers; whoever reads it verifies it.
CREATE TABLE IF NOT EXISTS hub.card (
    journal_id uuid PRIMARY KEY REFERENCES hub.journal,
    desk text NOT NULL,
    number int NOT NULL,
    key bytea NOT NULL,
    certificate bytea NOT NULL,
    head_seq bigint NOT NULL,
    head_hash bytea NOT NULL,
    at_ms bigint NOT NULL,
    state text NOT NULL,
    program text NOT NULL,
    sealed bytea NOT NULL,
    signature bytea NOT NULL,
    heard timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS hub.edition (
    journal_id uuid PRIMARY KEY REFERENCES hub.journal,
    version bigint NOT NULL,
    at_ms bigint NOT NULL,
    sealed bytea NOT NULL,
    chunks bytea[] NOT NULL,
    revoked bytea[] NOT NULL,
    key bytea NOT NULL,
    certificate bytea NOT NULL,
    signature bytea NOT NULL
);

CREATE TABLE IF NOT EXISTS hub.chunk (
    digest bytea PRIMARY KEY,
    sealed bytea NOT NULL,
    public text NOT NULL,                       -- "uid TAB category TAB country" lines
    role name NOT NULL REFERENCES hub.desk,
    added timestamptz NOT NULL DEFAULT now()
);

-- What the newest edition says of somebody; nobody is removed, whoever came is still counted.
CREATE TABLE IF NOT EXISTS hub.person (
    uid text PRIMARY KEY,
    category text NOT NULL,
    country text NOT NULL,
    at_ms bigint NOT NULL
);

CREATE OR REPLACE FUNCTION hub.stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'nothing is changed or taken away here' USING ERRCODE = 'CH008';
END $$;

-- Of an entry only the sealed text may go, when somebody was erased; of a journal only the head moves, and forwards.
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON hub.entry EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_change BEFORE UPDATE ON hub.entry FOR EACH ROW
    WHEN (NEW.sealed <> '' OR (NEW.journal_id, NEW.seq, NEW.entry_id, NEW.body, NEW.hash, NEW.kind, NEW.subject, NEW.day,
        NEW.checkpoint, NEW.target, NEW.category, NEW.country, NEW.at_ms) IS DISTINCT FROM (OLD.journal_id, OLD.seq,
        OLD.entry_id, OLD.body, OLD.hash, OLD.kind, OLD.subject, OLD.day, OLD.checkpoint, OLD.target, OLD.category,
        OLD.country, OLD.at_ms))
    EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON hub.fork EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_change BEFORE UPDATE ON hub.fork FOR EACH ROW
    WHEN (NEW.sealed <> '' OR (NEW.journal_id, NEW.seq, NEW.entry_id, NEW.body, NEW.hash)
        IS DISTINCT FROM (OLD.journal_id, OLD.seq, OLD.entry_id, OLD.body, OLD.hash))
    EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON hub.journal EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_return BEFORE UPDATE ON hub.journal FOR EACH ROW
    WHEN (NEW.head_seq < OLD.head_seq OR (NEW.journal_id, NEW.role) IS DISTINCT FROM (OLD.journal_id, OLD.role))
    EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON hub.desk EXECUTE FUNCTION hub.stays();
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON hub.meta EXECUTE FUNCTION hub.stays();
