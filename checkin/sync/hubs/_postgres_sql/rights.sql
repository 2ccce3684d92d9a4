-- Who may do what: nobody anything, the desks' role the functions of schema api. $desks$, $database$ are put in quoted.

REVOKE ALL ON DATABASE $database$ FROM PUBLIC;
REVOKE ALL ON SCHEMA hub, api, public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA hub, api FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub, api FROM PUBLIC;
GRANT CONNECT ON DATABASE $database$ TO $desks$;
GRANT USAGE ON SCHEMA api TO $desks$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO $desks$;

-- What PostgreSQL lets everybody do, and a desk could fill the server or hold others up with. An owner who is no superuser
-- may not take all of it away: hub.weaknesses() then says what is left.
DO $do$
DECLARE
    what text;
BEGIN
    FOR what IN
        SELECT format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', w.function) FROM hub.unwanted() w
        UNION ALL SELECT format('REVOKE ALL ON LANGUAGE %I FROM PUBLIC', l.lanname) FROM pg_language l
            WHERE l.lanname IN ('plpgsql', 'sql')
        UNION ALL SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', d.datname) FROM pg_database d
            WHERE d.datname IN ('postgres', 'template1')
    LOOP
        BEGIN
            EXECUTE what;
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;
        END;
    END LOOP;
END $do$;
