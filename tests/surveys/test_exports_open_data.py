"""What may be published: nobody can be found back in it."""

import csv
import io
from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from django.contrib.gis.geos import Point

from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.downloads import fetched

pytestmark = pytest.mark.django_db

TRAVEL, SCALE = "Hoe gaat u meestal naar het centrum?", "Hoe veilig vindt u de oversteek?"


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def published(client, survey) -> list[dict[str, str]]:
    text = fetched(client, survey, "csv", "open-data").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def respond(survey, count=1, day=None, **values):
    """Answers by the name of a question in `make`."""
    ids = {getattr(make, name): value for name, value in values.items()}
    make.respond(survey, count=count, day=day, **ids)


def test_no_words_places_or_days(manager, survey):
    make.respond(survey, count=9, day=date(2026, 5, 4))
    text = fetched(manager, survey, "csv", "open-data").decode()
    for secret in ("Dorpsstraat", "groen", "brug", "52,3", "4,8", "2026-05-04"):
        assert secret not in text
    rows = published(manager, survey)
    assert len(rows) == 9
    assert list(rows[0]) == [
        "Maand", TRAVEL, "Wat mist u op de speelplek?: Schaduw",
        "Wat mist u op de speelplek?: Een bank", "Wat mist u op de speelplek?: Water", SCALE,
        "Waar moet het veiliger? (vak van 1 km in RD, linksonder)",
    ]  # fmt: skip
    assert rows[0]["Maand"] == "2026-05"
    assert rows[0][TRAVEL] == "Met de fiets"
    assert rows[0]["Waar moet het veiliger? (vak van 1 km in RD, linksonder)"] == "114 483"


def test_too_few_responses_give_nothing(manager, survey, settings):
    make.respond(survey, count=4)
    assert published(manager, survey) == []
    settings.SURVEY_SMALL_NUMBERS = 4
    assert len(published(manager, survey)) == 4


def test_a_rare_answer_is_emptied_and_cannot_be_worked_out(manager, survey):
    respond(survey, count=20, ONE={"option_id": make.BIKE})
    respond(survey, count=8, ONE={"option_id": make.BUS})
    respond(survey, ONE={"option_id": make.WALK})
    counts = Counter(row[TRAVEL] for row in published(manager, survey))
    # The one who walks would be known as the only empty one: others go along.
    assert "Lopend" not in counts
    assert counts[""] >= 5
    assert counts["Met de fiets"] >= 16
    again = Counter(row[TRAVEL] for row in published(manager, survey))
    assert again == counts


def test_a_rare_combination_of_two_answers_is_emptied(manager, survey):
    for option, number in ((make.BIKE, 1), (make.BUS, 2)):
        respond(survey, count=20, ONE={"option_id": option}, SCALE={"number": number})
    respond(survey, ONE={"option_id": make.BIKE}, SCALE={"number": 2})
    pairs = Counter((row[TRAVEL], row[SCALE]) for row in published(manager, survey))
    assert ("Met de fiets", "2") not in pairs
    assert pairs["Met de fiets", "1"] >= 15


def test_everything_that_says_where_or_who_is_common_together(manager, north):
    survey = make.SurveyPageFactory(
        parent=north, questions=[kinds.postcode(whole=True), kinds.number(), kinds.date()]
    )
    for number in range(60):
        values = {
            kinds.POSTCODE: {"text": f"117{number % 2} A{'BCDE'[number % 4]}"},
            kinds.NUMBER: {"number": number},
            kinds.DATE: {"text": f"2026-0{number % 3 + 1}-1{number % 9}"},
        }
        make.respond(survey, day=date(2026, number % 2 + 5, 1 + number % 28), **values)
    rows = published(manager, survey)
    assert len(rows) == 60
    shown = [tuple(row.values()) for row in rows]
    assert {row[1] for row in shown} <= {"1170", "1171", ""}
    together = Counter(row for row in shown if any(row))
    assert min(together.values()) >= 5
    assert len(together) > 1
    assert all(" t/m " in row[2] or not row[2] for row in shown)


def test_no_value_or_pair_is_rare_whatever_was_answered(manager, survey):
    for number in range(120):
        respond(
            survey,
            day=date(2026, 1 + number % 7, 1),
            ONE={"option_id": (make.BIKE, make.WALK, make.BUS)[number % 11 % 3]},
            SEVERAL={"option_id": (make.SHADE, make.BENCH)[number % 13 % 2]},
            SCALE={"number": 1 + number % 17 % 5},
            POINT={"point": Point(4.7 + number % 19 % 4 / 50, 52.3, srid=4326)},
        )
    rows = [tuple(row.values()) for row in published(manager, survey)]
    for first, second in combinations(range(len(rows[0])), 2):
        pairs = Counter((row[first], row[second]) for row in rows if row[first] and row[second])
        assert min(pairs.values(), default=5) >= 5
    assert sum(cell != "" for row in rows for cell in row) > 400


def test_a_hostile_option_is_only_text(manager, north):
    asked = make.question("one_choice", make.ONE, "=cmd()",
                          options=make.options(a="=1+1", b="nee"))  # fmt: skip
    survey = make.SurveyPageFactory(parent=north, questions=[asked])
    make.respond(survey, count=6, **{make.ONE: {"option_id": "a"}})
    assert {row["'=cmd()"] for row in published(manager, survey)} == {"'=1+1"}


def test_a_survey_without_anything_to_publish(manager, north):
    asked = [make.question("long_text", make.LONG, "Wat nog?", max_length=200)]
    survey = make.SurveyPageFactory(parent=north, questions=asked)
    make.respond(survey, count=6, **{make.LONG: {"text": "Ik ben Jan."}})
    assert [list(row) for row in published(manager, survey)] == [["Maand"]] * 6
