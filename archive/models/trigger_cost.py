"""What a trigger costs before it does anything.

django-pgtrigger asks at each call of a trigger whether it is to be ignored, and django-pghistory at each stored version
who is at work. Both read a setting of the session that is mostly not there, and catch the error that this raises: a
subtransaction a row, whose end walks over all that the transaction has yet to check. Filing 16,000 articles in one
transaction took 18 s so, and four times as long for twice as many. The same two functions, asking for a setting that
may be absent, take 0.4 s. They are put in place after each migration, since one that adds a trigger brings the
libraries' own back.
"""

from typing import Any

from django.db import connections

IGNORED = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT COALESCE(
        trigger_name = ANY (NULLIF(pg_catalog.current_setting('pgtrigger.ignore', true), '')::text[]), false)
$$
"""

AT_WORK = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    given_id uuid := NULLIF(pg_catalog.current_setting('pghistory.context_id', true), '');
    given jsonb := NULLIF(pg_catalog.current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF given_id IS NULL OR given IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context AS kept (id, metadata, created_at, updated_at)
    VALUES (given_id, given, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
    WHERE kept.metadata <> EXCLUDED.metadata;
    RETURN given_id;
END
$$
"""


def make_triggers_cheap(using: str, **signal: Any) -> None:
    """Replace the two functions in the database `using`; called after each migration."""
    del signal
    with connections[using].cursor() as cursor:
        cursor.execute(IGNORED)
        cursor.execute(AT_WORK)
