-- What the organiser reads: numbers, from entries and public columns alone. The same sets as domain.journal.fold, so that
-- hub and desks agree: unique people (as MERGE put them together) of the check-ins that no undo names. What lost its place
-- in a fork counts too: somebody re-appends it.

CREATE OR REPLACE VIEW hub.forked AS
    SELECT f.journal_id, f.seq, f.entry_id, b.k AS kind, b.s AS subject, coalesce(b.day, '') AS day,
        coalesce(b.cp, '') AS checkpoint, b.t AS target, b.cat AS category, b.co AS country,
        coalesce(b.at, 0) + coalesce(b.off, 0) AS at_ms
    FROM hub.fork f, hub.read_body(f.body) b;

CREATE OR REPLACE VIEW hub.fact AS
    SELECT DISTINCT ON (e.entry_id) e.* FROM (
        SELECT journal_id, seq, entry_id, kind, subject, day, checkpoint, target, category, country, at_ms FROM hub.entry
        WHERE kind IN ('UNDO', 'MERGE', 'WALK_IN', 'ATTENDEE')
        UNION ALL SELECT journal_id, seq, entry_id, kind, subject, day, checkpoint, target, category, country, at_ms
        FROM hub.forked WHERE kind IN ('UNDO', 'MERGE', 'WALK_IN', 'ATTENDEE')
    ) e ORDER BY e.entry_id, e.journal_id, e.seq;

-- Who was put together with whom: domain.journal.one_person. Numbers stand for names, so that an array is the forest.
CREATE OR REPLACE FUNCTION hub.one_person() RETURNS TABLE (who text, kept text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    names text[];
    keeps int[];
    goes int[];
    parent int[];
    k int;
    g int;
BEGIN
    WITH merges AS (
        SELECT m.subject, m.target, row_number() OVER (ORDER BY m.at_ms, m.journal_id, m.seq) AS n FROM hub.fact m
        WHERE m.kind = 'MERGE' AND NOT EXISTS (
            SELECT FROM hub.fact u WHERE u.kind = 'UNDO' AND u.target = m.entry_id::text)
    ), people AS (
        SELECT p.name, row_number() OVER (ORDER BY p.name)::int AS i
        FROM (SELECT subject FROM merges UNION SELECT target FROM merges) p (name)
    )
    SELECT (SELECT array_agg(p.name ORDER BY p.i) FROM people p),
        array_agg(a.i ORDER BY m.n), array_agg(b.i ORDER BY m.n)
    INTO names, keeps, goes
    FROM merges m JOIN people a ON a.name = m.subject JOIN people b ON b.name = m.target;
    parent := array_fill(0, ARRAY[coalesce(cardinality(names), 0)]);
    FOR i IN 1 .. coalesce(cardinality(keeps), 0) LOOP
        k := keeps[i];
        WHILE parent[k] > 0 LOOP k := parent[k]; END LOOP;
        g := goes[i];
        WHILE parent[g] > 0 LOOP g := parent[g]; END LOOP;
        IF k <> g THEN
            parent[g] := k;
        END IF;
    END LOOP;
    FOR i IN 1 .. coalesce(cardinality(names), 0) LOOP
        k := i;
        WHILE parent[k] > 0 LOOP k := parent[k]; END LOOP;
        IF k <> i THEN
            who := names[i];
            kept := names[k];
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;

-- A field is what the newest standing edit says, else the walk-in form, else the list. A desk's own words count in the
-- order it said them, also where its clock was set back in between (db.edits).
CREATE OR REPLACE VIEW hub.said AS
    WITH about AS (
        SELECT f.*, max(f.at_ms) OVER (PARTITION BY f.subject, f.journal_id ORDER BY f.seq) AS latest FROM hub.fact f
        WHERE f.kind IN ('WALK_IN', 'ATTENDEE', 'UNDO')
    ), standing AS (
        SELECT a.*, (a.kind = 'ATTENDEE')::int AS edit FROM about a
        WHERE a.kind = 'WALK_IN' OR a.kind = 'ATTENDEE' AND NOT EXISTS (
            SELECT FROM hub.fact u WHERE u.kind = 'UNDO' AND u.target = a.entry_id::text)
    )
    SELECT s.subject,
        (array_agg(s.category ORDER BY s.edit DESC, s.latest DESC, s.journal_id DESC, s.seq DESC)
            FILTER (WHERE s.category <> ''))[1] AS category,
        (array_agg(s.country ORDER BY s.edit DESC, s.latest DESC, s.journal_id DESC, s.seq DESC)
            FILTER (WHERE s.country <> ''))[1] AS country
    FROM standing s GROUP BY s.subject;

CREATE OR REPLACE VIEW api.counts AS
    WITH came AS (
        SELECT DISTINCT coalesce(o.kept, e.subject) AS subject, e.day, e.checkpoint
        FROM (
            SELECT entry_id, subject, day, checkpoint FROM hub.entry WHERE kind = 'CHECK_IN'
            UNION ALL SELECT entry_id, subject, day, checkpoint FROM hub.forked WHERE kind = 'CHECK_IN'
        ) e LEFT JOIN hub.one_person() o ON o.who = e.subject
        WHERE NOT EXISTS (
            SELECT FROM hub.fact u WHERE u.kind = 'UNDO' AND u.target = e.entry_id::text)
    )
    SELECT c.day, c.checkpoint, coalesce(s.category, p.category, '') AS category, coalesce(s.country, p.country, '') AS country,
        count(*) AS came
    FROM came c LEFT JOIN hub.said s ON s.subject = c.subject LEFT JOIN hub.person p ON p.uid = c.subject
    GROUP BY 1, 2, 3, 4;
