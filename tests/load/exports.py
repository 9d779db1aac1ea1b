"""Exports of a quarter of a million responses: rows a second and peak memory of each format.

`script/bench exports` runs it on an empty, migrated database. Each format is made in a process of
its own, as large as one of the server; ends with 1 where one takes more memory than the aim.
PostgreSQL with PostGIS only.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
import uuid

import django

RESPONSES = 250_000
ANSWERS = 12
MOST_MEMORY = 300  # MB of one process, Django and all
#: An answer to each question, from the number of the response: option, text, number, point. They
#: lie together as they came in.
ANSWER_SQL = """
INSERT INTO surveys_answer
    (response_id, question_id, option_id, text, number, point, approximate)
SELECT r.id, q.id,
    CASE WHEN q.kind = 'choice' THEN (ARRAY['ja', 'nee'])[1 + abs(r.h / q.n) %% 2] ELSE '' END,
    CASE WHEN q.kind = 'text'
        THEN repeat('Meer groen en een bankje. ', (1 + abs(r.h) %% 8)::int) || r.id ELSE '' END,
    CASE WHEN q.kind = 'scale' THEN 1 + abs(r.h / q.n) %% 5 END,
    CASE WHEN q.kind = 'point' THEN ST_SetSRID(ST_MakePoint(
        4.6 + abs(r.h) %% 1000 / 5000.0, 52.2 + abs(r.h / 7) %% 1000 / 6000.0), 4326) END,
    false
FROM (SELECT id, submitted_on, hashtext(id::text)::bigint AS h FROM surveys_response) r,
    unnest(%s::text[], %s::text[], %s::int[]) AS q(id, kind, n)
ORDER BY r.submitted_on, r.id
"""


def make_survey(count: int) -> int:
    """A survey with `count` responses of twelve answers; its primary key."""
    from django.db import connection

    from surveys.models import Response, SurveyVersion
    from surveys.services import freeze_version
    from tests.factories import pages, surveys
    from tests.load.data import make_home

    area = pages.AreaPageFactory(parent=make_home(), geometry=pages.cell(4.5, 52.2))
    choices = surveys.many_choices(7)
    text, point, scale = "text", "point", "scale"
    others = [
        (text, "short_text", {"max_length": 200}),
        (text, "long_text", {"max_length": 2000}),
        (point, "point", {}),
        *[(scale, "scale", {"maximum": "5", "low_label": "slecht", "high_label": "goed"})] * 2,
    ]
    asked = [("choice", question) for question in choices] + [
        (kind, surveys.question(block, str(uuid.uuid4()), f"Vraag {number}", **value))
        for number, (kind, block, value) in enumerate(others)
    ]
    survey = surveys.SurveyPageFactory(parent=area, questions=[one for _kind, one in asked])
    version: SurveyVersion = freeze_version(survey=survey)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Response._meta.db_table} "
            "(id, version_id, submitted_on, source, language) "
            "SELECT gen_random_uuid(), %s, date '2026-09-01' + n %% 60, 'site', 'nl' "
            "FROM generate_series(1, %s) n",
            [version.pk, count],
        )
        kinds = [kind for kind, _question in asked]
        ids = [question["id"] for _kind, question in asked]
        cursor.execute(ANSWER_SQL, [ids, kinds, list(range(1, len(ids) + 1))])
        cursor.execute("ANALYZE")
    return survey.pk


def measure(survey_pk: int, variant: str, format_name: str) -> dict:
    """Make one file in this process: seconds, size, and memory before and at its highest (MB)."""
    from django.urls import get_resolver

    from surveys.exports import files
    from surveys.models import SurveyPage

    _ = get_resolver().url_patterns  # the server has all of the site in memory
    survey = SurveyPage.objects.get(pk=survey_pk)
    before = peak()
    start = time.perf_counter()
    made = files.make_file(survey, files.find(variant, format_name), day="20260101")
    seconds = time.perf_counter() - start
    size = made.file.seek(0, 2)
    made.file.close()
    return {"seconds": seconds, "size": size, "before": before, "peak": peak(),
            "responses": made.responses}  # fmt: skip


def peak() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--responses", type=int, default=RESPONSES)
    parser.add_argument("--results", action="store_true", help="measure the results pages too")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    django.setup()
    if arguments.measure:
        pk, *wanted = arguments.measure
        print(json.dumps(measure(int(pk), *wanted)))
        return 0
    from surveys.exports import files

    pk = make_survey(arguments.responses)
    print(f"{'file':<18}{'rows/s':>10}{'s':>8}{'MB':>8}{'memory MB':>11}{'of which':>10}")
    too_much = 0
    for download in files.DOWNLOADS:
        if download.variant in (files.Variant.CODEBOOK, files.Variant.CONTACTS):
            continue
        name = (download.variant.value, download.format_name)
        command = [sys.executable, "-m", "tests.load.exports", "--measure", str(pk), *name]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(run.stdout.splitlines()[-1])
        too_much += found["peak"] > MOST_MEMORY
        print(
            f"{'.'.join(name):<18}{found['responses'] / found['seconds']:>10.0f}"
            f"{found['seconds']:>8.1f}{found['size'] / 1e6:>8.1f}{found['peak']:>11.0f}"
            f"{found['peak'] - found['before']:>10.0f}",
            flush=True,
        )
    print(f"exports: {arguments.responses} responses of {ANSWERS} answers; "
          f"{too_much} of the files took more than {MOST_MEMORY} MB")  # fmt: skip
    missed = bool(too_much)
    if arguments.results:
        from .results import measure_results

        print()
        missed |= bool(measure_results(pk))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
