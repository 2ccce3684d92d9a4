-- Journals in and out. Who calls is session_user, which no SECURITY DEFINER changes; each function asks hub.admit() first.

CREATE OR REPLACE FUNCTION hub.admit() RETURNS name LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cut_off boolean := (SELECT d.revoked FROM hub.desk d WHERE d.role = session_user);
BEGIN
    IF cut_off IS NULL THEN
        RAISE EXCEPTION 'not a desk of this event' USING ERRCODE = 'CH002';
    ELSIF cut_off THEN
        RAISE EXCEPTION 'this desk was cut off' USING ERRCODE = 'CH001';
    END IF;
    RETURN session_user;
END $$;

-- Changes when the hub is made, restored into another database or cluster, or brought back to a point in time.
CREATE OR REPLACE FUNCTION hub.epoch() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT left(encode(sha256(convert_to(concat_ws(' ', m.epoch, c.system_identifier, d.oid,
        left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)), 'UTF8')), 'hex'), 32)
    FROM hub.meta m, pg_control_system() c, pg_database d WHERE d.datname = current_database()
$$;

CREATE OR REPLACE FUNCTION hub.now_ms() RETURNS bigint LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;

CREATE OR REPLACE FUNCTION api.hello()
RETURNS TABLE (epoch text, now_ms bigint, event text, min_version int, version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT hub.epoch(), hub.now_ms(), m.event, m.min_version, m.version FROM hub.meta m;
END $$;

-- Lock a journal, make it where nobody named it before. Returns NULL where it belongs to another desk.
CREATE OR REPLACE FUNCTION hub.own_journal(wanted uuid) RETURNS hub.journal
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me name := hub.admit();
    found_one hub.journal;
BEGIN
    SELECT * INTO found_one FROM hub.journal j WHERE j.journal_id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        IF (SELECT count(*) >= 100 FROM hub.journal j WHERE j.role = me) THEN
            RAISE EXCEPTION 'too many journals' USING ERRCODE = 'CH005';
        END IF;
        INSERT INTO hub.journal (journal_id, role) VALUES (wanted, me) ON CONFLICT DO NOTHING;
        SELECT * INTO found_one FROM hub.journal j WHERE j.journal_id = wanted FOR UPDATE;
    END IF;
    IF found_one.role <> me THEN
        RETURN NULL;
    END IF;
    RETURN found_one;
END $$;

-- What is counted by, read from a body that may be anything.
CREATE OR REPLACE FUNCTION hub.read_body(body bytea)
RETURNS TABLE (k text, s text, day text, cp text, t text, cat text, co text, at bigint, "off" bigint)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT * FROM json_to_record(convert_from(body, 'UTF8')::json)
        AS f (k text, s text, day text, cp text, t text, cat text, co text, at bigint, "off" bigint);
EXCEPTION WHEN data_exception THEN
    RETURN QUERY SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::bigint,
        NULL::bigint;
END $$;

CREATE OR REPLACE FUNCTION hub.append(journal uuid, first bigint, ids uuid[], bodies bytea[], hashes bytea[], sealeds bytea[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO hub.entry
        SELECT journal, first + r.n - 1, r.id, r.body, r.hash, r.sealed, f.k, f.s, coalesce(f.day, ''), coalesce(f.cp, ''),
            f.t, f.cat, f.co, coalesce(f.at, 0) + coalesce(f.off, 0)
        FROM unnest(ids, bodies, hashes, sealeds) WITH ORDINALITY r (id, body, hash, sealed, n),
            json_to_record(convert_from(r.body, 'UTF8')::json)
                AS f (k text, s text, day text, cp text, t text, cat text, co text, at bigint, off bigint);
EXCEPTION WHEN data_exception THEN
    -- One of them cannot be read: it is kept all the same, uncounted, and blocks none of the others.
    INSERT INTO hub.entry
        SELECT journal, first + r.n - 1, r.id, r.body, r.hash, r.sealed, f.k, f.s, coalesce(f.day, ''), coalesce(f.cp, ''),
            f.t, f.cat, f.co, coalesce(f.at, 0) + coalesce(f.off, 0)
        FROM unnest(ids, bodies, hashes, sealeds) WITH ORDINALITY r (id, body, hash, sealed, n), hub.read_body(r.body) f;
END $$;

-- The next entries of a journal, all or none; `first` is the number of the first. See records.Status for the answers.
CREATE OR REPLACE FUNCTION api.push(journal uuid, first bigint, ids uuid[], bodies bytea[], hashes bytea[], sealeds bytea[])
RETURNS TABLE (status text, head_seq bigint, head_hash bytea, epoch text, now_ms bigint, detail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine hub.journal := hub.own_journal(journal);
    n int := coalesce(cardinality(ids), 0);
    verdict text := 'ok';
    why text := '';
    before bytea;
    known int;
BEGIN
    IF mine.journal_id IS NULL THEN
        SELECT * INTO mine FROM hub.journal j WHERE j.journal_id = journal;
        verdict := 'refused';
        why := 'a journal of another desk';
    ELSIF n > 500 THEN
        verdict := 'refused';
        why := 'more than 500 entries at once';
    ELSIF first < 1 OR n <> ALL (ARRAY[cardinality(bodies), cardinality(hashes), cardinality(sealeds)]) OR EXISTS (
        SELECT FROM unnest(ids, bodies, hashes, sealeds) r (id, body, hash, sealed)
        WHERE (octet_length(r.body) BETWEEN 1 AND 4096 AND octet_length(r.hash) = 32 AND octet_length(r.sealed) <= 65536
            AND r.id IS NOT NULL) IS NOT TRUE
    ) THEN
        verdict := 'refused';
        why := 'malformed';
    ELSIF n = 0 THEN
        NULL;
    ELSIF first > mine.head_seq + 1 THEN
        verdict := 'gap';
    ELSE
        before := CASE first WHEN 1 THEN decode(repeat('00', 32), 'hex') WHEN mine.head_seq + 1 THEN mine.head_hash
            ELSE (SELECT e.hash FROM hub.entry e WHERE e.journal_id = journal AND e.seq = first - 1) END;
        known := least(n, mine.head_seq - first + 1);
        -- Where the fork lies before this batch, what its first entry follows is not known here: then only the others are
        -- verified.
        IF EXISTS (
            SELECT FROM unnest(ids, bodies, hashes, array_prepend(before, hashes[1:n - 1])) WITH ORDINALITY
                r (id, body, hash, before, n)
            WHERE sha256(r.before || uuid_send(journal) || int8send(first + r.n - 1) || uuid_send(r.id) || r.body) <> r.hash
                AND (r.n > 1 OR known = 0 OR first = 1)
        ) THEN
            verdict := 'refused';
            why := 'a hash that does not follow';
        ELSIF known > 0 AND EXISTS (
            SELECT FROM unnest(hashes[1:known]) WITH ORDINALITY r (hash, n)
            JOIN hub.entry e ON e.journal_id = journal AND e.seq = first + r.n - 1 WHERE e.hash <> r.hash
        ) THEN
            verdict := 'fork';
            PERFORM hub.keep_fork(journal, first, ids, bodies, hashes, sealeds);
        ELSIF known < n THEN
            PERFORM hub.append(journal, first + known, ids[known + 1:], bodies[known + 1:], hashes[known + 1:],
                sealeds[known + 1:]);
            mine.head_seq := first + n - 1;
            mine.head_hash := hashes[n];
            UPDATE hub.journal j SET head_seq = mine.head_seq, head_hash = mine.head_hash WHERE j.journal_id = journal;
        END IF;
    END IF;
    RETURN QUERY SELECT verdict, mine.head_seq, mine.head_hash, hub.epoch(), hub.now_ms(), why;
END $$;

-- Evidence: every entry of the batch that is not in the journal.
CREATE OR REPLACE FUNCTION hub.keep_fork(
    journal uuid, first bigint, ids uuid[], bodies bytea[], hashes bytea[], sealeds bytea[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT count(*) > 50000 FROM hub.fork f WHERE f.journal_id = journal) THEN
        RAISE EXCEPTION 'too many forked entries' USING ERRCODE = 'CH005';
    END IF;
    INSERT INTO hub.fork (journal_id, seq, entry_id, body, hash, sealed)
        SELECT journal, first + r.n - 1, r.id, r.body, r.hash, r.sealed
        FROM unnest(ids, bodies, hashes, sealeds) WITH ORDINALITY r (id, body, hash, sealed, n)
        WHERE NOT EXISTS (SELECT FROM hub.entry e
            WHERE e.journal_id = journal AND e.seq = first + r.n - 1 AND e.hash = r.hash)
        ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION api.heads() RETURNS TABLE (journal text, head_seq bigint, head_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT j.journal_id::text, j.head_seq, j.head_hash FROM hub.journal j WHERE j.head_seq > 0;
END $$;

CREATE OR REPLACE FUNCTION api.pull(journal uuid, first bigint, last bigint)
RETURNS TABLE (seq bigint, entry_id bytea, body bytea, hash bytea, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT e.seq, uuid_send(e.entry_id), e.body, e.hash, e.sealed FROM hub.entry e
        WHERE e.journal_id = journal AND e.seq BETWEEN first AND least(last, first + 499) ORDER BY e.seq;
END $$;

CREATE OR REPLACE FUNCTION api.forks()
RETURNS TABLE (journal text, seq bigint, entry_id bytea, body bytea, hash bytea, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT f.journal_id::text, f.seq, uuid_send(f.entry_id), f.body, f.hash, f.sealed FROM hub.fork f
        ORDER BY f.journal_id, f.seq, f.kept;
END $$;

CREATE OR REPLACE FUNCTION api.forget(journal uuid, ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine hub.journal := hub.own_journal(journal);
BEGIN
    IF mine.journal_id IS NULL THEN
        RAISE EXCEPTION 'a journal of another desk' USING ERRCODE = 'CH003';
    END IF;
    UPDATE hub.entry e SET sealed = '' WHERE e.journal_id = journal AND e.entry_id = ANY (ids) AND e.sealed <> '';
    UPDATE hub.fork f SET sealed = '' WHERE f.journal_id = journal AND f.entry_id = ANY (ids) AND f.sealed <> '';
END $$;
