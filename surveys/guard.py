"""The database itself keeps a frozen version as it is, whoever writes to it.

A version can be added, and goes only together with its survey while nobody answered it: the
foreign key of the responses holds it. No column of it ever changes, and a response never moves to
another version. What staff decided about responses never changes either; only the name of who
decided goes with the account. Rows that do not change cost nothing: the triggers wait for an
UPDATE only.

The triggers are made after every `migrate` and, on SQLite, taken away before it: SQLite makes a
table anew to alter it, loses its triggers and stumbles over triggers that name it.
"""

from django.db import connections

TABLES = {"surveys_surveyversion", "surveys_response", "surveys_staffdecision"}

POSTGRESQL = """
CREATE OR REPLACE FUNCTION surveys_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A survey version never changes: freeze a new one.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER surveys_version_is_frozen
    BEFORE UPDATE ON surveys_surveyversion
    FOR EACH ROW EXECUTE FUNCTION surveys_version_is_frozen();
CREATE OR REPLACE TRIGGER surveys_response_keeps_version
    BEFORE UPDATE OF version_id ON surveys_response
    FOR EACH ROW WHEN (OLD.version_id IS DISTINCT FROM NEW.version_id)
    EXECUTE FUNCTION surveys_version_is_frozen();
CREATE OR REPLACE FUNCTION surveys_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A decision never changes: take a new one.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER surveys_decision_stays
    BEFORE UPDATE OF survey_id, kind, counts, reason, number, made_at ON surveys_staffdecision
    FOR EACH ROW EXECUTE FUNCTION surveys_decision_stays();
"""

SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS surveys_version_is_frozen
    BEFORE UPDATE ON surveys_surveyversion
    BEGIN SELECT RAISE(ABORT, 'A survey version never changes.'); END""",
    """CREATE TRIGGER IF NOT EXISTS surveys_response_keeps_version
    BEFORE UPDATE OF version_id ON surveys_response WHEN OLD.version_id IS NOT NEW.version_id
    BEGIN SELECT RAISE(ABORT, 'A response keeps its survey version.'); END""",
    """CREATE TRIGGER IF NOT EXISTS surveys_decision_stays
    BEFORE UPDATE OF survey_id, kind, counts, reason, number, made_at ON surveys_staffdecision
    BEGIN SELECT RAISE(ABORT, 'A decision never changes.'); END""",
)
SQLITE_NAMES = (
    "surveys_version_is_frozen",
    "surveys_response_keeps_version",
    "surveys_decision_stays",
)


def open_for_migration(using: str, **kwargs) -> None:
    """Before `migrate`: take SQLite's triggers away."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in SQLITE_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def close_versions(using: str, **kwargs) -> None:
    """After `migrate`: make the triggers, unless the tables are not there (yet)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not set(connection.introspection.table_names(cursor)) >= TABLES:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        else:
            for statement in SQLITE:
                cursor.execute(statement)
