-- Who the desks are, and what they say of event and list.

CREATE OR REPLACE FUNCTION api.announce(journal uuid, desk text, number int, key bytea, certificate bytea, head_seq bigint,
    head_hash bytea, at_ms bigint, state text, program text, sealed bytea, signature bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine hub.journal := hub.own_journal(journal);
BEGIN
    IF mine.journal_id IS NULL THEN
        RAISE EXCEPTION 'a journal of another desk' USING ERRCODE = 'CH003';
    ELSIF $4 <> (SELECT d.public FROM hub.desk d WHERE d.role = mine.role) THEN
        RAISE EXCEPTION 'not the key that this desk was enrolled with' USING ERRCODE = 'CH003';
    ELSIF octet_length($2) + octet_length($9) + octet_length($10) + octet_length($5) + octet_length($11) > 65536
        OR octet_length($7) <> 32 OR octet_length($12) > 64 THEN
        RAISE EXCEPTION 'too long' USING ERRCODE = 'CH005';
    END IF;
    INSERT INTO hub.card AS c
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp())
        ON CONFLICT (journal_id) DO UPDATE SET (desk, number, key, certificate, head_seq, head_hash, at_ms, state, program,
            sealed, signature, heard) = ROW ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp())
        WHERE c.at_ms < $8;
END $$;

-- An enrolment is for one laptop: who comes first keeps it.
CREATE OR REPLACE FUNCTION api.enter(laptop text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me name := hub.admit();
    first text;
BEGIN
    IF octet_length($1) > 200 THEN
        RAISE EXCEPTION 'too long' USING ERRCODE = 'CH005';
    END IF;
    UPDATE hub.desk d SET laptop = $1 WHERE d.role = me AND d.laptop = '';
    SELECT d.laptop INTO first FROM hub.desk d WHERE d.role = me;
    RETURN first;
END $$;

CREATE OR REPLACE FUNCTION api.desks()
RETURNS TABLE (journal text, desk text, number int, key bytea, certificate bytea, head_seq bigint, head_hash bytea,
    at_ms bigint, state text, program text, sealed bytea, signature bytea, heard_ms bigint, revoked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT c.journal_id::text, c.desk, c.number, c.key, c.certificate, c.head_seq, c.head_hash, c.at_ms, c.state,
        c.program, c.sealed, c.signature, (extract(epoch FROM c.heard) * 1000)::bigint, d.revoked
        FROM hub.card c JOIN hub.journal j USING (journal_id) JOIN hub.desk d USING (role) ORDER BY c.number, c.journal_id;
END $$;

-- A list in one piece: before each part its length, four bytes.
CREATE OR REPLACE FUNCTION hub.joined(parts bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(string_agg(int4send(octet_length(p.part)) || p.part, ''::bytea ORDER BY p.n), '')
    FROM unnest(parts) WITH ORDINALITY p (part, n)
$$;

CREATE OR REPLACE FUNCTION api.editions()
RETURNS TABLE (journal text, version bigint, at_ms bigint, sealed bytea, chunks bytea, revoked bytea, key bytea,
    certificate bytea, signature bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT e.journal_id::text, e.version, e.at_ms, e.sealed, hub.joined(e.chunks), hub.joined(e.revoked), e.key,
        e.certificate, e.signature FROM hub.edition e ORDER BY e.journal_id;
END $$;

CREATE OR REPLACE FUNCTION api.missing_chunks(digests bytea[]) RETURNS SETOF bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT w.digest FROM unnest(digests) WITH ORDINALITY w (digest, n)
        WHERE NOT EXISTS (SELECT FROM hub.chunk c WHERE c.digest = w.digest) ORDER BY w.n;
END $$;

CREATE OR REPLACE FUNCTION api.chunk(digest bytea) RETURNS TABLE (sealed bytea, public text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM hub.admit();
    RETURN QUERY SELECT c.sealed, c.public FROM hub.chunk c WHERE c.digest = $1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such chunk' USING ERRCODE = 'CH007';
    END IF;
END $$;

-- Parts of a list, ahead of the edition that names them. Each is kept under the digest computed here.
CREATE OR REPLACE FUNCTION api.put_chunks(sealeds bytea[], publics text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me name := hub.admit();
BEGIN
    IF cardinality(sealeds) > 1000 OR EXISTS (
        SELECT FROM unnest(sealeds, publics) p (sealed, public)
        WHERE (octet_length(p.sealed) <= 4000000 AND octet_length(p.public) <= 4000000) IS NOT TRUE
    ) OR (
        SELECT sum(octet_length(c.sealed)) > 1000000000 FROM hub.chunk c WHERE c.role = me
    ) THEN
        RAISE EXCEPTION 'too much' USING ERRCODE = 'CH005';
    END IF;
    INSERT INTO hub.chunk (digest, sealed, public, role)
        SELECT sha256('checkin chunk 1'::bytea || int4send(octet_length(p.sealed)) || p.sealed
            || int4send(octet_length(t.bytes)) || t.bytes), p.sealed, p.public, me
        FROM unnest(sealeds, publics) p (sealed, public), LATERAL (SELECT convert_to(p.public, 'UTF8') AS bytes) t
        ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION api.publish(journal uuid, version bigint, at_ms bigint, sealed bytea, chunks bytea[],
    revoked bytea[], key bytea, certificate bytea, signature bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine hub.journal := hub.own_journal(journal);
    old hub.edition;
    digests bytea[] := chunks;
    gone bytea[];
BEGIN
    IF mine.journal_id IS NULL OR $7 <> (SELECT d.public FROM hub.desk d WHERE d.role = mine.role) THEN
        RAISE EXCEPTION 'not the journal or the key of this desk' USING ERRCODE = 'CH003';
    ELSIF octet_length($4) > 8000000 OR cardinality($5) > 100000 OR cardinality($6) > 10000 THEN
        RAISE EXCEPTION 'too much' USING ERRCODE = 'CH005';
    END IF;
    SELECT * INTO old FROM hub.edition e WHERE e.journal_id = $1;
    IF old.version > $2 OR (old.version = $2 AND old.signature <> $9) THEN
        RAISE EXCEPTION 'a newer edition is here' USING ERRCODE = 'CH004';
    ELSIF EXISTS (SELECT FROM unnest(digests) w (digest)
        WHERE NOT EXISTS (SELECT FROM hub.chunk c WHERE c.digest = w.digest)) THEN
        RAISE EXCEPTION 'a chunk is missing' USING ERRCODE = 'CH007';
    END IF;
    INSERT INTO hub.edition VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (journal_id) DO UPDATE SET (version, at_ms, sealed, chunks, revoked, key, certificate, signature)
            = ROW ($2, $3, $4, $5, $6, $7, $8, $9);
    INSERT INTO hub.person AS p
        SELECT DISTINCT ON (1) split_part(l.line, E'\t', 1), split_part(l.line, E'\t', 2), split_part(l.line, E'\t', 3), $3
        FROM hub.chunk c, string_to_table(c.public, E'\n') l (line)
        WHERE c.digest = ANY (digests) AND c.digest <> ALL (coalesce(old.chunks, '{}')) AND l.line <> ''
        ON CONFLICT (uid) DO UPDATE SET (category, country, at_ms) = ROW (excluded.category, excluded.country, excluded.at_ms)
        WHERE p.at_ms <= excluded.at_ms;
    -- What no edition names any more goes at once, for people in it may have been erased; what was sent for an edition
    -- that never came, after a day.
    DELETE FROM hub.chunk c
        WHERE (c.digest = ANY (old.chunks) OR c.added < now() - interval '1 day')
            AND NOT EXISTS (SELECT FROM hub.edition e WHERE c.digest = ANY (e.chunks));
END $$;
