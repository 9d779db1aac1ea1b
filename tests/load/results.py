"""Results of a quarter of a million responses: how long staff and residents wait for them.

`python -m tests.load.results` runs it on an empty, migrated database; `measure_results` on any
survey. Each figure is given beside that of counting the rows with answers (`SELECT count(*)`),
so that a machine that is slow or busy shows; ends with 1 where the page takes longer than the aim
on a machine that counts 3,000,000 rows in REFERENCE seconds. PostgreSQL with PostGIS only.
"""

import argparse
import sys
import time
from collections.abc import Callable
from statistics import median

import django

from .exports import ANSWERS, RESPONSES, make_survey

TURNS = 5
AIM = 1.0  # seconds
#: What a quiet machine with two cores takes to count 3,000,000 rows.
REFERENCE = 0.11
JUDGED = "staff, days counted"


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def count_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM surveys_answer")


def pages(survey) -> dict[str, Callable[[], object]]:
    """What is measured, by name: whole pages as their visitors get them."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from surveys.results import questions_ever_asked

    users = get_user_model().objects
    staff = users.filter(username="load").first() or users.create_superuser("load")
    client = Client(headers={"host": "127.0.0.1", "x-forwarded-proto": "https"})
    client.force_login(staff)
    visitor = Client(headers={"host": "127.0.0.1", "x-forwarded-proto": "https"})
    asked = [question.id for question in questions_ever_asked(survey)]
    url = reverse("surveys_results", args=[survey.pk])

    def get(browser, address: str, **data):
        def run():
            response = browser.get(address, data)
            assert response.status_code == 200, f"{address}: status {response.status_code}"

        return run

    return {
        JUDGED: get(client, url),
        "staff, one month": get(client, url, van="2026-09-01", tot="2026-09-30"),
        "residents": get(visitor, survey.results_url),
        "cross table": get(
            client, reverse("surveys_cross", args=[survey.pk]), rijen=asked[0], kolommen=asked[1]
        ),
    }


def measure_results(survey_pk: int) -> int:
    """Measure the pages of a survey, before and after its days were counted; 1 for a missed aim."""
    from django.conf import settings

    from surveys.models import DayCount, SurveyPage
    from surveys.results.daycounts import count_days

    settings.PAGE_CACHE_ENABLED = False
    SurveyPage.objects.filter(pk=survey_pk).update(results_shown=SurveyPage.ResultsShown.LIVE)
    survey = SurveyPage.objects.get(pk=survey_pk)
    found = pages(survey)
    DayCount.objects.filter(survey=survey).delete()
    found[JUDGED]()
    print(f"{'page':<24}{'s':>8}{'x count(*)':>12}")
    report("staff, nothing counted", [ratio(found[JUDGED])])
    took = timed(lambda: count_days(survey=survey))
    print(f"{'counting all days':<24}{took:>8.1f}")
    judged = 0.0
    for name, run in found.items():
        run()
        times = [ratio(run) for _turn in range(TURNS)]
        report(name, times)
        if name == JUDGED:
            judged = median(seconds / count for seconds, count in times) * REFERENCE
    print(f"results: {judged:.2f} s where counting the rows takes {REFERENCE} s; aim {AIM} s")
    return 1 if judged > AIM else 0


def ratio(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds of a page, and of counting the rows just before."""
    count = timed(count_rows)
    return timed(run), count


def report(name: str, times: list[tuple[float, float]]) -> None:
    seconds = median(seconds for seconds, _count in times)
    times_count = median(seconds / count for seconds, count in times)
    print(f"{name:<24}{seconds:>8.2f}{times_count:>12.1f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--responses", type=int, default=RESPONSES)
    parser.add_argument("--survey", type=int, help="measure this survey, which is there already")
    arguments = parser.parse_args()
    django.setup()
    pk = arguments.survey or make_survey(arguments.responses)
    print(f"{arguments.responses} responses of {ANSWERS} answers" if not arguments.survey else "")
    return measure_results(pk)


if __name__ == "__main__":
    sys.exit(main())
