"""Drawing on the map: what is stored, what is refused, and the way without JavaScript."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from surveys.models import Answer, Draft, Response
from tests.areas.pdok import ELSEWHERE, STREET
from tests.factories import pages
from tests.factories import survey_shapes as draw
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    return make.SurveyPageFactory(parent=north, questions=draw.all_drawings())


def stored(question_id: str) -> list[Answer]:
    return list(Answer.objects.filter(question_id=question_id).order_by("option_id"))


def test_points_lines_and_polygons_are_stored_a_row_each(
    client, survey, django_assert_max_num_queries
):
    answers = {
        field(draw.POINTS, "vormen"): draw.sent(([(4.78123456789, 52.34)], "Geen  lamp")),
        field(draw.POINTS, "plek"): [draw.BRIDGE],
        field(draw.LINES, "vormen"): draw.sent(draw.LINE, (draw.LINE[:2], "Naar school")),
        field(draw.POLYGONS, "vormen"): draw.sent(draw.SQUARE),
    }
    with django_assert_max_num_queries(10):
        assert send(client, survey, answers).status_code == 302
    spot, drawn = stored(draw.POINTS)
    assert (spot.option_id, spot.text, spot.point.coords) == (draw.BRIDGE, "De brug", (4.8, 52.345))
    assert (drawn.text, drawn.point.coords) == ("Geen lamp", (4.7812346, 52.34))
    lines = stored(draw.LINES)
    assert [(line.option_id, line.text) for line in lines] == [
        ("shape-01", ""),
        ("shape-02", "Naar school"),
    ]
    assert lines[0].shape.coords == tuple(draw.LINE)
    (polygon,) = stored(draw.POLYGONS)
    assert polygon.shape.geom_type == "Polygon"
    assert polygon.shape.valid
    assert polygon.shape.srid == 4326
    assert send(client, survey, answers).status_code == 302
    assert Response.objects.count() == 2


#: Far outside the municipality, and in it but not in the area Noord.
UTRECHT = (5.12, 52.09)
WEST = [(4.60, 52.30), (4.61, 52.30)]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("question_id", "value", "message"),
    [
        (draw.LINES, draw.sent(draw.LINE, [*draw.LINE, UTRECHT]), "Lijn 2 ligt buiten de gemeente"),
        (draw.POINTS, draw.sent([UTRECHT]), "Punt 1 ligt buiten de gemeente"),
        (draw.LINES, draw.sent(draw.LINE, [(4.79, 52.34)]), "Lijn 2 is nog niet af."),
        (draw.LINES, draw.sent([(4.79, 52.34)] * 3), "Lijn 1 is nog niet af."),
        (draw.LINES, draw.sent([(4.79, 52.34 + n / 1e5) for n in range(51)]), "dan 50 hoeken"),
        (draw.LINES, draw.sent((draw.LINE, "x" * 201)), "De opmerking bij Lijn 1 is te lang."),
        (draw.LINES, draw.sent(*[draw.LINE] * 4), "Het mogen er hoogstens 3 zijn."),
        (draw.POLYGONS, draw.sent(draw.SQUARE, draw.SQUARE), "Het mag er 1 zijn."),
        (draw.POLYGONS, draw.sent(draw.SQUARE[:2]), "Vlak 1 is nog niet af."),
        (draw.POLYGONS, draw.sent(draw.BOW_TIE), "De randen van Vlak 1 kruisen elkaar."),
        (draw.POLYGONS, draw.sent([(4.79, 52.34), (4.8, 52.34), (4.81, 52.34)]), "De randen van"),
        *(
            (draw.LINES, hostile, "Wij kunnen niet lezen wat u tekende.")
            for hostile in (
                "{", "[" * 5_000, "{}", "[1]", '[{"c": []}]', '[{"c": [[4.7]]}]',
                '[{"c": [["a", "b"]]}]', '[{"c": [[NaN, 52.3]]}]', '[{"c": [[1e999, 52.3]]}]',
                '[{"c": [[4.7, 52.3]], "t": 3}]', '[{"c": [[400, 52.3]]}]', "[" + "1," * 50_000,
            )
        ),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_kept_is_refused_in_words(
    client, survey, question_id, value, message
):
    response = send(
        client, survey, {field(question_id, "vormen"): value, field(draw.POINTS, "tekst"): "Blijf"}
    )
    assert response.status_code == 422
    assert message in text_of(response)
    assert not Response.objects.exists()
    form = form_on(response)
    assert form.fields[field(question_id, "vormen")] == [value]
    assert form.fields[field(draw.POINTS, "tekst")] == ["Blijf"]


def test_inside_the_area_only_and_at_least_two(client, survey, west):
    survey.questions = [draw.drawing("line", fewest=2, inside=True, required=True)]
    survey.save_revision().publish()
    name = field(draw.LINES, "vormen")
    response = send(client, survey, {name: draw.sent(draw.LINE, WEST)})
    assert "Lijn 2 ligt buiten het gebied Haarlemmermeer-Noord" in text_of(response)
    response = send(client, survey, {name: draw.sent(draw.LINE)})
    assert "Geef ten minste 2 plekken. U gaf er 1." in text_of(response)
    assert "Teken op de kaart, kies een plek" in text_of(send(client, survey, {}))
    words = {field(draw.LINES, "tekst"): "Langs de ringvaart, en terug over de dijk"}
    assert send(client, survey, words).status_code == 302
    assert send(client, survey, {name: draw.sent(draw.LINE, draw.LINE[:2])}).status_code == 302
    assert Response.objects.count() == 2


def test_without_javascript_spots_villages_and_words_stand_for_the_map(client, survey):
    page = client.get(survey.url)
    words = text_of(page)
    assert "Speelveldje Dorpsstraat" in words
    assert "Teken hoogstens 3 punten op de kaart." in words
    form = form_on(page)
    form.fields |= {
        field(draw.POINTS, "plek"): [draw.FIELD, draw.BRIDGE],
        field(draw.LINES, "plaats"): ["badhoevedorp"],
        field(draw.LINES, "tekst"): ["Langs het kanaal"],
        field(draw.POLYGONS, "tekst"): ["De hele wijk"],
    }
    response = client.post(form.action, form.fields | {field(draw.POINTS, "plek"): ["elders"]})
    assert "Deze plek hoort niet bij deze vraag." in text_of(response)
    assert client.post(form.action, form.fields).status_code == 302
    assert [answer.text for answer in stored(draw.POINTS)] == ["De brug", "Speelveldje Dorpsstraat"]
    (line,) = stored(draw.LINES)
    assert (line.option_id, line.text) == ("place", "Badhoevedorp: Langs het kanaal")
    assert line.approximate
    assert line.point is not None
    (polygon,) = stored(draw.POLYGONS)
    assert (polygon.text, polygon.point, polygon.shape) == ("De hele wijk", None, None)


def test_what_was_drawn_is_said_in_words_where_it_is_shown_again(client, survey):
    survey.closes_at = survey.opens_at + timedelta(days=1)
    survey.save()
    answers = {
        field(draw.LINES, "vormen"): draw.sent((draw.LINE, "Naar school")),
        field(draw.POINTS, "plek"): [draw.BRIDGE],
    }
    words = text_of(send(client, survey, answers))
    assert "Lijn 1: 3 punten, ongeveer 1,6 kilometer, bij Badhoevedorp (Naar school)" in words
    assert "De brug" in words


@pytest.mark.parametrize(
    "wrong",
    [
        {"option_id": "shape-01", "shape": "POINT (4.8 52.3)"},
        {"option_id": "shape-01", "shape": "MULTILINESTRING ((4.8 52.3, 4.9 52.3))"},
        {"option_id": "shape-01", "shape": "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"},
        {"option_id": "shape-01", "shape": "LINESTRING (0 0, 1 1)", "point": "POINT (1 1)"},
        {"option_id": "shape-01", "shape": "LINESTRING (0 0, 1 1)", "approximate": True},
        {"option_id": "", "shape": "LINESTRING (0 0, 1 1)"},
    ],
)
def test_the_database_takes_one_sound_place_an_answer(survey, wrong):
    columns = {
        name: GEOSGeometry(value, srid=4326) if name in ("shape", "point") else value
        for name, value in wrong.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        make.respond(survey, **{draw.LINES: columns})


def test_what_is_drawn_may_not_change_in_a_survey_that_was_public(survey):
    survey.questions = [draw.drawing("polygon", draw.LINES)]
    with pytest.raises(ValidationError) as refused:
        survey.full_clean()
    (error,) = refused.value.error_dict["questions"]
    (message,) = error.block_errors[0].non_block_errors
    assert "Bij deze vraag tekende men eerst iets anders" in str(message)


def test_without_javascript_a_button_finds_an_address(client, survey, pdok):
    cache.clear()
    form = form_on(client.get(survey.url))
    form.fields |= {
        field(draw.POINTS, "zoek"): ["Dorpsstraat 1"],
        field(draw.LINES, "tekst"): ["Blijf staan"],
    }
    page = client.post(form.action, form.fields | {"stap": "zoek"})
    assert page.status_code == 200
    assert "Dorpsstraat 1, 1171AA Badhoevedorp" in text_of(page)
    assert "Geen van deze" in text_of(page)
    form = form_on(page)
    assert form.fields[field(draw.LINES, "tekst")] == ["Blijf staan"]
    asked = len(pdok.asked)
    elsewhere = form.fields | {field(draw.POINTS, "adres"): [ELSEWHERE["id"]]}
    response = client.post(form.action, elsewhere)
    assert response.status_code == 422
    assert "Wij kunnen dit adres nu niet vinden in onze gemeente." in text_of(response)
    chosen = form.fields | {field(draw.POINTS, "adres"): [STREET["id"]]}
    assert client.post(form.action, chosen).status_code == 302
    client.post(form.action, form.fields | {"stap": "bewaar"})
    assert "Dorpsstraat" not in Draft.objects.get().data
    assert [call for call, _parameters in pdok.asked[asked:]] == ["lookup", "lookup"]
    (answer,) = stored(draw.POINTS)
    assert (answer.option_id, answer.text, answer.approximate) == ("place", "", False)
    assert answer.point.coords == (4.8, 52.34)
    cache.clear()
