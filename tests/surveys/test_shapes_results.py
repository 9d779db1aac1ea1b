"""Drawings in files, results and open data, each read back by the program it is for."""

import json

import pyogrio
import pyreadstat
import pytest
from django.urls import reverse

from tests.factories import pages
from tests.factories import survey_shapes as draw
from tests.factories import surveys as make
from tests.surveys.admin_forms import condition, sequence
from tests.surveys.downloads import fetched, saved, sheets, variables
from tests.surveys.helpers import field, says, send, text_of
from tests.surveys.test_editing_types import create

pytestmark = pytest.mark.django_db
LINE_WKT = "MULTILINESTRING ((4.79 52.34, 4.8 52.345, 4.81 52.341))"


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(client, north):
    """Two responses: one that draws everything, one of somebody without a map."""
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    survey = make.SurveyPageFactory(parent=north, questions=draw.all_drawings())
    drawn = {
        field(draw.POINTS, "vormen"): draw.sent(([(4.78, 52.34)], "=Geen lamp"), [(4.79, 52.35)]),
        field(draw.POINTS, "plek"): [draw.BRIDGE],
        field(draw.LINES, "vormen"): draw.sent((draw.LINE, "Naar school")),
        field(draw.POLYGONS, "vormen"): draw.sent(draw.SQUARE),
    }
    words = {
        field(draw.POINTS, "plek"): [draw.FIELD],
        field(draw.LINES, "plaats"): "badhoevedorp",
        field(draw.LINES, "tekst"): "Langs het kanaal",
    }
    for answers in (drawn, words):
        assert send(client, survey, answers).status_code == 302
    return survey


def test_sheets_spss_and_json(manager, survey, tmp_path):
    rows = sheets(manager, survey)["Antwoorden"]
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    drawn = next(row for row in table if row["Hoe loopt u? (getekend)"])
    words = next(row for row in table if row is not drawn)
    assert drawn["Waar is het donker? (aantal)"] == 3
    assert drawn["Waar is het donker?: De brug"] == 1
    assert drawn["Waar is het donker?: Speelveldje Dorpsstraat"] == 0
    assert drawn["Waar is het donker? (getekend)"] == "MULTIPOINT ((4.78 52.34), (4.79 52.35))"
    degrees = ("breedtegraad", "lengtegraad")
    assert [drawn[f"Waar is het donker? ({name})"] for name in degrees] == [52.34, 4.78]
    assert drawn["Waar is het donker? (opmerkingen)"] == "1: =Geen lamp"
    assert drawn["Hoe loopt u? (getekend)"] == LINE_WKT
    assert drawn["Wat is uw buurt? (getekend)"].startswith("MULTIPOLYGON (((4.79 52.34, ")
    assert words["Hoe loopt u? (aantal)"] == 0
    assert words["Hoe loopt u? (adres, dorp of omschrijving)"] == "Badhoevedorp: Langs het kanaal"
    assert words["Wat is uw buurt? (aantal)"] is None

    known = variables(manager, survey)
    frame, meta = pyreadstat.read_sav(saved(manager, survey, "sav", tmp_path))
    assert LINE_WKT in set(frame[known["Hoe loopt u? (getekend)"]["name"]])
    assert sorted(frame[known["Waar is het donker? (aantal)"]["name"]]) == [1, 3]
    assert meta.column_names_to_labels[known["Hoe loopt u? (getekend)"]["name"]] == (
        "Hoe loopt u? (getekend)"
    )

    answers = [row["answers"] for row in json.loads(fetched(manager, survey, "json"))["responses"]]
    found = [row[known["Hoe loopt u? (getekend)"]["name"]] for row in answers]
    coordinates = [[list(corner) for corner in draw.LINE]]
    assert {"type": "MultiLineString", "coordinates": coordinates} in found
    assert LINE_WKT in fetched(manager, survey, "csv").decode()


def test_geopackage_has_a_layer_of_the_right_type_a_question(manager, survey, tmp_path):
    path = saved(manager, survey, "gpkg", tmp_path)
    known = variables(manager, survey)
    points, lines, polygons = (
        known[f"{label} (getekend)"]["name"]
        for label in ("Waar is het donker?", "Hoe loopt u?", "Wat is uw buurt?")
    )
    assert {tuple(layer) for layer in pyogrio.list_layers(path)} == {
        (points, "Point"),
        (lines, "LineString"),
        (f"{lines}_plekken", "Point"),
        (polygons, "Polygon"),
        (f"{polygons}_plekken", "Point"),
        ("antwoorden", None),
    }
    assert pyogrio.read_info(path, layer=lines)["crs"] == "EPSG:4326"
    line = pyogrio.read_dataframe(path, layer=lines)
    assert list(line.geometry[0].coords) == draw.LINE
    assert line.omschrijving[0] == "Naar school"
    assert len(pyogrio.read_dataframe(path, layer=points)) == 4
    (instead,) = pyogrio.read_dataframe(path, layer=f"{lines}_plekken").itertuples()
    assert instead.bij_benadering
    assert instead.omschrijving == "Badhoevedorp: Langs het kanaal"
    table = pyogrio.read_dataframe(path, layer="antwoorden")
    assert sorted(table[known["Waar is het donker? (aantal)"]["name"]]) == [1, 3]
    assert not [name for name in table if "vormen" in name or "tekst" in name or "lat" in name]


def test_open_data_holds_no_place_of_anybody(manager, survey, settings):
    settings.SURVEY_SMALL_NUMBERS = 1
    text = fetched(manager, survey, "csv", "open-data").decode()
    assert "Waar is het donker? (aantal)" in text
    assert "Waar is het donker?: De brug" in text
    private = ("4.7", "52.3", "4,7", "52,3", "LINE", "kanaal", "school", "lamp", "Badhoe")
    assert not [words for words in private if words in text]


def test_results_count_spots_and_list_drawings_on_a_map(
    manager, survey, django_assert_max_num_queries
):
    page = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
    assert "Getekend: 2 punten." in page
    assert "Getekend: 1 lijn." in page
    assert "Alle plekken, met kaart (2)" in page
    address = reverse("surveys_answers", args=[survey.pk, draw.LINES])
    manager.get(address)
    with django_assert_max_num_queries(30):
        response = manager.get(address)
    words = text_of(response)
    assert "Naar school · Lijn, 3 punten, ongeveer 1," in words
    drawn = manager.get(reverse("surveys_answer_points", args=[survey.pk, draw.LINES])).json()
    kinds = sorted(row["geometry"]["type"] for row in drawn["features"])
    assert kinds == ["LineString", "Point"]
    chart = manager.get(reverse("surveys_answer_map", args=[survey.pk, draw.LINES]))
    assert "Hoeveel in elk vak" not in text_of(chart)
    chart = manager.get(reverse("surveys_answer_map", args=[survey.pk, draw.POINTS]))
    assert "Hoeveel in elk vak" in text_of(chart)


def spot(label: str, place: str) -> dict:
    return {"value": {"label": label, "geometry": place}}


def drawing(**value) -> dict:
    value = {
        "label": "Waar?", "help_text": "", "shape": "line", "fewest": "", "most": "3",
        "max_vertices": "50", "options": sequence([]), "condition": condition(),
    } | value  # fmt: skip
    return {"type": "shapes", "value": value, "id": ""}


def test_an_editor_makes_such_a_question_and_hears_what_is_wrong(manager, client, north):
    for wrong, message in (
        ({"fewest": "4"}, "Dit is meer dan er ten hoogste mag."),
        ({"options": sequence([spot("Brug", "52.34, 4.8"), spot("brug", "52.35, 4.8")])},
         "Het antwoord ‘Brug’ staat er twee keer."),
        ({"options": sequence([spot("Brug", "")])}, "Zet een plek op de kaart of typ de"),
    ):  # fmt: skip
        response = create(manager, north, [drawing(**wrong)])
        assert response.status_code == 200
        assert says(response, message)
    good = drawing(options=sequence([spot("Brug", "52.34, 4.8")]), inside="on", fewest="2")
    assert create(manager, north, [good]).status_code == 302
    survey = north.get_descendants().last().specific
    (question,) = survey.versions.get().asked
    assert question.extra == {
        "area": north.pk, "fewest": 2, "inside": True, "max_vertices": 50, "most": 3,
        "shape": "line",
    }  # fmt: skip
    assert question.options[0].geometry == "POINT (4.8 52.34)"
    words = text_of(client.get(survey.url))
    assert "Teken ten minste 2 en hoogstens 3 lijnen op de kaart." in words
