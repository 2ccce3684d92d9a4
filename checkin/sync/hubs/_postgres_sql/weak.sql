-- Functions of PostgreSQL itself that PUBLIC may call and a desk has no business with.
CREATE OR REPLACE FUNCTION hub.unwanted() RETURNS TABLE (function regprocedure) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (
        p.proname ~ '^(lo_|pg_(try_)?advisory_|pg_sleep|pg_notify$|pg_export_snapshot$|pg_logical_emit_message$)'
        OR p.proname IN ('loread', 'lowrite', 'txid_current', 'pg_current_xact_id', 'pg_cancel_backend',
            'pg_terminate_backend'))
$$;

-- What a desk's role can still do beyond the functions of schema api.
CREATE OR REPLACE FUNCTION hub.weaknesses(desks name) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'function ' || w.function FROM hub.unwanted() w WHERE has_function_privilege(desks, w.function::oid, 'EXECUTE')
    UNION ALL SELECT 'language ' || l.lanname FROM pg_language l
        WHERE l.lanname IN ('plpgsql', 'sql') AND has_language_privilege(desks, l.oid, 'USAGE')
    UNION ALL SELECT 'database ' || d.datname FROM pg_database d
        WHERE d.datallowconn AND d.datname <> current_database() AND has_database_privilege(desks, d.oid, 'CONNECT')
    UNION ALL SELECT 'temporary tables' WHERE has_database_privilege(desks, current_database(), 'TEMPORARY')
    UNION ALL SELECT 'schema public' WHERE has_schema_privilege(desks, 'public', 'CREATE')
$$;
