"""The database itself drops the count of a day where an answer of that day changes.

It gives the survey another stamp too (`AnswersStamp`), by which other figures are known as old.

What comes in new needs no watching: it changes the number of responses of its day. So sending
answers costs nothing more.
"""

from cms.triggers import Triggers

FUNCTION = """
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
TRIGGER = """
CREATE OR REPLACE TRIGGER {name}
    AFTER {event} ON surveys_{table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION surveys_forget_day_counts();
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name}
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
WATCHED = {
    f"surveys_{table}_{event}_forgets_counts": {"table": table, "event": event}
    for table in SQLITE_SOURCES
    for event in ("update", "delete")
}

DAY_COUNTS = Triggers(
    tables=frozenset(
        {
            "surveys_surveyversion",
            "surveys_response",
            "surveys_answer",
            "surveys_daycount",
            "surveys_answersstamp",
        }
    ),
    postgresql=[FUNCTION, *(TRIGGER.format(name=name, **what) for name, what in WATCHED.items())],
    sqlite={
        name: SQLITE_TRIGGER.format(name=name, **what, **SQLITE_SOURCES[what["table"]])
        for name, what in WATCHED.items()
    },
)
