"""The database itself drops the count of a day where an answer of that day changes.

It gives the survey another stamp too (`AnswersStamp`), by which other figures are known as old.

What comes in new needs no watching: it changes the number of responses of its day. So sending
answers costs nothing more. Made after `migrate` and, on SQLite, taken away before it, for the
reason that `surveys.guard` gives.
"""

from django.db import connections

TABLES = {"surveys_surveyversion", "surveys_response", "surveys_answer", "surveys_daycount",
          "surveys_answersstamp"}  # fmt: skip

POSTGRESQL = """
CREATE OR REPLACE FUNCTION surveys_forget_day_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'surveys_answer' THEN
        DELETE FROM surveys_daycount c USING (
            SELECT DISTINCT v.survey_id, r.submitted_on FROM gone
            JOIN surveys_response r ON r.id = gone.response_id
            JOIN surveys_surveyversion v ON v.id = r.version_id
        ) d WHERE c.survey_id = d.survey_id AND c.day = d.submitted_on;
        INSERT INTO surveys_answersstamp (survey_id, stamp) SELECT d.survey_id, gen_random_uuid()
        FROM (
            SELECT DISTINCT v.survey_id FROM gone
            JOIN surveys_response r ON r.id = gone.response_id
            JOIN surveys_surveyversion v ON v.id = r.version_id ORDER BY v.survey_id
        ) d ON CONFLICT (survey_id) DO UPDATE SET stamp = EXCLUDED.stamp;
    ELSE
        DELETE FROM surveys_daycount c USING (
            SELECT DISTINCT v.survey_id, gone.submitted_on FROM gone
            JOIN surveys_surveyversion v ON v.id = gone.version_id
        ) d WHERE c.survey_id = d.survey_id AND c.day = d.submitted_on;
        INSERT INTO surveys_answersstamp (survey_id, stamp) SELECT d.survey_id, gen_random_uuid()
        FROM (
            SELECT DISTINCT v.survey_id FROM gone
            JOIN surveys_surveyversion v ON v.id = gone.version_id ORDER BY v.survey_id
        ) d ON CONFLICT (survey_id) DO UPDATE SET stamp = EXCLUDED.stamp;
    END IF;
    RETURN NULL;
END $$;
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER surveys_{table}_{event}_forgets_counts
    AFTER {event} ON surveys_{table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION surveys_forget_day_counts();
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS surveys_{table}_{event}_forgets_counts
    AFTER {event} ON surveys_{table}
    BEGIN DELETE FROM surveys_daycount WHERE (survey_id, day) IN (
        SELECT v.survey_id, {day} FROM {source} WHERE {which}
    );
    INSERT OR REPLACE INTO surveys_answersstamp (survey_id, stamp)
        SELECT v.survey_id, lower(hex(randomblob(16))) FROM {source} WHERE {which};
    END;
"""
SQLITE_SOURCES = {
    "answer": {
        "day": "r.submitted_on",
        "source": "surveys_response r JOIN surveys_surveyversion v ON v.id = r.version_id",
        "which": "r.id = OLD.response_id",
    },
    "response": {
        "day": "OLD.submitted_on",
        "source": "surveys_surveyversion v",
        "which": "v.id = OLD.version_id",
    },
}
EVENTS = ("update", "delete")


def open_for_migration(using: str, **kwargs) -> None:
    """Before `migrate`: take SQLite's triggers away."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in SQLITE_SOURCES:
                for event in EVENTS:
                    cursor.execute(f"DROP TRIGGER IF EXISTS surveys_{table}_{event}_forgets_counts")


def watch_answers(using: str, **kwargs) -> None:
    """After `migrate`: make the triggers, unless the tables are not there (yet)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not set(connection.introspection.table_names(cursor)) >= TABLES:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        for table, source in SQLITE_SOURCES.items():
            for event in EVENTS:
                if connection.vendor == "postgresql":
                    cursor.execute(POSTGRESQL_TRIGGER.format(table=table, event=event))
                else:
                    cursor.execute(SQLITE_TRIGGER.format(table=table, event=event, **source))
