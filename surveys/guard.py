"""The database itself keeps a frozen version as it is, whoever writes to it.

A version can be added, and goes only together with its survey while nobody answered it: the
foreign key of the responses holds it. No column of it ever changes, and a response never moves to
another version. What staff decided about responses never changes either; only the name of who
decided goes with the account. Rows that do not change cost nothing: the triggers wait for an
UPDATE only.
"""

from cms.triggers import Triggers

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

SQLITE = {
    "surveys_version_is_frozen": """CREATE TRIGGER IF NOT EXISTS surveys_version_is_frozen
    BEFORE UPDATE ON surveys_surveyversion
    BEGIN SELECT RAISE(ABORT, 'A survey version never changes.'); END""",
    "surveys_response_keeps_version": """CREATE TRIGGER IF NOT EXISTS surveys_response_keeps_version
    BEFORE UPDATE OF version_id ON surveys_response WHEN OLD.version_id IS NOT NEW.version_id
    BEGIN SELECT RAISE(ABORT, 'A response keeps its survey version.'); END""",
    "surveys_decision_stays": """CREATE TRIGGER IF NOT EXISTS surveys_decision_stays
    BEFORE UPDATE OF survey_id, kind, counts, reason, number, made_at ON surveys_staffdecision
    BEGIN SELECT RAISE(ABORT, 'A decision never changes.'); END""",
}

VERSIONS = Triggers(
    tables=frozenset({"surveys_surveyversion", "surveys_response", "surveys_staffdecision"}),
    postgresql=[POSTGRESQL],
    sqlite=SQLITE,
)
